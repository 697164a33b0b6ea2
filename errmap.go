package jsonrpc

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
)

// ErrorMap maps errors to codes. It stands in a registry under Errors and holds for that
// registry and the namespaces in it; an inner map is asked before an outer one.
//
// A key is a sentinel, which an error matches by identity or by its own Is method, or stands for
// a type: a nil pointer of it, as in (*LimitError)(nil), or TypeKey[T](). A code is -32000 to
// -32099 or anything outside -32899 to -32100; Check reports any other.
//
// An error that is mapped is part of the API: its own Error() is the message and its ErrorData()
// any, where it has that method, the data. All other errors stay private.
type ErrorMap map[error]int

// TypeKey returns a key of an ErrorMap that stands for the error type T; an interface type
// stands for all that implement it.
func TypeKey[T error]() error { return typeKey{reflect.TypeFor[T]()} }

type typeKey struct{ typ reflect.Type }

func (k typeKey) Error() string { return "jsonrpc: a key of an ErrorMap for " + k.typ.String() }

// validErrorCode tells whether an ErrorMap may use code.
func validErrorCode(code int) bool {
	return code >= -32099 && code <= -32000 || code < -32899 || code > -32100
}

// errorTable is a compiled ErrorMap. Its lists are sorted, so that an error which more than one
// key matches has the same code every time.
type errorTable struct {
	sentinels  map[error]int // by identity
	is         []sentinel    // the same, for errors with a method Is
	types      map[reflect.Type]int
	interfaces []interfaceCode
}

type sentinel struct {
	err  error
	code int
}

type interfaceCode struct {
	typ  reflect.Type
	code int
}

// check reports each fault of m.
func (m ErrorMap) check() error {
	var faults []error
	for key, code := range m {
		switch {
		case key == nil:
			faults = append(faults, errors.New("found the key nil, want an error or TypeKey"))
		case !validErrorCode(code):
			faults = append(faults, fmt.Errorf("found the code %d for %T, want -32000 to -32099 or a code outside -32899 to -32100", code, key))
		}
	}
	slices.SortFunc(faults, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}

// compile makes the table of a map without faults.
func (m ErrorMap) compile() *errorTable {
	t := &errorTable{sentinels: map[error]int{}, types: map[reflect.Type]int{}}
	for key, code := range m {
		t.add(key, code)
	}
	slices.SortFunc(t.is, func(a, b sentinel) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(fmt.Sprintf("%T", a.err), fmt.Sprintf("%T", b.err)), cmp.Compare(a.err.Error(), b.err.Error()))
	})
	slices.SortFunc(t.interfaces, func(a, b interfaceCode) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.typ.String(), b.typ.String()))
	})
	return t
}

func (t *errorTable) add(key error, code int) {
	v := reflect.ValueOf(key)
	switch k, ok := key.(typeKey); {
	case ok && k.typ.Kind() == reflect.Interface:
		t.interfaces = append(t.interfaces, interfaceCode{k.typ, code})
	case ok:
		t.types[k.typ] = code
	case v.Kind() == reflect.Pointer && v.IsNil():
		t.types[v.Type()] = code
		if elem := v.Type().Elem(); elem.Implements(reflect.TypeFor[error]()) {
			t.types[elem] = code
		}
	default:
		t.sentinels[key] = code
		t.is = append(t.is, sentinel{key, code})
	}
}

// code looks one node of an error's tree up.
func (t *errorTable) code(node error) (int, bool) {
	typ := reflect.TypeOf(node)
	if typ.Comparable() && reflect.ValueOf(node).Comparable() {
		if code, ok := t.sentinels[node]; ok {
			return code, true
		}
	}
	if x, ok := node.(interface{ Is(error) bool }); ok {
		for _, s := range t.is {
			if x.Is(s.err) {
				return s.code, true
			}
		}
	}
	if code, ok := t.types[typ]; ok {
		return code, true
	}
	for _, i := range t.interfaces {
		if typ.Implements(i.typ) {
			return i.code, true
		}
	}
	return 0, false
}

// maxErrorNodes bounds the walk through an error's tree, which may be a circle.
const maxErrorNodes = 1000

// walk yields the nodes of err's tree, from the outside in.
func walk(err error) iter.Seq[error] {
	return func(yield func(error) bool) {
		nodes := []error{err}
		for i := 0; i < len(nodes) && i < maxErrorNodes; i++ {
			if nodes[i] == nil {
				continue
			}
			if !yield(nodes[i]) {
				return
			}
			switch x := nodes[i].(type) {
			case interface{ Unwrap() error }:
				nodes = append(nodes, x.Unwrap())
			case interface{ Unwrap() []error }:
				nodes = append(nodes, x.Unwrap()...)
			}
		}
	}
}

// findInternal returns the fault of the server's own in err's tree, nil where there is none.
func findInternal(err error) *internalError {
	for node := range walk(err) {
		if own, ok := node.(*internalError); ok {
			return own
		}
	}
	return nil
}

// translate finds the nearest node of err's tree that says what the client may know of it, and
// returns nil where there is none. path are the scopes of the called procedure, outer first.
func translate(err error, path []*scope) *Error {
	if e, ok := err.(*Error); ok {
		return e
	}
	for node := range walk(err) {
		if e := public(node, path); e != nil {
			return e
		}
	}
	return nil
}

// public translates one node, or returns nil where it is private.
func public(node error, path []*scope) *Error {
	switch e := node.(type) {
	case *Error:
		return e
	case *internalError:
		return errInternal
	}
	code, ok := 0, false
	if x, has := node.(interface{ ErrorCode() int }); has {
		code, ok = x.ErrorCode(), true
	}
	for i := len(path) - 1; i >= 0 && !ok; i-- {
		if t := path[i].errorTable(); t != nil {
			code, ok = t.code(node)
		}
	}
	if !ok {
		return nil
	}
	e := &Error{Code: code, Message: node.Error()}
	if x, has := node.(interface{ ErrorData() any }); has {
		e.Data = x.ErrorData()
	}
	return e
}
