package jsonrpc

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"sync"
)

var (
	typeContext = reflect.TypeFor[context.Context]()
	typeHTTP    = reflect.TypeFor[*http.Request]()
	typeRequest = reflect.TypeFor[*Request]()
	typeError   = reflect.TypeFor[error]()
	typeNone    = reflect.TypeFor[None]()
)

// signature is what a function's type says: which arguments the package supplies, which are
// parameters, and what comes back.
type signature struct {
	typ      reflect.Type
	context  int // the argument's index, -1 for none
	http     int
	params   []int // the arguments that are parameters
	variadic bool
	result   bool
	err      bool

	compile sync.Once
	plan    *plan // of a function whose parameters have no names
}

// None is the result of a Typed function that has none: it is answered with null, and described
// as no result.
type None struct{}

// signatures holds each function type's signature, or the error that says why it has none.
var signatures sync.Map // reflect.Type to *signature or error

// signatureOf classifies a function type, once.
func signatureOf(t reflect.Type) (*signature, error) {
	v, ok := signatures.Load(t)
	if !ok {
		s, err := classify(t)
		if v = s; err != nil {
			v = err
		}
		signatures.Store(t, v)
	}
	if s, ok := v.(*signature); ok {
		return s, nil
	}
	return nil, v.(error)
}

// withContext returns s for what is given the call's context in front of its arguments.
func (s *signature) withContext() *signature {
	return &signature{typ: s.typ, context: 0, http: s.http, params: s.params, variadic: s.variadic, result: s.result, err: s.err}
}

const wantSignature = "want func([context.Context,] [*http.Request,] args...) ([result] [, error])"

func classify(t reflect.Type) (*signature, error) {
	if t.Kind() != reflect.Func {
		return nil, fmt.Errorf("found %v, %s", t, wantSignature)
	}
	s := &signature{typ: t, context: -1, http: -1, variadic: t.IsVariadic()}
	for i := range t.NumIn() {
		in := t.In(i)
		switch {
		case in == typeContext && i == 0:
			s.context = i
		case in == typeHTTP && i == s.context+1:
			s.http = i
		default:
			if err := misplaced(in); err != nil {
				return nil, fmt.Errorf("found %v: argument %d: %w; %s", t, i+1, err, wantSignature)
			}
			s.params = append(s.params, i)
		}
	}
	if err := s.results(); err != nil {
		return nil, fmt.Errorf("found %v: %w; %s", t, err, wantSignature)
	}
	return s, nil
}

// misplaced says why a t can not stand where a parameter does.
func misplaced(t reflect.Type) error {
	switch {
	case t == typeContext:
		return errors.New("a context.Context comes first")
	case t == typeHTTP:
		return errors.New("an *http.Request comes first, behind the context")
	case t == typeRequest:
		return errors.New("only a HandlerFunc takes a *jsonrpc.Request; RequestFrom(ctx) gives it to any other")
	}
	return nil
}

// fromJSON tells whether a JSON value can become a t. Only an injected parameter may be another.
func fromJSON(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return decodesItself(t)
	case reflect.Interface:
		return t.NumMethod() == 0
	}
	return true
}

// unfit says why the i-th parameter has to be injected, nil where it has not.
func (s *signature) unfit(i int) error {
	arg := s.params[i]
	if t := s.typ.In(arg); !fromJSON(t) {
		return fmt.Errorf("found %v: argument %d: no JSON value is a %v; %s", s.typ, arg+1, t, wantSignature)
	}
	return nil
}

func (s *signature) results() error {
	outs := make([]reflect.Type, s.typ.NumOut())
	for i := range outs {
		outs[i] = s.typ.Out(i)
	}
	if n := len(outs); n > 0 && outs[n-1] == typeError {
		s.err = true
		outs = outs[:n-1]
	}
	switch {
	case len(outs) > 1:
		return errors.New("too many results")
	case len(outs) == 0 || outs[0] == typeNone:
		return nil
	}
	s.result = true
	switch t := outs[0]; {
	case t.Implements(typeError):
		return fmt.Errorf("the result %v is an error by another name: return it as error", t)
	case t.Kind() == reflect.Func || t.Kind() == reflect.Chan:
		return fmt.Errorf("no JSON value is a %v", t)
	}
	return nil
}

// resultType returns the type of the result, nil for none.
func (s *signature) resultType() reflect.Type {
	if !s.result {
		return nil
	}
	return s.typ.Out(0)
}
