package jsonrpc_test

import (
	"testing"

	"github.com/runrpc/jsonrpc"
)

// old writes an answer in the form of JSON-RPC 1.0, with both members.
func old(result, fault, id string) string {
	return `{"result":` + result + `,"error":` + fault + `,"id":` + id + `}`
}

func oldParams(got string) string {
	return `{"code":-32602,"message":"Invalid params","data":[{"param":"","expected":"array","got":"` + got + `"}]}`
}

func oldRefused(reason, id string) string {
	return old("null", `{"code":-32600,"message":"Invalid Request","data":{"reason":"`+reason+`"}}`, id)
}

// The batches that runWires adds do not fit: 1.0 has none.
func runV1(t *testing.T, opts *jsonrpc.Options, table []wire) {
	t.Helper()
	for _, way := range routes(t, wireService(), opts) {
		for _, c := range table {
			t.Run(way.name+"/"+c.name, func(t *testing.T) { sameAnswer(t, way.send(t, c.msg), c.want) })
		}
	}
}

func TestVersion1(t *testing.T) {
	var ids []wire
	for _, id := range validIDs[1:] { // all but null
		ids = append(ids, wire{"id " + id, `{"method":"sum","params":[1],"id":` + id + `}`, old("1", "null", id)})
	}
	runV1(t, &jsonrpc.Options{V1: true}, append(ids, []wire{
		{"result", `{"method":"subtract","params":[42,23],"id":1}`, old("19", "null", "1")},
		{"result null", `{"method":"update","params":[],"id":1}`, old("null", "null", "1")},
		{"no params", `{"method":"get_data","id":"a"}`, old(`["hello",5]`, "null", `"a"`)},
		{"params null", `{"method":"get_data","params":null,"id":"a"}`, old(`["hello",5]`, "null", `"a"`)},
		{"error", `{"method":"fail","params":[],"id":1}`, old("null", `{"code":-32001,"message":"application failure"}`, "1")},
		{"private error", `{"method":"hide","params":[],"id":1}`, old("null", `{"code":-32000,"message":"Server error","data":{"incident":"#"}}`, "1")},
		{"panic", `{"method":"boom","params":[],"id":1}`, old("null", internalFault, "1")},
		{"no method", `{"method":"no.such","params":[],"id":1}`, old("null", `{"code":-32601,"message":"Method not found"}`, "1")},
		{"mistyped", `{"method":"subtract","params":[1,"2"],"id":1}`, old("null", `{"code":-32602,"message":"Invalid params","data":[{"param":"/1","expected":"number","got":"string"}]}`, "1")},
		{"named params", `{"method":"subtract","params":{"minuend":42,"subtrahend":23},"id":1}`, old("null", oldParams("object"), "1")},
		{"empty named params", `{"method":"get_data","params":{},"id":1}`, old("null", oldParams("object"), "1")},
		{"scalar params", `{"method":"get_data","params":"x","id":1}`, old("null", oldParams("string"), "1")},
		{"notification", `{"method":"update","params":[1],"id":null}`, ""},
		{"notification of no method", `{"method":"no.such","params":[1],"id":null}`, ""},
		{"notification that panics", `{"method":"boom","params":[],"id":null}`, ""},
		{"notification with named params", `{"method":"update","params":{"a":1},"id":null}`, ""},
		{"no id", `{"method":"update","params":[1]}`, oldRefused("a JSON-RPC 1.0 request has an id, null in a notification", "null")},
		{"no method member", `{"params":[1],"id":1}`, oldRefused("method is missing or no string", "1")},
		{"empty", `{}`, oldRefused("method is missing or no string", "null")},
		{"bad id", `{"method":"update","params":[],"id":[]}`, oldRefused("id is a string, a number or null", "null")},
		{"twice", `{"method":"update","method":"update","id":1}`, oldRefused("a member stands in the request twice", "1")},
		{"unknown members", `{"method":"sum","params":[1],"id":1,"version":"1.1"}`, old("1", "null", "1")},

		// what says 2.0 is 2.0
		{"2.0", getData, pinged("1")},
		{"2.0 by name", `{"jsonrpc":"2.0","method":"subtract","params":{"minuend":42,"subtrahend":23},"id":1}`, resultFor("19", "1")},
		{"2.0 with id null", `{"jsonrpc":"2.0","method":"get_data","id":null}`, pinged("null")},
		{"2.0 notification", `{"jsonrpc":"2.0","method":"get_data"}`, ""},
		{"another version", `{"jsonrpc":"1.0","method":"get_data","params":[],"id":1}`, refused(`jsonrpc is missing or not "2.0"`, "1")},
		{"version null", `{"jsonrpc":null,"method":"get_data","params":[],"id":1}`, refused(`jsonrpc is missing or not "2.0"`, "1")},

		// there are no batches in 1.0
		{"in a batch", `[{"method":"get_data","params":[],"id":1},` + getData + `]`, enclose(refused(`jsonrpc is missing or not "2.0"`, "1"), pinged("1"))},
		{"notification in a batch", `[{"method":"get_data","params":[],"id":null}]`, enclose(refused(`jsonrpc is missing or not "2.0"`, "null"))},

		// what is no request has no version
		{"parse error", `{"method":`, broken("the text ends where a value is due", 10)},
		{"scalar", `7`, refused("a message is an object or an array", "null")},
	}...))
}

// It is off by default.
func TestVersion1Off(t *testing.T) {
	runV1(t, nil, []wire{
		{"call", `{"method":"get_data","params":[],"id":1}`, refused(`jsonrpc is missing or not "2.0"`, "1")},
		{"notification", `{"method":"get_data","params":[],"id":null}`, refused(`jsonrpc is missing or not "2.0"`, "null")},
	})
}

func TestVersion1OverMaxResponse(t *testing.T) {
	runV1(t, &jsonrpc.Options{V1: true, MaxResponse: 10}, []wire{
		{"result", `{"method":"get_data","params":[],"id":1}`, old("null", `{"code":-32813,"message":"Too large","data":{"reason":"response","limit":10}}`, "1")},
	})
}

func TestVersion1AtTheDeadline(t *testing.T) {
	var g *gate
	inBubbles(t, func() jsonrpc.RPC { g = newGate(); return g.registry() }, jsonrpc.Options{V1: true}, func(t *testing.T, client pipeClient) {
		sameAnswer(t, answerOf(t, client.send(`{"method":"wait","params":[],"id":1}`)), old("null", `{"code":-32811,"message":"Timeout","data":{"reason":"timeout"}}`, "1"))
		close(g.open)
	})
}
