package api

import (
	"cmp"
	"math/big"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/openrpc"
)

// typeOf returns the type of a schema. Where it needs a name, and has none, it gets the one that is wanted.
func (b *builder) typeOf(s *openrpc.Schema, wanted string) *Type {
	if b.depth++; b.depth > maxDepth {
		b.steps = maxSteps
	}
	defer func() { b.depth-- }()
	if b.steps++; b.steps > maxSteps {
		return &Type{Kind: Any}
	}
	if s.Ref != "" {
		return b.refer(s)
	}
	if part := alone(s); part != nil {
		return b.typeOf(part, wanted)
	}
	m := b.merge(s)
	t := b.build(m, wanted)
	return b.shared(s, t, m, wanted)
}

// refer returns a reference to the type of a component.
func (b *builder) refer(s *openrpc.Schema) *Type {
	target, ref := b.doc.Follow(s)
	n := b.known[target]
	if n == nil {
		n = &Named{Name: b.scope.Name(ident.Pascal(lastPart(ref)))}
		b.known[target] = n
	}
	if n.Type == nil && n.Object == nil {
		b.define(n, target)
	}
	return b.reference(n)
}

func (b *builder) reference(n *Named) *Type {
	t := &Type{Kind: Reference, Named: n}
	b.references = append(b.references, t)
	return t
}

// define says what a type with a name is, once: it may lead to itself.
func (b *builder) define(n *Named, s *openrpc.Schema) {
	b.api.Types = append(b.api.Types, n)
	n.Type = &Type{} // not to be defined again
	m := b.merge(s)
	n.Doc = Doc{Text: m.text, Deprecated: deprecated(s)}
	var t *Type
	if part := alone(s); part != nil {
		t = b.typeOf(part, n.Name)
	} else {
		t = b.build(m, n.Name)
	}
	if t.Kind == object {
		n.Object, n.Type = t.object, nil
		return
	}
	*n.Type = *something(t)
	if t.Kind == Reference {
		b.references = append(b.references, n.Type)
	}
}

func lastPart(ref string) string {
	i := len(ref) - 1
	for i > 0 && ref[i-1] != '/' {
		i--
	}
	return ref[i:]
}

func deprecated(s *openrpc.Schema) bool { return string(s.Other["deprecated"]) == "true" }

// shared returns t, by a name where it needs one. The same type without a name at two places is one.
func (b *builder) shared(s *openrpc.Schema, t *Type, m *merged, wanted string) *Type {
	if t.Kind != object && t.Kind != Union && !(t.Kind == Literal && len(t.Values) > 1) {
		return t
	}
	if title := ident.Pascal(m.title); title != "X" && len(m.title) <= 40 {
		wanted = title
	}
	key := ""
	if text, err := s.MarshalJSON(); err == nil {
		key = wanted + string(text)
	}
	n := b.inline[key]
	if n == nil {
		n = b.lift(&Named{Doc: Doc{m.text, deprecated(s)}, Object: t.object}, wanted)
		if t.Kind != object {
			n.Type = &Type{Kind: t.Kind, Parts: t.Parts, Values: t.Values}
		}
		b.inline[key] = n
	}
	ref := b.reference(n)
	ref.Nullable = t.Nullable
	return ref
}

// build makes the type of what is said of a value.
func (b *builder) build(m *merged, wanted string) *Type {
	switch {
	case m.never:
		return &Type{Kind: Never}
	case m.values != nil:
		return literal(m.values)
	case len(m.unions) == 1 && len(m.properties) == 0:
		return b.union(m.unions[0], wanted)
	case len(m.unions) == 1 && b.tells(m.unions[0]):
		return b.distribute(m, wanted)
	}
	kinds := m.types
	if kinds == nil {
		kinds = m.guess()
	}
	if kinds == nil {
		return &Type{Kind: Any}
	}
	var parts []*Type
	for _, kind := range kinds {
		parts = append(parts, b.kind(kind, m, wanted))
	}
	return b.either(parts, wanted)
}

// guess finds the type of a schema that does not say it.
func (m *merged) guess() []string {
	switch {
	case m.properties != nil, m.required != nil, m.additional != nil:
		return []string{"object"}
	case m.items != nil:
		return []string{"array"}
	}
	return nil
}

