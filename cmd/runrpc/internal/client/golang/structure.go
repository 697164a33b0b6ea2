package golang

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
)

// fieldNames names the fields of a struct, and what holds the members that have none.
func fieldNames(o *api.Object) (names []string, additional string) {
	scope := &ident.Scope{Reserved: ident.Reserve("MarshalJSON UnmarshalJSON")}
	names = make([]string, len(o.Fields))
	for _, good := range []bool{true, false} {
		for i, f := range o.Fields {
			if ident.Valid(f.Wire) == good {
				names[i] = scope.Name(ident.Exported(f.Wire))
			}
		}
	}
	if o.Additional != nil {
		additional = scope.Name("Additional")
	}
	return names, additional
}

func (g *generator) structure(t *api.Named) {
	o := t.Object
	names, additional := fieldNames(o)
	own := additional != ""
	for _, f := range o.Fields {
		own = own || !taggable(f.Wire)
	}
	g.Block("type "+t.Name+" struct {", "}", func() {
		for i, f := range o.Fields {
			g.comment(fieldDoc(f), f.Doc.Deprecated)
			g.Line("%s %s `json:%q`", names[i], g.field(f), tag(f, own))
		}
		if own && additional != "" {
			g.comment("Members that have no field.", false)
			g.Line("%s map[string]%s `json:\"-\"`", additional, g.spell(o.Additional))
		}
	})
	switch {
	case own:
		g.encoding(t, names, additional)
	case len(g.filled(o, names, "v")) > 0:
		g.filling(t, names)
	}
}

func fieldDoc(f *api.Field) string {
	return paragraphs(append(append([]string{f.Doc.Text}, fieldNotes(f.Type)...), f.DefaultNote())...)
}

// taggable tells whether a struct tag can have a name.
func taggable(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

func tag(f *api.Field, own bool) string {
	switch {
	case own:
		return "-"
	case !f.Required:
		return f.Wire + ",omitzero"
	case f.Wire == "-":
		return "-,"
	}
	return f.Wire
}

// filled spells what replaces the values of fields that may not be nil.
func (g *generator) filled(o *api.Object, names []string, v string) []string {
	var list []string
	for i, f := range o.Fields {
		place := v + "." + names[i]
		if value := g.wire(f, place); value != place {
			list = append(list, fmt.Sprintf("%s = %s", place, value))
		}
	}
	return list
}

// wire spells what is sent of a field: a list that is nil is empty.
func (g *generator) wire(f *api.Field, place string) string {
	if !f.Required || f.Type.Nullable || g.pointers[f] {
		return place
	}
	switch t := underlying(f.Type); {
	case t.Kind == api.Array, t.Kind == api.Tuple, t.Kind == api.String && t.Format == "base64":
		return "list(" + place + ")"
	case t.Kind == api.Map:
		return "dict(" + place + ")"
	}
	return place
}

// filling writes how a struct is encoded without null for its lists.
func (g *generator) filling(t *api.Named, names []string) {
	g.Blank()
	g.comment("MarshalJSON writes lists that are nil as empty ones.", false)
	g.Block(fmt.Sprintf("func (v %s) MarshalJSON() ([]byte, error) {", t.Name), "}", func() {
		g.Line("type plain %s", t.Name)
		for _, line := range g.filled(t.Object, names, "v") {
			g.Raw(line)
		}
		g.Raw("return encode(plain(v))")
	})
}

// encoding writes how a struct is encoded and decoded whose fields are more than tags can say.
func (g *generator) encoding(t *api.Named, names []string, additional string) {
	others, place := "map[string]any(nil)", "(*map[string]any)(nil)"
	if additional != "" {
		others, place = "v."+additional, "&v."+additional
	}
	g.Blank()
	g.comment("MarshalJSON writes all members.", false)
	g.Block(fmt.Sprintf("func (v %s) MarshalJSON() ([]byte, error) {", t.Name), "}", func() {
		g.Block("return encodeObject([]member{", "}, "+others+")", func() { g.members(t.Object, names, "v") })
	})
	g.Blank()
	g.comment("UnmarshalJSON reads all members.", false)
	g.Block(fmt.Sprintf("func (v *%s) UnmarshalJSON(text []byte) error {", t.Name), "}", func() {
		g.Block("return decodeObject(text, map[string]any{", "}, "+place+")", func() {
			for i, f := range t.Object.Fields {
				g.Line("%s: &v.%s,", quote(f.Wire), names[i])
			}
		})
	})
}

func (g *generator) members(o *api.Object, names []string, v string) {
	for i, f := range o.Fields {
		g.Line("{%s, %s, %t},", quote(f.Wire), g.wire(f, v+"."+names[i]), !f.Required)
	}
}
