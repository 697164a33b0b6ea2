package jsonrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// wrap makes a Middleware of a function that has the next handler.
func wrap(f func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error)) jsonrpc.Middleware {
	return func(next jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) { return f(ctx, req, next) })
	}
}

// diary notes what happens in order.
type diary struct {
	mu    sync.Mutex
	lines []string
}

func (d *diary) add(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, line)
}

// take returns what is in it and empties it.
func (d *diary) take() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	lines := d.lines
	d.lines = nil
	return lines
}

// note is a Middleware that notes when it is passed and when it is come back to.
func (d *diary) note(name string) jsonrpc.Middleware {
	return wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
		d.add(name)
		defer d.add("/" + name)
		return next.ServeRPC(ctx, req)
	})
}

// watched notes when it is decoded.
type watched struct{}

var watchedDiary diary

func (w *watched) UnmarshalJSON([]byte) error {
	watchedDiary.add("decode")
	return nil
}

// TestOrderOfACall passes each station once: root Use, inner Use, the lazy entry, the
// procedure's own middleware, decode, call.
func TestOrderOfACall(t *testing.T) {
	d := &watchedDiary
	registry := func() jsonrpc.RPC {
		call := jsonrpc.Func(func(watched) { d.add("call") }, "w").With(d.note("own 1")).With(d.note("own 2"), d.note("own 3"))
		return jsonrpc.RPC{
			jsonrpc.Use: jsonrpc.Chain(d.note("root 1"), d.note("root 2")),
			"a": jsonrpc.RPC{
				jsonrpc.Use: jsonrpc.Chain(d.note("a")),
				"b":         jsonrpc.RPC{jsonrpc.Use: jsonrpc.Chain(d.note("b")), "call": call},
				"lazy": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
					d.add("factory")
					return jsonrpc.RPC{"call": call, jsonrpc.Use: jsonrpc.Chain(d.note("in lazy"))}, nil
				}),
			},
			"plain": call,
		}
	}
	around := func(names ...string) []string {
		lines := append([]string{}, names...)
		lines = append(lines, "own 1", "own 2", "own 3", "decode", "call", "/own 3", "/own 2", "/own 1")
		for i := len(names) - 1; i >= 0; i-- {
			if names[i] != "factory" {
				lines = append(lines, "/"+names[i])
			}
		}
		return lines
	}
	for _, test := range []struct {
		method, params string
		want           []string
	}{
		{"a.b.call", "[1]", around("root 1", "root 2", "a", "b")},
		{"a.lazy.call", "[1]", around("root 1", "root 2", "a", "factory", "in lazy")},
		{"plain", "[1]", around("root 1", "root 2")},
		{"unknown", "[1]", []string{"root 1", "root 2", "/root 2", "/root 1"}},
		{"_hidden", "", []string{"root 1", "root 2", "/root 2", "/root 1"}},
		{"rpc.use", "", []string{"root 1", "root 2", "/root 2", "/root 1"}},
		{"plain", "[]", []string{"root 1", "root 2", "own 1", "own 2", "own 3", "/own 3", "/own 2", "/own 1", "/root 2", "/root 1"}},
	} {
		t.Run(test.method+test.params, func(t *testing.T) {
			d.take()
			registry().Call([]byte(ask(test.method, test.params)), nil)
			if diff := cmp.Diff(test.want, d.take()); diff != "" {
				t.Errorf("RPC.Call (-want +got):\n%s", diff)
			}
			app, _ := appOf(t, registry(), jsonrpc.Options{})
			callApp(app, ask(test.method, test.params))
			if diff := cmp.Diff(test.want, d.take()); diff != "" {
				t.Errorf("Application (-want +got):\n%s", diff)
			}
			callApp(app, "["+ask(test.method, test.params)+"]")
			want := strings.Join(test.want, " ")
			if got := strings.Join(d.take(), " "); got != strings.Replace(want, "factory ", "", 1) {
				t.Errorf("in a batch: got %s, want %s", got, want)
			}
		})
	}
}

