package jsonrpc

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync/atomic"
)

// Procedure is a function with what its type does not tell: the names of its parameters, their
// defaults, which of them are injected, a doc, and its own middleware. Its methods that return a
// *Procedure change it wherever it stands and are for start-up only. What is wrong with what they
// were given is reported by Check.
type Procedure struct {
	fn       any
	sig      *signature
	names    []string
	own      func(set settings) *plan // makes the plan of a Typed procedure, or of a LazyEntry's Method
	lazy     *LazyEntry               // what it is a method of
	set      *settings
	notes    *notes // nil: nothing is said
	chain    *MiddlewareChain
	compiled atomic.Pointer[routine]
}

// Func makes a Procedure of a function and names for its parameters, all of them or none; a
// context.Context and an *http.Request are none. It accepts
//
//	func([context.Context,] [*http.Request,] args...) ([result] [, error])
//
// variadic too, and panics on any other. Where the parameters are one struct, or a pointer to
// one, that is given no name, its JSON fields are the parameters. A name "" is no name.
func Func(fn any, names ...string) *Procedure {
	p, err := NewProcedure(fn, names...)
	if err != nil {
		panic(err)
	}
	return p
}

// NewProcedure is Func for functions that are not known to fit.
func NewProcedure(fn any, names ...string) (*Procedure, error) {
	t := reflect.TypeOf(fn)
	if t == nil || t.Kind() == reflect.Func && reflect.ValueOf(fn).IsNil() {
		return nil, fmt.Errorf("jsonrpc: found a nil function, %s", wantSignature)
	}
	p, err := procedureOf(t, names)
	if err != nil {
		return nil, fmt.Errorf("jsonrpc: %w", err)
	}
	p.fn = fn
	return p, nil
}

// procedureOf makes a Procedure for a function of type t.
func procedureOf(t reflect.Type, names []string) (*Procedure, error) {
	sig, err := signatureOf(t)
	if err != nil {
		return nil, err
	}
	if len(names) > len(sig.params) {
		return nil, fmt.Errorf("found %d names for the %d parameters of %v", len(names), len(sig.params), t)
	}
	for i := range sig.params {
		if err := sig.unfit(i); err != nil && (i >= len(names) || names[i] == "") {
			return nil, err
		}
	}
	for i, name := range names {
		if name != "" && slices.Contains(names[:i], name) {
			return nil, fmt.Errorf("found two parameters with the name %q for %v", name, t)
		}
	}
	return &Procedure{sig: sig, names: names}, nil
}

// Default gives a parameter a value for calls that leave it out: a Go value that converts to
// the parameter's type without loss, or JSON as a json.RawMessage.
func (p *Procedure) Default(name string, value any) *Procedure {
	set := p.settings()
	set.defaults[name] = value
	return p.change(set)
}

// Extra declares parameters as injected; see Extras.
func (p *Procedure) Extra(names ...string) *Procedure {
	set := p.settings()
	set.injected = append(set.injected, names...)
	return p.change(set)
}

// With puts middleware around this procedure alone, inside of that of its namespaces; the first
// is the outermost.
func (p *Procedure) With(middlewares ...Middleware) *Procedure {
	if p.chain != nil {
		middlewares = append(slices.Clone(p.chain.middlewares), middlewares...)
	}
	p.chain = Chain(middlewares...)
	p.compiled.Store(nil)
	return p
}

// settings returns a copy of the settings so far.
func (p *Procedure) settings() settings {
	if p.set == nil {
		return settings{defaults: map[string]any{}}
	}
	return settings{defaults: maps.Clone(p.set.defaults), injected: slices.Clone(p.set.injected)}
}

func (p *Procedure) change(set settings) *Procedure {
	p.set = &set
	p.compiled.Store(nil)
	return p
}

// routine returns what calls p, compiled once.
func (p *Procedure) routine() *routine {
	if r := p.compiled.Load(); r != nil {
		return r
	}
	r := &routine{fn: p.fn, chain: p.chain, notes: p.notes, lazy: p.lazy}
	switch {
	case p.own != nil && p.set == nil:
		r.plan = p.own(settings{})
	case p.own != nil:
		r.plan = p.own(*p.set)
	case p.set == nil:
		r.plan = planOf(p.sig, p.names)
	default:
		r.plan = newPlan(p.sig, p.names, *p.set)
	}
	if !p.compiled.CompareAndSwap(nil, r) {
		return p.compiled.Load()
	}
	return r
}

// Typed makes a Procedure of a function whose parameters are the JSON fields of the struct P, by
// name or, in their order, by position. A field is required unless it is a pointer, has a
// default, or is omitempty or omitzero. Its tag may have these, with a comma between them:
//
//   - rpc:"extra" declares it as injected
//   - rpc:"rest" makes a slice, the last field, take all that is left by position
//   - rpc:"unnamed" makes it a parameter without a name, as all others have to be then
//   - rpc:"default=JSON", which comes last, gives it a default
//
// P may also be a map by string, which takes all named parameters. The result None is none. The
// call needs no reflection.
//
// Typed panics where P is neither, or R implements error.
func Typed[P, R any](fn func(context.Context, P) (R, error)) *Procedure {
	p, err := NewProcedure(fn)
	if err != nil {
		panic(err)
	}
	if t := reflect.TypeFor[P](); !isList(t) && !isKeywords(t) {
		panic(fmt.Errorf("jsonrpc: Typed: found the parameters %v, want a struct with a field for each, or a map of all", t))
	}
	sig := p.sig
	p.own = func(set settings) *plan { return newTypedPlan[P, R](sig, set) }
	return p
}

// typedFrame is where a Typed procedure's parameters and result are during a call.
type typedFrame[P, R any] struct {
	params P
	result R
}

func newTypedPlan[P, R any](sig *signature, set settings) *plan {
	key := planKey{typ: sig.typ, names: "typed"}
	if p, ok := plans.Load(key); ok && set.isZero() {
		return p.(*plan)
	}
	p := newPlan(sig, nil, set)
	p.create = func() *frame {
		t := new(typedFrame[P, R])
		f := &frame{typed: t, roots: []reflect.Value{reflect.ValueOf(&t.params).Elem()}}
		if sig.result {
			f.out = reflect.ValueOf(&t.result).Elem()
		}
		return f
	}
	p.invoke = func(_ *plan, f *frame, fn any) (err error) {
		t := f.typed.(*typedFrame[P, R])
		t.result, err = fn.(func(context.Context, P) (R, error))(f.ctx, t.params)
		return err
	}
	p.wipe = func(f *frame) { *f.typed.(*typedFrame[P, R]) = typedFrame[P, R]{} }
	if set.isZero() {
		plans.Store(key, p)
	}
	return p
}

func (s settings) isZero() bool { return len(s.defaults) == 0 && len(s.injected) == 0 }
