package api

import (
	"cmp"
	stdjson "encoding/json"
	"slices"

	"github.com/runrpc/jsonrpc/openrpc"
)

// merged is what a schema and all of its allOf say of a value.
type merged struct {
	types      []string // nil: any
	format     string
	encoding   string
	values     []stdjson.RawMessage // nil: any
	never      bool
	properties openrpc.Properties
	places     map[string]int // of the properties
	required   []string
	additional *openrpc.Schema
	items      *openrpc.Schema
	rest       *openrpc.Schema
	least      int
	bounds     []*openrpc.Schema // that may have a minimum and a maximum
	unions     [][]*openrpc.Schema
	title      string
	text       string
}

// merge brings together all that is said of a value.
func (b *builder) merge(s *openrpc.Schema) *merged {
	m := &merged{}
	b.mergeInto(m, s, map[*openrpc.Schema]bool{})
	return m
}

func (b *builder) mergeInto(m *merged, s *openrpc.Schema, seen map[*openrpc.Schema]bool) {
	s, _ = b.doc.Follow(s)
	if b.steps++; seen[s] || b.steps > maxSteps {
		return
	}
	seen[s] = true
	m.title, m.text = cmp.Or(m.title, s.Title), cmp.Or(m.text, s.Description)
	m.format, m.encoding = cmp.Or(m.format, s.Format), cmp.Or(m.encoding, s.ContentEncoding)
	m.never = m.never || s.Not != nil && b.allowsAll(s.Not)
	m.kinds(s.Type)
	m.listed(s)
	m.object(s)
	m.array(s)
	m.bounds = append(m.bounds, s)
	for _, union := range [][]*openrpc.Schema{s.AnyOf, s.OneOf} {
		if len(union) > 0 {
			m.unions = append(m.unions, union)
		}
	}
	for _, part := range s.AllOf {
		b.mergeInto(m, part, seen)
	}
}

// allowsAll tells whether a schema plainly allows any value.
func (b *builder) allowsAll(s *openrpc.Schema) bool {
	text, err := s.MarshalJSON()
	return err == nil && string(text) == "{}"
}

// kinds keeps the types that are allowed by all.
func (m *merged) kinds(types openrpc.Types) {
	switch {
	case types == nil:
	case m.types == nil:
		m.types = types
	default:
		m.types = slices.DeleteFunc(slices.Clone(m.types), func(t string) bool {
			return !slices.Contains(types, t) && !(t == "integer" && slices.Contains(types, "number"))
		})
		m.never = m.never || len(m.types) == 0
	}
}

// listed keeps the values that are allowed by all.
func (m *merged) listed(s *openrpc.Schema) {
	for _, values := range [][]stdjson.RawMessage{s.Enum, {s.Const}} {
		switch {
		case len(values) == 0 || values[0] == nil:
		case m.values == nil:
			m.values = values
		default:
			known := map[string]bool{}
			for _, v := range values {
				known[string(v)] = true
			}
			m.values = slices.DeleteFunc(slices.Clone(m.values), func(v stdjson.RawMessage) bool { return !known[string(v)] })
		}
	}
}

func (m *merged) object(s *openrpc.Schema) {
	if m.places == nil {
		m.places = map[string]int{}
	}
	for _, p := range s.Properties {
		i, known := m.places[p.Name]
		if !known {
			m.places[p.Name] = len(m.properties)
			m.properties = append(m.properties, p)
			continue
		}
		m.properties[i].Schema = &openrpc.Schema{AllOf: []*openrpc.Schema{m.properties[i].Schema, p.Schema}}
	}
	m.required = append(m.required, s.Required...)
	m.additional = cmp.Or(m.additional, s.AdditionalProperties)
}

func (m *merged) array(s *openrpc.Schema) {
	m.items, m.rest = cmp.Or(m.items, s.Items), cmp.Or(m.rest, s.AdditionalItems)
	if s.MinItems != nil {
		m.least = max(m.least, *s.MinItems)
	}
}

// alone returns the schema that says all there is to say: what another only adds a text to.
func alone(s *openrpc.Schema) *openrpc.Schema {
	rest := *s
	rest.AllOf, rest.AnyOf, rest.OneOf = nil, nil, nil
	rest.Title, rest.Description, rest.Default, rest.Examples, rest.Other = "", "", nil, nil, nil
	text, err := rest.MarshalJSON()
	parts := slices.Concat(s.AllOf, s.AnyOf, s.OneOf)
	if err != nil || string(text) != "{}" || len(parts) != 1 {
		return nil
	}
	return parts[0]
}
