package openrpc

import (
	stdjson "encoding/json"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Schema is a JSON Schema of draft 7, as OpenRPC uses it. The zero Schema allows any value.
//
// Keywords that have no field here are in Other. Of what is read, the schema true is the zero
// Schema, and false is one with a zero Not.
type Schema struct {
	// List is for items alone: a schema for each element in its turn. Such a Schema has nothing else.
	List []*Schema `json:"-"`

	Ref                  string                        `json:"$ref,omitzero"`
	Title                string                        `json:"title,omitzero"`
	Description          string                        `json:"description,omitzero"`
	Type                 Types                         `json:"type,omitempty"`
	Format               string                        `json:"format,omitzero"`
	ContentEncoding      string                        `json:"contentEncoding,omitzero"`
	Pattern              string                        `json:"pattern,omitzero"`
	MinLength            *int                          `json:"minLength,omitzero"`
	MaxLength            *int                          `json:"maxLength,omitzero"`
	Enum                 []stdjson.RawMessage          `json:"enum,omitempty"`
	Const                stdjson.RawMessage            `json:"const,omitzero"`
	Minimum              stdjson.RawMessage            `json:"minimum,omitzero"` // a number
	Maximum              stdjson.RawMessage            `json:"maximum,omitzero"` // a number
	Items                *Schema                       `json:"items,omitzero"`
	AdditionalItems      *Schema                       `json:"additionalItems,omitzero"` // those behind a List of Items
	MinItems             *int                          `json:"minItems,omitzero"`
	MaxItems             *int                          `json:"maxItems,omitzero"`
	Properties           Properties                    `json:"properties,omitempty"`
	Required             []string                      `json:"required,omitempty"`
	PropertyNames        *Schema                       `json:"propertyNames,omitzero"`
	AdditionalProperties *Schema                       `json:"additionalProperties,omitzero"`
	AllOf                []*Schema                     `json:"allOf,omitempty"`
	AnyOf                []*Schema                     `json:"anyOf,omitempty"`
	OneOf                []*Schema                     `json:"oneOf,omitempty"`
	Not                  *Schema                       `json:"not,omitzero"`
	Default              stdjson.RawMessage            `json:"default,omitzero"`
	Examples             []stdjson.RawMessage          `json:"examples,omitempty"`
	Other                map[string]stdjson.RawMessage `json:",embed"`
}

// Types are the types that a Schema allows, none for any.
type Types []string

// Properties are the properties of an object in their order.
type Properties []Property

// Property is one property of an object.
type Property struct {
	Name   string
	Schema *Schema
}

// Get returns a property's schema, nil where there is none.
func (ps Properties) Get(name string) *Schema {
	for _, p := range ps {
		if p.Name == name {
			return p.Schema
		}
	}
	return nil
}

// options are how documents are written: the same each time, and whole even where a text in one
// is broken.
var options = json.JoinOptions(json.Deterministic(true), jsontext.AllowInvalidUTF8(true))

// plainSchema is a Schema without its own way to be written and read.
type plainSchema Schema

// MarshalJSON returns the schema's JSON.
func (s *Schema) MarshalJSON() ([]byte, error) {
	if s.List != nil {
		return json.Marshal(s.List, options)
	}
	return json.Marshal((*plainSchema)(s), options)
}

// MarshalJSONTo writes the schema's JSON.
func (s *Schema) MarshalJSONTo(enc *jsontext.Encoder) error {
	if s.List != nil {
		return json.MarshalEncode(enc, s.List)
	}
	return json.MarshalEncode(enc, (*plainSchema)(s))
}

// UnmarshalJSON reads a schema.
func (s *Schema) UnmarshalJSON(text []byte) error { return json.Unmarshal(text, s) }

// UnmarshalJSONFrom reads a schema.
func (s *Schema) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*s = Schema{}
	switch dec.PeekKind() {
	case 't':
		return dec.SkipValue()
	case 'f':
		s.Not = new(Schema)
		return dec.SkipValue()
	case '[':
		s.List = []*Schema{}
		return json.UnmarshalDecode(dec, &s.List)
	}
	if err := json.UnmarshalDecode(dec, (*plainSchema)(s)); err != nil {
		return err
	}
	return s.downgrade()
}

// downgrade makes a tuple of a later draft one of draft 7.
func (s *Schema) downgrade() error {
	text, ok := s.Other["prefixItems"]
	if !ok {
		return nil
	}
	delete(s.Other, "prefixItems")
	s.AdditionalItems, s.Items = s.Items, &Schema{List: []*Schema{}}
	return json.Unmarshal(text, &s.Items.List)
}

// MarshalJSONTo writes one type as a string.
func (ts Types) MarshalJSONTo(enc *jsontext.Encoder) error {
	if len(ts) == 1 {
		return enc.WriteToken(jsontext.String(ts[0]))
	}
	return json.MarshalEncode(enc, []string(ts))
}

// UnmarshalJSONFrom reads a string or a list of strings.
func (ts *Types) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() == '[' {
		return json.UnmarshalDecode(dec, (*[]string)(ts))
	}
	*ts = make(Types, 1)
	return json.UnmarshalDecode(dec, &(*ts)[0])
}

// MarshalJSONTo writes the properties as an object.
func (ps Properties) MarshalJSONTo(enc *jsontext.Encoder) error {
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for _, p := range ps {
		if err := enc.WriteToken(jsontext.String(p.Name)); err != nil {
			return err
		}
		if err := json.MarshalEncode(enc, p.Schema); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndObject)
}

// UnmarshalJSONFrom reads an object.
func (ps *Properties) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*ps = nil
	if dec.PeekKind() != '{' {
		return json.UnmarshalDecode(dec, &map[string]*Schema{}) // which says what it found
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() != '}' {
		var p Property
		if err := json.UnmarshalDecode(dec, &p.Name); err != nil {
			return err
		}
		if err := json.UnmarshalDecode(dec, &p.Schema); err != nil {
			return err
		}
		*ps = append(*ps, p)
	}
	_, err := dec.ReadToken()
	return err
}
