package jsonrpc_test

import (
	"context"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// sample is what a generated binding of a package returns.
func sample(context.Context) (jsonrpc.RPC, error) {
	return jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001},
		"add":          jsonrpc.Func(func(a, b int) int { return a + b }, "a", "b"),
		"greeting":     jsonrpc.Func(func(name string) string { return "Hello, " + name }, "name").Default("name", "world"),
		"httpStatus":   func() int { return 200 },
		"fail":         func() error { return errNoFunds },
		"sub":          jsonrpc.RPC{"twice": func(n int) int { return 2 * n }},
		"_secret":      func() {},
	}, nil
}

// TestPackageReferences finds members by their Go names and by those on the wire.
func TestPackageReferences(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Packages: jsonrpc.PackageMap{
			"sample":           jsonrpc.Lazy(sample),
			"example.com/b/v2": jsonrpc.Lazy(sample),
			"object":           jsonrpc.LazyObject(func(context.Context) (*conn, error) { return &conn{n: 7}, nil }),
		},
		"sum":     "sample:Add",
		"wire":    "sample:add",
		"status":  "sample:HTTPStatus",
		"fail":    "sample:Fail",
		"missing": "sample:Nothing",
		"secret":  "sample:_secret",
		"long":    "example.com/b/v2:Add",
		"ping":    "object:Ping",
		"sub":     "sample:Sub",
		"in":      jsonrpc.RPC{"sum": "sample:Add", "deep": jsonrpc.RPC{"twice": "sample:sub.twice"}},
		"lazy":    jsonrpc.Lazy(func(context.Context) (string, error) { return "sample:Add", nil }),
	}
	for _, test := range []struct{ method, params, want string }{
		{"sum", `[1,2]`, told("3")},
		{"sum", `{"a":1}`, invalid("/b integer missing")},
		{"wire", `[1,2]`, told("3")},
		{"status", ``, told("200")},
		{"long", `[1,2]`, told("3")},
		{"ping", ``, told("7")},
		{"in.sum", `[1,2]`, told("3")},
		{"in.deep.twice", `[4]`, told("8")},
		{"lazy", `[1,2]`, told("3")},
		{"sub.twice", `[4]`, told("8")},
		{"sub", ``, notFound},
		{"sub.Twice", `[4]`, notFound},
		{"sum.add", ``, notFound},
		{"secret", ``, notFound},
		{"missing", ``, notFound},
		{"fail", ``, failed(-32001, "no funds", "")},
	} {
		answers(t, rpc, ask(test.method, test.params), test.want)
	}
}

// TestWholePackage serves all that a package has.
func TestWholePackage(t *testing.T) {
	entry := jsonrpc.Lazy(sample)
	rpc := jsonrpc.RPC{"sample": entry, "in": jsonrpc.RPC{"sample": entry}, jsonrpc.Separator: "::"}
	for _, test := range []struct{ method, params, want string }{
		{"sample::add", `{"a":1,"b":2}`, told("3")},
		{"::sample::greeting", ``, told(`"Hello, world"`)},
		{"in::sample::sub::twice", `[4]`, told("8")},
		{"sample::Add", `[1,2]`, notFound},
		{"sample::_secret", ``, notFound},
		{"sample::rpc.errors", ``, notFound},
		{"sample", ``, notFound},
		{"sample.add", `[1,2]`, notFound},
		{"sample::fail", ``, failed(-32001, "no funds", "")},
	} {
		answers(t, rpc, ask(test.method, test.params), test.want)
	}
}

