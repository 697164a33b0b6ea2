// Package python writes the client of an API in Python, as one module that needs nothing but the standard library.
package python

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/lines"
)

var (
	//go:embed head.py
	head string
	//go:embed runtime.py
	runtime string
)

var keywords = ident.Reserve(`False None True and as assert async await break class continue def del elif else except
	finally for from global if import in is lambda nonlocal not or pass raise return self try while with yield`)

// used are names that annotations need: where a class has a member with one of them, it hides the type.
var used = ident.Reserve(`bool builtins cls dict float int list str type Any Literal Never NotRequired Request TypedDict
	Mapping Sequence Cancel Connection Transport`)

// Generate returns the text of client.py, without what says that it is generated.
func Generate(a *api.API) []byte {
	g := &generator{Writer: lines.New("    "), api: a, reserved: map[string]bool{}, params: map[*api.Named]bool{}}
	for _, set := range []map[string]bool{keywords, used} {
		for word := range set {
			g.reserved[word] = !builtin[word]
		}
	}
	for _, t := range a.Types {
		g.reserved[t.Name] = true
	}
	for _, e := range a.Errors {
		g.reserved[e.Name] = true
	}
	g.list(a.Root)
	g.docstring(a.Heading(), false)
	g.Blank()
	g.Raw(strings.TrimSuffix(head, "\n"))
	g.client()
	g.namespaces(a.Root)
	g.types()
	g.apart()
	g.Raw(strings.TrimSuffix(runtime, "\n"))
	g.errors()
	return g.Bytes()
}

type generator struct {
	*lines.Writer
	api      *api.API
	reserved map[string]bool
	params   map[*api.Named]bool // types that are parameters here
	hidden   map[string]bool     // builtins that the class around has members for
}

// list notes the types of params, and the names of namespaces.
func (g *generator) list(n *api.Namespace) {
	for _, m := range n.Methods {
		if m.ParamsType != nil {
			g.params[m.ParamsType] = true
		}
	}
	for _, c := range n.Children {
		g.reserved[c.Type] = true
		g.list(c)
	}
}

// apart writes the space between two classes.
func (g *generator) apart() {
	g.Blank()
	g.Blank()
}

// docstring writes a text as a string, out of which no text leads.
func (g *generator) docstring(text string, deprecated bool) {
	list := lines.Text(text)
	if deprecated {
		list = append(list, "", "Deprecated: it may go.")
	}
	last := len(list) - 1
	for i, line := range list {
		line = strings.ReplaceAll(strings.ReplaceAll(line, `\`, `\\`), "\t", "    ")
		if strings.Contains(line, `"""`) || i == last && strings.HasSuffix(line, `"`) {
			line = strings.ReplaceAll(line, `"`, `\"`)
		}
		list[i] = line
	}
	if len(list) == 0 {
		return
	}
	if last == 0 {
		g.Raw(`"""` + list[0] + `"""`)
		return
	}
	g.Raw(`"""` + list[0])
	for _, line := range list[1:] {
		g.Raw(line)
	}
	g.Raw(`"""`)
}

// comment writes a text about what follows. Its sign is one that no tool takes for a word to itself.
func (g *generator) comment(text string, deprecated bool) {
	list := lines.Text(text)
	if deprecated {
		list = append(list, "Deprecated: it may go.")
	}
	for _, line := range list {
		g.Raw(strings.TrimRight("#: "+line, " "))
	}
}

// paragraphs joins texts that are not empty.
func paragraphs(texts ...string) string {
	var list []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			list = append(list, text)
		}
	}
	return strings.Join(list, "\n\n")
}

func (g *generator) errors() {
	for _, e := range g.api.Errors {
		g.apart()
		g.Line("class %s(RPCError):", e.Name)
		g.In(func() { g.docstring(fmt.Sprintf("The error %d: %s", e.Code, lines.OneLine(e.Message)), false) })
	}
}
