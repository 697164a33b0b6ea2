package jsonrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// teller is a Handler that tells what it sees.
type teller struct{ name string }

func (h teller) ServeRPC(_ context.Context, req *jsonrpc.Request) (any, error) {
	return []any{h.name, req.Method, req.RawMethod, req.Params, req.ID, req.Notification()}, nil
}

// finder is a Resolver.
type finder struct{}

func (finder) Lookup(_ context.Context, name string) (jsonrpc.Handler, error) {
	switch name {
	case "missing":
		return nil, nil
	case "broken":
		return nil, errNoFunds
	case "private":
		return nil, errBroken
	}
	return teller{name}, nil
}

// both is a Resolver and a Handler: the Resolver comes first.
type both struct {
	finder
	teller
}

func TestHandlers(t *testing.T) {
	raw := func(_ context.Context, req *jsonrpc.Request) (any, error) { return req.Params, nil }
	rpc := jsonrpc.RPC{
		jsonrpc.Separator: "::",
		jsonrpc.Errors:    serviceErrors,
		"handler":         teller{"h"},
		"pointer":         &teller{"p"},
		"func":            raw,
		"HandlerFunc":     jsonrpc.HandlerFunc(raw),
		"resolver":        finder{},
		"both":            both{teller: teller{"b"}},
		"in":              jsonrpc.RPC{"handler": teller{"i"}, "resolver": finder{}},
	}
	for _, test := range []struct{ method, params, want string }{
		{"handler", `[ 1 ]`, told(`["h","handler","handler",[1],1,false]`)},
		{"::handler", ``, told(`["h","handler","::handler",null,1,false]`)},
		{"pointer", `{"a":1}`, told(`["p","pointer","pointer",{"a":1},1,false]`)},
		{"func", `{"a": 1, "a" : 2}`, told(`{"a":1,"a":2}`)},
		{"HandlerFunc", `[1.0,"\u0041"]`, told(`[1.0,"\u0041"]`)},
		{"func", ``, told(`null`)},
		{"func", `7`, invalid(" array or object number")},
		{"in::handler", ``, told(`["i","in::handler","in::handler",null,1,false]`)},
		{"in::resolver::x::y", ``, told(`["x::y","in::resolver::x::y","in::resolver::x::y",null,1,false]`)},
		{"resolver::x", ``, told(`["x","resolver::x","resolver::x",null,1,false]`)},
		{"::resolver::x", ``, told(`["x","resolver::x","::resolver::x",null,1,false]`)},
		{"resolver::missing", ``, notFound},
		{"resolver::broken", ``, failed(-32001, "no funds", "")},
		{"resolver::private", ``, serverErr},
		{"resolver::_x", ``, notFound},
		{"resolver::x::_y", ``, notFound},
		{"resolver", ``, notFound},
		{"both::x", ``, told(`["x","both::x","both::x",null,1,false]`)},
		{"both", ``, notFound},
	} {
		answers(t, rpc, ask(test.method, test.params), test.want)
	}
}

// TestHandlerResults are encoded by the codec, and raw JSON is checked before it is sent.
func TestHandlerResults(t *testing.T) {
	for _, test := range []struct {
		name   string
		result any
		want   string
	}{
		{"nil", nil, told("null")},
		{"a value", map[string]int{"b": 1, "a": 2}, told(`{"a":2,"b":1}`)},
		{"raw", json.RawMessage(" { \"a\" : [ 1.50 ] } \n"), told(`{"a":[1.50]}`)},
		{"raw nil", json.RawMessage(nil), told("null")},
		{"raw, empty", json.RawMessage{}, internalErr},
		{"raw, cut", json.RawMessage(`{"a":`), internalErr},
		{"raw, more", json.RawMessage(`1 2`), internalErr},
		{"raw, another answer", json.RawMessage(`1},{"jsonrpc":"2.0","result":2`), internalErr},
		{"raw, no UTF-8", json.RawMessage("\"\xff\""), internalErr},
		{"a function", func() {}, internalErr},
		{"a channel", make(chan int), internalErr},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { return test.result, nil })
			answers(t, jsonrpc.RPC{"m": h}, ask("m", ""), test.want)
			answers(t, jsonrpc.RPC{"m": func() any { return test.result }}, ask("m", ""), test.want)
		})
	}
}