// kind makes the type of the values of one kind.
func (b *builder) kind(kind string, m *merged, wanted string) *Type {
	switch kind {
	case "null":
		return &Type{Kind: Null}
	case "boolean":
		return &Type{Kind: Boolean}
	case "integer":
		return m.integer()
	case "number":
		return &Type{Kind: Number, Format: m.format}
	case "string":
		return m.string()
	case "array":
		return b.array(m, wanted)
	case "object":
		return b.object(m, wanted)
	}
	return &Type{Kind: Any}
}

// integer tells the size of an integer by its format and its bounds.
func (m *merged) integer() *Type {
	t := &Type{Kind: Integer, Format: m.format, Big: m.format == "int64" || m.format == "uint64", Unsigned: m.format == "uint64"}
	for _, s := range m.bounds {
		if most := numeral(s.Maximum); most != nil {
			t.Big = t.Big || most.Cmp(big.NewFloat(1<<53)) > 0
			t.Unsigned = t.Unsigned || most.Cmp(big.NewFloat(1<<63)) >= 0 && most.Cmp(big.NewFloat(1<<64)) <= 0
		}
	}
	return t
}

func numeral(text []byte) *big.Float {
	if jsontext.Value(text).Kind() != jsontext.KindNumber {
		return nil
	}
	value, _, err := big.ParseFloat(string(text), 10, 128, big.ToNearestEven)
	if err != nil {
		return nil
	}
	return value
}

func (m *merged) string() *Type {
	format := m.format
	if m.encoding == "base64" || m.format == "byte" {
		format = "base64"
	}
	return &Type{Kind: String, Format: format}
}

func (b *builder) array(m *merged, wanted string) *Type {
	if m.items == nil {
		return &Type{Kind: Array, Elem: &Type{Kind: Any}}
	}
	if m.items.List == nil {
		return &Type{Kind: Array, Elem: b.typeOf(m.items, wanted+"Item")}
	}
	t := &Type{Kind: Tuple, Least: len(m.items.List)}
	if m.least > 0 {
		t.Least = min(m.least, t.Least)
	}
	for i, s := range m.items.List {
		t.Parts = append(t.Parts, b.typeOf(s, wanted+"Item"+strconv.Itoa(i+1)))
	}
	if m.rest == nil {
		t.Elem = &Type{Kind: Any}
	} else if rest := b.typeOf(m.rest, wanted+"Rest"); rest.Kind != Never {
		t.Elem = rest
	}
	return t
}

// object is the Kind of what is to become an Object; none is left of it when all is built.
const object Kind = -1

func (b *builder) object(m *merged, wanted string) *Type {
	var additional *Type
	if m.additional != nil {
		additional = b.typeOf(m.additional, wanted+"Value")
	}
	if len(m.properties) == 0 && len(m.required) == 0 && (additional == nil || additional.Kind != Never) {
		return &Type{Kind: Map, Elem: cmp.Or(additional, &Type{Kind: Any})}
	}
	o := &Object{}
	if additional != nil && additional.Kind != Never {
		o.Additional = additional
	}
	missing := map[string]bool{}
	for _, name := range m.required {
		missing[name] = true
	}
	for _, p := range m.properties {
		o.Fields = append(o.Fields, b.field(p, missing[p.Name], wanted))
		delete(missing, p.Name)
	}
	for _, name := range m.required {
		if missing[name] {
			delete(missing, name)
			o.Fields = append(o.Fields, &Field{Wire: name, Required: true, Type: cmp.Or(o.Additional, &Type{Kind: Any})})
		}
	}
	return &Type{Kind: object, object: o}
}

func (b *builder) field(p openrpc.Property, required bool, wanted string) *Field {
	own, _ := b.doc.Follow(p.Schema)
	said := p.Schema // beside a reference, nothing is said of the field
	if p.Schema.Ref != "" {
		said, own = &openrpc.Schema{}, &openrpc.Schema{}
	}
	return &Field{
		Wire: p.Name, Required: required,
		Type:    b.typeOf(p.Schema, wanted+ident.Pascal(p.Name)),
		Doc:     Doc{said.Description, deprecated(own)},
		Default: jsontext.Value(said.Default),
	}
}
