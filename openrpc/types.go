package openrpc

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/internal/fields"
)

// Type says of a Go type what reflection can not see. What it leaves out is found as usual.
type Type struct {
	Doc    string            // a text about the type
	Fields map[string]string // texts about the fields of a struct, by their JSON names
	Enum   []any             // all values that there are
	Schema *Schema           // in place of the one that would be made
}

// direction tells what the server takes from what it gives.
type direction bool

const (
	accepted direction = false
	written  direction = true
)

// part is a schema that others refer to: that of a named type in one direction.
type part struct {
	typ    reflect.Type
	dir    direction
	schema *Schema
	name   string
	refs   []*Schema // that lead here
	uses   []*part   // that it leads to
}

type partKey struct {
	typ reflect.Type
	dir direction
}

// generator makes the schemas of types, so that they agree with jsonrpc.StrictCodec.
type generator struct {
	types map[reflect.Type]Type
	said  map[reflect.Type]said
	parts map[partKey]*part
	order []*part // as they were found
	open  []*part // being made
}

func newGenerator(types map[reflect.Type]Type) *generator {
	return &generator{types: types, said: map[reflect.Type]said{}, parts: map[partKey]*part{}}
}

// schema returns the schema of a type, which the caller may change.
func (g *generator) schema(t reflect.Type, dir direction) *Schema {
	if t.Kind() == reflect.Pointer && t.Name() == "" {
		return nullable(g.schema(t.Elem(), dir))
	}
	if t.Name() != "" && (g.about(t).part || g.recursive(t, dir)) {
		return g.refer(t, dir)
	}
	return g.define(t, dir)
}

// recursive tells whether a named type may hold itself.
func (g *generator) recursive(t reflect.Type, dir direction) bool {
	switch t.Kind() {
	case reflect.Struct, reflect.Map, reflect.Slice, reflect.Array, reflect.Pointer:
		return wellKnown(t) == nil && itself(t, dir) == nil
	}
	return false
}

// define makes the schema of a type.
func (g *generator) define(t reflect.Type, dir direction) *Schema {
	about := g.about(t)
	if about.schema != nil {
		s := *about.schema
		return about.apply(&s)
	}
	s := wellKnown(t)
	if s == nil {
		s = itself(t, dir)
	}
	if s == nil {
		s = g.kind(t, dir)
	}
	return about.apply(s)
}

// refer returns a reference to the part of a type.
func (g *generator) refer(t reflect.Type, dir direction) *Schema {
	key := partKey{t, dir}
	p := g.parts[key]
	if p == nil {
		p = &part{typ: t, dir: dir}
		g.parts[key] = p
		g.order = append(g.order, p)
		g.open = append(g.open, p)
		p.schema = g.define(t, dir)
		g.open = g.open[:len(g.open)-1]
	}
	if n := len(g.open); n > 0 && !slices.Contains(g.open[n-1].uses, p) {
		g.open[n-1].uses = append(g.open[n-1].uses, p)
	}
	ref := &Schema{Ref: unnamed}
	p.refs = append(p.refs, ref)
	return ref
}

// unnamed is where a reference leads until its part has a name.
const unnamed = "#"

// kind makes the schema of a type that nothing is said about.
func (g *generator) kind(t reflect.Type, dir direction) *Schema {
	switch t.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return scalar(t)
	case reflect.Pointer:
		return nullable(g.schema(t.Elem(), dir))
	case reflect.Interface:
		if dir == accepted && t.NumMethod() > 0 {
			return &Schema{Type: Types{"null"}, Description: fmt.Sprintf("no other value becomes a %v", t)}
		}
		return new(Schema)
	case reflect.Slice:
		if bytesOf(t, dir) {
			return &Schema{Type: Types{"string"}, ContentEncoding: "base64"}
		}
		return &Schema{Type: Types{"array"}, Items: g.schema(t.Elem(), dir)}
	case reflect.Array:
		n := t.Len()
		return &Schema{Type: Types{"array"}, Items: g.schema(t.Elem(), dir), MinItems: &n, MaxItems: &n}
	case reflect.Map:
		return g.mapping(t, dir)
	case reflect.Struct:
		return g.structure(t, dir)
	}
	return unencodable(fmt.Sprintf("a %v is no JSON", t))
}

// bytesOf tells whether a slice is written as base64. Its elements may have their own way.
func bytesOf(t reflect.Type, dir direction) bool {
	if t.Elem().Kind() != reflect.Uint8 {
		return false
	}
	return dir == accepted && !fields.DecodesItself(t.Elem()) || dir == written && !fields.EncodesItself(t.Elem())
}

