package jsonrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc"
)

type pairParams struct {
	A int  `json:"a"`
	B int8 `json:"b"`
}

type line struct {
	SKU string   `json:"sku"`
	Qty int      `json:"qty"`
	Sub *line    `json:"sub"`
	Tag []string `json:"tag"`
}

type orderParams struct {
	Items []line          `json:"items"`
	Rates map[string]int  `json:"rates"`
	Due   time.Time       `json:"due"`
	Note  *string         `json:"note"`
	Any   json.RawMessage `json:"any,omitempty"`
}

type oddParams struct {
	Slash  int `json:"a/b"`
	Tilde  int `json:"m~n"`
	Umlaut int `json:"größe"`
}

type kindParams struct {
	U8   uint8   `json:"u8"`
	I64  int64   `json:"i64"`
	F32  float32 `json:"f32"`
	Text string  `json:"text"`
	OK   bool    `json:"ok"`
	Raw  []byte  `json:"raw"`
	Two  [2]int  `json:"two"`
}

type guardedParams struct {
	Doc  string `json:"doc"`
	User string `json:"user" rpc:"extra"`
}

// shapes are parameter lists as each kind of procedure has them; "plain" has no names.
func shapes() map[string]map[string]any {
	return map[string]map[string]any{
		"pair": {
			"Func":    jsonrpc.Func(func(int, int8) {}, "a", "b"),
			"plain":   func(int, int8) {},
			"struct":  func(pairParams) {},
			"pointer": jsonrpc.Func(func(*pairParams) {}),
			"Typed":   jsonrpc.Typed(takes[pairParams]),
		},
		"order": {
			"Func": jsonrpc.Func(func([]line, map[string]int, time.Time, *string, *json.RawMessage) {},
				"items", "rates", "due", "note", "any"),
			"plain":  func([]line, map[string]int, time.Time, *string, *json.RawMessage) {},
			"struct": func(orderParams) {},
			"Typed":  jsonrpc.Typed(takes[orderParams]),
		},
		"odd": {
			"Func":  jsonrpc.Func(func(int, int, int) {}, "a/b", "m~n", "größe"),
			"Typed": jsonrpc.Typed(takes[oddParams]),
		},
		"kinds": {
			"Func": jsonrpc.Func(func(uint8, int64, float32, string, bool, []byte, [2]int) {},
				"u8", "i64", "f32", "text", "ok", "raw", "two"),
			"plain":  func(uint8, int64, float32, string, bool, []byte, [2]int) {},
			"struct": func(*kindParams) {},
			"Typed":  jsonrpc.Typed(takes[kindParams]),
		},
		"guarded": {
			"Func":   jsonrpc.Func(func(string, string) {}, "doc", "user").Extra("user"),
			"struct": func(guardedParams) {},
			"Typed":  jsonrpc.Typed(takes[guardedParams]),
		},
		"none": {
			"Func":   jsonrpc.Func(func() {}),
			"plain":  func(context.Context) {},
			"struct": func(struct{}) {},
			"Typed":  jsonrpc.Typed(takes[struct{}]),
		},
	}
}

func takes[P any](context.Context, P) (any, error) { return nil, nil }

const due = `"2026-01-02T03:04:05Z"`

