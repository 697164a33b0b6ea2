package jsonrpc

import (
	"fmt"
	"reflect"
)

// convert makes a t of a Go value without loss: the value itself where it is assignable,
// else a number of another type that is equal to it, a value of the same underlying type, or a
// pointer to such a one.
func convert(value any, t reflect.Type) (reflect.Value, error) {
	if value == nil {
		if !nilable(t) {
			return reflect.Value{}, fmt.Errorf("found nil, want %v", t)
		}
		return reflect.Zero(t), nil
	}
	v := reflect.ValueOf(value)
	switch from := v.Type(); {
	case from.AssignableTo(t):
		return assign(v, t), nil
	case t.Kind() == reflect.Pointer && from.Kind() != reflect.Pointer:
		elem, err := convert(value, t.Elem())
		if err != nil {
			return reflect.Value{}, err
		}
		p := reflect.New(t.Elem())
		p.Elem().Set(elem)
		return p, nil
	case isNumber(from) && isNumber(t):
		to := v.Convert(t)
		if sign(v) == sign(to) && to.Convert(from).Equal(v) {
			return to, nil
		}
		return reflect.Value{}, fmt.Errorf("found the %v %v, which no %v is equal to", from, v, t)
	case from.Kind() == t.Kind() && from.ConvertibleTo(t):
		return v.Convert(t), nil
	}
	return reflect.Value{}, fmt.Errorf("found %T, want %v", value, t)
}

// assign gives v the type t, which it is assignable to.
func assign(v reflect.Value, t reflect.Type) reflect.Value {
	if v.Type() == t {
		return v
	}
	to := reflect.New(t).Elem()
	to.Set(v)
	return to
}

func isNumber(t reflect.Type) bool {
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64 && t.Kind() != reflect.Uintptr
}

// sign tells a negative number, whose bits may come back unharmed from an unsigned type.
func sign(v reflect.Value) bool {
	switch {
	case v.CanInt():
		return v.Int() < 0
	case v.CanFloat():
		return v.Float() < 0
	}
	return false
}

// nilable tells whether a t can be nil.
func nilable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return true
	}
	return false
}

// clone copies v with all that it points to, so that a procedure cannot change a default.
func clone(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		if v.IsNil() {
			return v
		}
	}
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	switch v.Kind() {
	case reflect.Pointer:
		c.Set(reflect.New(v.Type().Elem()))
		c.Elem().Set(clone(v.Elem()))
	case reflect.Interface:
		c.Set(clone(v.Elem()))
	case reflect.Slice:
		c.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			c.Index(i).Set(clone(v.Index(i)))
		}
	case reflect.Map:
		c.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
		for k, e := range v.Seq2() {
			c.SetMapIndex(k, clone(e))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := c.Field(i); f.CanSet() {
				f.Set(clone(v.Field(i)))
			}
		}
	}
	return c
}

// shared tells whether copies of a t share memory that can be written to.
func shared(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return true
	case reflect.Array:
		return shared(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if shared(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
