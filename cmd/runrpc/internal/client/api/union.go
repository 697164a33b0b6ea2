package api

import (
	stdjson "encoding/json"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/openrpc"
)

// literal makes the type of a list of values.
func literal(values []stdjson.RawMessage) *Type {
	t := &Type{Kind: Literal}
	known := map[string]bool{}
	for _, raw := range values {
		value := jsontext.Value(raw).Clone()
		_ = value.Compact()
		switch value.Kind() {
		case jsontext.KindNull:
			t.Nullable = true
		case jsontext.KindBeginObject, jsontext.KindBeginArray:
			return &Type{Kind: Any}
		default:
			if !known[string(value)] {
				t.Values = append(t.Values, value)
			}
			known[string(value)] = true
		}
	}
	switch {
	case len(t.Values) == 0 && t.Nullable:
		return &Type{Kind: Null}
	case len(t.Values) == 0:
		return &Type{Kind: Never}
	case len(t.Values) == 2 && t.Values[0].Kind() != t.Values[1].Kind() && isBoolean(t.Values[0]) && isBoolean(t.Values[1]):
		return &Type{Kind: Boolean, Nullable: t.Nullable}
	}
	return t
}

func isBoolean(v jsontext.Value) bool {
	return v.Kind() == jsontext.KindTrue || v.Kind() == jsontext.KindFalse
}

// union makes the type of what is one of several schemas.
func (b *builder) union(schemas []*openrpc.Schema, wanted string) *Type {
	var parts []*Type
	for i, s := range schemas {
		parts = append(parts, b.typeOf(s, fmt.Sprintf("%sOption%d", wanted, i+1)))
	}
	return b.either(parts, wanted)
}

// tells tells whether the schemas of a union say what a value is made of, and not only which parts it must have.
func (b *builder) tells(schemas []*openrpc.Schema) bool {
	return slices.ContainsFunc(schemas, func(s *openrpc.Schema) bool {
		m := b.merge(s)
		return len(m.properties) > 0 || len(m.unions) > 0
	})
}

// distribution is what a part of a union that is multiplied out counts for: there may be parts in it again.
const distribution = 500

// distribute makes the type of what is one of several schemas, and has members that all of them have.
func (b *builder) distribute(m *merged, wanted string) *Type {
	common := &openrpc.Schema{
		Type: m.types, Properties: m.properties, Required: m.required, AdditionalProperties: m.additional,
	}
	var parts []*openrpc.Schema
	for _, s := range m.unions[0] {
		b.steps += distribution
		part := &openrpc.Schema{AllOf: []*openrpc.Schema{common, s}}
		if own, ref := b.doc.Follow(s); ref != "" {
			part.Title = wanted + "_" + lastPart(ref)
		} else {
			part.Title = own.Title
		}
		parts = append(parts, part)
	}
	return b.union(parts, wanted)
}

// either makes one type of several: null is no part, and what there is twice is there once.
func (b *builder) either(parts []*Type, wanted string) *Type {
	t := &Type{Kind: Union}
	for i, part := range parts {
		switch {
		case part.Kind == Null:
			t.Nullable = true
			continue
		case part.Kind == Never:
			continue
		case part.Kind == Any:
			return &Type{Kind: Any}
		}
		t.Nullable = t.Nullable || part.Nullable
		part.Nullable = false
		if part.Kind == object && len(parts) > 1 {
			part = b.reference(b.lift(&Named{Object: part.object}, fmt.Sprintf("%sOption%d", wanted, i+1)))
		}
		if !slices.ContainsFunc(t.Parts, part.same) {
			t.Parts = append(t.Parts, part)
		}
	}
	t.Parts = gathered(t.Parts)
	switch {
	case len(t.Parts) == 0 && t.Nullable:
		return &Type{Kind: Null}
	case len(t.Parts) == 0:
		return &Type{Kind: Never}
	case len(t.Parts) == 1:
		t.Parts[0].Nullable = t.Nullable
		return t.Parts[0]
	}
	return t
}

// gathered makes one part of literals: an enum is often written as a list of constants.
func gathered(parts []*Type) []*Type {
	var rest []*Type
	var values *Type
	for _, p := range parts {
		switch {
		case p.Kind != Literal:
			rest = append(rest, p)
		case values == nil:
			values = &Type{Kind: Literal, Values: slices.Clone(p.Values)}
			rest = append(rest, values)
		default:
			values.Values = append(values.Values, p.Values...)
		}
	}
	return rest
}

// same tells whether two types are one.
func (t *Type) same(u *Type) bool {
	if t.Kind != u.Kind || t.Nullable != u.Nullable || t.Format != u.Format || t.Named != u.Named || len(t.Parts) != len(u.Parts) {
		return false
	}
	if (t.Elem == nil) != (u.Elem == nil) || t.Elem != nil && !t.Elem.same(u.Elem) {
		return false
	}
	values := slices.EqualFunc(t.Values, u.Values, func(v, w jsontext.Value) bool { return string(v) == string(w) })
	return values && t.object == u.object && slices.EqualFunc(t.Parts, u.Parts, (*Type).same)
}
