package jsonrpc

import (
	"cmp"
	"encoding"
	stdjson "encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// field is one JSON field of a struct.
type field struct {
	name     string
	typ      reflect.Type
	index    []int // as reflect.Value.FieldByIndex takes it
	tagged   bool
	optional bool   // omitempty or omitzero
	rpc      string // the rpc tag
	plain    bool   // no option changes how the value looks in JSON
}

// fieldsOf lists the JSON fields of a struct type in their order: those of embedded structs
// too, and where two have one name, the one that encoding/json would take.
func fieldsOf(t reflect.Type) []field {
	all := collect(t, nil, map[reflect.Type]bool{})
	byName := map[string][]field{}
	for _, f := range all {
		byName[f.name] = append(byName[f.name], f)
	}
	return slices.DeleteFunc(all, func(f field) bool { return !dominant(f, byName[f.name]) })
}

// collect lists all fields, also those that others hide.
func collect(t reflect.Type, index []int, inside map[reflect.Type]bool) []field {
	if inside[t] {
		return nil
	}
	inside[t] = true
	defer delete(inside, t)
	var fields []field
	for i := range t.NumField() {
		sf := t.Field(i)
		tag, _ := sf.Tag.Lookup("json")
		name, options, _ := strings.Cut(tag, ",")
		at := append(slices.Clone(index), i)
		elem := sf.Type
		if elem.Kind() == reflect.Pointer {
			elem = elem.Elem()
		}
		switch embedded := sf.Anonymous && elem.Kind() == reflect.Struct; {
		case tag == "-" || !sf.IsExported() && !embedded:
		case embedded && name == "" && (sf.IsExported() || sf.Type == elem) && !decodesItself(elem):
			fields = append(fields, collect(elem, at, inside)...)
		case sf.IsExported():
			opts := strings.Split(options, ",")
			fields = append(fields, field{
				name: cmp.Or(name, sf.Name), typ: sf.Type, index: at, tagged: name != "", rpc: sf.Tag.Get("rpc"),
				optional: slices.Contains(opts, "omitempty") || slices.Contains(opts, "omitzero"),
				plain:    options == "" || options == "omitzero",
			})
		}
	}
	return fields
}

// dominant tells whether f is the one of its namesakes that counts: the least deep, then the
// one with a tag; none where that leaves two.
func dominant(f field, namesakes []field) bool {
	for _, g := range namesakes {
		if slices.Equal(f.index, g.index) {
			continue
		}
		c := cmp.Compare(len(f.index), len(g.index))
		if c == 0 && f.tagged != g.tagged {
			if c = 1; f.tagged {
				c = -1
			}
		}
		if c >= 0 {
			return false
		}
	}
	return true
}

var decoders = []reflect.Type{
	reflect.TypeFor[stdjson.Unmarshaler](),
	reflect.TypeFor[json.UnmarshalerFrom](),
	reflect.TypeFor[encoding.TextUnmarshaler](),
}

// decodesItself tells whether t declares how it is decoded.
func decodesItself(t reflect.Type) bool {
	return slices.ContainsFunc(decoders, func(i reflect.Type) bool {
		return t.Implements(i) || reflect.PointerTo(t).Implements(i)
	})
}

var encoders = []reflect.Type{
	reflect.TypeFor[stdjson.Marshaler](),
	reflect.TypeFor[json.MarshalerTo](),
	reflect.TypeFor[encoding.TextMarshaler](),
	reflect.TypeFor[encoding.TextAppender](),
}

// encodesItself tells whether t declares how it is encoded.
func encodesItself(t reflect.Type) bool {
	return slices.ContainsFunc(encoders, func(i reflect.Type) bool {
		return t.Implements(i) || reflect.PointerTo(t).Implements(i)
	})
}
