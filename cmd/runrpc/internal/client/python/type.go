package python

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/lines"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// builtin are types that are lower-case words, and so may be hidden by a member of a class.
var builtin = ident.Reserve("bool dict float int list str")

// types writes all types.
func (g *generator) types() {
	g.hidden = nil
	for _, t := range g.api.Types {
		if g.params[t] {
			continue
		}
		g.apart()
		switch {
		case t.Object == nil:
			g.comment(paragraphs(append([]string{t.Doc.Text}, t.Type.Notes()...)...), t.Doc.Deprecated)
			g.Line("%s: TypeAlias = %s", t.Name, quoted(g.spell(t.Type)))
		case g.plain(t.Object):
			g.class(t)
		default:
			g.dict(t)
		}
	}
}

// quoted makes a string of a type, which may have strings in it.
func quoted(spelled string) string {
	if strings.Contains(spelled, `"`) && !strings.ContainsAny(spelled, `'\`) {
		return "'" + spelled + "'"
	}
	return lines.Quote(spelled)
}

// plain tells whether a class can have the names of all fields.
func (g *generator) plain(o *api.Object) bool {
	for _, f := range o.Fields {
		name := strings.TrimPrefix(f.Wire, "_")
		if !ident.Valid(name) || keywords[f.Wire] || used[f.Wire] || g.reserved[f.Wire] {
			return false
		}
	}
	return true
}

// class writes a type whose fields have good names.
func (g *generator) class(t *api.Named) {
	g.Raw("class " + t.Name + "(TypedDict):")
	g.In(func() {
		g.docstring(paragraphs(orName(t.Doc.Text, t.Name), g.others(t.Object)), t.Doc.Deprecated)
		if len(t.Object.Fields) > 0 {
			g.Blank()
		}
		for _, f := range t.Object.Fields {
			g.comment(fieldDoc(f), f.Doc.Deprecated)
			g.Line("%s: %s", f.Wire, g.member(f))
		}
	})
}

// dict writes a type that is no class, since no class can have its fields.
func (g *generator) dict(t *api.Named) {
	g.comment(paragraphs(orName(t.Doc.Text, t.Name), g.others(t.Object)), t.Doc.Deprecated)
	g.Block(t.Name+" = TypedDict(", ")", func() {
		g.Raw(lines.Quote(t.Name) + ",")
		g.Block("{", "},", func() {
			for _, f := range t.Object.Fields {
				g.comment(fieldDoc(f), f.Doc.Deprecated)
				g.Line("%s: %s,", lines.Quote(f.Wire), quoted(g.member(f)))
			}
		})
	})
}

func (g *generator) others(o *api.Object) string {
	if o.Additional == nil {
		return ""
	}
	return "There may be other members, of the type " + g.spell(o.Additional) + "."
}

func orName(text, name string) string {
	if text == "" {
		return name + "."
	}
	return text
}

func fieldDoc(f *api.Field) string {
	return paragraphs(append(append([]string{f.Doc.Text}, f.Type.Notes()...), f.DefaultNote())...)
}

func (g *generator) member(f *api.Field) string {
	if f.Required {
		return g.spell(f.Type)
	}
	return "NotRequired[" + g.spell(f.Type) + "]"
}

// spell spells a type.
func (g *generator) spell(t *api.Type) string {
	var list []string
	if t.Kind == api.Union {
		for _, p := range t.Parts {
			list = append(list, g.spell(p))
		}
	} else {
		list = []string{g.one(t)}
	}
	if t.Nullable && t.Kind != api.Any {
		list = append(list, "None")
	}
	return strings.Join(list, " | ")
}

// one spells a type that is no union.
func (g *generator) one(t *api.Type) string {
	switch t.Kind {
	case api.Never:
		return "Never"
	case api.Null:
		return "None"
	case api.Boolean:
		return g.builtin("bool")
	case api.Integer:
		return g.builtin("int")
	case api.Number:
		return g.builtin("float")
	case api.String:
		return g.builtin("str")
	case api.Literal:
		return g.literal(t.Values)
	case api.Array:
		return g.builtin("list") + "[" + g.spell(t.Elem) + "]"
	case api.Tuple:
		return g.builtin("list") + "[" + g.elements(t) + "]"
	case api.Map:
		return g.builtin("dict") + "[" + g.builtin("str") + ", " + g.spell(t.Elem) + "]"
	case api.Reference:
		return t.Named.Name
	}
	return "Any"
}

// builtin spells a type that a member of the class around may hide.
func (g *generator) builtin(name string) string {
	if g.hidden[name] {
		return "builtins." + name
	}
	return name
}

// elements spells what the elements of a tuple may be: it comes as a list.
func (g *generator) elements(t *api.Type) string {
	parts := t.Parts
	if t.Elem != nil && (t.Elem.Kind != api.Any || len(parts) == 0) {
		parts = append(parts[:len(parts):len(parts)], t.Elem)
	}
	var list []string
	seen := map[string]bool{}
	for _, p := range parts {
		if spelled := g.spell(p); !seen[spelled] {
			seen[spelled] = true
			list = append(list, spelled)
		}
	}
	if len(list) == 0 || seen["Any"] {
		return "Any"
	}
	return strings.Join(list, " | ")
}

// literal spells values. Numbers with a fraction are none that Literal takes.
func (g *generator) literal(values []jsontext.Value) string {
	var list []string
	for _, v := range values {
		text, isText := message.String(v)
		switch kind := v.Kind(); {
		case isText:
			list = append(list, lines.Quote(text))
		case kind == 't':
			list = append(list, "True")
		case kind == 'f':
			list = append(list, "False")
		case strings.ContainsAny(string(v), ".eE"):
			return "Any"
		default:
			list = append(list, string(v))
		}
	}
	return "Literal[" + strings.Join(list, ", ") + "]"
}
