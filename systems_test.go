package jsonrpc_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// What users of four older systems rely on, and what of theirs is not taken over: jsonrpc2 and
// json-rpc here, rufmich and damn-simple in systems_http_test.go.

// myError has data of its own.
type myError struct {
	text string
	data any
}

func (e *myError) Error() string  { return e.text }
func (e *myError) ErrorData() any { return e.data }

// Add adds.
func Add(a, b int) int { return a + b }

// TestJSONRPC2Registry sets and deletes procedures, and has them in a literal.
func TestJSONRPC2Registry(t *testing.T) {
	rpc := jsonrpc.RPC{"greeting": func() string { return "Hello" }}
	rpc["add"] = jsonrpc.Func(Add, "a", "b")
	answers(t, rpc, ask("greeting", ""), told(`"Hello"`))
	answers(t, rpc, ask("add", `{"a":1,"b":2}`), told("3"))
	delete(rpc, "add")
	answers(t, rpc, ask("add", `[1,2]`), notFound)
}

// TestJSONRPC2Extras fills a parameter that the client left out.
func TestJSONRPC2Extras(t *testing.T) {
	rpc := jsonrpc.RPC{"add": jsonrpc.Func(Add, "a", "b")}
	same(t, string(rpc.Call([]byte(ask("add", `{"a":2}`)), jsonrpc.Extras{"b": 3})), told("5"))
	app, _ := appOf(t, rpc, jsonrpc.Options{})
	same(t, string(app.CallContext(t.Context(), []byte(ask("add", `{"a":2}`)), jsonrpc.Extras{"b": 3})), told("5"))
}

// TestJSONRPC2Lazy names a member of a package by a string, and serves a whole package.
func TestJSONRPC2Lazy(t *testing.T) {
	entry := jsonrpc.Lazy(sample)
	rpc := jsonrpc.RPC{jsonrpc.Packages: jsonrpc.PackageMap{"sample": entry}, "plus": "sample:Add", "sample": entry}
	answers(t, rpc, ask("plus", `[1,2]`), told("3"))
	answers(t, rpc, ask("sample.add", `{"a":1,"b":2}`), told("3"))
	answers(t, rpc, ask("sample.greeting", `{"name":"Ada"}`), told(`"Hello, Ada"`))
}

// TestJSONRPC2Errors maps a type of errors to a code, and leaves the others private.
func TestJSONRPC2Errors(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{(*myError)(nil): -32001},
		"mine":         func() error { return &myError{"my message", map[string]any{"a": 1}} },
		"bare":         func() error { return &myError{text: "my message"} },
		"any":          func() error { return fmt.Errorf("secret") },
	}
	answers(t, rpc, ask("mine", ""), failed(-32001, "my message", `{"a":1}`))
	answers(t, rpc, ask("bare", ""), failed(-32001, "my message", ""))
	answers(t, rpc, ask("any", ""), serverErr)
}

// TestJSONRPC2PrivateNames refuses names that begin with "_".
func TestJSONRPC2PrivateNames(t *testing.T) {
	rpc := jsonrpc.RPC{"_private": says("secret"), "in": jsonrpc.RPC{"_private": says("secret")}}
	for _, method := range []string{"_private", "in._private", "__class__"} {
		same(t, string(rpc.Call([]byte(ask(method, "")), nil)), notFound)
	}
	if err := rpc.Check(); err == nil {
		t.Error("Check took them")
	}
}

