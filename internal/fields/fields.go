// Package fields finds out what the fields of a Go struct are in JSON.
package fields

import (
	"cmp"
	"encoding"
	stdjson "encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// Field is one JSON field of a struct.
type Field struct {
	Name      string
	Type      reflect.Type
	Index     []int // as reflect.Value.FieldByIndex takes it
	Tag       reflect.StructTag
	Tagged    bool // its name is given by the tag
	OmitEmpty bool
	OmitZero  bool
	String    bool // its value stands in a string
	Embed     bool // a map whose members are the struct's
	Plain     bool // no option changes how the value looks
}

// Of lists the JSON fields of a struct type in their order: those of embedded structs too, and
// where two have one name, the one that encoding/json would take.
func Of(t reflect.Type) []Field {
	all := collect(t, nil, map[reflect.Type]bool{})
	byName := map[string][]Field{}
	for _, f := range all {
		byName[f.Name] = append(byName[f.Name], f)
	}
	return slices.DeleteFunc(all, func(f Field) bool { return !dominant(f, byName[f.Name]) })
}

// collect lists all fields, also those that others hide.
func collect(t reflect.Type, index []int, inside map[reflect.Type]bool) []Field {
	if inside[t] {
		return nil
	}
	inside[t] = true
	defer delete(inside, t)
	var fields []Field
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
		case embedded && name == "" && (sf.IsExported() || sf.Type == elem) && !DecodesItself(elem):
			fields = append(fields, collect(elem, at, inside)...)
		case sf.IsExported():
			fields = append(fields, newField(sf, name, options, at))
		}
	}
	return fields
}

func newField(sf reflect.StructField, name, options string, at []int) Field {
	opts := strings.Split(options, ",")
	return Field{
		Name: cmp.Or(name, sf.Name), Type: sf.Type, Index: at, Tag: sf.Tag, Tagged: name != "",
		OmitEmpty: slices.Contains(opts, "omitempty"),
		OmitZero:  slices.Contains(opts, "omitzero"),
		String:    slices.Contains(opts, "string"),
		Embed:     slices.Contains(opts, "embed"),
		Plain:     options == "" || options == "omitzero",
	}
}

// dominant tells whether f is the one of its namesakes that counts: the least deep, then the
// one with a tag; none where that leaves two.
func dominant(f Field, namesakes []Field) bool {
	for _, g := range namesakes {
		if slices.Equal(f.Index, g.Index) {
			continue
		}
		c := cmp.Compare(len(f.Index), len(g.Index))
		if c == 0 && f.Tagged != g.Tagged {
			if c = 1; f.Tagged {
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

// DecodesItself tells whether t declares how it is decoded.
func DecodesItself(t reflect.Type) bool { return has(t, decoders) }

var encoders = []reflect.Type{
	reflect.TypeFor[stdjson.Marshaler](),
	reflect.TypeFor[json.MarshalerTo](),
	reflect.TypeFor[encoding.TextMarshaler](),
	reflect.TypeFor[encoding.TextAppender](),
}

// EncodesItself tells whether t declares how it is encoded.
func EncodesItself(t reflect.Type) bool { return has(t, encoders) }

// DecodesJSON tells whether t declares so for JSON of any kind: otherwise it is a string.
func DecodesJSON(t reflect.Type) bool { return has(t, decoders[:2]) }

// EncodesJSON tells whether t declares so for JSON of any kind: otherwise it is a string.
func EncodesJSON(t reflect.Type) bool { return has(t, encoders[:2]) }

func has(t reflect.Type, interfaces []reflect.Type) bool {
	return slices.ContainsFunc(interfaces, func(i reflect.Type) bool {
		return t.Implements(i) || reflect.PointerTo(t).Implements(i)
	})
}
