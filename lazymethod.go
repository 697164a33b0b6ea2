package jsonrpc

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"
)

// Method makes a Procedure of a method of the value that a LazyObject makes, with names for the
// method's parameters as Func takes them. It is an entry of its own: it stands anywhere, under any
// name, has defaults and a doc, and is described before there is a value.
//
//	service := jsonrpc.LazyObject(billing.New)
//	rpc["charge"] = service.Method("Charge", "amount", "currency").Default("currency", "EUR")
//
// All Procedures of one entry share its value, which is made when the params of a first call have
// been decoded; LazyEntry says what a failure answers and when the value is closed. Of an
// interface, the methods are those that it names.
//
// Method panics where there is no such method, and where it cannot be a procedure.
func (e *LazyEntry) Method(name string, params ...string) *Procedure {
	p, err := e.NewMethod(name, params...)
	if err != nil {
		panic(err)
	}
	return p
}

// NewMethod is Method for methods that are not known to fit.
func (e *LazyEntry) NewMethod(name string, params ...string) (*Procedure, error) {
	t, err := e.methodType(name)
	if err != nil {
		return nil, fmt.Errorf("jsonrpc: %w", err)
	}
	p, err := procedureOf(t, params)
	if err != nil {
		return nil, fmt.Errorf("jsonrpc: the method %s of %v: %w", name, e.typ, err)
	}
	m := &lazyMethod{plan: plan{sig: p.sig}, of: e, name: name}
	p.lazy = e
	p.own = func(set settings) *plan {
		own := newPlan(p.sig, p.names, set)
		own.create, own.invoke = m.plan.newFrame, m.invoke
		// The call's context is wanted, if the method takes it or not: it knows how long to wait.
		own.sig = p.sig.withContext()
		return own
	}
	return p, nil
}

// TypedMethod is Typed for a method of the value that a LazyObject makes, or for any function of
// such a value: the twin of LazyEntry.Method that is called without reflection.
//
//	rpc["refund"] = jsonrpc.TypedMethod(service, (*billing.Service).Refund)
//
// It panics where Typed does, and where the entry makes no T.
func TypedMethod[T, P, R any](e *LazyEntry, method func(T, context.Context, P) (R, error)) *Procedure {
	if err := e.makes(reflect.TypeFor[T]()); err != nil {
		panic(fmt.Errorf("jsonrpc: TypedMethod: %w", err))
	}
	if method == nil {
		panic(fmt.Errorf("jsonrpc: TypedMethod: found a nil function, want a method of %v", e.typ))
	}
	p := Typed(func(ctx context.Context, params P) (R, error) {
		v, err := e.receiver(ctx)
		if err != nil {
			var none R
			return none, err
		}
		return method(v.value.(T), ctx, params)
	})
	p.lazy = e
	return p
}

// methodType returns the type of a method without its receiver.
func (e *LazyEntry) methodType(name string) (reflect.Type, error) {
	if err := e.makes(nil); err != nil {
		return nil, err
	}
	m, ok := e.typ.MethodByName(name)
	switch {
	case !ok:
		return nil, fmt.Errorf("found the name %q, want one of the methods of %v", name, e.typ)
	case e.typ.Kind() == reflect.Interface:
		return m.Type, nil
	}
	var ins, outs []reflect.Type
	for in := range m.Type.Ins() {
		ins = append(ins, in)
	}
	for out := range m.Type.Outs() {
		outs = append(outs, out)
	}
	return reflect.FuncOf(ins[1:], outs, m.Type.IsVariadic()), nil
}

// makes tells whether the entry makes a value with methods that is a t; nil: whichever type.
func (e *LazyEntry) makes(t reflect.Type) error {
	switch {
	case e == nil:
		return errors.New("found a nil *LazyEntry, want one from LazyObject")
	case !e.object:
		return fmt.Errorf("found an entry of Lazy, which makes a %v, want one from LazyObject", e.typ)
	case t == nil || t == e.typ || t.Kind() == reflect.Interface && e.typ.Implements(t):
		return nil
	}
	return fmt.Errorf("found a function of %v, want one of %v, which the entry makes", t, e.typ)
}

// receiver returns what the entry has made, for the call that ctx belongs to.
func (e *LazyEntry) receiver(ctx context.Context) (*made, error) {
	m := e.peek()
	if m == nil {
		eng := bareEngine()
		if c, ok := ctx.Value(callKey{}).(*callContext); ok {
			eng = c.engine
		}
		var err error
		if m, err = e.get(ctx, eng); err != nil {
			return nil, err
		}
	}
	if m.value == nil {
		return nil, internal("the factory made a %v that is nil, want a value with methods", e.typ)
	}
	return m, nil
}

// lazyMethod calls a method of what an entry makes.
type lazyMethod struct {
	plan  plan // of the method as it is
	of    *LazyEntry
	name  string
	bound atomic.Pointer[boundMethod]
}

// boundMethod is the method of one value.
type boundMethod struct {
	of *made
	fn any
}

func (m *lazyMethod) invoke(_ *plan, f *frame, _ any) error {
	v, err := m.of.receiver(f.ctx)
	if err != nil {
		return err
	}
	b := m.bound.Load()
	if b == nil || b.of != v {
		b = &boundMethod{v, reflect.ValueOf(v.value).MethodByName(m.name).Interface()}
		m.bound.Store(b)
	}
	return m.plan.call(f, b.fn)
}
