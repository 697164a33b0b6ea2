package openrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// describe makes the document of a registry, which is valid and survives being read.
func describe(t *testing.T, rpc jsonrpc.RPC, opts *openrpc.Options) *openrpc.Document {
	t.Helper()
	if err := rpc.Check(); err != nil {
		t.Fatal(err)
	}
	doc := openrpc.New(rpc.Describe(), info, opts)
	isDocument(t, doc)
	text := jsonOf(t, doc)
	again, err := openrpc.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, jsonOf(t, again)); diff != "" {
		t.Errorf("Parse changes it (-want +got):\n%s", diff)
	}
	return doc
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	text, err := encode(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// method describes one function.
func method(t *testing.T, fn any) openrpc.Method {
	t.Helper()
	return describe(t, jsonrpc.RPC{"m": fn}, nil).Methods[0]
}

type query struct {
	Text  string `json:"text" doc:"What to look for. In any case."`
	Limit int8   `json:"limit" rpc:"default=10"`
	Lang  string `json:"lang,omitempty"`
	User  string `json:"user" rpc:"extra"`
}

type mixed struct {
	Optional *string `json:"optional"`
	Required bool    `json:"required"`
}

// TestParams: how the params of each kind of procedure are sent.
func TestParams(t *testing.T) {
	text, yes := `"schema":{"type":"string"}`, `"schema":{"type":"boolean"}`
	null := `"schema":{"type":["boolean","null"]}`
	for _, c := range []struct {
		name, structure string
		fn              any
		params          string
	}{
		{"none", "either", func() {}, `[]`},
		{"context and request alone", "either", func(context.Context, *http.Request) {}, `[]`},
		{"no names", "by-position", func(string, bool) {}, `[{"name":"arg1","required":true,` + text + `},{"name":"arg2","required":true,` + yes + `}]`},
		{"names", "either", jsonrpc.Func(func(string, bool) {}, "a", "b"), `[{"name":"a","required":true,` + text + `},{"name":"b","required":true,` + yes + `}]`},
		{"docs", "either", jsonrpc.Func(func(string) {}, "a").Param("a", "First.\nSecond!"),
			`[{"name":"a","summary":"First.","description":"Second!","required":true,` + text + `}]`},
		{"a default", "either", jsonrpc.Func(func(string, bool) {}, "a", "b").Default("b", true),
			`[{"name":"a","required":true,` + text + `},{"name":"b","schema":{"type":"boolean","default":true}}]`},
		{"a default of a part", "either", jsonrpc.Func(func(color) {}, "a").Default("a", color("red")),
			`[{"name":"a","schema":{"allOf":[{"$ref":"#/components/schemas/color"}],"default":"red"}}]`},
		{"injected", "either", jsonrpc.Func(func(string, bool) {}, "a", "b").Extra("a"), `[{"name":"b","required":true,` + yes + `}]`},
		{"a list", "either", func(query) {},
			`[{"name":"text","summary":"What to look for.","description":"In any case.","required":true,` + text + `},` +
				`{"name":"limit","schema":{"type":"integer","minimum":-128,"maximum":127,"default":10}},{"name":"lang",` + text + `}]`},
		{"a list, typed", "either", jsonrpc.Typed(func(context.Context, query) (any, error) { return nil, nil }).Param("text", "Doc.").Param("lang", "Language."),
			`[{"name":"text","summary":"Doc.","required":true,` + text + `},` +
				`{"name":"limit","schema":{"type":"integer","minimum":-128,"maximum":127,"default":10}},{"name":"lang","summary":"Language.",` + text + `}]`},
		{"required behind optional", "by-name", func(mixed) {}, `[{"name":"required","required":true,` + yes + `},{"name":"optional","schema":{"type":["string","null"]}}]`},
		{"the same without names", "by-position", func(*bool, string, *bool) {},
			`[{"name":"arg1","required":true,` + null + `},{"name":"arg2","required":true,` + text + `},{"name":"arg3",` + null + `}]`},
		{"variadic", "by-position", func(string, ...bool) {}, `[{"name":"arg1","required":true,` + text + `},{"name":"arg2",` + yes + `,"x-variadic":true}]`},
		{"variadic with names", "by-name", jsonrpc.Func(func(string, ...bool) {}, "a", "b"),
			`[{"name":"a","required":true,` + text + `},{"name":"b","schema":{"type":"array","items":{"type":"boolean"}}}]`},
		{"all names", "by-position", func(map[string]bool) {},
			`[{"name":"params","schema":{"type":"object","additionalProperties":{"type":"boolean"}},"x-keywords":true}]`},
		{"a struct with a name", "either", jsonrpc.Func(func(time.Time) {}, "at"), `[{"name":"at","required":true,"schema":{"type":"string","format":"date-time"}}]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := method(t, c.fn)
			if m.ParamStructure != c.structure {
				t.Errorf("params are %s, want %s", m.ParamStructure, c.structure)
			}
			if diff := cmp.Diff(c.params, jsonOf(t, m.Params)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestResult: every method has a result, if only null.
func TestResult(t *testing.T) {
	for _, c := range []struct {
		name string
		fn   any
		want string
	}{
		{"none", func() {}, `{"name":"result","schema":{"type":"null"}}`},
		{"an error", func() error { return nil }, `{"name":"result","schema":{"type":"null"}}`},
		{"a value", func() (string, error) { return "", nil }, `{"name":"result","schema":{"type":"string"}}`},
		{"a pointer", func() *inner { return nil }, `{"name":"result","schema":{"anyOf":[{"$ref":"#/components/schemas/inner"},{"type":"null"}]}}`},
		{"a doc", jsonrpc.Func(func() bool { return true }).Returns("whether"), `{"name":"result","description":"whether","schema":{"type":"boolean"}}`},
		{"a handler", jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { return nil, nil }), `{"name":"result","schema":{}}`},
	} {
		if diff := cmp.Diff(c.want, jsonOf(t, method(t, c.fn).Result)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestSummary is the first sentence, the rest is the description.
func TestSummary(t *testing.T) {
	for _, c := range []struct {
		doc, summary, description string
		deprecated                bool
	}{
		{"", "", "", false},
		{"Adds.", "Adds.", "", false},
		{"adds", "adds", "", false},
		{"Adds two\nnumbers. Then\nmore.\n", "Adds two numbers.", "Then\nmore.", false},
		{"Adds version 1.5 to it\n\nAnd so on.", "Adds version 1.5 to it", "And so on.", false},
		{"Really? Yes.", "Really?", "Yes.", false},
		{"Old.\n\nDeprecated: use new.", "Old.", "Deprecated: use new.", true},
	} {
		m := method(t, jsonrpc.Func(func() {}).Doc(c.doc))
		if m.Summary != c.summary || m.Description != c.description || m.Deprecated != c.deprecated {
			t.Errorf("%q: %q %q %v, want %q %q %v", c.doc, m.Summary, m.Description, m.Deprecated, c.summary, c.description, c.deprecated)
		}
	}
}

// TestExamples have a value for each parameter that is sent, by its name.
func TestExamples(t *testing.T) {
	result := `,"result":{"name":"result","value":null}}]`
	for _, c := range []struct {
		name string
		fn   *jsonrpc.Procedure
		want string
	}{
		{"none", jsonrpc.Func(func() {}).Example("", nil, nil), `[{"name":"example","params":[]` + result},
		{"by name", jsonrpc.Func(func(a, b int) {}, "a", "b").Example("e", map[string]int{"b": 2, "a": 1}, nil),
			`[{"name":"e","params":[{"name":"a","value":1},{"name":"b","value":2}]` + result},
		{"by position", jsonrpc.Func(func(a, b int) {}, "a", "b").Example("e", []int{1, 2}, nil),
			`[{"name":"e","params":[{"name":"a","value":1},{"name":"b","value":2}]` + result},
		{"no names", jsonrpc.Func(func(a, b int) {}).Example("e", []int{1, 2}, nil),
			`[{"name":"e","params":[{"name":"arg1","value":1},{"name":"arg2","value":2}]` + result},
		{"by position, which has to be by name", jsonrpc.Func(func(mixed) {}).Example("e", []any{nil, true}, nil),
			`[{"name":"e","params":[{"name":"required","value":true},{"name":"optional","value":null}]` + result},
		{"variadic", jsonrpc.Func(func(int, ...int) {}).Example("e", []int{1, 2, 3}, nil),
			`[{"name":"e","params":[{"name":"arg1","value":1},{"name":"arg2","value":2},{"name":"arg2","value":3}]` + result},
		{"variadic with names", jsonrpc.Func(func(int, ...int) {}, "a", "b").Example("e", []int{1, 2, 3}, nil),
			`[{"name":"e","params":[{"name":"a","value":1},{"name":"b","value":[2,3]}]` + result},
		{"all names", jsonrpc.Func(func(map[string]int) {}).Example("e", map[string]int{"x": 1}, nil),
			`[{"name":"e","params":[{"name":"params","value":{"x":1}}]` + result},
		{"all names by position", jsonrpc.Func(func(map[string]int) {}).Example("e", []any{map[string]int{"x": 1}}, nil),
			`[{"name":"e","params":[{"name":"params","value":{"x":1}}]` + result},
		{"a result", jsonrpc.Func(func() level { return 0 }).Example("e", nil, level(2)),
			`[{"name":"e","params":[],"result":{"name":"result","value":"level-2"}}]`},
	} {
		if diff := cmp.Diff(c.want, jsonOf(t, method(t, c.fn).Examples)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestMembers are what the document has of a method beyond its types.
func TestMembers(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errors.New("not enough"): -32001},
		"root":         func() {},
		"in": jsonrpc.RPC{
			jsonrpc.Errors: jsonrpc.ErrorMap{(*json.SyntaxError)(nil): 5},
			"deep":         jsonrpc.RPC{"m": jsonrpc.Func(func() {}).Tags("more", "in.deep", "").Errors(jsonrpc.NewError(7, "seven", 7))},
			"raw":          jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { return nil, nil }),
		},
		"lazy": jsonrpc.Lazy(func(context.Context) (func(), error) { return nil, errors.New("never") }),
	}
	doc := describe(t, rpc, &openrpc.Options{
		Tags:         map[string]string{"in.deep": "What is deep."},
		Servers:      []openrpc.Server{{URL: "https://example.com/rpc", Variables: map[string]openrpc.ServerVariable{"a": {Default: "b"}}}},
		ExternalDocs: &openrpc.ExternalDocs{URL: "https://example.com/docs"},
	})
	result := `"result":{"name":"result","schema":{"type":"null"}},"errors":[`
	want := `{"openrpc":"1.4.1","info":{"title":"Test","version":"1"},` +
		`"servers":[{"url":"https://example.com/rpc","variables":{"a":{"default":"b"}}}],"methods":[` +
		`{"name":"in.deep.m","tags":[{"name":"in.deep","description":"What is deep."},{"name":"more"}],"paramStructure":"either","params":[],` + result +
		`{"code":7,"message":"seven","data":7},{"code":5,"message":"SyntaxError"},{"code":-32001,"message":"not enough"}]},` +
		`{"name":"in.raw","tags":[{"name":"in"}],"paramStructure":"either","params":[],"result":{"name":"result","schema":{}},"errors":[` +
		`{"code":5,"message":"SyntaxError"},{"code":-32001,"message":"not enough"}],"x-raw":true},` +
		`{"name":"root","paramStructure":"either","params":[],` + result + `{"code":-32001,"message":"not enough"}]}],` +
		`"externalDocs":{"url":"https://example.com/docs"},"x-incomplete":["lazy"]}`
	if diff := cmp.Diff(want, jsonOf(t, doc)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCopiedDocument: a copy may be changed, and is written as it is then.
func TestCopiedDocument(t *testing.T) {
	doc := describe(t, jsonrpc.RPC{"a": func() {}, "b": func() {}}, nil)
	whole := jsonOf(t, doc)
	changed := *doc
	changed.Methods = changed.Methods[:1]
	if got := jsonOf(t, &changed); len(got) >= len(whole) || jsonOf(t, doc) != whole {
		t.Errorf("found %s, and before %s", got, whole)
	}
}

// TestManyMethods describes a large registry.
func TestManyMethods(t *testing.T) {
	rpc := jsonrpc.RPC{}
	for i := range 10_000 {
		rpc[fmt.Sprintf("m%d", i)] = jsonrpc.Func(func(tree) page[tree] { return page[tree]{} }, "t")
	}
	doc := openrpc.New(rpc.Describe(), info, nil)
	if n := len(doc.Methods); n != 10_000 || len(doc.Components.Schemas) != 3 {
		t.Errorf("found %d methods and %d schemas", n, len(doc.Components.Schemas))
	}
	isDocument(t, doc)
}