// TestJSONRPC2Slips are what the system got wrong.
func TestJSONRPC2Slips(t *testing.T) {
	rpc := jsonrpc.RPC{"m": func() int { return 1 }, "fail": func() error { return errBroken }, "add": Add}
	for _, test := range []struct{ name, msg, want string }{
		{"the id 0 is kept", `{"jsonrpc":"2.0","method":"m","id":0}`, `{"jsonrpc":"2.0","result":1,"id":0}`},
		{"the id \"\" is kept", `{"jsonrpc":"2.0","method":"m","id":""}`, `{"jsonrpc":"2.0","result":1,"id":""}`},
		{"the id null is one", `{"jsonrpc":"2.0","method":"m","id":null}`, `{"jsonrpc":"2.0","result":1,"id":null}`},
		{"in an error too", `{"jsonrpc":"2.0","method":"x","id":0}`, `{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":0}`},
		{"a failed notification", `{"jsonrpc":"2.0","method":"fail"}`, ""},
		{"an unknown notification", `{"jsonrpc":"2.0","method":"x"}`, ""},
		{"a notification with wrong params", `{"jsonrpc":"2.0","method":"add","params":["x"]}`, ""},
		{"three errors", `[1,2,3]`, "[" + strings.Repeat(invalidMember+",", 2) + invalidMember + "]"},
	} {
		t.Run(test.name, func(t *testing.T) { answers(t, rpc, test.msg, test.want) })
	}
}

const invalidMember = `{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"a request is an object"}},"id":null}`

// specification is the registry of the specification's examples.
func specification() jsonrpc.RPC {
	return jsonrpc.RPC{
		"subtract":     jsonrpc.Func(func(minuend, subtrahend int) int { return minuend - subtrahend }, "minuend", "subtrahend"),
		"sum":          sumOf,
		"notify_hello": func(int) {},
		"notify_sum":   func(...int) {},
		"update":       func(...int) {},
		"get_data":     func() []any { return []any{"hello", 5} },
	}
}

// withoutData drops the data of errors, which the specification's examples have none of.
func withoutData(t *testing.T, text string) any {
	t.Helper()
	if text == "" {
		return nil
	}
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, answer := range list {
		if e, ok := answer.(map[string]any)["error"].(map[string]any); ok {
			delete(e, "data")
		}
	}
	return v
}

// TestSpecificationInEveryWay are those of section 7, one by one.
func TestSpecificationInEveryWay(t *testing.T) {
	parseError := `{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}`
	invalidRequest := `{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null}`
	for _, test := range []struct{ name, msg, want string }{
		{"positional", `{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}`, `{"jsonrpc": "2.0", "result": 19, "id": 1}`},
		{"positional, the other way", `{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}`, `{"jsonrpc": "2.0", "result": -19, "id": 2}`},
		{"named", `{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}`, `{"jsonrpc": "2.0", "result": 19, "id": 3}`},
		{"named, the other way", `{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}`, `{"jsonrpc": "2.0", "result": 19, "id": 4}`},
		{"notification", `{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}`, ``},
		{"unknown notification", `{"jsonrpc": "2.0", "method": "foobar"}`, ``},
		{"unknown method", `{"jsonrpc": "2.0", "method": "foobar", "id": "1"}`, `{"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "1"}`},
		{"no JSON", `{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]`, parseError},
		{"no request", `{"jsonrpc": "2.0", "method": 1, "params": "bar"}`, invalidRequest},
		{"batch, no JSON", `[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method"]`, parseError},
		{"empty array", `[]`, invalidRequest},
		{"invalid batch", `[1]`, "[" + invalidRequest + "]"},
		{"three of them", `[1,2,3]`, "[" + invalidRequest + "," + invalidRequest + "," + invalidRequest + "]"},
		{"batch", `[
			{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
			{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
			{"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
			{"foo": "boo"},
			{"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
			{"jsonrpc": "2.0", "method": "get_data", "id": "9"}
		]`, `[
			{"jsonrpc": "2.0", "result": 7, "id": "1"},
			{"jsonrpc": "2.0", "result": 19, "id": "2"},
			` + invalidRequest + `,
			{"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "5"},
			{"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"}
		]`},
		{"notifications alone", `[{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]`, ``},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := withoutData(t, test.want)
			for _, w := range ways(t, specification()) {
				if diff := cmp.Diff(want, withoutData(t, w.call(test.msg))); diff != "" {
					t.Errorf("%s (-want +got):\n%s", w.name, diff)
				}
			}
		})
	}
}

