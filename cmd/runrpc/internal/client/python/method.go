package python

import (
	"fmt"
	"regexp"
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
func (g *generator) members(n *api.Namespace, taken ...string) []member {
	scope := &ident.Scope{Reserved: g.reserved}
	for _, name := range taken {
		scope.Name(name)
	}
	g.hidden = map[string]bool{}
	var list []member
	n.Each(ident.Valid, func(m *api.Method, c *api.Namespace) {
		var name string
		if m == nil {
			name = scope.Name(ident.Snake(c.Name))
			list = append(list, member{name: name, namespace: c})
		} else {
			names := scope.Names(ident.Snake(m.Name), "_request")
			name = names[0]
			list = append(list, member{name: name, request: names[1], method: m})
		}
		g.hidden[name] = builtin[name]
	})
	return list
}

func (g *generator) client() {
	list := g.members(g.api.Root, "batch", "batch_async")
	g.apart()
	g.Raw("class Client:")
	g.In(func() {
		g.docstring(paragraphs(
			fmt.Sprintf("Calls the methods of %s.", api.Titled(g.api.Title)),
			"The headers are sent with each message. A call ends after timeout seconds, None for never. A transport is\n"+
				"used in place of urllib. No answer may be longer than max_answer bytes.",
		), false)
		g.Blank()
		g.children(list)
		g.visible(constructor)
		g.In(func() { g.construct(list) })
		g.visible(batch)
		g.methods(list)
	})
}

const constructor = `def __init__(
    self,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = 30.0,
    transport: Transport | None = None,
    max_answer: int = 64 * 2**20,
) -> None:
    self._connection = Connection(url, headers, timeout, transport, max_answer)`

const batch = `
def batch(
    self,
    requests: Sequence[Request[Any]],
    *,
    timeout: float | None = None,
    headers: Mapping[str, str] | None = None,
    cancel: Cancel | None = None,
) -> None:
    """Sends requests in one message. Each has its own result() then."""
    self._connection.send(requests, True, timeout, headers, cancel)

async def batch_async(
    self,
    requests: Sequence[Request[Any]],
    *,
    timeout: float | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Does as batch, in a thread. Cancelling the task cancels the calls."""
    await self._connection.send_async(requests, True, timeout, headers)`

// scalars are the builtins that the methods of every Client need.
var scalars = regexp.MustCompile(`\b(float|int|str)\b`)

// visible writes lines with the names of types that members of the class hide.
func (g *generator) visible(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		g.Raw(scalars.ReplaceAllStringFunc(line, g.builtin))
	}
}

func (g *generator) namespaces(n *api.Namespace) {
	for _, c := range n.Children {
		list := g.members(c)
		g.apart()
		g.Raw("class " + c.Type + ":")
		g.In(func() {
			g.docstring(api.NamespaceDoc(c), c.Doc.Deprecated)
			g.Blank()
			g.children(list)
			g.Raw("def __init__(self, connection: Connection) -> None:")
			g.In(func() {
				g.Raw("self._connection = connection")
				g.construct(list)
			})
			g.methods(list)
		})
		g.namespaces(c)
	}
}

func (g *generator) children(list []member) {
	any := false
	for _, m := range list {
		if m.namespace != nil {
			g.comment(api.NamespaceDoc(m.namespace), false)
			g.Line("%s: %s", m.name, m.namespace.Type)
			any = true
		}
	}
	if any {
		g.Blank()
	}
}

