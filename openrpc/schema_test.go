package openrpc_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// TestSchemaJSON: schemas are read and written without a loss, by encoding/json too.
func TestSchemaJSON(t *testing.T) {
	for text, want := range map[string]string{
		`true`:  `{}`,
		`false`: `{"not":{}}`,
		`{}`:    `{}`,
		`{"type":["string","null"],"enum":["a",null],"const":1,"minLength":0,"maxLength":3}`:                           "",
		`{"type":"object","properties":{"z":{},"a":{"not":{}},"$ref":{"$ref":"#"}},"additionalProperties":{"not":{}}}`: "",
		`{"items":[true,{"type":"null"}],"additionalItems":false}`:                                                     `{"items":[{},{"type":"null"}],"additionalItems":{"not":{}}}`,
		`{"prefixItems":[{}],"items":{"type":"null"}}`:                                                                 `{"items":[{}],"additionalItems":{"type":"null"}}`,
		`{"default":null,"a b":[1],"if":{"x":1}}`:                                                                      "",
	} {
		s := new(openrpc.Schema)
		if err := json.Unmarshal([]byte(text), s); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = text
		}
		if diff := cmp.Diff(parse(want), parse(string(got))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
	for _, text := range []string{`1`, `"x"`, `{"type":1}`, `{"type":[1]}`, `{"properties":[]}`, `{"properties":{"a":1}}`, `{"items":1}`, `{"type":"a","type":"b"}`, `{`} {
		if err := json.Unmarshal([]byte(text), new(openrpc.Schema)); err == nil {
			t.Errorf("%s is a schema", text)
		}
	}
	ps := openrpc.Properties{{Name: "a", Schema: new(openrpc.Schema)}}
	if ps.Get("a") == nil || ps.Get("b") != nil {
		t.Error("Get finds another")
	}
}

// TestSignatures spells what schemas of others have.
func TestSignatures(t *testing.T) {
	doc, err := openrpc.Parse([]byte(`{"openrpc":"1.3.2","info":{"title":"T","version":"1"},"methods":[{"name":"m","params":[
		{"name":"one","required":true,"schema":{"oneOf":[{"type":"string"},{"type":"integer"},{"type":"string"}]}},
		{"name":"list","required":true,"schema":{"type":"array","items":{"enum":[1,"two"]}}},
		{"name":"bare","schema":{"type":["array","object"]}},
		{"name":"both","schema":{"allOf":[{"type":"string"},{"minLength":1}]}},
		{"name":"map","schema":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/a~1b"}}}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	rpc := jsonrpc.RPC{"rpc.discover": func() *openrpc.Document { return doc }}
	want := `{
  "m": "(one: string | integer, list: (1 | \"two\")[], bare?: array | object, both?: any, map?: {[name]: a~1b})"
}
`
	if code, got := get(appOf(t, rpc, jsonrpc.Options{Docs: openrpc.Docs}), "/map", nil); code != 200 || got != want {
		t.Errorf("%d (-want +got):\n%s", code, cmp.Diff(want, got))
	}
}

// TestBrokenTexts do not break the document.
func TestBrokenTexts(t *testing.T) {
	rpc := jsonrpc.RPC{
		"rpc.discover": openrpc.Discover(openrpc.Info{Title: "\xff", Version: "1"}, nil),
		"m":            jsonrpc.Func(func() {}).Doc("\xc3( is no text."),
	}
	app := appOf(t, rpc, jsonrpc.Options{Docs: openrpc.Docs})
	for path, want := range map[string]string{"/openrpc.json": "\uFFFD( is no text.", "/map": "m"} {
		if code, got := get(app, path, nil); code != 200 || !strings.Contains(got, want) {
			t.Errorf("%s: %d %s", path, code, got)
		}
	}
	answer := app.CallContext(t.Context(), ask("rpc.discover"), nil)
	if !json.Valid(answer) || !strings.Contains(string(answer), "\uFFFD( is no text.") {
		t.Errorf("found %s", answer)
	}
}