// paramCases are params that do not fit, and the faults that the answer tells of. An empty list
// is an answer with a result.
var paramCases = []struct {
	shape, params string
	want          []string
}{
	// As many as declared.
	{"pair", `[1,2]`, nil},
	{"pair", `{"b":2,"a":1}`, nil},
	{"pair", `[]`, []string{"/0 integer missing", "/1 integer missing"}},
	{"pair", `{}`, []string{"/a integer missing", "/b integer missing"}},
	{"pair", `[1]`, []string{"/1 integer missing"}},
	{"pair", `{"b":2}`, []string{"/a integer missing"}},
	{"pair", `[1,2,3]`, []string{"/2 at most 2 parameters surplus"}},
	{"pair", `[1,2,3,4]`, []string{"/2 at most 2 parameters surplus"}},
	{"pair", `{"a":1,"b":2,"c":3}`, []string{"/c one of: a, b unknown"}},
	{"pair", `{"a":1,"c":3}`, []string{"/c one of: a, b unknown", "/b integer missing"}},
	{"none", `[]`, nil},
	{"none", `{}`, nil},
	{"none", `[1]`, []string{"/0 at most 0 parameters surplus"}},
	{"none", `{"a":1}`, []string{"/a one of: there is none unknown"}},

	// Names, in their exact case, after unescaping.
	{"pair", `{"A":1,"b":2}`, []string{"/A one of: a, b unknown", "/a integer missing"}},
	{"pair", `{"\u0061":1,"b":2}`, nil},
	{"pair", `{"\u0061":true,"b":2}`, []string{"/a integer boolean"}},
	{"pair", `{"a":1,"a":2,"b":3}`, []string{"/a one value duplicate"}},
	{"pair", `{"a":1,"\u0061":2,"b":3}`, []string{"/a one value duplicate"}},
	{"pair", `{"a":1,"a":2,"a":3,"b":3}`, []string{"/a one value duplicate"}},
	{"pair", `{"a":"x","a":2,"b":3}`, []string{"/a integer string"}},
	{"pair", `{"a":1,"b":2,"c":3,"c":4}`, []string{"/c one of: a, b unknown"}},
	{"odd", `{"a/b":1,"m~n":2,"größe":3}`, nil},
	{"odd", `{"a/b":"","m~n":"","größe":""}`, []string{"/a~1b integer string", "/m~0n integer string", "/größe integer string"}},
	{"odd", `{"a\/b":1,"m\u007en":2,"gr\u00f6\u00dfe":3}`, nil},
	{"odd", `{"a/b":1,"m~n":2,"größe":3,"x/~y":4}`, []string{"/x~1~0y one of: a/b, m~n, größe unknown"}},

	// One fault for each faulty parameter, the first inside it.
	{"pair", `["x",{}]`, []string{"/0 integer string", "/1 integer object"}},
	{"pair", `{"a":[],"b":true}`, []string{"/a integer array", "/b integer boolean"}},
	{"pair", `{"b":"x"}`, []string{"/b integer string", "/a integer missing"}},
	{"order", `[[{"qty":1},{"qty":2},{},{"qty":"3"}],{},` + due + `]`, []string{"/0/3/qty integer string"}},
	{"order", `{"items":[{"qty":1},{"qty":2},{},{"qty":"3"}],"rates":{},"due":` + due + `}`, []string{"/items/3/qty integer string"}},
	{"order", `{"items":[{"qty":true,"sku":1}],"rates":{},"due":` + due + `}`, []string{"/items/0/qty integer boolean"}},
	{"order", `{"items":[{"sub":{"sub":{"tag":["a",7]}}}],"rates":{},"due":` + due + `}`, []string{"/items/0/sub/sub/tag/1 string number"}},
	{"order", `{"items":{},"rates":{"a/b":{}},"due":` + due + `}`, []string{"/items array object", "/rates/a~1b integer object"}},
	{"order", `{"items":[{"qty":1,"qty":2}],"rates":{},"due":` + due + `}`, []string{"/items/0/qty one value duplicate"}},
	{"order", `{"items":[],"rates":{"x":1,"\u0078":2},"due":` + due + `}`, []string{"/rates/x one value duplicate"}},
	{"order", `{"items":[],"rates":{},"due":"soon"}`, []string{"/due RFC 3339 date and time string"}},
	{"order", `{"items":[],"rates":{},"due":7}`, []string{"/due RFC 3339 date and time number"}},

	// What the codec is free with inside of a parameter.
	{"order", `{"items":[{"unheard":1,"QTY":"of"}],"rates":{},"due":` + due + `}`, nil},
	{"order", `{"items":[null,{"qty":null,"sub":null}],"rates":{"a":null},"due":` + due + `}`, nil},

	// A top-level null suits those that can be nil.
	{"order", `[null,null,` + due + `,null,null]`, nil},
	{"order", `{"items":null,"rates":null,"due":` + due + `,"note":null,"any":null}`, nil},
	{"order", `{"items":[],"rates":{},"due":null}`, []string{"/due RFC 3339 date and time null"}},
	{"pair", `[null,null]`, []string{"/0 integer null", "/1 integer null"}},
	{"pair", `{"a":null,"b":1}`, []string{"/a integer null"}},
	{"kinds", `[null,null,null,null,null,null,null]`, []string{
		"/0 integer null", "/1 integer null", "/2 number null", "/3 string null", "/4 boolean null", "/6 array of 2 null",
	}},

	// A missing pointer is nil.
	{"order", `{"items":[],"rates":{},"due":` + due + `}`, nil},
	{"order", `[]`, []string{"/0 array missing", "/1 object missing", "/2 RFC 3339 date and time missing"}},

	// Ranges and kinds.
	{"pair", `[1.5,2]`, []string{"/0 integer number"}},
	{"pair", `[1e2,2]`, []string{"/0 integer number"}},
	{"pair", `[1,128]`, []string{"/1 integer from -128 to 127 number"}},
	{"pair", `[1,-129]`, []string{"/1 integer from -128 to 127 number"}},
	{"pair", `[9223372036854775807,-128]`, nil},
	{"pair", `[9223372036854775808,0]`, []string{"/0 integer from -9223372036854775808 to 9223372036854775807 number"}},
	{"pair", `[-9223372036854775808,127]`, nil},
	{"pair", `[1000000000000000000000,0]`, []string{"/0 integer from -9223372036854775808 to 9223372036854775807 number"}},
	{"kinds", `[255,0,0,"",true,"",[1,2]]`, nil},
	{"kinds", `[256,0,0,"",true,"",[1,2]]`, []string{"/0 integer from 0 to 255 number"}},
	{"kinds", `[-1,0,0,"",true,"",[1,2]]`, []string{"/0 integer from 0 to 255 number"}},
	{"kinds", `[0,0,1e39,"",true,"",[1,2]]`, []string{"/2 number number"}},
	{"kinds", `["0","0","0",0,0,0,0]`, []string{
		"/0 integer string", "/1 integer string", "/2 number string", "/3 string number", "/4 boolean number", "/5 base64 string number", "/6 array of 2 number",
	}},
	{"kinds", `[0,0,0,"",true,"",[1]]`, []string{"/6 array of 2 array"}},
	{"kinds", `[0,0,0,"",true,"",[1,2,3]]`, []string{"/6 array of 2 array"}},
	{"kinds", `[0,0,0,"",true,"*",[1,2]]`, []string{"/5 base64 string string"}},
	{"kinds", `[0,0,0,"\ud800",true,"",[1,2]]`, []string{"/3 Unicode text string"}},

	// Injected.
	{"guarded", `{"doc":"d","user":"mallory"}`, []string{"/user nothing: the server sets it injected"}},
	{"guarded", `{"doc":"d","\u0075ser":null}`, []string{"/user nothing: the server sets it injected"}},
	{"guarded", `{"doc":"d","user":1,"user":2}`, []string{"/user nothing: the server sets it injected"}},
	{"guarded", `{"doc":"d","User":"mallory"}`, []string{"/User one of: doc unknown"}},
	{"guarded", `["d","mallory"]`, []string{"/1 at most 1 parameters surplus"}},
}