func (g *generator) construct(list []member) {
	for _, m := range list {
		if m.namespace != nil {
			g.Line("self.%s = %s(self._connection)", m.name, m.namespace.Type)
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

// A param is a parameter of a function.
type param struct {
	name string
	*api.Field
}

func (g *generator) parameters(m *api.Method) []param {
	if m.Raw {
		return []param{{"params", &api.Field{Wire: "params", Type: &api.Type{Kind: api.Any, Nullable: true}}}}
	}
	if m.Params == nil {
		return nil
	}
	scope := &ident.Scope{Reserved: g.reserved}
	list := make([]param, len(m.Params.Fields))
	for _, good := range []bool{true, false} {
		for i, f := range m.Params.Fields {
			if ident.Valid(f.Wire) == good {
				list[i] = param{scope.Name(ident.Snake(f.Wire)), f}
			}
		}
	}
	return list
}

// method writes a method that calls, and one that makes a request.
func (g *generator) method(m member) {
	result := "None"
	if m.method.Result != nil {
		result = g.spell(m.method.Result)
	}
	params := g.parameters(m.method)
	var arguments []string
	for _, p := range params {
		arguments = append(arguments, p.name+"="+p.name)
	}
	g.Blank()
	g.function(m.name, params, result, func() {
		g.docstring(doc(m.method, params), m.method.Doc.Deprecated)
		back := "return "
		if result == "None" {
			back = ""
		}
		g.call(back+"self."+m.request+"(", arguments, ").send()")
	})
	g.Blank()
	g.function(m.request, params, "Request["+result+"]", func() {
		g.docstring("The request of "+m.name+", for a batch or a notification.", false)
		g.request(m.method, params)
	})
}

// function writes a function, its parameters one below the other where they need more than a line.
func (g *generator) function(name string, params []param, result string, body func()) {
	var list []string
	for _, p := range params {
		spelled := p.name + ": " + g.spell(p.Type)
		if !p.Required {
			spelled += " | _Absent = _ABSENT"
		}
		list = append(list, spelled)
	}
	head := "self"
	if len(list) > 0 {
		head = "self, *, " + strings.Join(list, ", ")
	}
	line := fmt.Sprintf("def %s(%s) -> %s:", name, head, result)
	if len(line) <= g.Left()+black {
		g.Raw(line)
	} else {
		g.Block("def "+name+"(", ") -> "+result+":", func() {
			for _, p := range append([]string{"self", "*"}, list...) {
				g.Raw(p + ",")
			}
		})
	}
	g.In(body)
}

// black is how many columns more than 80 a line may have.
const black = 8

// call writes a call, its arguments one below the other where they need more than a line. An argument of several lines
// has all but the first and the last a step to the right.
func (g *generator) call(open string, arguments []string, end string) {
	if line := open + strings.Join(arguments, ", ") + end; len(line) <= g.Left()+black && !strings.Contains(line, "\n") {
		g.Raw(line)
		return
	}
	g.Block(open, end, func() {
		for _, a := range arguments {
			g.argument(strings.Split(a, "\n"))
		}
	})
}

func (g *generator) argument(parts []string) {
	last := len(parts) - 1
	if last == 0 {
		g.Raw(parts[0] + ",")
		return
	}
	g.Block(parts[0], parts[last]+",", func() {
		for _, part := range parts[1:last] {
			g.Raw(part)
		}
	})
}

// request writes what makes a request.
func (g *generator) request(m *api.Method, params []param) {
	arguments := []string{"self._connection", lines.Quote(m.Wire)}
	if len(params) > 0 {
		arguments = append(arguments, g.sent(m, params))
	}
	if len(m.Errors) > 0 {
		arguments = append(arguments, errorsOf(m))
	}
	if m.Result == nil {
		arguments = append(arguments, "notification=True")
	}
	g.call("return Request(", arguments, ")")
}

// errorsOf spells the errors that a method declares, one a line where that is too long.
func errorsOf(m *api.Method) string {
	const most = 80 + black - 3*4 - 1 // the comma
	list := make([]string, len(m.Errors))
	for i, e := range m.Errors {
		list[i] = fmt.Sprintf("%d: %s", e.Code, e.Name)
	}
	if line := "errors={" + strings.Join(list, ", ") + "}"; len(line) <= most {
		return line
	}
	return "errors={\n" + strings.Join(list, ",\n") + ",\n}"
}

// sent spells the params as they are sent.
func (g *generator) sent(m *api.Method, params []param) string {
	if m.Raw {
		return "None if isinstance(params, _Absent) else params"
	}
	var list []string
	for _, p := range params {
		if m.Positional {
			list = append(list, p.name)
		} else {
			list = append(list, lines.Quote(p.Wire)+": "+p.name)
		}
	}
	switch last := len(list) - 1; {
	case m.Variadic:
		return "_positional([" + strings.Join(list[:last], ", ") + "], " + list[last] + ")"
	case m.Positional:
		return "_positional([" + strings.Join(list, ", ") + "])"
	case m.Optional():
		return "_named({" + strings.Join(list, ", ") + "})"
	}
	for _, p := range params {
		if !p.Required {
			return "_named({" + strings.Join(list, ", ") + "})"
		}
	}
	return "{" + strings.Join(list, ", ") + "}"
}

// doc tells all that is known of a method.
func doc(m *api.Method, params []param) string {
	var about []string
	for _, p := range params {
		if text := lines.OneLine(fieldDoc(p.Field)); text != "" {
			about = append(about, p.name+": "+text)
		}
	}
	result := ""
	if m.ResultDoc != "" {
		result = "Result: " + m.ResultDoc
	}
	return paragraphs(m.Doc.Text, strings.Join(about, "\n"), result, m.Calls(), m.ErrorNote())
}
