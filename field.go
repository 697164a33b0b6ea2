package jsonrpc

import (
	"reflect"

	"github.com/runrpc/jsonrpc/internal/fields"
)

// field is one JSON field of a struct.
type field struct {
	name     string
	typ      reflect.Type
	index    []int  // as reflect.Value.FieldByIndex takes it
	optional bool   // omitempty or omitzero
	rpc      string // the rpc tag
	plain    bool   // no option changes how the value looks in JSON
}

// fieldsOf lists the JSON fields of a struct type in their order.
func fieldsOf(t reflect.Type) []field {
	var list []field
	for _, f := range fields.Of(t) {
		list = append(list, field{
			name: f.Name, typ: f.Type, index: f.Index, rpc: f.Tag.Get("rpc"),
			optional: f.OmitEmpty || f.OmitZero, plain: f.Plain,
		})
	}
	return list
}

// decodesItself tells whether t declares how it is decoded.
func decodesItself(t reflect.Type) bool { return fields.DecodesItself(t) }

// encodesItself tells whether t declares how it is encoded.
func encodesItself(t reflect.Type) bool { return fields.EncodesItself(t) }
