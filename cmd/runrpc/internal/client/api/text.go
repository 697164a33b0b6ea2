package api

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/lines"
)

// Titled is the title of an API, or a word for it.
func Titled(title string) string { return cmp.Or(lines.OneLine(title), "the API") }

// Heading tells what a client is for.
func (a *API) Heading() string {
	text := fmt.Sprintf("A client of %s %s.", Titled(a.Title), lines.OneLine(a.Version))
	if a.Doc.Text != "" {
		text += "\n\n" + a.Doc.Text
	}
	if len(a.Servers) > 0 {
		text += "\n\nServers: " + lines.OneLine(strings.Join(a.Servers, ", "))
	}
	return text
}

// NamespaceDoc tells what is in a namespace.
func NamespaceDoc(n *Namespace) string {
	text := "The methods " + lines.OneLine(n.Path) + ".*"
	if n.Doc.Text != "" {
		first, _, _ := strings.Cut(n.Doc.Text, "\n")
		text += ": " + lines.OneLine(first)
	}
	return text
}

// Calls tells which method it is on the wire, and how its params are sent.
func (m *Method) Calls() string {
	text := fmt.Sprintf("Calls %q", lines.OneLine(m.Wire))
	if m.Positional && m.Params != nil {
		text += ", with params by position"
	}
	if m.Result == nil {
		text += " as a notification"
	}
	return text + "."
}

// Each visits what is in a namespace: methods first, and of each kind first those whose name is good as it is.
func (n *Namespace) Each(good func(name string) bool, visit func(*Method, *Namespace)) {
	for _, want := range []bool{true, false} {
		for _, m := range n.Methods {
			if good(m.Name) == want {
				visit(m, nil)
			}
		}
	}
	for _, want := range []bool{true, false} {
		for _, c := range n.Children {
			if good(c.Name) == want {
				visit(nil, c)
			}
		}
	}
}
