package describe

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// typeOf returns a short name for what a JSON Schema allows: string, Pet, integer[], "up" | "down".
func typeOf(schema jsontext.Value) string {
	const deepest, most, longest = 4, 64, 60
	s := speller{left: most}
	name := s.spell(schema, deepest)
	if runes := []rune(name); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return name
}

// A speller spells schemas, and no more of them than somebody would read.
type speller struct{ left int }

func (s *speller) spell(schema jsontext.Value, depth int) string {
	members, err := message.Members(schema)
	if s.left--; err != nil || depth == 0 || s.left < 0 {
		return "any"
	}
	if ref, ok := message.String(members["$ref"]); ok {
		return message.Printable(ref[strings.LastIndex(ref, "/")+1:])
	}
	for _, list := range []struct{ member, between string }{{"oneOf", " | "}, {"anyOf", " | "}, {"allOf", " & "}} {
		if names := s.spellAll(members[list.member], depth); len(names) > 0 {
			return strings.Join(names, list.between)
		}
	}
	if constant := members["const"]; constant != nil {
		return message.Short(constant)
	}
	if values, err := message.Elements(members["enum"]); err == nil && len(values) > 0 {
		return alternatives(values)
	}
	return s.spellType(members, depth)
}

func (s *speller) spellAll(list jsontext.Value, depth int) []string {
	schemas, _ := message.Elements(list)
	names := make([]string, 0, len(schemas))
	for _, schema := range schemas[:min(len(schemas), 8)] {
		names = append(names, s.spell(schema, depth-1))
	}
	return names
}

func alternatives(values []jsontext.Value) string {
	const most = 8
	names := make([]string, 0, most+1)
	for _, value := range values[:min(len(values), most)] {
		names = append(names, message.Short(value))
	}
	if len(values) > most {
		names = append(names, "…")
	}
	return strings.Join(names, " | ")
}

// spellType spells what has a type.
func (s *speller) spellType(members map[string]jsontext.Value, depth int) string {
	if types, err := message.Elements(members["type"]); err == nil {
		names := make([]string, 0, len(types))
		for _, value := range types[:min(len(types), 8)] {
			names = append(names, s.spellOne(word(value), members, depth))
		}
		return strings.Join(names, " | ")
	}
	return s.spellOne(word(members["type"]), members, depth)
}

func (s *speller) spellOne(name string, members map[string]jsontext.Value, depth int) string {
	switch items, values := members["items"], members["additionalProperties"]; {
	case name == "array" && items != nil:
		element := s.spell(items, depth-1)
		if strings.Contains(element, " ") && !strings.HasPrefix(element, "{") {
			element = "(" + element + ")"
		}
		return element + "[]"
	case name == "object" && values.Kind() == jsontext.KindBeginObject && members["properties"] == nil:
		return "{[name]: " + s.spell(values, depth-1) + "}"
	case name == "" && members["properties"] != nil:
		return "object"
	case name == "":
		return "any"
	}
	if format := word(members["format"]); format != "" {
		return message.Printable(name + " (" + format + ")")
	}
	return message.Printable(name)
}

// A Field is a member of an object that a param or a result is made of.
type Field struct {
	Param

	Depth int // 1 for a member of the param itself
}

// Fields returns the members of the objects in a param, each behind the one it is part of.
func (m Method) Fields(p Param) []Field {
	if m.schemas == nil {
		return nil
	}
	w := walker{documents: m.schemas, left: 200, seen: map[string]bool{}}
	w.walk(p.Schema, 1)
	return w.found
}

// A walker finds members. It takes each schema that has a name once, and stops at a depth and after a number of schemas
// that still can be read.
type walker struct {
	*documents

	found []Field
	left  int
	seen  map[string]bool
}

func (w *walker) walk(schema jsontext.Value, depth int) {
	const deepest = 3
	if w.left--; w.left < 0 || depth > deepest || w.known(schema) {
		return
	}
	members, err := w.object(schema)
	if err != nil {
		return
	}
	if items := members["items"]; items != nil {
		w.walk(items, depth)
	}
	parts, _ := message.Elements(members["allOf"])
	for _, part := range parts {
		w.walk(part, depth)
	}
	required := map[string]bool{}
	names, _ := message.Elements(members["required"])
	for _, name := range names {
		required[word(name)] = true
	}
	for _, property := range message.Ordered(members["properties"]) {
		if w.left < 0 {
			return
		}
		field := Param{Name: property.Name, Type: typeOf(property.Value), Required: required[property.Name]}
		if of, err := w.object(property.Value); err == nil {
			field.Doc, field.Default = word(of["description"]), of["default"]
		}
		w.found = append(w.found, Field{field, depth})
		w.walk(property.Value, depth+1)
	}
}

// known tells whether a schema is a reference that has been taken already.
func (w *walker) known(schema jsontext.Value) bool {
	members, _ := message.Members(schema)
	ref, ok := message.String(members["$ref"])
	if !ok {
		return false
	}
	seen := w.seen[ref]
	w.seen[ref] = true
	return seen
}
