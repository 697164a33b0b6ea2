package typescript

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/lines"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// types writes all types.
func (g *generator) types() {
	for _, t := range g.api.Types {
		g.Blank()
		notes := t.Doc.Text
		if t.Object == nil {
			notes = paragraphs(append([]string{notes}, typeNotes(t.Type)...)...)
		}
		g.comment(notes, t.Doc.Deprecated)
		switch {
		case t.Object == nil:
			g.alias(t)
		case len(t.Object.Fields) == 0 && t.Object.Additional == nil:
			g.Line("export type %s = Record<string, never>;", t.Name)
		default:
			g.Block("export interface "+t.Name+" {", "}", func() { g.fields(t.Object) })
		}
	}
}

// alias writes a name for a type, with the parts of a long union one below the other.
func (g *generator) alias(t *api.Named) {
	line := "export type " + t.Name + " = " + spell(t.Type) + ";"
	parts := alternatives(t.Type)
	if len(line) <= g.Left() || len(parts) < 2 {
		g.Raw(line)
		return
	}
	g.Raw("export type " + t.Name + " =")
	g.In(func() {
		for i, part := range parts {
			end := ""
			if i == len(parts)-1 {
				end = ";"
			}
			g.Raw("| " + part + end)
		}
	})
}

func (g *generator) fields(o *api.Object) {
	for _, f := range o.Fields {
		g.comment(paragraphs(append(append([]string{f.Doc.Text}, typeNotes(f.Type)...), f.DefaultNote())...), f.Doc.Deprecated)
		mark := "?"
		if f.Required {
			mark = ""
		}
		g.Line("%s%s: %s;", propertyName(f.Wire), mark, spell(f.Type))
	}
	if o.Additional != nil {
		if note := spell(o.Additional); note != "unknown" && len(o.Fields) > 0 {
			g.comment("Others are of the type "+note+".", false)
		}
		if len(o.Fields) > 0 {
			g.Raw("[name: string]: unknown;")
		} else {
			g.Line("[name: string]: %s;", spell(o.Additional))
		}
	}
}

// propertyName quotes a name that is no identifier.
func propertyName(name string) string {
	if ident.Valid(name) {
		return name
	}
	return lines.Quote(name)
}

// typeNotes tell of a type what its spelling does not.
func typeNotes(t *api.Type) []string {
	notes := t.Notes()
	if t.HasBig() {
		notes = append(notes, "An integer of 64 bits.")
	}
	return notes
}

// spell spells a type.
func spell(t *api.Type) string { return strings.Join(alternatives(t), " | ") }

// alternatives spells each of what a type may be.
func alternatives(t *api.Type) []string {
	var list []string
	switch t.Kind {
	case api.Union:
		for _, p := range t.Parts {
			list = append(list, alternatives(p)...)
		}
	case api.Literal:
		for _, v := range t.Values {
			list = append(list, literal(v))
		}
	default:
		list = []string{one(t)}
	}
	if t.Nullable && t.Kind != api.Any {
		list = append(list, "null")
	}
	return list
}

// one spells a type that is no union.
func one(t *api.Type) string {
	switch t.Kind {
	case api.Never:
		return "never"
	case api.Null:
		return "null"
	case api.Boolean:
		return "boolean"
	case api.Integer, api.Number:
		return "number"
	case api.String:
		return "string"
	case api.Array:
		return element(t.Elem) + "[]"
	case api.Tuple:
		return tuple(t)
	case api.Map:
		return "{ [name: string]: " + spell(t.Elem) + " }"
	case api.Reference:
		return t.Named.Name
	}
	return "unknown"
}

// element spells what an array is made of.
func element(t *api.Type) string {
	if list := alternatives(t); len(list) != 1 {
		return "(" + strings.Join(list, " | ") + ")"
	}
	return spell(t)
}

func tuple(t *api.Type) string {
	var parts []string
	for i, p := range t.Parts {
		if i < t.Least {
			parts = append(parts, spell(p))
		} else {
			parts = append(parts, element(p)+"?")
		}
	}
	if t.Elem != nil {
		parts = append(parts, "..."+element(t.Elem)+"[]")
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func literal(v jsontext.Value) string {
	if text, ok := message.String(v); ok {
		return lines.Quote(text)
	}
	return string(v)
}