// TestRegistryAsHandlerAndResolver calls an RPC by way of other code.
func TestRegistryAsHandlerAndResolver(t *testing.T) {
	inner := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001},
		"add":          jsonrpc.Func(func(a, b int) int { return a + b }, "a", "b"),
		"fail":         func() error { return errNoFunds },
		"private":      func() error { return errBroken },
		"deep":         jsonrpc.RPC{"name": func(ctx context.Context) string { return jsonrpc.RequestFrom(ctx).Method }},
		"who":          jsonrpc.Func(func(user string) string { return user }, "user").Extra("user"),
	}
	strip := func(r jsonrpc.Resolver, n int) jsonrpc.HandlerFunc {
		return func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			h, err := r.Lookup(ctx, req.Method[n:])
			if err != nil {
				return nil, err
			}
			return h.ServeRPC(ctx, req)
		}
	}
	rpc := jsonrpc.RPC{
		"add":     inner.ServeRPC,
		"fail":    jsonrpc.HandlerFunc(inner.ServeRPC),
		"private": inner.ServeRPC,
		"unknown": inner.ServeRPC,
		"x.add":   strip(inner, 2),
		"x.who":   strip(inner, 2),
		"ns":      wrapper{inner},
	}
	for _, test := range []struct{ method, params, want string }{
		{"add", "[1,2]", told("3")},
		{"add", `{"a":1}`, invalid("/b integer missing")},
		{"fail", "", failed(-32001, "no funds", "")},
		{"private", "", serverErr},
		{"unknown", "", notFound},
		{"x.add", "[1,2]", told("3")},
		{"ns.add", "[1,2]", told("3")},
		{"ns.unknown", "", notFound},
		{"ns.fail", "", failed(-32001, "no funds", "")},
	} {
		answers(t, rpc, ask(test.method, test.params), test.want)
	}
	same(t, string(rpc.Call([]byte(ask("x.who", "")), jsonrpc.Extras{"user": "alice"})), told(`"alice"`))
	same(t, string(rpc.CallContext(jsonrpc.WithExtra(t.Context(), "user", "alice"), []byte(ask("x.who", "")), nil)), told(`"alice"`))
}

// wrapper is a Resolver that has another.
type wrapper struct{ to jsonrpc.Resolver }

func (w wrapper) Lookup(ctx context.Context, name string) (jsonrpc.Handler, error) {
	return w.to.Lookup(ctx, name)
}

// TestRegistryServesGoCallers calls ServeRPC without a message around it.
func TestRegistryServesGoCallers(t *testing.T) {
	rpc := jsonrpc.RPC{
		"pair": jsonrpc.Func(func(a, b int) []int { return []int{a, b} }, "a", "b"),
		"fail": func() error { return errNoFunds },
	}
	var h jsonrpc.Handler = rpc
	v, err := h.ServeRPC(t.Context(), &jsonrpc.Request{Method: "pair", Params: json.RawMessage(`{"b":2,"a":1}`)})
	if diff := cmp.Diff([]int{1, 2}, v); diff != "" || err != nil {
		t.Errorf("the result differs (-want +got):\n%s\nerror %v", diff, err)
	}
	if _, err = h.ServeRPC(t.Context(), &jsonrpc.Request{Method: "fail"}); err != errNoFunds {
		t.Errorf("got the error %v, want %v", err, errNoFunds)
	}
	for _, name := range []string{"unknown", "_x", "rpc.use", ""} {
		var e *jsonrpc.Error
		if _, err = h.ServeRPC(t.Context(), &jsonrpc.Request{Method: name}); !errors.As(err, &e) || e.Code != jsonrpc.CodeMethodNotFound {
			t.Errorf("%q: got the error %v, want Method not found", name, err)
		}
	}
}
