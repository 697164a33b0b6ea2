// Package typescript writes the client of an API in TypeScript, as one module that needs nothing but fetch.
package typescript

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/lines"
)

//go:embed runtime.ts
var runtime string

// numbers is what a user has to know of them.
const numbers = "Integers are numbers here: beyond 2^53, as those of 64 bits may be, their last digits are lost unless\n" +
	"ClientOptions.json keeps them."

// reserved cannot be the names of methods and namespaces: then makes a Promise of an object.
var reserved = ident.Reserve("constructor prototype then toString valueOf toJSON hasOwnProperty")

// Generate returns the text of client.ts, without what says that it is generated.
func Generate(a *api.API) []byte {
	g := &generator{lines.New("  "), a}
	g.comment(paragraphs(a.Heading(), numbers), false)
	g.Blank()
	g.client()
	g.namespaces(a.Root)
	g.types()
	g.Blank()
	g.Raw(strings.TrimSuffix(runtime, "\n"))
	g.errors()
	return g.Bytes()
}

type generator struct {
	*lines.Writer
	api *api.API
}

// comment writes a text as a comment, out of which no text leads.
func (g *generator) comment(text string, deprecated bool) {
	list := lines.Text(text)
	for i, line := range list {
		line = strings.ReplaceAll(line, "*/", `*\/`)
		if begins := strings.TrimLeft(line, " \t*/"); strings.HasPrefix(begins, "@") { // not a word to the compiler
			line = strings.Replace(line, "@", `\@`, 1)
		}
		list[i] = line
	}
	if deprecated {
		list = append(list, "@deprecated")
	}
	switch {
	case len(list) == 0:
	case len(list) == 1:
		g.Raw("/** " + list[0] + " */")
	default:
		g.Raw("/**")
		for _, line := range list {
			g.Raw(strings.TrimRight(" * "+line, " "))
		}
		g.Raw(" */")
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
		g.Blank()
		g.comment(paragraphs(fmt.Sprintf("The error %d:", e.Code)+" "+lines.OneLine(e.Message)), false)
		g.Line("export class %s extends RPCError {}", e.Name)
	}
}
