package api

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
	"github.com/runrpc/jsonrpc/openrpc"
)

// Build makes the API of a document. Separator stands between the parts of a method's name. No type gets one of the
// names that are reserved.
func Build(doc *document.Document, separator string, reserved map[string]bool) (*API, error) {
	b := &builder{
		doc:    doc,
		scope:  &ident.Scope{Reserved: reserved},
		known:  map[*openrpc.Schema]*Named{},
		inline: map[string]*Named{},
		docs:   map[string]string{},
		api: &API{
			Title: doc.Info.Title, Version: doc.Info.Version, Doc: Doc{Text: doc.Info.Description},
			Root: &Namespace{},
		},
	}
	for _, s := range doc.Servers {
		b.api.Servers = append(b.api.Servers, s.URL)
	}
	b.errors()
	b.components()
	b.methods(separator)
	b.nullability()
	if b.steps > maxSteps {
		return nil, errors.New("its schemas are nested or combined too deeply to make types of them")
	}
	slices.SortFunc(b.api.Types, func(a, c *Named) int { return strings.Compare(a.Name, c.Name) })
	return b.api, nil
}

// How many schemas are looked at, and how many types are in one another: more than any document needs that was not made
// to be slow.
const (
	maxSteps = 1_000_000
	maxDepth = 1000
)

type builder struct {
	steps, depth int

	doc        *document.Document
	scope      *ident.Scope
	known      map[*openrpc.Schema]*Named // of what references lead to
	inline     map[string]*Named          // types without a name of their own, by what they are
	references []*Type
	docs       map[string]string // of tags
	errs       map[int]*Error
	api        *API
}

// components gives the names of components to the types that they are, before other types get theirs. Those that no
// method uses are no types of the API.
func (b *builder) components() {
	if b.doc.Components == nil {
		return
	}
	names := slices.Sorted(maps.Keys(b.doc.Components.Schemas))
	plain := slices.Clone(names)
	slices.SortStableFunc(plain, func(x, y string) int { return cmp.Compare(changed(x), changed(y)) })
	for _, name := range plain {
		schema := b.doc.Components.Schemas[name]
		if b.known[schema] == nil {
			b.known[schema] = &Named{Name: b.scope.Name(ident.Pascal(name))}
		}
	}
}

// changed tells whether a type cannot have its name as it is: it comes behind those that can.
func changed(name string) int {
	if ident.Pascal(name) == name {
		return 0
	}
	return 1
}

// methods makes the namespaces with their methods.
func (b *builder) methods(separator string) {
	for i := range b.doc.Methods {
		for _, t := range b.doc.Methods[i].Tags {
			b.docs[t.Name] = cmp.Or(b.docs[t.Name], t.Description)
		}
	}
	methods := slices.Clone(b.doc.Methods)
	slices.SortStableFunc(methods, func(x, y openrpc.Method) int { return strings.Compare(x.Name, y.Name) })
	for i := range methods {
		m := &methods[i]
		parts := []string{m.Name}
		if separator != "" {
			parts = strings.SplitN(m.Name, separator, maxNested)
		}
		n := b.api.Root
		for _, part := range parts[:len(parts)-1] {
			n = b.child(n, part, separator)
		}
		n.Methods = append(n.Methods, b.method(m, parts[len(parts)-1]))
	}
}

// maxNested is how deep namespaces are nested; what is left of the name is the method's.
const maxNested = 16

// child returns the namespace of a name in another.
func (b *builder) child(n *Namespace, name, separator string) *Namespace {
	for _, c := range slices.Backward(n.Children) {
		if c.Name == name {
			return c
		}
	}
	path := name
	if n != b.api.Root {
		path = n.Path + separator + name
	}
	c := &Namespace{Path: path, Name: name, Type: b.scope.Name(ident.Pascal(path) + "Methods"), Doc: Doc{Text: b.docs[path]}}
	n.Children = append(n.Children, c)
	return c
}

func (b *builder) method(m *openrpc.Method, name string) *Method {
	out := &Method{
		Wire: m.Name, Name: name, Raw: m.Raw,
		Doc:        Doc{joined(m.Summary, m.Description), m.Deprecated},
		Positional: m.ParamStructure == openrpc.ByPosition,
	}
	stem := ident.Pascal(m.Name)
	if len(m.Params) > 0 && !m.Raw {
		b.params(out, m, stem)
	}
	if m.Result != nil {
		out.Result = something(b.typeOf(m.Result.Schema, stem+"Result"))
		out.ResultDoc = joined(m.Result.Summary, m.Result.Description)
	}
	for _, e := range m.Errors {
		if known := b.errs[e.Code]; !slices.Contains(out.Errors, known) {
			out.Errors = append(out.Errors, known)
		}
	}
	return out
}

// something returns t, or Any where no value is of the type: there will be one all the same.
func something(t *Type) *Type {
	if t.Kind == Never {
		return &Type{Kind: Any}
	}
	return t
}

func (b *builder) params(out *Method, m *openrpc.Method, stem string) {
	out.Params = &Object{}
	out.ParamsType = b.lift(&Named{Object: out.Params, Doc: Doc{Text: fmt.Sprintf("Params of %s.", m.Name)}}, stem+"Params")
	for i, p := range m.Params {
		f := &Field{
			Wire: p.Name, Required: p.Required,
			Type:    b.typeOf(p.Schema, stem+ident.Pascal(p.Name)),
			Doc:     Doc{cmp.Or(joined(p.Summary, p.Description), p.Schema.Description), p.Deprecated},
			Default: []byte(p.Schema.Default),
		}
		if p.Variadic && i == len(m.Params)-1 {
			out.Variadic, out.Positional = true, true
			f.Type = &Type{Kind: Array, Elem: f.Type}
		}
		out.Params.Fields = append(out.Params.Fields, f)
	}
}

// joined puts a summary before a description.
func joined(summary, description string) string {
	summary, description = strings.TrimSpace(summary), strings.TrimSpace(description)
	switch {
	case summary == "" || strings.HasPrefix(description, summary):
		return description
	case description == "":
		return summary
	}
	return summary + "\n\n" + description
}

// lift gives a type a name of its own.
func (b *builder) lift(n *Named, wanted string) *Named {
	n.Name = b.scope.Name(ident.Pascal(wanted))
	b.api.Types = append(b.api.Types, n)
	return n
}

// nullability moves null from types with a name to where they are used: it is the use that may be null.
func (b *builder) nullability() {
	for again := true; again; {
		again = false
		for _, t := range b.references {
			if inner := t.Named.Type; inner != nil && inner.Nullable && !t.Nullable {
				t.Nullable, again = true, true
			}
		}
	}
	for _, n := range b.api.Types {
		if n.Type != nil {
			n.Type.Nullable = false
		}
	}
}
