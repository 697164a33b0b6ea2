package jsonrpc_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// twins are procedures as Func and as Typed has them: what a function can be that a struct of
// named fields is not.
func twins() map[string][2]any {
	join := func(sep string, parts ...string) string { return fmt.Sprint(strings.Join(parts, sep), parts == nil) }
	look := func(r *http.Request, n int) string { return fmt.Sprint(r.Method, n) }
	return map[string][2]any{
		"rest": {jsonrpc.Func(join, "sep", "parts"), jsonrpc.Typed(func(_ context.Context, p struct {
			Sep   string   `json:"sep"`
			Parts []string `json:"parts" rpc:"rest"`
		}) (string, error) {
			return join(p.Sep, p.Parts...), nil
		})},
		"unnamed rest": {jsonrpc.Func(join), jsonrpc.Typed(func(_ context.Context, p struct {
			Sep   string   `rpc:"unnamed"`
			Parts []string `rpc:"unnamed,rest"`
		}) (string, error) {
			return join(p.Sep, p.Parts...), nil
		})},
		"bytes": {jsonrpc.Func(func(b ...byte) []byte { return b }, "b"), jsonrpc.Typed(func(_ context.Context, p struct {
			B []byte `json:"b" rpc:"rest"`
		}) ([]byte, error) {
			return p.B, nil
		})},
		"unnamed": {jsonrpc.Func(func(int, *point, []string) {}), jsonrpc.Typed(func(_ context.Context, _ struct {
			A int      `rpc:"unnamed"`
			B *point   `rpc:"unnamed"`
			C []string `rpc:"unnamed"`
		}) (jsonrpc.None, error) {
			return jsonrpc.None{}, nil
		})},
		"injected beside": {jsonrpc.Func(func(user string, n int) string { return fmt.Sprint(user, n) }, "user").Extra("user"),
			jsonrpc.Typed(func(_ context.Context, p struct {
				User string `json:"user" rpc:"extra"`
				N    int    `rpc:"unnamed"`
			}) (string, error) {
				return fmt.Sprint(p.User, p.N), nil
			})},
		"keywords": {func(m map[string]int) int { return len(m) }, jsonrpc.Typed(func(_ context.Context, m map[string]int) (int, error) { return len(m), nil })},
		"values":   {func(v url.Values) string { return v.Encode() }, jsonrpc.Typed(func(_ context.Context, v url.Values) (string, error) { return v.Encode(), nil })},
		"none":     {jsonrpc.Func(func() {}), jsonrpc.Typed(func(context.Context, struct{}) (jsonrpc.None, error) { return jsonrpc.None{}, nil })},
		"error": {jsonrpc.Func(func(bool) error { return errNoFunds }, "b"), jsonrpc.Typed(func(_ context.Context, p struct {
			B bool `json:"b"`
		}) (jsonrpc.None, error) {
			return jsonrpc.None{}, errNoFunds
		})},
		"request": {jsonrpc.Func(look, "n"), jsonrpc.Typed(func(ctx context.Context, p struct {
			N int `json:"n"`
		}) (string, error) {
			r, err := jsonrpc.RequireHTTP(ctx)
			if err != nil {
				return "", err
			}
			return look(r, p.N), nil
		})},
	}
}