var errRefused = errors.New("refused")

// TestRefusedCallDoesNothing neither resolves nor decodes for a call that a middleware refuses.
func TestRefusedCallDoesNothing(t *testing.T) {
	refuse := wrap(func(context.Context, *jsonrpc.Request, jsonrpc.Handler) (any, error) { return nil, errRefused })
	d := &watchedDiary
	call := func(watched) { d.add("call") }
	lazy := func() *jsonrpc.LazyEntry {
		return jsonrpc.Lazy(func(context.Context) (any, error) { d.add("factory"); return call, nil })
	}
	errs := jsonrpc.ErrorMap{errRefused: -32001}
	want := failed(-32001, "refused", "")
	for name, rpc := range map[string]jsonrpc.RPC{
		"root":      {jsonrpc.Use: jsonrpc.Chain(refuse), "call": call, "lazy": lazy(), jsonrpc.Errors: errs},
		"inner":     {"in": jsonrpc.RPC{jsonrpc.Use: jsonrpc.Chain(refuse), "call": call, "lazy": lazy()}, jsonrpc.Errors: errs},
		"own":       {"call": jsonrpc.Func(call, "w").With(refuse), jsonrpc.Errors: errs},
		"reference": {jsonrpc.Use: jsonrpc.Chain(refuse), "lazy": "pkg:Name", jsonrpc.Packages: jsonrpc.PackageMap{"pkg": lazy()}, jsonrpc.Errors: errs},
	} {
		t.Run(name, func(t *testing.T) {
			d.take()
			for _, method := range []string{"call", "lazy", "in.call", "in.lazy"} {
				member, inner := rpc[method], strings.HasPrefix(method, "in.")
				if ns, ok := rpc["in"].(jsonrpc.RPC); ok && inner {
					member = ns[strings.TrimPrefix(method, "in.")]
				}
				if member != nil {
					answers(t, rpc, ask(method, "[1]"), want)
					answers(t, rpc, ask(method, `{"unknown":1}`), want)
				}
			}
			if lines := d.take(); lines != nil {
				t.Errorf("this happened: %v", lines)
			}
		})
	}
}

// TestMiddlewareSeesGoValues looks at results and errors before they are translated.
func TestMiddlewareSeesGoValues(t *testing.T) {
	type point struct{ X, Y int }
	var result any
	var err error
	look := wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
		result, err = next.ServeRPC(ctx, req)
		return result, err
	})
	wrapped := fmt.Errorf("account 7: %w", errNoFunds)
	rpc := jsonrpc.RPC{
		jsonrpc.Use:    jsonrpc.Chain(look),
		jsonrpc.Errors: serviceErrors,
		"point":        func() point { return point{1, 2} },
		"typed":        jsonrpc.Typed(func(context.Context, struct{}) (*point, error) { return &point{3, 4}, nil }),
		"fail":         func() (int, error) { return 0, wrapped },
		"nothing":      func() {},
		"params":       func(int) {},
	}
	for _, test := range []struct {
		method string
		result any
		err    error
		want   string
	}{
		{"point", point{1, 2}, nil, told(`{"X":1,"Y":2}`)},
		{"typed", &point{3, 4}, nil, told(`{"X":3,"Y":4}`)},
		{"nothing", nil, nil, told("null")},
		{"fail", nil, wrapped, failed(-32001, "no funds", "")},
	} {
		same(t, string(rpc.Call([]byte(ask(test.method, "")), nil)), test.want)
		if diff := cmp.Diff(test.result, result); diff != "" || err != test.err {
			t.Errorf("%s: the result differs (-want +got):\n%s\nerror %v, want %v", test.method, diff, err, test.err)
		}
	}
	for method, code := range map[string]int{"params": -32602, "unknown": -32601} {
		rpc.Call([]byte(ask(method, "")), nil)
		var e *jsonrpc.Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%s: got the error %v, want code %d", method, err, code)
		}
	}
}