// TestLazyValues has a factory make each value that a registry can hold.
func TestLazyValues(t *testing.T) {
	for name, test := range map[string]struct {
		entry                  *jsonrpc.LazyEntry
		method, params, answer string
	}{
		"function": {jsonrpc.Lazy(func(context.Context) (func(int) int, error) { return func(n int) int { return n }, nil }), "m", "[1]", "1"},
		"Procedure": {jsonrpc.Lazy(func(context.Context) (*jsonrpc.Procedure, error) {
			return jsonrpc.Func(func(n int) int { return n }, "n"), nil
		}), "m", `{"n":1}`, "1"},
		"Handler":     {jsonrpc.Lazy(func(context.Context) (teller, error) { return teller{"h"}, nil }), "m", "", `["h","m","m",null,1,false]`},
		"HandlerFunc": {jsonrpc.Lazy(func(context.Context) (jsonrpc.HandlerFunc, error) { return teller{"h"}.ServeRPC, nil }), "m", "", `["h","m","m",null,1,false]`},
		"raw func": {jsonrpc.Lazy(func(context.Context) (func(context.Context, *jsonrpc.Request) (any, error), error) {
			return teller{"h"}.ServeRPC, nil
		}), "m", "", `["h","m","m",null,1,false]`},
		"Resolver":        {jsonrpc.Lazy(func(context.Context) (finder, error) { return finder{}, nil }), "m.x.y", "", `["x.y","m.x.y","m.x.y",null,1,false]`},
		"RPC":             {jsonrpc.Lazy(sample), "m.add", "[1,2]", "3"},
		"ObjectEntry":     {jsonrpc.Lazy(func(context.Context) (*jsonrpc.ObjectEntry, error) { return jsonrpc.Object(&conn{n: 7}), nil }), "m.ping", "", "7"},
		"lazy":            {jsonrpc.Lazy(func(context.Context) (*jsonrpc.LazyEntry, error) { return jsonrpc.Lazy(sample), nil }), "m.add", "[1,2]", "3"},
		"any, a function": {jsonrpc.Lazy(func(context.Context) (any, error) { return func(n int) int { return n }, nil }), "m", "[1]", "1"},
		"any, an RPC":     {jsonrpc.Lazy(func(context.Context) (any, error) { return jsonrpc.RPC{"n": func() int { return 1 }}, nil }), "m.n", "", "1"},
		"object":          {jsonrpc.LazyObject(func(context.Context) (*conn, error) { return &conn{n: 7}, nil }), "m.ping", "", "7"},
		"any object":      {jsonrpc.LazyObject(func(context.Context) (any, error) { return &conn{n: 7}, nil }), "m.ping", "", "7"},
	} {
		t.Run(name, func(t *testing.T) {
			rpc := jsonrpc.RPC{"m": test.entry}
			answers(t, rpc, ask(test.method, test.params), told(test.answer))
			answers(t, rpc, ask("m.nowhere.at.all", ""), map[bool]string{true: told(`["nowhere.at.all","m.nowhere.at.all","m.nowhere.at.all",null,1,false]`), false: notFound}[name == "Resolver"])
		})
	}
}

// TestLazyRegistrySettings hold for what the factory made.
func TestLazyRegistrySettings(t *testing.T) {
	d := new(diary)
	rpc := jsonrpc.RPC{
		jsonrpc.Use:    jsonrpc.Chain(d.note("root")),
		jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001, errBroken: -32002},
		"lazy": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
			return jsonrpc.RPC{
				jsonrpc.Use:    jsonrpc.Chain(d.note("lazy")),
				jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32011},
				"funds":        func() error { return errNoFunds },
				"broken":       func() error { return errBroken },
				"in":           jsonrpc.RPC{jsonrpc.Use: jsonrpc.Chain(d.note("in")), "funds": func() error { return errNoFunds }},
			}, nil
		}),
		"faulty": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
			return jsonrpc.RPC{jsonrpc.Use: "no chain", "m": func() {}}, nil
		}),
		"misspelt": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
			return jsonrpc.RPC{"rpc.usee": jsonrpc.Chain(), "m": func() {}, "in": jsonrpc.RPC{"m": func() {}}}, nil
		}),
		"misplaced": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
			return jsonrpc.RPC{jsonrpc.Separator: "::", "m": func() {}, "in": jsonrpc.RPC{"m": func() {}}}, nil
		}),
		"entry": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
			return jsonrpc.RPC{"bad": 7, "good": func() string { return "good" }}, nil
		}),
	}
	for _, test := range []struct{ method, want string }{
		{"lazy.funds", failed(-32011, "no funds", "")},
		{"lazy.in.funds", failed(-32011, "no funds", "")},
		{"lazy.broken", failed(-32002, "broken", "")},
		{"faulty.m", internalErr},
		{"misspelt.m", internalErr},
		{"misspelt.in.m", internalErr},
		{"misplaced.m", internalErr},
		{"misplaced.in.m", internalErr},
		{"entry.bad", internalErr},
		{"entry.good", told(`"good"`)},
		{"entry.none", notFound},
	} {
		answers(t, rpc, ask(test.method, ""), test.want)
	}
	d.take()
	rpc.Call([]byte(ask("lazy.in.funds", "")), nil)
	if got := d.take(); len(got) != 6 || got[0] != "root" || got[1] != "lazy" || got[2] != "in" {
		t.Errorf("the order was %v", got)
	}
}
