package openrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// remote is a namespace of another server.
type remote struct {
	describe func(ctx context.Context) (json.RawMessage, error)
}

func (remote) Lookup(context.Context, string) (jsonrpc.Handler, error) { return nil, nil }

func (r remote) Describe(ctx context.Context) (json.RawMessage, error) { return r.describe(ctx) }

// saying describes itself with a text.
func saying(text string) remote {
	return remote{func(context.Context) (json.RawMessage, error) { return json.RawMessage(text), nil }}
}

// bare is a namespace that does not describe itself.
type bare struct{}

func (bare) Lookup(context.Context, string) (jsonrpc.Handler, error) { return nil, nil }

const foreign = `{"openrpc":"1.2.6","info":{"title":"Foreign","version":"1"},
	"methods":[
		{"name":"pay","tags":[{"$ref":"#/components/tags/money"}],"params":[{"$ref":"#/components/contentDescriptors/Sum"}],
		 "result":{"name":"receipt","schema":{"$ref":"#/components/schemas/Receipt"}},
		 "errors":[{"$ref":"#/components/errors/Poor"}],
		 "examples":[{"$ref":"#/components/examplePairings/One"}]},
		{"name":"rpc.discover","params":[]},
		{"name":"deep.er","params":[{"name":"any","schema":true},{"name":"none","schema":false},
			{"name":"tuple","schema":{"type":["array","null"],"items":[{"type":"string"},{"$ref":"#/components/schemas/Receipt"}],"additionalItems":false}}],"result":{"name":"r","schema":{}}}],
	"components":{
		"tags":{"money":{"name":"money"}},
		"contentDescriptors":{"Sum":{"name":"sum","required":true,"schema":{"$ref":"#/components/schemas/Sum"}}},
		"errors":{"Poor":{"code":9,"message":"poor","data":{"$ref":"not a reference"}}},
		"examples":{"Five":{"name":"sum","value":5}},
		"examplePairings":{"One":{"name":"one","params":[{"$ref":"#/components/examples/Five"}]}},
		"schemas":{"Sum":{"type":"number","multipleOf":0.01},
			"Receipt":{"type":"object","properties":{"$ref":{"type":"string"},"of":{"$ref":"#/components/schemas/Receipt"}}}}},
	"x-incomplete":["lazy"],"x-more":1}`

// TestRemote: methods of another server that describes itself stand among the others.
func TestRemote(t *testing.T) {
	type Receipt struct{ N int8 }
	rpc := jsonrpc.RPC{
		"rpc.discover": openrpc.Discover(info, nil),
		"receipt":      func() Receipt { return Receipt{} },
		"bank":         saying(foreign),
		"bare":         bare{},
		"zoo":          func() {},
	}
	doc := discoverIn(t, appOf(t, rpc, jsonrpc.Options{}), "rpc.discover")
	isDocument(t, doc)
	if diff := cmp.Diff([]string{"bank.deep.er", "bank.pay", "receipt", "rpc.discover", "zoo"}, methodNames(doc)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"bank.lazy", "bare"}, doc.Incomplete); diff != "" {
		t.Errorf("incomplete (-want +got):\n%s", diff)
	}
	for _, c := range []struct{ name, got, want string }{
		{"pay", jsonOf(t, doc.Methods[1]), `{"name":"bank.pay","tags":[{"name":"bank.money"}],` +
			`"params":[{"name":"sum","required":true,"schema":{"$ref":"#/components/schemas/bank.Sum"}}],` +
			`"result":{"name":"receipt","schema":{"$ref":"#/components/schemas/bank.Receipt"}},` +
			`"errors":[{"code":9,"message":"poor","data":{"$ref":"not a reference"}}],` +
			`"examples":[{"name":"one","params":[{"name":"sum","value":5}]}]}`},
		{"deep.er", jsonOf(t, doc.Methods[0]), `{"name":"bank.deep.er","tags":[{"name":"bank"}],` +
			`"params":[{"name":"any","schema":{}},{"name":"none","schema":{"not":{}}},` +
			`{"name":"tuple","schema":{"type":["array","null"],"items":[{"type":"string"},{"$ref":"#/components/schemas/bank.Receipt"}],"additionalItems":{"not":{}}}}],"result":{"name":"r","schema":{}}}`},
		{"schemas", jsonOf(t, doc.Components), `{"schemas":{"Receipt":{"title":"Receipt","type":"object","properties":{"N":{"type":"integer","minimum":-128,"maximum":127}},"required":["N"]},` +
			`"bank.Receipt":{"type":"object","properties":{"$ref":{"type":"string"},"of":{"$ref":"#/components/schemas/bank.Receipt"}}},` +
			`"bank.Sum":{"type":"number","multipleOf":0.01}}}`},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestRemoteFails: a server that can not be asked leaves a gap, and takes nothing along.
func TestRemoteFails(t *testing.T) {
	const head = `{"openrpc":"1.4.1","info":{"title":"","version":""},"methods":[`
	for name, r := range map[string]remote{
		"an error":               {func(context.Context) (json.RawMessage, error) { return nil, errors.New("down") }},
		"a panic":                {func(context.Context) (json.RawMessage, error) { panic("down") }},
		"nothing":                saying(""),
		"no JSON":                saying(`{"openrpc":`),
		"trailing data":          saying(head + `]} {}`),
		"a login page":           saying(`<html>`),
		"no document":            saying(`{}`),
		"another version":        saying(`{"openrpc":"2.0.0","methods":[]}`),
		"a method of no name":    saying(head + `{}]}`),
		"a parameter of no name": saying(head + `{"name":"m","params":[{"schema":true}]}]}`),
		"no schema":              saying(head + `{"name":"m","params":[{"name":"p"}]}]}`),
		"a reference to nowhere": saying(head + `{"name":"m","params":[{"$ref":"#/components/contentDescriptors/P"}]}]}`),
		"a reference elsewhere":  saying(head + `{"name":"m","params":[],"errors":[{"$ref":"https://example.com/e.json"}]}]}`),
		"a circle of references": saying(head + `{"name":"m","params":[],"tags":[{"$ref":"#/components/tags/a"}]}],"components":{"tags":{"a":{"$ref":"#/components/tags/b"},"b":{"$ref":"#/components/tags/a"}}}}`),
		"too large":              saying(head + `]` + strings.Repeat(" ", 10<<20) + `}`),
		"nested too deep":        saying(head + strings.Repeat("[", 20_000)),
	} {
		rpc := jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil), "far": r, "near": func() {}}
		doc := discoverIn(t, appOf(t, rpc, jsonrpc.Options{}), "rpc.discover")
		isDocument(t, doc)
		if diff := cmp.Diff([]string{"far"}, doc.Incomplete); diff != "" || len(doc.Methods) != 2 {
			t.Errorf("%s: %d methods, incomplete (-want +got):\n%s", name, len(doc.Methods), diff)
		}
	}
}