// TestMiddlewareChangesTheOutcome replaces results and errors.
func TestMiddlewareChangesTheOutcome(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Use: jsonrpc.Chain(wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
			v, err := next.ServeRPC(ctx, req)
			switch {
			case errors.Is(err, errNoFunds):
				return "credit", nil
			case err != nil:
				return nil, jsonrpc.NewError(1, "changed", nil)
			case v == "secret":
				return nil, errBroken
			}
			return []any{v, req.Method}, nil
		})),
		"ok":     func() int { return 1 },
		"funds":  func() error { return errNoFunds },
		"fail":   func() error { return errBroken },
		"secret": func() string { return "secret" },
		"big":    func() json.RawMessage { return json.RawMessage(` {"a" : 1.0} `) },
	}
	for method, want := range map[string]string{
		"ok": told(`[1,"ok"]`), "funds": told(`"credit"`), "fail": failed(1, "changed", ""),
		"secret": serverErr, "unknown": failed(1, "changed", ""), "big": told(`[{"a":1.0},"big"]`),
	} {
		answers(t, rpc, ask(method, ""), want)
	}
}

// TestMiddlewareChangesTheRequest passes on a changed copy.
func TestMiddlewareChangesTheRequest(t *testing.T) {
	change := func(f func(r *jsonrpc.Request)) *jsonrpc.MiddlewareChain {
		return jsonrpc.Chain(wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
			own := *req
			f(&own)
			return next.ServeRPC(ctx, &own)
		}))
	}
	add := jsonrpc.Func(func(a, b int) int { return a + b }, "a", "b")
	raw := jsonrpc.HandlerFunc(func(_ context.Context, req *jsonrpc.Request) (any, error) { return req.Params, nil })
	for name, test := range map[string]struct {
		change func(r *jsonrpc.Request)
		want   string
	}{
		"params":          {func(r *jsonrpc.Request) { r.Params = json.RawMessage(`[20,22]`) }, told("42")},
		"params by name":  {func(r *jsonrpc.Request) { r.Params = json.RawMessage(` { "a" : 20 , "b":22 } `) }, told("42")},
		"no params":       {func(r *jsonrpc.Request) { r.Params = nil }, invalid("/a integer missing", "/b integer missing")},
		"params no array": {func(r *jsonrpc.Request) { r.Params = json.RawMessage(`7`) }, internalErr},
		"params no JSON":  {func(r *jsonrpc.Request) { r.Params = json.RawMessage(`[7`) }, internalErr},
		"params and more": {func(r *jsonrpc.Request) { r.Params = json.RawMessage(`[1,2]]`) }, internalErr},
		"method":          {func(r *jsonrpc.Request) { r.Method = "in.twice" }, told("4")},
		"unknown method":  {func(r *jsonrpc.Request) { r.Method = "nowhere" }, notFound},
		"hidden method":   {func(r *jsonrpc.Request) { r.Method = "_x" }, notFound},
		"a raw handler":   {func(r *jsonrpc.Request) { r.Method, r.Params = "raw", json.RawMessage(`[1, 2]`) }, told("[1,2]")},
		"extras":          {func(r *jsonrpc.Request) { r.Extras = jsonrpc.Extras{"user": "alice"}; r.Method = "who"; r.Params = nil }, told(`"alice"`)},
		"the id":          {func(r *jsonrpc.Request) { r.ID = json.RawMessage(`7`) }, told("3")},
	} {
		t.Run(name, func(t *testing.T) {
			rpc := jsonrpc.RPC{
				jsonrpc.Use: change(test.change),
				"add":       add, "raw": raw,
				"in": jsonrpc.RPC{
					"twice":     func(a, b int) int { return a * b * 2 },
					jsonrpc.Use: jsonrpc.Chain(func(next jsonrpc.Handler) jsonrpc.Handler { return next }),
				},
				"who": jsonrpc.Func(func(user string) string { return user }, "user").Extra("user"),
			}
			answers(t, rpc, ask("add", "[1,2]"), test.want)
		})
	}
}
