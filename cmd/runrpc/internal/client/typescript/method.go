package typescript

import (
	"fmt"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/lines"
)

// A member is a method or a namespace with the name that it has in a class.
type member struct {
	name, request string
	method        *api.Method
	namespace     *api.Namespace
}

// members gives names to what a namespace has: first to what can have its own.
func members(n *api.Namespace, taken ...string) []member {
	scope := &ident.Scope{Reserved: reserved}
	for _, name := range taken {
		scope.Name(name)
	}
	var list []member
	n.Each(ident.Valid, func(m *api.Method, c *api.Namespace) {
		if m == nil {
			list = append(list, member{name: scope.Name(ident.Camel(c.Name)), namespace: c})
			return
		}
		names := scope.Names(ident.Camel(m.Name), "Request")
		list = append(list, member{name: names[0], request: names[1], method: m})
	})
	return list
}

func (g *generator) client() {
	list := members(g.api.Root, "batch")
	g.comment(fmt.Sprintf("Calls the methods of %s.", api.Titled(g.api.Title)), false)
	g.Block("export class Client {", "}", func() {
		g.children(list)
		g.Raw("#connection: Connection;")
		g.Blank()
		g.Block("constructor(url: string, options: ClientOptions = {}) {", "}", func() {
			g.Raw("this.#connection = new Connection(url, options);")
			g.construct(list, "this.#connection")
		})
		g.Blank()
		g.comment("Sends requests in one message. Each has its own result() then.", false)
		params := []string{"requests: readonly Request<unknown>[]", "options?: CallOptions"}
		g.function("async batch", params, "Promise<void>", func() {
			g.Raw("await this.#connection.send(requests, options, true);")
		})
		g.methods(list)
	})
}

func (g *generator) namespaces(n *api.Namespace) {
	for _, c := range n.Children {
		list := members(c)
		g.Blank()
		g.comment(api.NamespaceDoc(c), c.Doc.Deprecated)
		g.Block("export class "+c.Type+" {", "}", func() {
			g.children(list)
			calls := len(c.Methods) > 0
			if calls {
				g.Raw("#connection: Connection;")
			}
			g.Blank()
			g.Block("constructor(connection: Connection) {", "}", func() {
				if calls {
					g.Raw("this.#connection = connection;")
				}
				g.construct(list, "connection")
			})
			g.methods(list)
		})
		g.namespaces(c)
	}
}

func (g *generator) children(list []member) {
	for _, m := range list {
		if m.namespace != nil {
			g.comment(api.NamespaceDoc(m.namespace), false)
			g.Line("readonly %s: %s;", m.name, m.namespace.Type)
		}
	}
}

func (g *generator) construct(list []member, connection string) {
	for _, m := range list {
		if m.namespace != nil {
			g.Line("this.%s = new %s(%s);", m.name, m.namespace.Type, connection)
		}
	}
}

func (g *generator) methods(list []member) {
	for _, m := range list {
		if m.method != nil {
			g.method(m)
		}
	}
}

// method writes a method that calls, and one that makes a request.
func (g *generator) method(m member) {
	result := "void"
	if r := m.method.Result; r != nil && r.Kind != api.Null {
		result = spell(r)
	}
	params, argument, value := parameters(m.method)
	g.Blank()
	g.comment(doc(m.method), m.method.Doc.Deprecated)
	g.function(m.name, append(params, "options?: CallOptions"), "Promise<"+result+">", func() {
		g.Line("return this.%s(%s).send(options);", m.request, argument)
	})
	g.Blank()
	g.comment("The request of "+m.name+", for a batch or a notification.", m.method.Doc.Deprecated)
	g.function(m.request, params, "Request<"+result+">", func() { g.request(m.method, value) })
}

// parameters spells the params of a method, how they are handed on, and what is sent.
func parameters(m *api.Method) (params []string, argument, value string) {
	switch {
	case m.Raw:
		return []string{"params?: unknown"}, "params", "params"
	case m.Params == nil:
		return nil, "", "undefined"
	case m.Optional():
		return []string{"params: " + m.ParamsType.Name + " = {}"}, "params", "params"
	}
	return []string{"params: " + m.ParamsType.Name}, "params", "params"
}

// function writes a method of a class, its parameters one below the other where they need more than a line.
func (g *generator) function(name string, params []string, result string, body func()) {
	line := fmt.Sprintf("%s(%s): %s {", name, strings.Join(params, ", "), result)
	if len(line) <= g.Left() {
		g.Block(line, "}", body)
		return
	}
	g.Block(name+"(", "): "+result+" {", func() {
		for _, p := range params {
			g.Raw(p + ",")
		}
	})
	g.In(body)
	g.Raw("}")
}

// request writes what makes a request.
func (g *generator) request(m *api.Method, value string) {
	shape := shapeOf(m)
	head := fmt.Sprintf("return new Request(this.#connection, %s, %s", lines.Quote(m.Wire), value)
	if len(shape) == 0 {
		g.Raw(head + ");")
		return
	}
	g.Block(head+", {", "});", func() {
		for _, line := range shape {
			g.Raw(line)
		}
	})
}

// shapeOf spells what there is to know of a request beside its params.
func shapeOf(m *api.Method) []string {
	var shape []string
	if m.Positional && m.Params != nil {
		names := make([]string, len(m.Params.Fields))
		for i, f := range m.Params.Fields {
			names[i] = lines.Quote(f.Wire)
		}
		shape = append(shape, "positions: ["+strings.Join(names, ", ")+"],")
	}
	if m.Variadic {
		shape = append(shape, "variadic: true,")
	}
	if m.Result == nil {
		shape = append(shape, "notification: true,")
	}
	if len(m.Errors) > 0 {
		shape = append(shape, "errors: {")
		for _, e := range m.Errors {
			key := fmt.Sprint(e.Code)
			if e.Code < 0 {
				key = "[" + key + "]"
			}
			shape = append(shape, fmt.Sprintf("  %s: %s,", key, e.Name))
		}
		shape = append(shape, "},")
	}
	return shape
}

// doc tells all that is known of a method.
func doc(m *api.Method) string {
	result := ""
	if m.ResultDoc != "" {
		result = "Result: " + m.ResultDoc
	}
	return paragraphs(m.Doc.Text, result, m.Calls(), m.ErrorNote())
}
