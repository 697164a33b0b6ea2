package jsonrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// quotaError has a code from an ErrorMap, and data.
type quotaError struct{ max int }

func (e *quotaError) Error() string  { return fmt.Sprintf("no more than %d", e.max) }
func (e *quotaError) ErrorData() any { return map[string]int{"max": e.max} }

// mute is a sentinel that can not tell its text.
type mute struct{}

func (mute) Error() string { panic("mute") }

type order struct {
	Pet   int    `json:"pet" doc:"the pet's number"`
	Count int    `json:"count" rpc:"default=1"`
	User  string `json:"user" rpc:"extra"`
}

// describedOf describes one method.
func describedOf(t *testing.T, rpc jsonrpc.RPC, name string) jsonrpc.MethodInfo {
	t.Helper()
	if err := rpc.Check(); err != nil {
		t.Fatal(err)
	}
	for _, m := range rpc.Methods() {
		if m.Name == name {
			return m
		}
	}
	t.Fatalf("there is no %s", name)
	return jsonrpc.MethodInfo{}
}

// TestDescribedProcedure says all that there is to say.
func TestDescribedProcedure(t *testing.T) {
	buy := jsonrpc.Func(func(order) (int, error) { return 0, nil }).
		Doc("Buys pets.\n\nDeprecated: use orders.add.").
		Param("count", "how many").
		Returns("the order's number").
		Tags("money", "shop").
		Example("two", map[string]any{"pet": 7, "count": 2}, 1).
		Example("one", []any{7}, json.RawMessage(`2`))
	got := describedOf(t, jsonrpc.RPC{"pets": jsonrpc.RPC{"buy": buy}}, "pets.buy")
	want := jsonrpc.MethodInfo{
		Name: "pets.buy", Doc: "Buys pets.\n\nDeprecated: use orders.add.", Deprecated: true,
		Tags: []string{"pets", "money", "shop"}, Named: true, ResultDoc: "the order's number",
		Params: []jsonrpc.ParamInfo{
			{Name: "pet", Doc: "the pet's number", Required: true},
			{Name: "count", Doc: "how many", Default: json.RawMessage("1")},
		},
		Examples: []jsonrpc.ExampleInfo{
			{Name: "two", Params: json.RawMessage(`{"count":2,"pet":7}`), Result: json.RawMessage("1")},
			{Name: "one", Params: json.RawMessage(`[7]`), Result: json.RawMessage("2")},
		},
	}
	want.Result, want.Params[0].Type, want.Params[1].Type = got.Result, got.Params[0].Type, got.Params[1].Type
	if diff := cmp.Diff(want, got, compareMethods); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestChangedNotes: what is said later holds for the entry wherever it stands, and takes nothing
// from a copy that another has been made of.
func TestChangedNotes(t *testing.T) {
	p := jsonrpc.Func(func(int) {}, "n").Param("n", "first").Tags("a")
	rpc := jsonrpc.RPC{"m": p}
	first := describedOf(t, rpc, "m")
	p.Param("n", "second").Tags("b").Example("e", []int{1}, nil)
	second := describedOf(t, rpc, "m")
	for name, pair := range map[string][2]any{
		"doc before": {first.Params[0].Doc, "first"}, "doc": {second.Params[0].Doc, "second"},
		"tags before": {len(first.Tags), 1}, "tags": {len(second.Tags), 2}, "examples": {len(second.Examples), 1},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: found %v, want %v", name, pair[0], pair[1])
		}
	}
}

// TestDeprecated follows Go's convention.
func TestDeprecated(t *testing.T) {
	for doc, want := range map[string]bool{
		"":                                 false,
		"Deprecated: no.":                  true,
		"Old.\n\nDeprecated: use new.":     true,
		"Old.\nDeprecated: in a sentence.": false,
		"It is deprecated.":                false,
	} {
		m := describedOf(t, jsonrpc.RPC{"m": jsonrpc.Func(func() {}).Doc(doc)}, "m")
		if m.Deprecated != want {
			t.Errorf("%q: %v, want %v", doc, m.Deprecated, want)
		}
	}
}