// TestInvalidParams runs the table over every kind of procedure: the answers are the same.
func TestInvalidParams(t *testing.T) {
	all := shapes()
	for _, test := range paramCases {
		for kind, fn := range all[test.shape] {
			if kind == "plain" && test.params[0] != '[' {
				continue
			}
			t.Run(fmt.Sprintf("%s/%s/%s", test.shape, kind, test.params), func(t *testing.T) {
				want := told("null")
				if test.want != nil {
					want = invalid(test.want...)
				}
				ctx := jsonrpc.WithExtra(t.Context(), "user", "alice")
				rpc := jsonrpc.RPC{"m": fn}
				same(t, string(rpc.CallContext(ctx, []byte(ask("m", test.params)), nil)), want)
				wrapped := jsonrpc.RPC{"m": fn, jsonrpc.Use: jsonrpc.Chain(func(next jsonrpc.Handler) jsonrpc.Handler { return next })}
				same(t, string(wrapped.CallContext(ctx, []byte(ask("m", test.params)), nil)), want)
			})
		}
	}
}

// TestInvalidParamsWithoutParams is what a request answers that has none, or null.
func TestInvalidParamsWithoutParams(t *testing.T) {
	all := shapes()["pair"]
	for kind, want := range map[string]string{
		"Func":    invalid("/a integer missing", "/b integer missing"),
		"struct":  invalid("/a integer missing", "/b integer missing"),
		"pointer": invalid("/a integer missing", "/b integer missing"),
		"Typed":   invalid("/a integer missing", "/b integer missing"),
		"plain":   invalid("/0 integer missing", "/1 integer missing"),
	} {
		for _, params := range []string{"", "null"} {
			answers(t, jsonrpc.RPC{"m": all[kind]}, ask("m", params), want)
		}
	}
}

func TestPlainFunctionTakesPositionsOnly(t *testing.T) {
	rpc := jsonrpc.RPC{"m": func(int, int) {}}
	answers(t, rpc, ask("m", `{"a":1}`), invalid(
		"/a one of: there is none unknown", "/0 integer missing", "/1 integer missing"))
}

func TestParamsOfAnotherType(t *testing.T) {
	for params, got := range map[string]string{`1`: "number", `"x"`: "string", `true`: "boolean", `false`: "boolean"} {
		for kind, fn := range shapes()["pair"] {
			answers(t, jsonrpc.RPC{kind: fn}, ask(kind, params), invalid(" array or object "+got))
		}
	}
}

