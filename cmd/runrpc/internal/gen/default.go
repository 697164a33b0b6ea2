package gen

import (
	"encoding/json"
	"errors"
	"go/types"
	"reflect"
	"strings"

	"github.com/runrpc/jsonrpc"
)

// checkDefault says why a default does not fit its parameter, as the toolkit would at the start of the
// user's program. It says nothing of types whose values only their own code can decode.
func (p param) checkDefault() error {
	t := shape(p.typ, 0)
	if t == nil {
		return nil
	}
	fn := reflect.MakeFunc(reflect.FuncOf([]reflect.Type{t}, nil, false), nil)
	proc, err := jsonrpc.NewProcedure(fn.Interface(), p.Name)
	if err != nil {
		return err
	}
	err = jsonrpc.RPC{"m": proc.Default(p.Name, json.RawMessage(p.Default))}.Check()
	if err == nil {
		return nil
	}
	_, text, _ := strings.Cut(plain(err), ": ")
	return errors.New(text)
}

// shape returns a type that decodes as t does, nil where there is none to be made here.
func shape(t types.Type, depth int) reflect.Type {
	if decodesItself(t) || isNamed(t, "encoding/json", "Number") || depth > 10 {
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return basics[u.Kind()]
	case *types.Pointer:
		if elem := shape(u.Elem(), depth+1); elem != nil {
			return reflect.PointerTo(elem)
		}
	case *types.Slice:
		if elem := shape(u.Elem(), depth+1); elem != nil {
			return reflect.SliceOf(elem)
		}
	case *types.Map:
		key, elem := shape(u.Key(), depth+1), shape(u.Elem(), depth+1)
		if key != nil && elem != nil && key.Comparable() {
			return reflect.MapOf(key, elem)
		}
	}
	return nil
}

var basics = map[types.BasicKind]reflect.Type{
	types.Bool:    reflect.TypeFor[bool](),
	types.Int:     reflect.TypeFor[int](),
	types.Int8:    reflect.TypeFor[int8](),
	types.Int16:   reflect.TypeFor[int16](),
	types.Int32:   reflect.TypeFor[int32](),
	types.Int64:   reflect.TypeFor[int64](),
	types.Uint:    reflect.TypeFor[uint](),
	types.Uint8:   reflect.TypeFor[uint8](),
	types.Uint16:  reflect.TypeFor[uint16](),
	types.Uint32:  reflect.TypeFor[uint32](),
	types.Uint64:  reflect.TypeFor[uint64](),
	types.Float32: reflect.TypeFor[float32](),
	types.Float64: reflect.TypeFor[float64](),
	types.String:  reflect.TypeFor[string](),
}
