package jsonrpc

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync/atomic"

	"github.com/runrpc/jsonrpc/internal/names"
)

// ObjectEntry is a namespace of a value's exported methods, from Object. Its methods that
// return an *ObjectEntry are for start-up only.
type ObjectEntry struct {
	value    any
	skipped  []string
	included []string
	compiled atomic.Pointer[objectMethods]
}

type objectMethods struct {
	rpc   RPC
	fault error
}

// Object makes a namespace of v's exported methods, each under its name in lowerCamel. Methods
// are a wide door, so some stay out: those that an embedded field has too, unless Include names
// them, and always Close, Shutdown, String, Error, Lock, Unlock and all that begin with Marshal,
// Unmarshal or Serve. Any other that cannot be a procedure is a fault that Check reports, unless
// Skip names it.
func Object(v any) *ObjectEntry { return &ObjectEntry{value: v} }

// Skip leaves methods out, by their Go names.
func (o *ObjectEntry) Skip(names ...string) *ObjectEntry {
	o.skipped = append(o.skipped, names...)
	o.compiled.Store(nil)
	return o
}

// Include serves methods that an embedded field has too, by their Go names.
func (o *ObjectEntry) Include(names ...string) *ObjectEntry {
	o.included = append(o.included, names...)
	o.compiled.Store(nil)
	return o
}

// RPC returns the procedures as a registry, to be merged into another without a prefix
// (maps.Copy). It panics where Check would report a fault.
func (o *ObjectEntry) RPC() RPC {
	r, err := o.registry()
	if err != nil {
		panic(fmt.Errorf("jsonrpc: %w", err))
	}
	return r
}

func (o *ObjectEntry) registry() (RPC, error) {
	if o == nil {
		return nil, errors.New("found a nil *ObjectEntry, " + wantEntry)
	}
	m := o.compiled.Load()
	if m == nil {
		m = new(objectMethods)
		m.rpc, m.fault = o.methods()
		o.compiled.Store(m)
	}
	return m.rpc, m.fault
}

func (o *ObjectEntry) methods() (RPC, error) {
	v := reflect.ValueOf(o.value)
	if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, fmt.Errorf("found Object(%T) of nil, want a value with methods", o.value)
	}
	r := RPC{}
	faults := o.unknown(v.Type())
	for i := range v.NumMethod() {
		name := v.Type().Method(i).Name
		if !o.serves(v.Type(), name) {
			continue
		}
		p, err := NewProcedure(v.Method(i).Interface())
		if err != nil {
			faults = append(faults, fmt.Errorf("the method %s of %T: %w; Skip(%q) leaves it out", name, o.value, err, name))
			continue
		}
		r[names.LowerCamel(name)] = p
	}
	if len(r) == 0 && faults == nil {
		faults = append(faults, fmt.Errorf("found %T, which has no method to serve", o.value))
	}
	return r, errors.Join(faults...)
}

// unknown reports names for Skip and Include that are no methods.
func (o *ObjectEntry) unknown(t reflect.Type) []error {
	var faults []error
	for _, name := range slices.Concat(o.skipped, o.included) {
		if _, ok := t.MethodByName(name); !ok {
			faults = append(faults, fmt.Errorf("found the name %q, want one of the methods of %v", name, t))
		}
	}
	return faults
}

// serves tells whether a method is served.
func (o *ObjectEntry) serves(t reflect.Type, name string) bool {
	switch {
	case slices.Contains(o.skipped, name) || !names.Servable(name):
		return false
	case slices.Contains(o.included, name):
		return true
	}
	return !promoted(t, name)
}

// promoted tells whether an embedded field of t has a method of this name too.
func promoted(t reflect.Type, name string) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return false
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.Anonymous {
			continue
		}
		ft := f.Type
		if ft.Kind() != reflect.Pointer && ft.Kind() != reflect.Interface {
			ft = reflect.PointerTo(ft)
		}
		if _, ok := ft.MethodByName(name); ok {
			return true
		}
	}
	return false
}