// TestRemoteIsSlow does not hold the others up for ever.
func TestRemoteIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := remote{func(ctx context.Context) (json.RawMessage, error) { <-ctx.Done(); return nil, ctx.Err() }}
		rpc := jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil), "slow": slow, "fast": saying(foreign)}
		app := appOf(t, rpc, jsonrpc.Options{})
		doc := discoverIn(t, app, "rpc.discover")
		if diff := cmp.Diff([]string{"fast.lazy", "slow"}, doc.Incomplete); diff != "" {
			t.Errorf("incomplete (-want +got):\n%s", diff)
		}
		if err := app.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

// TestRemoteIsKept as long as the other server says the same.
func TestRemoteIsKept(t *testing.T) {
	var version atomic.Int32
	r := remote{func(context.Context) (json.RawMessage, error) {
		name := []string{"one", "two"}[version.Load()]
		return json.RawMessage(`{"openrpc":"1.4.1","info":{"title":"","version":""},"methods":[{"name":"` + name + `","params":[]}]}`), nil
	}}
	app := appOf(t, jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil), "far": r}, jsonrpc.Options{})
	first := discoverIn(t, app, "rpc.discover")
	if discoverIn(t, app, "rpc.discover") != first {
		t.Error("nothing has changed, and the document is another")
	}
	version.Store(1)
	if diff := cmp.Diff([]string{"far.two", "rpc.discover"}, methodNames(discoverIn(t, app, "rpc.discover"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRemoteSchemasOfOneName: what refers to a schema still finds its own.
func TestRemoteSchemasOfOneName(t *testing.T) {
	other := strings.ReplaceAll(foreign, `"type":"number","multipleOf":0.01`, `"type":"string"`)
	rpc := jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil), "a_b": saying(foreign), "a b": saying(other)}
	doc := discoverIn(t, appOf(t, rpc, jsonrpc.Options{}), "rpc.discover")
	isDocument(t, doc)
	for _, m := range doc.Methods {
		want := map[string]string{"a_b.pay": "number", "a b.pay": "string"}[m.Name]
		if want == "" {
			continue
		}
		name := strings.TrimPrefix(m.Params[0].Schema.Ref, "#/components/schemas/")
		if got := doc.Components.Schemas[name]; got == nil || got.Type[0] != want {
			t.Errorf("%s refers to %s, which is %v", m.Name, name, got)
		}
	}
}

// TestRemoteOwnNamesWin: what the registry has itself is not another server's to change.
func TestRemoteOwnNamesWin(t *testing.T) {
	rpc := jsonrpc.RPC{
		"rpc.discover": openrpc.Discover(info, nil),
		"bank":         saying(foreign),
		"bank.pay":     jsonrpc.Func(func() {}).Doc("Ours."),
	}
	doc := discoverIn(t, appOf(t, rpc, jsonrpc.Options{}), "rpc.discover")
	isDocument(t, doc)
	if m := doc.Methods[1]; m.Name != "bank.pay" || m.Summary != "Ours." {
		t.Errorf("found %+v", m)
	}
}
