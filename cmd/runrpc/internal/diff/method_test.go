package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
)

// What a change of a method means.
func TestMethods(t *testing.T) {
	t.Parallel()
	const result = `"result":{"name":"r","schema":{}}`
	for _, c := range []struct{ name, was, is, want string }{
		{"nothing", `{"name":"a","params":[],` + result + `}`, `{"name":"a","params":[],` + result + `}`, ``},
		{"removed", `{"name":"a","params":[]}`, ``, `! /: removed: callers`},
		{"added", ``, `{"name":"a","params":[]}`, `+ /: added`},
		{
			"renamed", `{"name":"a","summary":"Says hello.","params":[{"name":"p","schema":{}}]}`, `{"name":"b","summary":"Says hello.","params":[{"name":"p","schema":{}}]}`,
			`! /: renamed was a, is b: callers`,
		},
		{
			"removed, and others like it", `{"name":"a","summary":"S.","params":[{"name":"p","schema":{}}]}`, `{"name":"b","summary":"S.","params":[{"name":"p","schema":{}}]},{"name":"c","summary":"S.","params":[{"name":"p","schema":{}}]}`,
			"! /: removed: callers\n+ /: added\n+ /: added",
		},
		{"removed and added, without a likeness", `{"name":"a","params":[]}`, `{"name":"b","params":[]}`, "! /: removed: callers\n+ /: added"},
		{"moved", `{"name":"a","params":[]},{"name":"b","params":[]}`, `{"name":"b","params":[]},{"name":"a","params":[]}`, ``},
		{"an answer", `{"name":"a","params":[]}`, `{"name":"a","params":[],` + result + `}`, `+ /result: added: it was for notifications alone`},
		{"no answer", `{"name":"a","params":[],` + result + `}`, `{"name":"a","params":[]}`, `! /result: removed: it is for notifications alone: readers`},
		{"deprecated", `{"name":"a","params":[]}`, `{"name":"a","params":[],"deprecated":true}`, `* /: is deprecated now`},
		{"not deprecated", `{"name":"a","params":[],"deprecated":true}`, `{"name":"a","params":[]}`, `* /: is no longer deprecated`},
		{"docs", `{"name":"a","params":[],"summary":"A"}`, `{"name":"a","params":[],"description":"A"}`, `* /: docs changed`},
		{"by name alone", `{"name":"a","params":[]}`, `{"name":"a","params":[],"paramStructure":"by-name"}`, `! /paramStructure: params was either, is by-name: callers`},
		{"by position alone", `{"name":"a","params":[]}`, `{"name":"a","params":[],"paramStructure":"by-position"}`, `! /paramStructure: params was either, is by-position: callers`},
		{"by name too", `{"name":"a","params":[],"paramStructure":"by-position"}`, `{"name":"a","params":[],"paramStructure":"either"}`, `+ /paramStructure: params was by-position, is either`},
		{"by name in place of by position", `{"name":"a","params":[],"paramStructure":"by-position"}`, `{"name":"a","params":[],"paramStructure":"by-name"}`, `! /paramStructure: params was by-position, is by-name: callers`},
		{"either said", `{"name":"a","params":[]}`, `{"name":"a","params":[],"paramStructure":"either"}`, ``},
		{"an error less", `{"name":"a","params":[],"errors":[{"code":1,"message":"one"}]}`, `{"name":"a","params":[]}`, `! /errors/1: removed (one): readers`},
		{"an error more", `{"name":"a","params":[]}`, `{"name":"a","params":[],"errors":[{"code":1,"message":"one"}]}`, `+ /errors/1: added (one)`},
		{"another code", `{"name":"a","params":[],"errors":[{"code":1,"message":"one"}]}`, `{"name":"a","params":[],"errors":[{"code":2,"message":"one"}]}`, `! /errors/1: code was 1, is 2: readers`},
		{"another message", `{"name":"a","params":[],"errors":[{"code":1,"message":"one"}]}`, `{"name":"a","params":[],"errors":[{"code":1,"message":"two"}]}`, `* /errors/1: message was one, is two`},
		{"other data", `{"name":"a","params":[],"errors":[{"code":1,"message":"one","data":{"x":1,"y":2}}]}`, `{"name":"a","params":[],"errors":[{"code":1,"message":"one","data":{"y":2,"x":3}}]}`, `! /errors/1/data: data was {"x":1,"y":2}, is {"x":3,"y":2}: readers`},
		{"the same data", `{"name":"a","params":[],"errors":[{"code":1,"message":"one","data":{"x":1,"y":2}}]}`, `{"name":"a","params":[],"errors":[{"code":1,"message":"one","data":{ "y":2, "x":1 }}]}`, ``},
		{"data", `{"name":"a","params":[],"errors":[{"code":1,"message":"one"}]}`, `{"name":"a","params":[],"errors":[{"code":1,"message":"one","data":1}]}`, `+ /errors/1/data: added (1)`},
		{"no data", `{"name":"a","params":[],"errors":[{"code":1,"message":"one","data":1}]}`, `{"name":"a","params":[],"errors":[{"code":1,"message":"one"}]}`, `! /errors/1/data: data was 1, is none: readers`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, lines(compare(t, parse(t, c.was), parse(t, c.is)), "")); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

// What a change beside the methods means.
func TestInfo(t *testing.T) {
	t.Parallel()
	const head = `{"openrpc":"1.2.6","info":{"title":"A","version":"1"},"methods":[{"name":"x.a","params":[]},{"name":"xa","params":[]}]}`
	was, err := document.Parse([]byte(head))
	if err != nil {
		t.Fatal(err)
	}
	is, err := document.Parse([]byte(`{"openrpc":"1.4.1","info":{"title":"B","version":"2","description":"D"},"servers":[{"url":"/rpc"}],"methods":[],"x-incomplete":["x"]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := `! /: removed: callers
* /info/title: title was A, is B
* /info/version: version was 1, is 2
* /info/description: docs changed
* /servers: servers (/rpc)
* /: not described any more: the new document says that it is incomplete`
	if diff := cmp.Diff(want, lines(compare(t, was, is), "")); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

// What a change of the params means.
func TestParams(t *testing.T) {
	t.Parallel()
	const a, b, c = `{"name":"a","required":true,"schema":{"type":"integer"}}`, `{"name":"b","schema":{"type":"string"}}`, `{"name":"c","schema":{"type":"boolean"}}`
	for _, test := range []struct{ name, structure, was, is, want string }{
		{"nothing", "either", a + "," + b, a + "," + b, ``},
		{"one less", "either", a + "," + b, a, `! /params/b: removed (string): callers`},
		{"one more", "either", a, a + "," + b, `+ /params/b: added (string)`},
		{"one more that is required", "either", b, b + "," + a, `! /params/a: added, and required (integer): callers`},
		{"one more between, by name", "by-name", a + "," + b, a + "," + c + "," + b, `+ /params/c: added (boolean)`},
		{"one more between", "either", a + "," + b, a + "," + c + "," + b, "! /params: order was a, b, is a, c, b: callers\n+ /params/c: added (boolean)"},
		{"one less between", "by-position", a + "," + b + "," + c, a + "," + c, "! /params/b: removed (string): callers\n! /params: order was a, b, c, is a, c: callers"},
		{"another order", "either", a + "," + b, b + "," + a, `! /params: order was a, b, is b, a: callers`},
		{"another order, by name", "by-name", a + "," + b, b + "," + a, ``},
		{"required", "either", `{"name":"b","schema":{}}`, `{"name":"b","required":true,"schema":{}}`, `! /params/b: became required: callers`},
		{"optional", "either", `{"name":"b","required":true,"schema":{}}`, `{"name":"b","schema":{}}`, `+ /params/b: became optional`},
		{"renamed", "either", a, `{"name":"z","required":true,"schema":{"type":"integer"}}`, `! /params/a: renamed was a, is z: callers`},
		{"renamed, by position", "by-position", a, `{"name":"z","required":true,"schema":{"type":"string"}}`, "! /params/a: type was integer, is string: callers\n* /params/a: renamed was a, is z"},
		{"another one", "either", b, c, "! /params/b: removed (string): callers\n+ /params/c: added (boolean)"},
		{"a default", "either", b, `{"name":"b","schema":{"type":"string","default":"x"}}`, `* /params/b: default was none, is "x"`},
		{"deprecated", "either", b, `{"name":"b","deprecated":true,"schema":{"type":"string"}}`, `* /params/b: is deprecated now`},
		{"docs", "either", b, `{"name":"b","summary":"S","schema":{"type":"string"}}`, `* /params/b: docs changed`},
		{"a list of strings", "either", `{"name":"b","schema":{"type":"array","items":{"type":["string","null"]}}}`, ``, `! /params/b: removed ((string | null)[]): callers`},
		{"one value", "by-position", `{"name":"b","x-variadic":true,"schema":{}}`, `{"name":"b","schema":{}}`, `! /params/b: any number of values was yes, is no: callers`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			method := func(params string) string {
				return `{"name":"m","paramStructure":"` + test.structure + `","params":[` + params + `]}`
			}
			if diff := cmp.Diff(test.want, lines(compare(t, parse(t, method(test.was)), parse(t, method(test.is))), "")); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}
