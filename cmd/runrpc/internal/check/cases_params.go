package check

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

const saysByName = `by-name: params MUST be an Object, with member names that match the Server expected parameter names.`

var paramsCases = []Case{
	{
		"params.position", `params are taken by position`, "4.2",
		`by-position: params MUST be an Array, containing the values in the Server expected order.`,
		needs(byPosition),
	},
	{"params.name", `params are taken by name`, "4.2", saysByName, needs(byName)},
	{"params.name-order", `the order of names does not matter`, "4.2", saysByName, needs(byNameReversed)},
	{
		"params.name-case", `the names match in their exact case`, "4.2",
		`The names MUST match exactly, including case, to the method's expected parameters.`,
		needs(byWrongCase),
	},
}

func byPosition(r *run, p *procedure) finding {
	if p.positions == nil {
		return skip("no params are known for %s: --params names them", p.method)
	}
	return p.answered(r.send(p.call("1")))
}

// answered wants the result that is expected, where that is known.
func (p *procedure) answered(e *exchange) finding {
	response, err := e.single()
	switch result := response.members["result"]; {
	case err != nil:
		return fail("%v", err)
	case response.failed() || result == nil:
		return fail("found %s, want a result", answerOf(response))
	case p.expect != nil && !equal(result, p.expect):
		return fail("found the result %s, want %s", message.Short(result), message.Short(p.expect))
	}
	return pass
}

// equal compares values, whatever their space, their order of members and the form of their numbers.
func equal(a, b jsontext.Value) bool {
	x, y := a.Clone(), b.Clone()
	return x.Canonicalize() == nil && y.Canonicalize() == nil && string(x) == string(y)
}

func byName(r *run, p *procedure) finding {
	if p.names == nil {
		return skip("no params by name are known for %s: --named names them", p.method)
	}
	return p.sameByName(r, p.names)
}

func byNameReversed(r *run, p *procedure) finding {
	reversed, several := turned(p.names)
	if !several {
		return skip("no two params by name are known for %s: --named names them", p.method)
	}
	return p.sameByName(r, reversed)
}

// sameByName wants by name what is answered by position. A server may have methods that know no names.
func (p *procedure) sameByName(r *run, names jsontext.Value) finding {
	e := r.send(request(p.method, names, "1"))
	want := *p
	if want.expect == nil {
		want.expect = r.result(p.call("1"))
	}
	if response, err := e.single(); err == nil && response.failed() {
		return warn("found the code %s, want a result", orNone(response.code()))
	}
	return want.answered(e)
}

// result returns the result of a call, nil where there is none.
func (r *run) result(text string) jsontext.Value {
	response, err := r.send(text).single()
	if err != nil || response.failed() {
		return nil
	}
	return response.members["result"]
}

// turned returns the members of an object in the reverse order; several tells whether there are two at least.
func turned(object jsontext.Value) (reversed jsontext.Value, several bool) {
	members := message.Ordered(object)
	slices.Reverse(members)
	return written(members), len(members) > 1
}

func written(members []message.Member) jsontext.Value {
	text := []byte{'{'}
	for i, member := range members {
		if i > 0 {
			text = append(text, ',')
		}
		text, _ = jsontext.AppendQuote(text, member.Name)
		text = append(append(text, ':'), member.Value...)
	}
	return append(text, '}')
}

// byWrongCase warns a server that takes names in another case for those it expects: one that gives the right result,
// although it gives another, or none, where the names are missing.
func byWrongCase(r *run, p *procedure) finding {
	members := message.Ordered(p.names)
	if len(members) == 0 {
		return skip("no params by name are known for %s: --named names them", p.method)
	}
	right := r.result(request(p.method, p.names, "1"))
	if right == nil {
		return skip("%s takes no params by name", p.method)
	}
	missing := r.result(request(p.method, jsontext.Value(`{}`), "1"))
	if missing != nil && equal(missing, right) {
		return skip("%s answers the same without any params", p.method)
	}
	for i := range members {
		members[i].Name = swapCase(members[i].Name)
	}
	if wrong := r.result(request(p.method, written(members), "1")); wrong != nil && equal(wrong, right) {
		return warn("the names were taken in another case")
	}
	return pass
}

// swapCase turns upper case into lower case and the other way round.
func swapCase(name string) string {
	upper := strings.ToUpper(name)
	if upper == name {
		return strings.ToLower(name)
	}
	return upper
}
