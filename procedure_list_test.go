package jsonrpc_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc"
)

type page struct {
	Limit  int `json:"limit" rpc:"default=20"`
	Offset int `json:"offset,omitempty"`
}

// query is a parameter list with everything that a field can be.
type query struct {
	Text string `json:"text"`
	page
	Tags   []string  `json:"tags" rpc:"default=[\"a\",\"b\"]"`
	Before *int      `json:"before"`
	Since  time.Time `json:"since,omitzero"`
	User   string    `json:"user" rpc:"extra"`
	Secret string    `json:"-"`
	Plain  bool      `json:",omitempty"`
}

func (q query) String() string {
	before := "nil"
	if q.Before != nil {
		before = fmt.Sprint(*q.Before)
	}
	return fmt.Sprintf("%s %d %d %v %s %d %s %t%s", q.Text, q.Limit, q.Offset, q.Tags, before, q.Since.Year(), q.User, q.Plain, q.Secret)
}

// TestStructIsTheParameterList is about the one struct without a name.
func TestStructIsTheParameterList(t *testing.T) {
	show := func(q query) string { return q.String() }
	for name, fn := range map[string]any{
		"plain":       show,
		"Func":        jsonrpc.Func(show),
		"pointer":     func(q *query) string { return q.String() },
		"context":     func(_ context.Context, q query) string { return q.String() },
		"empty name":  jsonrpc.Func(show, ""),
		"Typed":       jsonrpc.Typed(func(_ context.Context, q query) (string, error) { return q.String(), nil }),
		"by settings": jsonrpc.Func(func(q query) string { return q.String() }).Doc("shows").Default("limit", 20),
	} {
		t.Run(name, func(t *testing.T) {
			rpc := jsonrpc.RPC{"m": fn}
			for _, test := range []struct{ params, want string }{
				{`{"text":"x"}`, told(`"x 20 0 [a b] nil 1 alice false"`)},
				{`["x"]`, told(`"x 20 0 [a b] nil 1 alice false"`)},
				{`["x",5,6,["c"],7,"2026-01-02T03:04:05Z",true]`, told(`"x 5 6 [c] 7 2026 alice true"`)},
				{`{"Plain":true,"since":"2026-01-02T03:04:05Z","before":7,"tags":["c"],"offset":6,"limit":5,"text":"x"}`, told(`"x 5 6 [c] 7 2026 alice true"`)},
				{`{"text":"x","tags":null,"before":null}`, told(`"x 20 0 [] nil 1 alice false"`)},
				{`{}`, invalid("/text string missing")},
				{`[]`, invalid("/0 string missing")},
				{`{"text":"x","hidden":1}`, invalid("/hidden one of: text, limit, offset, tags, before, since, Plain unknown")},
				{`{"text":"x","-":1,"Secret":2}`, invalid("/- one of: text, limit, offset, tags, before, since, Plain unknown",
					"/Secret one of: text, limit, offset, tags, before, since, Plain unknown")},
				{`{"text":"x","page":{}}`, invalid("/page one of: text, limit, offset, tags, before, since, Plain unknown")},
				{`{"text":"x","limit":null}`, invalid("/limit integer null")},
				{`["x",1,2,[],3,"2026-01-02T03:04:05Z",true,"mallory"]`, invalid("/7 at most 7 parameters surplus")},
			} {
				same(t, string(rpc.Call([]byte(ask("m", test.params)), jsonrpc.Extras{"user": "alice"})), test.want)
			}
		})
	}
}

// TestStructWithANameIsOneParameter is about structs that are no parameter lists.
func TestStructWithANameIsOneParameter(t *testing.T) {
	x := func(p point) int { return p.X }
	year := func(t time.Time) int { return t.Year() }
	for _, test := range []struct {
		name         string
		fn           any
		params, want string
	}{
		{"named", jsonrpc.Func(x, "p"), `{"p":{"x":1,"y":2}}`, told("1")},
		{"named", jsonrpc.Func(x, "p"), `[{"x":1}]`, told("1")},
		{"named", jsonrpc.Func(x, "p"), `{"x":1,"y":2}`, invalid("/x one of: p unknown", "/y one of: p unknown", "/p object missing")},
		{"named pointer", jsonrpc.Func(func(p *point) bool { return p == nil }, "p"), ``, told("true")},
		{"own decoder", year, `["2026-01-02T03:04:05Z"]`, told("2026")},
		{"own decoder", year, `{"wall":1}`, invalid("/wall one of: there is none unknown", "/0 RFC 3339 date and time missing")},
		{"own decoder by pointer", func(p *picky) string { return p.word }, `["yes"]`, told(`"\"yes\""`)},
		{"beside another", func(a int, p point) int { return a + p.X }, `[1,{"x":2}]`, told("3")},
		{"variadic", func(p ...point) int { return len(p) }, `[{"x":1},{}]`, told("2")},
		{"slice", func(p []point) int { return len(p) }, `[[{"x":1},{}]]`, told("2")},
	} {
		answers(t, jsonrpc.RPC{test.name: test.fn}, ask(test.name, test.params), test.want)
	}
}