// mapping makes the schema of a map.
func (g *generator) mapping(t reflect.Type, dir direction) *Schema {
	s := &Schema{Type: Types{"object"}, AdditionalProperties: g.schema(t.Elem(), dir)}
	key := t.Key()
	switch own := itself(key, dir); {
	case key == typeNumber:
		return unencodable(fmt.Sprintf("a %v is no JSON", t))
	case own != nil, key.Kind() == reflect.String, key.Kind() == reflect.Interface && key.NumMethod() == 0:
	case isInteger(key.Kind()) || isFloat(key.Kind()):
		s.PropertyNames = &Schema{Pattern: numeral(key.Kind())}
	default:
		return unencodable(fmt.Sprintf("a %v is no JSON", t))
	}
	return s
}

// structure makes the schema of a struct.
func (g *generator) structure(t reflect.Type, dir direction) *Schema {
	if fault := faultOf(t); fault != "" {
		return unencodable(fmt.Sprintf("a %v is no JSON: %s", t, fault))
	}
	s := &Schema{Type: Types{"object"}}
	for _, f := range fields.Of(t) {
		if f.Embed {
			s.AdditionalProperties = g.embedded(f.Type, dir)
			continue
		}
		s.Properties = append(s.Properties, Property{f.Name, g.field(t, f, dir)})
		if dir == written && !omitted(f) && !byPointer(t, f.Index) {
			s.Required = append(s.Required, f.Name)
		}
	}
	return s
}

// faultOf says why the codec refuses a struct, whatever is in it: it is asked to decode nothing
// into one, for which it looks at all the fields.
func faultOf(t reflect.Type) string {
	if fields.DecodesItself(t) {
		return "" // the type would be asked
	}
	err := jsonrpc.StrictCodec{}.Unmarshal([]byte("{}"), reflect.New(t).Interface())
	if err == nil {
		return ""
	}
	text := err.Error()
	return strings.TrimSpace(text[strings.LastIndex(text, ": ")+1:])
}

// field makes the schema of a field.
func (g *generator) field(t reflect.Type, f fields.Field, dir direction) *Schema {
	typ := f.Type
	if dir == written && omitted(f) && typ.Kind() == reflect.Pointer {
		typ = typ.Elem() // nil is left out
	}
	var s *Schema
	if f.String {
		s = quoted(typ)
	} else {
		s = g.schema(typ, dir)
	}
	return described(s, cmp.Or(g.about(t).fields[f.Name], f.Tag.Get("doc")))
}

// embedded makes the schema of the members of a map that are the struct's own.
func (g *generator) embedded(t reflect.Type, dir direction) *Schema {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Map {
		return g.schema(t.Elem(), dir)
	}
	return new(Schema)
}

// omitted tells whether a field may be left out when it is written. omitempty leaves no struct
// out, and no array that has a length.
func omitted(f fields.Field) bool {
	k := f.Type.Kind()
	return f.OmitZero || f.OmitEmpty && k != reflect.Struct && !(k == reflect.Array && f.Type.Len() > 0)
}

// byPointer tells whether a field is reached by an embedded pointer, which may be nil.
func byPointer(t reflect.Type, index []int) bool {
	for i := 1; i < len(index); i++ {
		if t.FieldByIndex(index[:i]).Type.Kind() == reflect.Pointer {
			return true
		}
	}
	return false
}

// nullable returns s with null allowed too.
func nullable(s *Schema) *Schema {
	switch {
	case s.combined():
		return &Schema{AnyOf: []*Schema{s, {Type: Types{"null"}}}}
	case len(s.Type) > 0 && !slices.Contains(s.Type, "null"):
		s.Type = append(slices.Clone(s.Type), "null")
	}
	return s
}

// combined tells whether more than its types decides about null.
func (s *Schema) combined() bool {
	return s.Ref != "" || s.Enum != nil || s.Const != nil || s.AllOf != nil || s.AnyOf != nil || s.OneOf != nil || s.Not != nil || s.Other != nil
}

// described returns s with a text.
func described(s *Schema, text string) *Schema {
	if text != "" {
		s = alongside(s)
		s.Description = text
	}
	return s
}

// alongside returns a schema that means s and takes more keywords: draft 7 ignores those beside
// a reference.
func alongside(s *Schema) *Schema {
	if s.Ref != "" {
		return &Schema{AllOf: []*Schema{s}}
	}
	return s
}

// unencodable is the schema of what no JSON can be made of, with the reason.
func unencodable(why string) *Schema { return &Schema{Description: why} }
