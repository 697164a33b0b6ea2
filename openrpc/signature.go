package openrpc

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// signatures returns a JSON object with the signature of each method, one a line.
func signatures(d *Document) []byte {
	out := []byte("{")
	for i, m := range d.Methods {
		if i > 0 {
			out = append(out, ',')
		}
		out, _ = jsontext.AppendQuote(append(out, "\n  "...), m.Name)
		out, _ = jsontext.AppendQuote(append(out, ": "...), signature(m))
	}
	return append(out, "\n}\n"...)
}

// overview is a page of text for people.
func overview(d *Document) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s %s\n\n", d.Info.Title, d.Info.Version)
	if d.Info.Description != "" {
		fmt.Fprintf(&out, "%s\n\n", d.Info.Description)
	}
	fmt.Fprintf(&out, "POST a JSON-RPC 2.0 message here. openrpc.json describes the methods, map lists them.\n")
	for _, m := range d.Methods {
		fmt.Fprintf(&out, "\n%s%s\n", m.Name, signature(m))
		if m.Summary != "" {
			fmt.Fprintf(&out, "    %s\n", m.Summary)
		}
	}
	return out.Bytes()
}

// signature spells what a method takes and gives.
func signature(m Method) string {
	if m.Raw {
		return "(...) -> any"
	}
	params := make([]string, len(m.Params))
	for i, p := range m.Params {
		name := p.Name
		if p.Variadic {
			name = "..." + name
		}
		switch {
		case p.Schema != nil && p.Schema.Default != nil:
			params[i] = fmt.Sprintf("%s: %s = %s", name, spell(p.Schema), p.Schema.Default)
		case p.Required || p.Variadic:
			params[i] = name + ": " + spell(p.Schema)
		default:
			params[i] = name + "?: " + spell(p.Schema)
		}
	}
	text := "(" + strings.Join(params, ", ") + ")"
	if m.Result != nil {
		text += " -> " + spell(m.Result.Schema)
	}
	return text
}

// spell spells a schema as a type.
func spell(s *Schema) string {
	switch {
	case s == nil:
		return "any"
	case s.Ref != "":
		return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
	case len(s.Enum) > 0:
		return spellEach(s.Enum, func(v stdjson.RawMessage) string { return string(v) })
	case len(s.AnyOf) > 0:
		return spellEach(s.AnyOf, spell)
	case len(s.OneOf) > 0:
		return spellEach(s.OneOf, spell)
	case len(s.AllOf) == 1:
		return spell(s.AllOf[0])
	case len(s.Type) == 0:
		return "any"
	}
	return spellEach(s.Type, func(name string) string { return spellType(s, name) })
}

func spellType(s *Schema, name string) string {
	switch {
	case name == "array" && s.Items != nil && s.Items.List != nil:
		elements := make([]string, len(s.Items.List))
		for i, element := range s.Items.List {
			elements[i] = spell(element)
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case name == "array" && s.Items != nil:
		items := spell(s.Items)
		if strings.Contains(items, " ") {
			items = "(" + items + ")"
		}
		return items + "[]"
	case name == "object" && s.AdditionalProperties != nil && s.Properties == nil:
		return "{[name]: " + spell(s.AdditionalProperties) + "}"
	}
	return name
}

func spellEach[E any](list []E, spell func(E) string) string {
	var words []string
	for _, e := range list {
		if word := spell(e); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, " | ")
}