type base struct {
	A int `json:"a"`
}

type left struct{ A int }

type right struct{ A, B int }

type other struct {
	A int `json:"a"`
	B int `json:"b"`
}

// TestEmbeddedFields follow the rules of encoding/json.
func TestEmbeddedFields(t *testing.T) {
	type shadows struct {
		base
		A string `json:"a"`
	}
	type ambiguous struct {
		left
		right
	}
	type pointers struct {
		*other
		C int `json:"c"`
	}
	type exported struct {
		*Nested
		C int `json:"c"`
	}
	type tagged struct {
		base `json:"base"`
		Base base `json:"b"`
	}
	for _, test := range []struct {
		name         string
		fn           any
		params, want string
	}{
		{"shadows", func(s shadows) string { return s.A }, `{"a":"x"}`, told(`"x"`)},
		{"ambiguous", func(s ambiguous) int { return s.B }, `{"B":2}`, told("2")},
		{"ambiguous", func(s ambiguous) int { return s.B }, `{"A":1,"B":2}`, invalid("/A one of: B unknown")},
		{"exported pointer", func(s exported) int { return s.N + s.C }, `{"n":1,"c":2}`, told("3")},
		{"exported pointer", func(s exported) int { return s.N + s.C }, `[1,2]`, told("3")},
		{"exported pointer", func(s exported) int { return s.N + s.C }, `[1]`, invalid("/1 integer missing")},
		{"unexported pointer", func(s pointers) int { return s.C }, `{"c":2}`, told("2")},
		{"tagged", func(s tagged) int { return s.Base.A }, `{"b":{"a":3}}`, told("3")},
	} {
		answers(t, jsonrpc.RPC{"m": test.fn}, ask("m", test.params), test.want)
	}
}

// Nested is embedded by pointer.
type Nested struct {
	N int `json:"n"`
}

// TestListsAreFreshEachTime keeps what one call got from the next.
func TestListsAreFreshEachTime(t *testing.T) {
	type list struct {
		*Nested
		Tags []string `json:"tags" rpc:"default=[\"a\"]"`
	}
	var kept []*list
	rpc := jsonrpc.RPC{
		"pointer": func(l *list) int { kept = append(kept, l); l.Tags[0] = "changed"; return l.N },
		"value":   func(l list) string { kept = append(kept, &l); l.Tags[0] += "!"; return l.Tags[0] },
		"slice":   jsonrpc.Func(func(s []int) []int { s[0]++; return s }, "s").Default("s", []int{1}),
		"map":     jsonrpc.Func(func(m map[string]*int) int { *m["a"]++; return *m["a"] }, "m").Default("m", map[string]*int{"a": new(int)}),
	}
	for n := range 3 {
		params := fmt.Sprintf(`{"n":%d}`, n)
		same(t, string(rpc.Call([]byte(ask("pointer", params)), nil)), told(fmt.Sprint(n)))
		same(t, string(rpc.Call([]byte(ask("value", params)), nil)), told(`"a!"`))
		same(t, string(rpc.Call([]byte(ask("slice", "")), nil)), told("[2]"))
		same(t, string(rpc.Call([]byte(ask("map", "")), nil)), told("1"))
	}
	for i, l := range kept {
		if l.N != i/2 {
			t.Errorf("call %d got %d, and now has %d", i, i/2, l.N)
		}
	}
}

