package check

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/describe"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
)

// A procedure is a method that is known to answer with a result.
type procedure struct {
	method    string
	positions jsontext.Value // nil: none
	names     jsontext.Value // the same params by name; nil: unknown
	wrong     jsontext.Value // params that it refuses; nil: unknown
	expect    jsontext.Value // the result; nil: any
	from      string         // who says that it can be called
	named     bool           // a flag names it
}

func (p *procedure) String() string {
	text := message.Printable(p.method)
	if p.positions != nil {
		text += " " + message.Short(p.positions)
	}
	return text
}

// call returns a call by position.
func (p *procedure) call(id string) string { return request(p.method, p.positions, id) }

// request returns a request; without an id a notification.
func request(method string, params jsontext.Value, id string) string {
	r := message.Request{Method: method, Params: params}
	if id != "" {
		r.ID = jsontext.Value(id)
	}
	return string(r.Text())
}

// find asks the server for procedures that look harmless, for calling just any could do anything. It returns them in
// the order in which they are to be tried, and why there are none.
func find(ctx context.Context, endpoint *remote.Endpoint) ([]*procedure, string) {
	service, err := describe.Find(ctx, endpoint)
	if err != nil {
		return nil, "the server does not say which methods it has"
	}
	var found []*procedure
	for _, harmless := range harmlessOnes {
		for _, method := range service.Methods {
			if slices.Contains(harmless.words, lastWord(method.Name)) {
				if p := harmless.fit(method); p != nil {
					p.from = service.Source
					found = append(found, p)
				}
			}
		}
	}
	if source := service.Source; !strings.HasPrefix(source, "GET ") { // it is a method, and takes nothing
		found = append(found, &procedure{method: source, from: source})
	}
	if found == nil {
		return nil, fmt.Sprintf("%s lists no method that is harmless for sure", service.Source)
	}
	const most = 8
	return found[:min(len(found), most)], ""
}

// lastWord returns what a name ends in, behind the namespaces.
func lastWord(name string) string {
	return strings.ToLower(name[strings.LastIndexAny(name, "._:/")+1:])
}

// harmless methods are told by their name and their params.
type harmless struct {
	words []string
	fit   func(describe.Method) *procedure // nil where the params are others
}

var harmlessOnes = []harmless{
	{[]string{"subtract", "minus", "sub"}, numbers("[42,23]")},
	{[]string{"add", "sum", "plus"}, numbers("[2,3]")},
	{[]string{"echo"}, text},
	{[]string{"greet", "greeting", "hello"}, text},
	{[]string{"ping", "version", "get_data"}, nothing},
}

// numbers fits methods of two numbers that look like arithmetic, or like that of the specification's own examples.
func numbers(positions string) func(describe.Method) *procedure {
	values, _ := message.Elements(jsontext.Value(positions))
	operands := []string{"a", "b", "x", "y", "m", "n", "left", "right", "lhs", "rhs", "minuend", "subtrahend", "augend", "addend"}
	return func(m describe.Method) *procedure {
		p := &procedure{method: m.Name, positions: jsontext.Value(positions), wrong: jsontext.Value(`[{},{},{},{}]`)}
		if !m.Described {
			return onlyIf(m.Name == "subtract" || m.Name == "sum", p)
		}
		if len(m.Params) != 2 || m.Structure == "by-name" {
			return nil
		}
		for _, param := range m.Params {
			if !slices.Contains(operands, strings.ToLower(param.Name)) || !isNumber(param.Type) {
				return nil
			}
		}
		p.names = named(m, values)
		return p
	}
}

func isNumber(kind string) bool {
	return strings.HasPrefix(kind, "number") || strings.HasPrefix(kind, "integer")
}

// text fits methods of one text.
func text(m describe.Method) *procedure {
	value := jsontext.Value(`"runrpc"`)
	p := &procedure{method: m.Name, positions: jsontext.Value(`["runrpc"]`)}
	if !m.Described {
		return onlyIf(m.Name == "echo", p)
	}
	if len(m.Params) != 1 || m.Structure == "by-name" || m.Params[0].Type != "string" && m.Params[0].Type != "any" {
		return nil
	}
	p.names = named(m, []jsontext.Value{value})
	if m.Params[0].Type == "string" {
		p.wrong = jsontext.Value(`[{},{},{},{}]`)
	}
	return p
}

// nothing fits methods without params.
func nothing(m describe.Method) *procedure {
	return onlyIf(len(m.Params) == 0, &procedure{method: m.Name})
}

func onlyIf(fits bool, p *procedure) *procedure {
	if !fits {
		return nil
	}
	return p
}

// named returns the values by the names of a method's params; nil where they cannot be given so.
func named(m describe.Method, values []jsontext.Value) jsontext.Value {
	if m.Structure == "by-position" {
		return nil
	}
	members := make([]message.Member, len(values))
	for i, value := range values {
		members[i] = message.Member{Name: m.Params[i].Name, Value: value}
	}
	return written(members)
}