// TestJSONRPCVersions serves JSON-RPC 1.0 beside 2.0 where Options.V1 says so.
func TestJSONRPCVersions(t *testing.T) {
	rpc := jsonrpc.RPC{"add": jsonrpc.Func(Add, "a", "b"), "fail": func() error { return jsonrpc.NewError(7, "seven", nil) }}
	app, _ := appOf(t, rpc, jsonrpc.Options{V1: true})
	for _, test := range []struct{ msg, want string }{
		{`{"method":"add","params":[1,2],"id":1}`, `{"result":3,"error":null,"id":1}`},
		{`{"method":"fail","params":[],"id":"x"}`, `{"result":null,"error":{"code":7,"message":"seven"},"id":"x"}`},
		{`{"method":"add","params":[1,2],"id":null}`, ``},
		{ask("add", `[1,2]`), told("3")},
		{ask("add", `{"b":2,"a":1}`), told("3")},
	} {
		same(t, callApp(app, test.msg), test.want)
		_, body := postTo(app, test.msg)
		same(t, body, test.want)
	}
	if got := callApp(app, `{"method":"add","params":{"a":1,"b":2},"id":1}`); !strings.Contains(got, "-32602") || strings.Contains(got, "jsonrpc") {
		t.Errorf("named params in 1.0: %s", got)
	}
	if got := callApp(app, `[{"method":"add","params":[1,2],"id":1}]`); !strings.Contains(got, "-32600") {
		t.Errorf("a batch in 1.0: %s", got)
	}
	off, _ := appOf(t, rpc, jsonrpc.Options{})
	if got := callApp(off, `{"method":"add","params":[1,2],"id":1}`); !strings.Contains(got, "-32600") {
		t.Errorf("without the option: %s", got)
	}
}

// TestJSONRPCRegistries come from a map, from an object's methods, and from functions.
func TestJSONRPCRegistries(t *testing.T) {
	fromMap := jsonrpc.RPC{"add": Add}
	withPrefix := jsonrpc.RPC{"arith": jsonrpc.Object(&Arith{})}
	merged := jsonrpc.Object(&Arith{}).RPC()
	own := jsonrpc.RPC{}
	own.Add(Add, Double)
	answers(t, fromMap, ask("add", "[1,2]"), told("3"))
	answers(t, withPrefix, ask("arith.add", "[1,2]"), told("3"))
	answers(t, merged, ask("add", "[1,2]"), told("3"))
	answers(t, own, ask("add", "[1,2]"), told("3"))
	answers(t, own, ask("double", "[2]"), told("4"))
}

// TestJSONRPCKwargs takes all named parameters.
func TestJSONRPCKwargs(t *testing.T) {
	foobar := func(_ context.Context, kwargs map[string]any) map[string]any { return kwargs }
	rpc := jsonrpc.RPC{"foobar": foobar}
	answers(t, rpc, ask("foobar", `{"foo":"bar","n":[1]}`), told(`{"foo":"bar","n":[1]}`))
	answers(t, rpc, ask("foobar", `{}`), told(`{}`))
	answers(t, rpc, ask("foobar", ``), told(`{}`))
	numbers := jsonrpc.RPC{"foobar": func(map[string]int) {}}
	answers(t, numbers, ask("foobar", `{"a/b":1,"c":"x"}`), invalid("/c integer string"))
}

// TestJSONRPCErrors have codes and data of their own, or are plain; Invalid params is for the
// arguments alone.
func TestJSONRPCErrors(t *testing.T) {
	rpc := jsonrpc.RPC{
		"own":   func() error { return jsonrpc.NewError(-12345, "my own", []string{"data"}) },
		"plain": func() error { return fmt.Errorf("plain") },
		"index": func(list []int, at int) int { return list[at] },
		"parse": func(text string) (int, error) { var n int; _, err := fmt.Sscan(text, &n); return n, err },
	}
	answers(t, rpc, ask("own", ""), failed(-12345, "my own", `["data"]`))
	answers(t, rpc, ask("plain", ""), serverErr)
	answers(t, rpc, ask("own", "[1]"), invalid("/0 at most 0 parameters surplus"))
	answers(t, rpc, ask("index", "[[1],5]"), internalErr)
	answers(t, rpc, ask("index", `[[1],"5"]`), invalid("/1 integer string"))
	answers(t, rpc, ask("parse", `["x"]`), serverErr)
	answers(t, rpc, ask("parse", `[5]`), invalid("/0 string number"))
}