// TestDescribedErrors lists what every ErrorMap around a method maps, and what it declares.
func TestDescribedErrors(t *testing.T) {
	shared := errors.New("shared")
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001, shared: -32002, (*quotaError)(nil): -32003},
		"root":         func() {},
		"quiet":        jsonrpc.RPC{jsonrpc.Errors: jsonrpc.ErrorMap{mute{}: 9}, "m": func() {}},
		"in": jsonrpc.RPC{
			jsonrpc.Errors: jsonrpc.ErrorMap{shared: 7, errors.New("also seven"): 7, jsonrpc.TypeKey[interface {
				error
				Timeout() bool
			}](): 8},
			"plain": func() {},
			"declared": jsonrpc.Func(func() {}).Errors(
				&quotaError{3}, jsonrpc.ServerError(5, "sold out", []int{1}), fmt.Errorf("wrapped: %w", errNoFunds)),
		},
	}
	infos := func(list ...jsonrpc.ErrorInfo) []jsonrpc.ErrorInfo { return list }
	for name, want := range map[string][]jsonrpc.ErrorInfo{
		"root": infos(jsonrpc.ErrorInfo{Code: -32001, Message: "no funds"}, jsonrpc.ErrorInfo{Code: -32002, Message: "shared"},
			jsonrpc.ErrorInfo{Code: -32003, Message: "quotaError"}),
		"quiet.m": infos(jsonrpc.ErrorInfo{Code: 9, Message: "mute"}, jsonrpc.ErrorInfo{Code: -32001, Message: "no funds"},
			jsonrpc.ErrorInfo{Code: -32002, Message: "shared"}, jsonrpc.ErrorInfo{Code: -32003, Message: "quotaError"}),
		"in.plain": infos(jsonrpc.ErrorInfo{Code: 8, Message: "interface { Error() string; Timeout() bool }"},
			jsonrpc.ErrorInfo{Code: 7, Message: "also seven; shared"}, jsonrpc.ErrorInfo{Code: -32001, Message: "no funds"},
			jsonrpc.ErrorInfo{Code: -32003, Message: "quotaError"}),
		"in.declared": infos(jsonrpc.ErrorInfo{Code: 8, Message: "interface { Error() string; Timeout() bool }"},
			jsonrpc.ErrorInfo{Code: 7, Message: "also seven; shared"}, jsonrpc.ErrorInfo{Code: -32001, Message: "no funds"},
			jsonrpc.ErrorInfo{Code: -32003, Message: "no more than 3", Data: json.RawMessage(`{"max":3}`)},
			jsonrpc.ErrorInfo{Code: -32005, Message: "sold out", Data: json.RawMessage(`[1]`)}),
	} {
		if diff := cmp.Diff(want, describedOf(t, rpc, name).Errors); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestFaultyNotes are reported by Check, all at once, and leave the method callable.
func TestFaultyNotes(t *testing.T) {
	add := func(a, b int) int { return a + b }
	for _, c := range []struct {
		name string
		p    *jsonrpc.Procedure
		want []string
	}{
		{"unknown parameter", jsonrpc.Func(add, "a", "b").Param("c", "").Param("", ""), []string{
			`found Param for "", want the name of a parameter: a, b`, `found Param for "c", want the name of a parameter: a, b`}},
		{"no names", jsonrpc.Func(add).Param("a", ""), []string{`found Param for "a", want the name of a parameter: there is none`}},
		{"injected", jsonrpc.Func(add, "a", "b").Extra("b").Param("b", ""), []string{`found Param for "b", want the name of a parameter: a`}},
		{"params of another shape", jsonrpc.Func(add, "a", "b").Example("e", 7, 7), []string{
			`the params of the example "e": found number, want an array or an object`}},
		{"params that do not fit", jsonrpc.Func(add, "a", "b").Example("e", map[string]any{"a": "x", "c": 1}, 7), []string{
			`the params of the example "e": the procedure would not take them: /a: found string, want integer; /c: found unknown, want one of: a, b; /b: found missing, want integer`}},
		{"params that are no JSON", jsonrpc.Func(add, "a", "b").Example("e", json.RawMessage(`[1`), 7), []string{
			`the params of the example "e": jsontext: unexpected EOF after offset 2`}},
		{"a result of another type", jsonrpc.Func(add).Example("e", []int{1, 2}, "3"), []string{
			`the result of the example "e": found string, want int`}},
		{"a result of none", jsonrpc.Func(func() {}).Example("e", nil, 3), []string{
			`the result of the example "e": found one, and the procedure has none`}},
		{"a private error", jsonrpc.Func(func() {}).Errors(errors.New("private"), nil, mute{}), []string{
			`found the error "private" for Errors, which has no code: want one that an ErrorMap maps, or NewError`,
			`found nil for Errors, want an error`,
			`found the error %!q(PANIC=Error method: mute) for Errors, which has no code: want one that an ErrorMap maps, or NewError`}},
		{"data that is no JSON", jsonrpc.Func(func() {}).Errors(jsonrpc.NewError(1, "m", func() {})), []string{
			`the data of the error "m" for Errors is no JSON: json: cannot marshal from Go func()`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rpc := jsonrpc.RPC{"m": c.p}
			var got []string
			for _, err := range leaves(rpc.Check()) {
				got = append(got, stable(err.Error()))
			}
			for i := range c.want {
				c.want[i] = `jsonrpc: "m": ` + c.want[i]
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if list := rpc.Methods(); len(list) != 1 || list[0].Examples != nil || list[0].Errors != nil {
				t.Errorf("described as %+v", list)
			}
		})
	}
}

// TestExampleOfInjected: what the server sets is no part of an example.
func TestExampleOfInjected(t *testing.T) {
	type user struct{ Name string }
	q := jsonrpc.Func(func(_ context.Context, u *user, w fmt.Stringer, n int) int { return n }, "u", "w", "n").Extra("u", "w").Example("e", []int{1}, 1)
	m := describedOf(t, jsonrpc.RPC{"m": q}, "m")
	if len(m.Examples) != 1 || len(m.Params) != 1 {
		t.Errorf("described as %+v", m)
	}
}
