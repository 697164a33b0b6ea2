package openrpc

import (
	"bytes"
	"cmp"
	stdjson "encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/runrpc/jsonrpc"
)

// schemer is a type that says its own schema, as JSON. It needs not import this package for it.
type schemer interface{ JSONSchema() stdjson.RawMessage }

// enumerator is a type that says what all of its values are.
type enumerator interface{ Enum() []any }

// said is what is said about a type: by itself, or by Options.
type said struct {
	doc    string
	fields map[string]string
	schema *Schema // nil: none of its own
	enum   []stdjson.RawMessage
	part   bool // it is no type like any other
}

// about returns what is said about a type.
func (g *generator) about(t reflect.Type) said {
	s, ok := g.said[t]
	if !ok {
		s = newSaid(t, g.types[t])
		g.said[t] = s
	}
	return s
}

func newSaid(t reflect.Type, given Type) said {
	s := said{doc: given.Doc, fields: given.Fields, schema: given.Schema}
	values := given.Enum
	if s.schema == nil && values == nil && speaks(t) {
		s.schema, values = ask(t)
	}
	var ok bool
	if s.enum, ok = encodeEnum(values); !ok {
		s.schema = unencodable(fmt.Sprintf("the values of %v are no JSON", t))
	}
	s.part = s.doc != "" || s.schema != nil || s.enum != nil
	return s
}

// speaks tells whether a type may say something.
func speaks(t reflect.Type) bool {
	return t.Kind() != reflect.Interface && t.Kind() != reflect.Pointer && reflect.PointerTo(t).NumMethod() > 0
}

// ask asks a type for its schema or its values. What an embedded field says is not about the
// struct around it.
func ask(t reflect.Type) (schema *Schema, values []any) {
	defer func() {
		if p := recover(); p != nil {
			schema, values = unencodable(fmt.Sprintf("%v does not say its schema: panic: %v", t, p)), nil
		}
	}()
	v := reflect.New(t).Interface()
	if own, ok := v.(schemer); ok {
		if text := own.JSONSchema(); !promoted(t, text, schemer.JSONSchema) {
			return parseSchema(t, text), nil
		}
	}
	if own, ok := v.(enumerator); ok {
		if values := own.Enum(); !promoted(t, values, enumerator.Enum) {
			return nil, values
		}
	}
	return nil, nil
}

// promoted tells whether an embedded field of a struct says just what the struct says.
func promoted[I any, R any](t reflect.Type, said R, ask func(I) R) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for i := range t.NumField() {
		f := t.Field(i)
		ft := f.Type
		if ft.Kind() == reflect.Pointer {
			ft = ft.Elem()
		}
		if !f.Anonymous || ft.Kind() == reflect.Interface {
			continue
		}
		if v, ok := reflect.New(ft).Interface().(I); ok && reflect.DeepEqual(ask(v), said) {
			return true
		}
	}
	return false
}

func parseSchema(t reflect.Type, text stdjson.RawMessage) *Schema {
	s := new(Schema)
	if err := json.Unmarshal(text, s); err != nil {
		return unencodable(fmt.Sprintf("%v does not say its schema: what JSONSchema returns is none", t))
	}
	return s
}

// encodeEnum encodes values as the codec does, each once. It returns false where one is no JSON, or
// panics.
func encodeEnum(values []any) (list []stdjson.RawMessage, ok bool) {
	defer func() {
		if recover() != nil {
			list, ok = nil, false
		}
	}()
	for _, v := range values {
		var b bytes.Buffer
		if err := (jsonrpc.StrictCodec{}).MarshalWrite(&b, v); err != nil {
			return nil, false
		}
		if !slices.ContainsFunc(list, func(known stdjson.RawMessage) bool { return bytes.Equal(known, b.Bytes()) }) {
			list = append(list, b.Bytes())
		}
	}
	return list, true
}

// apply returns s with what is said about its type.
func (a said) apply(s *Schema) *Schema {
	if a.enum != nil {
		s = &Schema{Type: s.Type, Enum: a.enum}
	}
	s.Description = cmp.Or(a.doc, s.Description)
	return s
}