// TestTypedIsFuncsTwin answers both with the same bytes, and describes them as the same.
func TestTypedIsFuncsTwin(t *testing.T) {
	rpc := jsonrpc.RPC{jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001}}
	for name, twin := range twins() {
		rpc["func "+name], rpc["typed "+name] = twin[0], twin[1]
	}
	app, _ := appOf(t, rpc, jsonrpc.Options{Extras: func(*http.Request) (jsonrpc.Extras, error) { return jsonrpc.Extras{"user": "alice"}, nil }})
	for _, test := range []struct{ name, params, want string }{
		{"rest", `["-","a","b"]`, told(`"a-bfalse"`)},
		{"rest", `["-"]`, told(`"true"`)},
		{"rest", `{"parts":["a","b"],"sep":"-"}`, told(`"a-bfalse"`)},
		{"rest", `{"sep":"-"}`, told(`"true"`)},
		{"rest", `{"sep":"-","parts":null}`, told(`"true"`)},
		{"rest", `["-",1,"b"]`, invalid("/1 string number")},
		{"rest", `["-","a",null]`, invalid("/2 string null")},
		{"rest", `{"sep":"-","parts":[1]}`, invalid("/parts/0 string number")},
		{"rest", `[]`, invalid("/0 string missing")},
		{"unnamed rest", `["-","a","b"]`, told(`"a-bfalse"`)},
		{"unnamed rest", `{"sep":"-"}`, invalid("/sep one of: there is none unknown", "/0 string missing")},
		{"bytes", `[1,2]`, told(`"AQI="`)},
		{"bytes", `{"b":"AQI="}`, told(`"AQI="`)},
		{"bytes", `[256]`, invalid("/0 integer from 0 to 255 number")},
		{"unnamed", `[1,null,[]]`, told(`null`)},
		{"unnamed", `[1]`, invalid("/2 array missing")},
		{"unnamed", `[1,null,[],2]`, invalid("/3 at most 3 parameters surplus")},
		{"unnamed", `{"A":1}`, invalid("/A one of: there is none unknown", "/0 integer missing", "/2 array missing")},
		{"injected beside", `[7]`, told(`"alice7"`)},
		{"injected beside", `{"user":"mallory"}`, invalid("/user nothing: the server sets it injected", "/0 integer missing")},
		{"keywords", `{"a":1,"b":2}`, told(`2`)},
		{"keywords", `[{"a":1}]`, told(`1`)},
		{"keywords", ``, told(`0`)},
		{"keywords", `{"a":"x"}`, invalid("/a integer string")},
		{"keywords", `{"a":1,"a":2}`, invalid("/a one value duplicate")},
		{"values", `{"a":["1","2"]}`, told(`"a=1&a=2"`)},
		{"none", ``, told(`null`)},
		{"none", `[1]`, invalid("/0 at most 0 parameters surplus")},
		{"error", `[true]`, failed(-32001, "no funds", "")},
		{"request", `[1]`, told(`"POST1"`)},
		{"request", `["x"]`, invalid("/0 integer string")},
	} {
		for _, kind := range []string{"func ", "typed "} {
			_, body := postTo(app, ask(kind+test.name, test.params))
			if body != test.want {
				t.Errorf("%s%s %s\n got %s\nwant %s", kind, test.name, test.params, body, test.want)
			}
		}
	}
	for _, kind := range []string{"func ", "typed "} {
		same(t, masked(rpc.Call([]byte(ask(kind+"request", `[1]`)), nil)), internalErr)
		same(t, masked(rpc.Call([]byte(ask(kind+"injected beside", `[1]`)), nil)), internalErr)
	}
	typed := map[string]jsonrpc.MethodInfo{}
	for _, m := range rpc.Methods() {
		kind, name, _ := strings.Cut(m.Name, " ")
		if m.Name = name; kind == "func" {
			typed[name] = m
		} else if diff := cmp.Diff(fmt.Sprint(typed[name]), fmt.Sprint(m)); diff != "" {
			t.Errorf("%s (-Func +Typed):\n%s", name, diff)
		}
	}
}

func TestRPCTagFaults(t *testing.T) {
	for want, fn := range map[string]any{
		`the field A of struct { A int "rpc:\"rest\"" }: found "rest" in the rpc tag of a int, want extra, unnamed, rest for a slice, or default=JSON`: func(struct {
			A int `rpc:"rest"`
		}) {
		},
		`found "unnamed" in the rpc tag of a int`: func(struct {
			A int `rpc:"extra,unnamed"`
		}) {
		},
		`found "extra" in the rpc tag of a int`: func(struct {
			A int `rpc:"unnamed,extra"`
		}) {
		},
		`found "other" in the rpc tag of a int`: func(struct {
			A int `rpc:"other"`
		}) {
		},
		`found the parameter "B" behind the one that takes the rest, want that last`: func(struct {
			A []int `rpc:"rest"`
			B int
		}) {
		},
		`found 1 names for 2 parameters, want one for each or none`: func(struct {
			A int `rpc:"unnamed"`
			B int
		}) {
		},
		`the field A of struct { A []int "rpc:\"rest,default=1\"" }: its default is no []int`: func(struct {
			A []int `rpc:"rest,default=1"`
		}) {
		},
	} {
		if err := (jsonrpc.RPC{"m": fn}).Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Check returned %v\nwant %s", err, want)
		}
	}
}