// TestTagOptions reads defaults as JSON up to the tag's end.
func TestTagOptions(t *testing.T) {
	type tagged struct {
		List []int          `json:"list" rpc:"default=[1,2,3]"`
		Map  map[string]int `json:"map" rpc:"default={\"a\":1,\"b\":2}"`
		Text string         `json:"text" rpc:"default=\"a, b\""`
		Num  float64        `json:"num" rpc:"default=1.5"`
		Ptr  *int           `json:"ptr" rpc:"default=null"`
		Yes  *bool          `json:"yes" rpc:"default=true"`
	}
	for _, fn := range []any{
		func(p tagged) tagged { return p },
		func(p *tagged) *tagged { return p },
		jsonrpc.Typed(func(_ context.Context, p tagged) (tagged, error) { return p, nil }),
	} {
		answers(t, jsonrpc.RPC{"m": fn}, ask("m", ""), told(`{"list":[1,2,3],"map":{"a":1,"b":2},"text":"a, b","num":1.5,"ptr":null,"yes":true}`))
		answers(t, jsonrpc.RPC{"m": fn}, ask("m", `[[],{},"",0,1,null]`), told(`{"list":[],"map":{},"text":"","num":0,"ptr":1,"yes":null}`))
	}
}

// TestDefaults are Go values that convert without loss.
func TestDefaults(t *testing.T) {
	integer := func(n int8) int8 { return n }
	float := func(f float32) float32 { return f }
	for _, test := range []struct {
		name  string
		fn    any
		value any
		want  string // "" is a fault
	}{
		{"the type", integer, int8(5), "5"},
		{"int", integer, 5, "5"},
		{"uint", integer, uint64(5), "5"},
		{"whole float", integer, 5.0, "5"},
		{"JSON", integer, json.RawMessage("5"), "5"},
		{"too large", integer, 128, ""},
		{"negative", func(n uint8) uint8 { return n }, -1, ""},
		{"large unsigned", func(n int64) int64 { return n }, uint64(math.MaxUint64), ""},
		{"largest float", func(n int64) int64 { return n }, float64(1 << 63), ""},
		{"not a number", integer, math.NaN(), ""},
		{"fraction", integer, 5.5, ""},
		{"text", integer, "5", ""},
		{"nil", integer, nil, ""},
		{"JSON text", integer, json.RawMessage(`"5"`), ""},
		{"JSON null", integer, json.RawMessage(`null`), ""},
		{"no JSON", integer, json.RawMessage(`5 5`), ""},
		{"float", float, 0.5, "0.5"},
		{"int to float", float, 16777216, "16777216"},
		{"float loses", float, 16777217, ""},
		{"float64 loses", float, 0.1, ""},
		{"number to text", func(s string) string { return s }, 65, ""},
		{"named text", func(s namedString) namedString { return s }, "x", `"x"`},
		{"text of a name", func(s string) string { return s }, namedString("x"), `"x"`},
		{"pointer of a value", func(p *int) int { return *p }, 7, "7"},
		{"nil pointer", func(p *int) bool { return p == nil }, nil, "true"},
		{"slice", func(s []string) []string { return s }, []string{"a"}, `["a"]`},
		{"another slice", func(s []string) []string { return s }, []any{"a"}, ""},
		{"interface", func(v any) any { return v }, 7, "7"},
		{"duration", func(d time.Duration) string { return d.String() }, time.Second, `"1s"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			rpc := jsonrpc.RPC{"m": jsonrpc.Func(test.fn, "p").Default("p", test.value)}
			if err := rpc.Check(); (err != nil) != (test.want == "") {
				t.Fatalf("Check returned %v", err)
			}
			if test.want == "" {
				same(t, masked(rpc.Call([]byte(ask("m", "")), nil)), internalErr)
				return
			}
			answers(t, rpc, ask("m", ""), told(test.want))
			answers(t, rpc, ask("m", "[]"), told(test.want))
			answers(t, rpc, ask("m", "{}"), told(test.want))
		})
	}
}

// TestSettersChangeTheProcedure wherever it stands, in any order, also behind its first call.
func TestSettersChangeTheProcedure(t *testing.T) {
	add := jsonrpc.Func(func(a, b int) int { return a + b }, "a", "b")
	rpc := jsonrpc.RPC{"one": add, "in": jsonrpc.RPC{"two": add}}
	same(t, string(rpc.Call([]byte(ask("one", "[1]")), nil)), invalid("/1 integer missing"))
	if got := add.Default("b", 10).Doc("add adds.").Extra("a"); got != add {
		t.Error("the setters return another procedure")
	}
	for _, method := range []string{"one", "in.two"} {
		same(t, string(rpc.Call([]byte(ask(method, "")), jsonrpc.Extras{"a": 1})), told("11"))
	}
	if doc := rpc.Methods()[1].Doc; doc != "add adds." {
		t.Errorf("the doc is %q", doc)
	}
	plain := jsonrpc.Func(func(a, b int) int { return a + b }, "a", "b")
	same(t, string(jsonrpc.RPC{"m": plain}.Call([]byte(ask("m", "[1]")), nil)), invalid("/1 integer missing"))
}
