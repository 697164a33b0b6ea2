package jsonrpc_test

import (
	"context"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/runrpc/jsonrpc"
)

var compareMethods = cmp.Options{cmp.Comparer(func(a, b reflect.Type) bool { return a == b }), cmpopts.EquateEmpty()}

type listed struct {
	A    int     `json:"a"`
	B    *string `json:"b"`
	C    []int   `json:"c" rpc:"default=[1,2]"`
	D    bool    `json:"d,omitempty"`
	User string  `json:"user" rpc:"extra"`
}

// TestMethods lists procedures with what is known of them, by name.
func TestMethods(t *testing.T) {
	made := 0
	rpc := jsonrpc.RPC{
		jsonrpc.Errors:   jsonrpc.ErrorMap{},
		jsonrpc.Use:      jsonrpc.Chain(),
		jsonrpc.Packages: jsonrpc.PackageMap{"sample": jsonrpc.Lazy(sample)},
		"subtract":       jsonrpc.Func(func(a, b int) int { return a - b }, "minuend", "subtrahend").Default("subtrahend", 1).Doc("subtract subtracts."),
		"sum":            sumOf,
		"kwargs":         func(map[string]int) {},
		"who":            jsonrpc.Func(func(string, int) error { return nil }, "user", "n").Extra("user"),
		"in":             jsonrpc.RPC{"typed": jsonrpc.Typed(func(context.Context, listed) (map[string]int, error) { return nil, nil }), jsonrpc.Errors: jsonrpc.ErrorMap{}},
		"object":         jsonrpc.Object(&conn{}).Skip("Wait"),
		"handler":        teller{},
		"resolver":       finder{},
		"lazy":           jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) { made++; return sample(t.Context()) }),
		"reference":      "sample:Greeting",
	}
	in := func(tag string) []string { return []string{tag} }
	noFunds := []jsonrpc.ErrorInfo{{Code: -32001, Message: "no funds"}}
	integer, text := reflect.TypeFor[int](), reflect.TypeFor[string]()
	greeting := []jsonrpc.ParamInfo{{Name: "name", Type: text, Default: json.RawMessage(`"world"`)}}
	want := []jsonrpc.MethodInfo{
		{Name: "handler", Raw: true},
		{Name: "in.typed", Tags: in("in"), Named: true, Result: reflect.TypeFor[map[string]int](), Params: []jsonrpc.ParamInfo{
			{Name: "a", Type: integer, Required: true}, {Name: "b", Type: reflect.TypeFor[*string]()},
			{Name: "c", Type: reflect.TypeFor[[]int](), Default: json.RawMessage(`[1,2]`)}, {Name: "d", Type: reflect.TypeFor[bool]()},
		}},
		{Name: "kwargs", Named: true, Params: []jsonrpc.ParamInfo{{Type: reflect.TypeFor[map[string]int](), Keywords: true}}},
		{Name: "lazy", Lazy: true},
		{Name: "object.ping", Tags: in("object"), Named: true, Result: reflect.TypeFor[int64]()},
		{Name: "reference", Lazy: true},
		{Name: "resolver", Lazy: true},
		{Name: "subtract", Named: true, Doc: "subtract subtracts.", Result: integer, Params: []jsonrpc.ParamInfo{
			{Name: "minuend", Type: integer, Required: true}, {Name: "subtrahend", Type: integer, Default: json.RawMessage("1")},
		}},
		{Name: "sum", Result: integer, Params: []jsonrpc.ParamInfo{{Type: reflect.TypeFor[[]int](), Variadic: true}}},
		{Name: "who", Named: true, Params: []jsonrpc.ParamInfo{{Name: "n", Type: integer, Required: true}}},
	}
	app, _ := appOf(t, rpc, jsonrpc.Options{})
	for name, got := range map[string][]jsonrpc.MethodInfo{"RPC": rpc.Methods(), "Application": app.Methods()} {
		if diff := cmp.Diff(want, got, compareMethods); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if made > 0 {
		t.Error("Methods ran a factory")
	}

	if err := app.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	want[5] = jsonrpc.MethodInfo{Name: "reference", Named: true, Errors: noFunds, Result: text, Params: greeting}
	lazy := []jsonrpc.MethodInfo{
		{Name: "lazy.add", Tags: in("lazy"), Named: true, Errors: noFunds, Result: integer, Params: []jsonrpc.ParamInfo{{Name: "a", Type: integer, Required: true}, {Name: "b", Type: integer, Required: true}}},
		{Name: "lazy.fail", Tags: in("lazy"), Named: true, Errors: noFunds},
		{Name: "lazy.greeting", Tags: in("lazy"), Named: true, Errors: noFunds, Result: text, Params: greeting},
		{Name: "lazy.httpStatus", Tags: in("lazy"), Named: true, Errors: noFunds, Result: integer},
		{Name: "lazy.sub.twice", Tags: in("lazy.sub"), Errors: noFunds, Result: integer, Params: []jsonrpc.ParamInfo{{Type: integer, Required: true}}},
	}
	want = append(append(append([]jsonrpc.MethodInfo{}, want[:3]...), lazy...), want[4:]...)
	for name, got := range map[string][]jsonrpc.MethodInfo{"RPC": rpc.Methods(), "Application": app.Methods()} {
		if diff := cmp.Diff(want, got, compareMethods); diff != "" {
			t.Errorf("%s, as far as resolved (-want +got):\n%s", name, diff)
		}
	}
	if err := app.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := app.Methods(); got != nil {
		t.Errorf("after Shutdown there are %v", got)
	}
}

// TestMethodsLeavesFaultsOut lists a faulty registry.
func TestMethodsLeavesFaultsOut(t *testing.T) {
	rpc := jsonrpc.RPC{"good": says(""), "bad": 7, "_hidden": says(""), "nil": nil, "text": "text"}
	var got []string
	for _, m := range rpc.Methods() {
		got = append(got, m.Name)
	}
	if diff := cmp.Diff([]string{"good"}, got); diff != "" {
		t.Errorf("the names differ (-want +got):\n%s", diff)
	}
}
