// Package golang writes the client of an API in Go, as files of a package that needs nothing but the standard library.
package golang

import (
	_ "embed"
	"fmt"
	"go/format"
	"strconv"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/lines"
)

var (
	//go:embed runtime/rpc.go
	rpc string
	//go:embed runtime/value.go
	value string
)

// runtime are the exported names of the runtime, and those that every client has.
var runtime = ident.Reserve(`Client Header NewClient Nothing Null Nullable Option Options RPCError Request Sendable Some
	Timeout Transport TransportError`)

// A File is a file of the package.
type File struct {
	Name string
	Text []byte
}

// Generate returns the files of a package, without what says that they are generated.
func Generate(a *api.API, pkg string) ([]File, error) {
	g := &generator{api: a, scope: &ident.Scope{Reserved: runtime}, pointers: cycles(a)}
	g.reserve()
	types, err := g.file(pkg, g.types)
	if err != nil {
		return nil, err
	}
	methods, err := g.file(pkg, g.client)
	if err != nil {
		return nil, err
	}
	return []File{
		{"client.go", methods},
		{"types.go", types},
		{"rpc.go", renamed(rpc, pkg)},
		{"value.go", renamed(value, pkg)},
	}, nil
}

type generator struct {
	*lines.Writer
	api      *api.API
	scope    *ident.Scope // of the package
	pointers map[*api.Field]bool
	imports  map[string]bool
}

// reserve takes the names of the package that are given already.
func (g *generator) reserve() {
	for _, t := range g.api.Types {
		g.scope.Name(t.Name)
	}
	for _, e := range g.api.Errors {
		g.scope.Name(e.Name)
	}
	var namespaces func(n *api.Namespace)
	namespaces = func(n *api.Namespace) {
		for _, c := range n.Children {
			g.scope.Name(c.Type)
			namespaces(c)
		}
	}
	namespaces(g.api.Root)
}

// file writes a file with the imports that turn out to be needed.
func (g *generator) file(pkg string, write func()) ([]byte, error) {
	g.Writer, g.imports = lines.New("\t"), map[string]bool{}
	write()
	body := g.Bytes()
	g.Writer = lines.New("\t")
	if g.imports["context"] {
		g.comment("Package "+pkg+" is a"+strings.TrimPrefix(g.api.Heading(), "A"), false)
	}
	g.Line("package %s", pkg)
	for _, path := range []string{"context", "encoding/json", "time"} {
		if g.imports[path] {
			g.Line("import %q", path)
		}
	}
	g.Blank()
	text, err := format.Source(append(g.Bytes(), body...))
	if err != nil {
		return nil, fmt.Errorf("the generated code is not Go, which is a fault of runrpc: %w", err)
	}
	return text, nil
}

// renamed puts a file of the runtime into another package.
func renamed(text, pkg string) []byte {
	_, text, _ = strings.Cut(text, "package runtime\n")
	return []byte("package " + pkg + "\n" + text)
}

// comment writes a text as a comment.
func (g *generator) comment(text string, deprecated bool) {
	list := lines.Text(text)
	if deprecated {
		if len(list) > 0 {
			list = append(list, "")
		}
		list = append(list, "Deprecated: it may go.")
	}
	for _, line := range list {
		if strings.HasPrefix(strings.TrimSpace(line), "+build") { // a word to the compiler, once
			line = `\` + strings.TrimSpace(line)
		}
		g.Raw(strings.TrimRight("// "+line, " "))
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

// about begins a comment with the name that it is about, as Go has it.
func about(name, text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	return name + ": " + text
}

func quote(text string) string { return strconv.Quote(text) }
