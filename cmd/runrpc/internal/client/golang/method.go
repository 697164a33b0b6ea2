package golang

import (
	"fmt"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
)

// A member is a method or a namespace with the name that it has in a struct.
type member struct {
	name, request string
	method        *api.Method
	namespace     *api.Namespace
}

// members gives names to what a namespace has: first to what can have its own.
func members(n *api.Namespace, taken ...string) []member {
	scope := &ident.Scope{}
	for _, name := range taken {
		scope.Name(name)
	}
	var list []member
	n.Each(ident.Valid, func(m *api.Method, c *api.Namespace) {
		if m == nil {
			list = append(list, member{name: scope.Name(ident.Exported(c.Name)), namespace: c})
			return
		}
		names := scope.Names(ident.Exported(m.Name), "Request")
		list = append(list, member{name: names[0], request: names[1], method: m})
	})
	return list
}

func (g *generator) client() {
	g.imports["context"] = true
	list := members(g.api.Root, "Batch")
	g.comment(fmt.Sprintf("Client calls the methods of %s. It is safe for concurrent use.", api.Titled(g.api.Title)), false)
	g.structOf("Client", list)
	g.Blank()
	g.comment("NewClient returns a Client of the server at a URL. Nil are no options. Nothing is sent yet.", false)
	g.Block("func NewClient(url string, options *Options) *Client {", "}", func() {
		g.Raw("c := newConnection(url, options)")
		g.construct("Client", list)
	})
	g.Blank()
	g.comment("Batch sends requests in one message. Each has its own Result then. The error tells that there are no answers.", false)
	g.Block("func (n *Client) Batch(ctx context.Context, requests []Sendable, options ...Option) error {", "}", func() {
		g.Raw("return n.connection.send(ctx, requests, true, options)")
	})
	g.methods("Client", list)
	g.namespaces(g.api.Root)
}

func (g *generator) namespaces(n *api.Namespace) {
	for _, c := range n.Children {
		list := members(c)
		g.Blank()
		g.comment(about(c.Type, api.NamespaceDoc(c)), c.Doc.Deprecated)
		g.structOf(c.Type, list)
		g.Blank()
		g.Block(fmt.Sprintf("func new%s(c *connection) *%s {", c.Type, c.Type), "}", func() { g.construct(c.Type, list) })
		g.methods(c.Type, list)
		g.namespaces(c)
	}
}

func (g *generator) structOf(name string, list []member) {
	g.Block("type "+name+" struct {", "}", func() {
		for _, m := range list {
			if m.namespace != nil {
				g.comment(api.NamespaceDoc(m.namespace), false)
				g.Line("%s *%s", m.name, m.namespace.Type)
			}
		}
		g.Blank()
		g.Raw("connection *connection")
	})
}

func (g *generator) construct(name string, list []member) {
	g.Block("return &"+name+"{", "}", func() {
		for _, m := range list {
			if m.namespace != nil {
				g.Line("%s: new%s(c),", m.name, m.namespace.Type)
			}
		}
		g.Raw("connection: c,")
	})
}

func (g *generator) methods(receiver string, list []member) {
	for _, m := range list {
		if m.method != nil {
			g.method(receiver, m)
		}
	}
}

// method writes a method that calls, and one that makes a request.
func (g *generator) method(receiver string, m member) {
	result, nothing := "Nothing", true
	if r := m.method.Result; r != nil && r.Kind != api.Null {
		result, nothing = g.spell(r), false
	}
	param, argument := "", ""
	switch {
	case m.method.Raw:
		param, argument = "params any", "params"
	case m.method.Params != nil:
		param, argument = "params "+m.method.ParamsType.Name, "params"
	}
	g.Blank()
	g.comment(about(m.name, doc(m.method)), m.method.Doc.Deprecated)
	head := fmt.Sprintf("func (n *%s) %s(%s) ", receiver, m.name, joined("ctx context.Context", param, "options ...Option"))
	send := fmt.Sprintf("n.%s(%s).Send(ctx, options...)", m.request, argument)
	if nothing {
		g.Block(head+"error {", "}", func() {
			g.Line("_, err := %s", send)
			g.Raw("return err")
		})
	} else {
		g.Block(head+"("+result+", error) {", "}", func() { g.Line("return %s", send) })
	}
	g.Blank()
	g.comment(fmt.Sprintf("%s is the request of %s, for a batch or a notification.", m.request, m.name), m.method.Doc.Deprecated)
	g.Block(fmt.Sprintf("func (n *%s) %s(%s) *Request[%s] {", receiver, m.request, param, result), "}", func() {
		g.Block("return newRequest["+result+"](call{", "})", func() { g.request(m.method) })
	})
}

func joined(params ...string) string {
	var list []string
	for _, p := range params {
		if p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, ", ")
}

// request writes what there is to know of a request.
func (g *generator) request(m *api.Method) {
	g.Raw("connection: n.connection,")
	g.Line("method: %s,", quote(m.Wire))
	switch {
	case m.Params != nil && m.Positional:
		g.positional(m)
	case m.Params != nil, m.Raw:
		g.Raw("params: params,")
	}
	if m.Result == nil {
		g.Raw("notification: true,")
	}
	if len(m.Errors) == 0 {
		return
	}
	g.Block("declared: func(e *RPCError) error {", "},", func() {
		g.Block("switch e.Code {", "}", func() {
			for _, e := range m.Errors {
				g.Line("case %d:", e.Code)
				g.In(func() { g.Line("return &%s{e}", e.Name) })
			}
		})
		g.Raw("return e")
	})
}

// positional writes an array of params.
func (g *generator) positional(m *api.Method) {
	names, _ := fieldNames(m.Params)
	o, end := m.Params, "}),"
	if m.Variadic {
		last := len(o.Fields) - 1
		o, end = &api.Object{Fields: o.Fields[:last]}, "}, spread(params."+names[last]+")...),"
	}
	g.Block("params: positional([]member{", end, func() { g.members(o, names, "params") })
}

// doc tells all that is known of a method.
func doc(m *api.Method) string {
	result := ""
	if m.ResultDoc != "" {
		result = "Result: " + m.ResultDoc
	}
	return paragraphs(m.Doc.Text, result, m.Calls(), m.ErrorNote())
}
