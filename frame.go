package jsonrpc

import (
	"context"
	"net/http"
	"reflect"
)

// frame holds what is particular to one call of a procedure: its arguments and its result.
type frame struct {
	plan  *plan
	input input           // what the parameters are bound from
	roots []reflect.Value // the arguments that are parameters
	slots []reflect.Value // where each parameter goes
	given []bool          // which have been set
	left  int             // how many have not
	in    []reflect.Value // all arguments
	ctx   context.Context
	http  *http.Request
	typed any // of a Typed procedure: its parameters and result
	out   reflect.Value
}

// newFrame makes the frame of a procedure that is called by reflection.
func (p *plan) newFrame() *frame {
	f := &frame{in: make([]reflect.Value, p.sig.typ.NumIn())}
	if p.sig.context >= 0 {
		f.in[p.sig.context] = reflect.ValueOf(&f.ctx).Elem()
	}
	if p.sig.http >= 0 {
		f.in[p.sig.http] = reflect.ValueOf(&f.http).Elem()
	}
	for _, arg := range p.sig.params {
		root := reflect.New(p.sig.typ.In(arg)).Elem()
		f.in[arg] = root
		f.roots = append(f.roots, root)
	}
	return f
}

// take returns a frame with nothing set.
func (p *plan) take() *frame {
	f, _ := p.frames.Get().(*frame)
	if f == nil {
		f = p.create()
		f.plan, f.left = p, len(p.params)
		f.slots = make([]reflect.Value, len(p.params))
		f.given = make([]bool, len(p.params))
		if p.fresh && p.list {
			f.list()
		}
		for i, q := range p.params {
			f.slots[i] = place(f.roots[q.root], q.index)
		}
	}
	return f
}

// list makes the structs that are parameter lists by pointer, also those with no field.
func (f *frame) list() {
	for _, root := range f.roots {
		if isList(root.Type()) && root.Kind() == reflect.Pointer {
			root.Set(reflect.New(root.Type().Elem()))
		}
	}
}

// place finds a field, and makes the structs on the way that are reached by pointers.
func place(v reflect.Value, index []int) reflect.Value {
	for _, i := range index {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// give takes a frame back once the result is encoded.
func (p *plan) give(f *frame) {
	if f.renew() {
		p.frames.Put(f)
	}
}

// renew makes f ready for the next call, and returns false where it must not be used again.
func (f *frame) renew() bool {
	if f.plan.fresh {
		return false
	}
	f.plan.wipe(f)
	clear(f.given)
	f.left = len(f.given)
	f.input, f.ctx, f.http = input{}, nil, nil
	return true
}

// zero forgets the arguments and the result of a procedure that is called by reflection.
func (f *frame) zero() {
	for _, root := range f.roots {
		root.SetZero()
	}
	f.out = reflect.Value{}
}

// call calls fn by reflection.
func (p *plan) call(f *frame, fn any) error {
	var out []reflect.Value
	if p.sig.variadic {
		out = reflect.ValueOf(fn).CallSlice(f.in)
	} else {
		out = reflect.ValueOf(fn).Call(f.in)
	}
	if p.sig.result {
		f.out = out[0]
	}
	if p.sig.err {
		if e := out[len(out)-1]; !e.IsNil() {
			return e.Interface().(error)
		}
	}
	return nil
}
