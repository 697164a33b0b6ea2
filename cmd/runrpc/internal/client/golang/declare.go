package golang

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/lines"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// types declares all types and errors.
func (g *generator) types() {
	for _, t := range g.api.Types {
		g.Blank()
		g.comment(typeDoc(t), t.Doc.Deprecated)
		switch {
		case t.Object != nil:
			g.structure(t)
		case t.Type.Kind == api.Union:
			g.union(t)
		case t.Type.Kind == api.Literal && base(t.Type) != "any":
			g.enum(t)
		case t.Type.Kind == api.Reference, t.Type.Kind == api.String && t.Type.Format == "date-time":
			g.Line("type %s = %s", t.Name, g.plain(t.Type)) // it keeps its methods
		default:
			g.Line("type %s %s", t.Name, g.plain(t.Type))
		}
	}
	for _, e := range g.api.Errors {
		g.Blank()
		g.comment(fmt.Sprintf("%s is the error %d: %s", e.Name, e.Code, lines.OneLine(e.Message)), false)
		g.Line("type %s struct{ *RPCError }", e.Name)
		g.Blank()
		g.comment("Unwrap returns the error as any other.", false)
		g.Line("func (e *%s) Unwrap() error { return e.RPCError }", e.Name)
	}
}

// typeDoc tells all that is known of a type.
func typeDoc(t *api.Named) string {
	text := t.Name + " is a type of the API."
	if t.Doc.Text != "" {
		text = about(t.Name, t.Doc.Text)
	}
	if t.Type == nil || t.Type.Kind == api.Literal && base(t.Type) != "any" { // whose values follow
		return text
	}
	return paragraphs(append([]string{text}, fieldNotes(t.Type)...)...)
}

// fieldNotes tell of a type what Go has no word for.
func fieldNotes(t *api.Type) []string {
	switch {
	case t.Kind == api.String && (t.Format == "date-time" || t.Format == "base64"):
		return nil
	case t.Kind == api.Tuple:
		return []string{fmt.Sprintf("A list of %d values, each of its own type.", len(t.Parts))}
	case t.Kind == api.Literal:
		values := make([]string, len(t.Values))
		for i, v := range t.Values {
			values[i] = message.Short(v)
		}
		return []string{"It is " + strings.Join(values, " or ") + "."}
	}
	return t.Notes()
}

// enum declares a type and a constant for each of its values.
func (g *generator) enum(t *api.Named) {
	g.Line("type %s %s", t.Name, base(t.Type))
	g.Blank()
	g.comment("The values of "+t.Name+".", false)
	g.Block("const (", ")", func() {
		for _, v := range t.Type.Values {
			g.Line("%s %s = %s", g.scope.Name(t.Name+valueName(v)), t.Name, literal(v))
		}
	})
}

// valueName makes a part of a name of a value.
func valueName(v jsontext.Value) string {
	text, ok := message.String(v)
	switch {
	case ok && text == "":
		return "Empty"
	case ok:
		return strings.TrimPrefix(ident.Exported(text), "X")
	}
	return ident.Pascal(strings.NewReplacer("-", "Minus ", ".", "_").Replace("V" + string(v)))[1:]
}

func literal(v jsontext.Value) string {
	if text, ok := message.String(v); ok {
		return quote(text)
	}
	return string(v)
}

func isInt64(v jsontext.Value) bool {
	_, err := strconv.ParseInt(string(v), 10, 64)
	return err == nil
}

func isFloat64(v jsontext.Value) bool {
	_, err := strconv.ParseFloat(string(v), 64)
	return err == nil
}

// union declares a type for values of several types.
func (g *generator) union(t *api.Named) {
	g.imports["encoding/json"] = true
	g.Block("type "+t.Name+" struct {", "}", func() { g.Raw("raw json.RawMessage") })
	g.Blank()
	g.comment("MarshalJSON writes the value, null where there is none.", false)
	g.Block(fmt.Sprintf("func (u %s) MarshalJSON() ([]byte, error) {", t.Name), "}", func() {
		g.Block("if u.raw == nil {", "}", func() { g.Raw(`return []byte("null"), nil`) })
		g.Raw("return u.raw, nil")
	})
	g.Blank()
	g.comment("UnmarshalJSON keeps the value as it comes.", false)
	g.Block(fmt.Sprintf("func (u *%s) UnmarshalJSON(text []byte) error {", t.Name), "}", func() {
		g.Raw("u.raw = append(json.RawMessage(nil), text...)")
		g.Raw("return nil")
	})
	scope := &ident.Scope{}
	for _, p := range t.Type.Parts {
		name, spelled := scope.Name(partName(p)), g.spell(p)
		g.Blank()
		g.comment(fmt.Sprintf("As%s reads the value as a %s. An error tells that it is none.", name, spelled), false)
		g.Block(fmt.Sprintf("func (u %s) As%s() (v %s, err error) {", t.Name, name, spelled), "}", func() {
			g.Raw("err = decode(u.raw, &v)")
			g.Raw("return v, err")
		})
		g.Blank()
		g.comment(fmt.Sprintf("Set%s makes it a %s.", name, spelled), false)
		g.Block(fmt.Sprintf("func (u *%s) Set%s(v %s) (err error) {", t.Name, name, spelled), "}", func() {
			g.Raw("u.raw, err = encode(v)")
			g.Raw("return err")
		})
	}
}

// partName names a part of a union.
func partName(t *api.Type) string {
	switch t.Kind {
	case api.Boolean:
		return "Bool"
	case api.Integer:
		return "Int"
	case api.Number:
		return "Float"
	case api.String:
		switch t.Format {
		case "base64":
			return "Bytes"
		case "date-time":
			return "Time"
		}
		return "String"
	case api.Literal:
		return "Value"
	case api.Array, api.Tuple:
		return "List"
	case api.Map:
		return "Map"
	case api.Reference:
		return t.Named.Name
	}
	return "Any"
}