// TestManyParams has more parameters than are remembered while a message is scanned.
func TestManyParams(t *testing.T) {
	names := make([]string, 0, 12)
	for i := range 12 {
		names = append(names, "p"+strconv.Itoa(i))
	}
	rpc := jsonrpc.RPC{
		"twelve": jsonrpc.Func(func(a, b, c, d, e, f, g, h, i, j, k, l int) int { return a + l }, names...),
		"sum":    sumOf,
		"size":   func(all map[string]int) int { return len(all) },
	}
	var list, object []string
	for i := range 100 {
		list = append(list, strconv.Itoa(i))
		object = append(object, fmt.Sprintf(`"p%d":%d`, i, i))
	}
	inArray := func(n int) string { return "[" + strings.Join(list[:n], ",") + "]" }
	inObject := func(n int) string { return "{" + strings.Join(object[:n], ",") + "}" }
	for _, test := range []struct{ method, params, want string }{
		{"twelve", inArray(12), told("11")},
		{"twelve", inObject(12), told("11")},
		{"twelve", inArray(100), invalid("/12 at most 12 parameters surplus")},
		{"twelve", inObject(13), invalid("/p12 one of: " + strings.Join(names, ", ") + " unknown")},
		{"twelve", `{"p0":1,"P1":2,` + strings.Join(object[2:12], ",") + `}`,
			invalid("/P1 one of: "+strings.Join(names, ", ")+" unknown", "/p1 integer missing")},
		{"sum", inArray(100), told("4950")},
		{"sum", `[` + strings.Join(list, ",") + `,"x"]`, invalid("/100 integer string")},
		{"size", inObject(100), told("100")},
	} {
		answers(t, rpc, ask(test.method, test.params), test.want)
	}
}

func sumOf(terms ...int) int {
	total := 0
	for _, n := range terms {
		total += n
	}
	return total
}

// picky declares how it decodes.
type picky struct{ word string }

func (p *picky) UnmarshalJSON(b []byte) error {
	if p.word = string(b); p.word != `"yes"` {
		return errors.New("secret")
	}
	return nil
}

func TestOwnDecoderIsAtFaultForTheArgument(t *testing.T) {
	rpc := jsonrpc.RPC{
		"one":  jsonrpc.Func(func(picky) {}, "p"),
		"list": jsonrpc.Func(func([]picky) {}, "p"),
		"m":    jsonrpc.Func(func(map[string]picky) {}, "p"),
	}
	answers(t, rpc, ask("one", `{"p":"yes"}`), told("null"))
	answers(t, rpc, ask("one", `{"p":"no"}`), invalid("/p valid picky string"))
	answers(t, rpc, ask("one", `[7]`), invalid("/0 valid picky number"))
	answers(t, rpc, ask("list", `{"p":["yes",true]}`), invalid("/p/1 valid picky boolean"))
	answers(t, rpc, ask("m", `{"p":{"a":"yes","b":[]}}`), invalid("/p/b valid picky array"))
}

// TestBodyErrorIsNeverInvalidParams returns and panics with the very errors of decoding.
func TestBodyErrorIsNeverInvalidParams(t *testing.T) {
	decodeErr := json.Unmarshal([]byte(`"x"`), new(int))
	_, rangeErr := strconv.Atoi("99999999999999999999")
	for name, err := range map[string]error{
		"decode": decodeErr, "range": rangeErr,
		"wrapped": fmt.Errorf("params: %w", decodeErr), "text": errors.New("Invalid params"),
	} {
		returns := map[string]any{
			"Func":  jsonrpc.Func(func(int) error { return err }, "a"),
			"plain": func(int) error { return err },
			"Typed": jsonrpc.Typed(func(context.Context, struct {
				A int `json:"a"`
			}) (int, error) {
				return 0, err
			}),
		}
		for kind, fn := range returns {
			t.Run(name+"/"+kind, func(t *testing.T) { answers(t, jsonrpc.RPC{"m": fn}, ask("m", `[1]`), serverErr) })
		}
		t.Run(name+"/panic", func(t *testing.T) {
			answers(t, jsonrpc.RPC{"m": func(int) { panic(err) }}, ask("m", `[1]`), internalErr)
		})
	}
}

func TestInvalidParamsOfNotification(t *testing.T) {
	rpc := jsonrpc.RPC{"m": shapes()["pair"]["Func"]}
	answers(t, rpc, `{"jsonrpc":"2.0","method":"m","params":["x"]}`, "")
	answers(t, rpc, `{"jsonrpc":"2.0","method":"m","params":7}`, "")
}

// TestNoValueOfTheClientComesBack looks for the value in the answer's faults.
func TestNoValueOfTheClientComesBack(t *testing.T) {
	rpc := jsonrpc.RPC{"m": shapes()["order"]["Func"]}
	answer := string(rpc.Call([]byte(ask("m", `{"items":"hunter2","rates":{"a":"hunter2"},"due":"hunter2","note":["hunter2"]}`)), nil))
	if strings.Contains(answer, "hunter2") {
		t.Errorf("the answer has a value of the client's: %s", answer)
	}
}
