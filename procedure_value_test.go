package jsonrpc_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc"
)

// wireValues are JSON values that are tried for each type.
var wireValues = []string{
	`true`, `false`, `0`, `-0`, `1`, `-1`, `127`, `128`, `-128`, `-129`, `255`, `256`, `65535`, `65536`, `2147483647`, `2147483648`,
	`-2147483648`, `-2147483649`, `4294967295`, `4294967296`, `9223372036854775807`, `9223372036854775808`, `-9223372036854775808`,
	`-9223372036854775809`, `18446744073709551615`, `18446744073709551616`, `123456789012345678`, `1234567890123456789`,
	`99999999999999999999999999`, `9007199254740993`, `0.0`, `-0.0`, `1.0`, `1.5`, `1e2`, `1E-2`, `1e21`, `1e-7`, `123456789.123456789`,
	`3.4028235e38`, `3.5e38`, `1.7976931348623157e308`, `1e309`, `5e-324`, `0.1`,
	`""`, `"a"`, `"0"`, `"1.5"`, `"true"`, `"\u0041\n\t\"\\\/\b\f\r"`, `"\ud83d\ude00"`, `"\ud800"`, `"größe"`, `"<a&b>"`, `"\u2028\u0000\u001f\u007f"`,
	`"aGk="`, `"aGk"`, `"*"`, `"2026-01-02T03:04:05Z"`, `"2026-01-02"`, `"1s"`,
	`[]`, `[1]`, `[1,2]`, `[1,"a"]`, `[null]`, `["a","b"]`, `[[1],[2]]`, `[{"a":1}]`, `[1,2,3]`, `[300]`, `[true]`,
	`{}`, `{"a":1}`, `{"A":1}`, `{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"a":null}`, `{"a":"x"}`, `{"a":{"a":1}}`, `{"b":2,"a":1}`,
	`{"a":1,"unknown":[{"deep":1}]}`, `{"in":{"a":1,"s":"x"},"list":[{"a":2}],"p":{"a":3},"s":"y"}`, `{"list":null,"p":null,"in":null}`,
	`{"s":"x","n":5,"q":"7","e":0}`, `{"q":7}`, `{"list":[{"a":1},{"a":"x"}]}`, ` { "a" : 1 } `, `[ 1 , 2 ]`,
}

type wireInner struct {
	A int    `json:"a"`
	S string `json:"s,omitempty"`
}

type wireStruct struct {
	wireInner
	In   wireInner   `json:"in"`
	List []wireInner `json:"list"`
	P    *wireInner  `json:"p"`
	N    uint16      `json:"n,omitzero"`
	Q    int         `json:"q,string"`
	E    float32     `json:"e,omitempty"`
	Any  any         `json:"any"`
	Skip int         `json:"-"`
	F    float64
}

// TestValuesAreTheCodecs takes and gives, for each type and value, what StrictCodec does: the
// short way around it is not to be told from it.
func TestValuesAreTheCodecs(t *testing.T) {
	for name, try := range map[string]func(*testing.T){
		"bool": tryValues[bool], "int": tryValues[int], "int8": tryValues[int8], "int16": tryValues[int16], "int32": tryValues[int32],
		"int64": tryValues[int64], "uint": tryValues[uint], "uint8": tryValues[uint8], "uint16": tryValues[uint16], "uint32": tryValues[uint32],
		"uint64": tryValues[uint64], "float32": tryValues[float32], "float64": tryValues[float64], "string": tryValues[string],
		"named": tryValues[namedString], "Duration": tryValues[time.Duration], "Time": tryValues[time.Time], "bytes": tryValues[[]byte],
		"any": tryValues[any], "raw": tryValues[json.RawMessage], "Number": tryValues[json.Number], "ints": tryValues[[]int],
		"strings": tryValues[[]string], "array": tryValues[[2]int], "map": tryValues[map[string]int], "map of any": tryValues[map[string]any],
		"int keys": tryValues[map[int]string], "inner": tryValues[wireInner], "struct": tryValues[wireStruct], "structs": tryValues[[]wireInner],
		"map of structs": tryValues[map[string]wireInner], "bool pointer": tryValues[*bool], "struct pointer": tryValues[*wireStruct],
		"floats": tryValues[[]float64], "nested": tryValues[[][]int], "picky": tryValues[picky], "empty": tryValues[struct{}],
	} {
		t.Run(name, try)
	}
}

func tryValues[T any](t *testing.T) {
	type wrapper struct {
		V T   `json:"v"`
		W int `json:"w"`
	}
	tryEach(t, jsonrpc.Func(func(v T) T { return v }, "v"), `[%s]`, func(raw []byte) (any, error) {
		var v T
		err := jsonrpc.StrictCodec{}.Unmarshal(raw, &v)
		return v, err
	})
	tryEach(t, jsonrpc.Func(func(v []T) []T { return v }, "v"), `[[%s]]`, func(raw []byte) (any, error) {
		var v T
		err := jsonrpc.StrictCodec{}.Unmarshal(raw, &v)
		return []T{v}, err
	})
	tryEach(t, jsonrpc.Func(func(v wrapper) wrapper { return v }, "v"), `{"v":{"w":1,"v":%s}}`, func(raw []byte) (any, error) {
		v := wrapper{W: 1}
		err := jsonrpc.StrictCodec{}.Unmarshal(raw, &v.V)
		return v, err
	})
	tryEach(t, jsonrpc.Typed(func(_ context.Context, v wrapper) (wrapper, error) { return v, nil }), `{"w":1,"v":%s}`, func(raw []byte) (any, error) {
		v := wrapper{W: 1}
		err := jsonrpc.StrictCodec{}.Unmarshal(raw, &v.V)
		return v, err
	})
}

// tryEach calls a procedure with each value and compares the answer with that of the codec.
func tryEach(t *testing.T, fn any, params string, decode func(raw []byte) (any, error)) {
	t.Helper()
	rpc := jsonrpc.RPC{"m": fn}
	for _, raw := range wireValues {
		got := masked(rpc.Call([]byte(ask("m", fmt.Sprintf(params, raw))), nil))
		v, err := decode([]byte(raw))
		var out bytes.Buffer
		if err == nil {
			err = jsonrpc.StrictCodec{}.MarshalWrite(&out, v)
		} else if !strings.Contains(got, `"error":{"code":-32602,`) {
			t.Errorf("%s is taken, though the codec says %v: %s", raw, err, got)
		}
		if want := told(strings.TrimSuffix(out.String(), "\n")); err == nil && got != want {
			t.Errorf("%s\n got %s\nwant %s", raw, got, want)
		}
	}
}

// TestResultsAreTheCodecs gives values that no JSON has come from.
func TestResultsAreTheCodecs(t *testing.T) {
	one := 1
	for _, v := range []any{
		math.MaxInt64, math.MinInt64, uint64(math.MaxUint64), 1e20, 1e21, 1e-6, 1e-7, 123456789.0, 0.0, math.Copysign(0, -1), math.SmallestNonzeroFloat64,
		math.MaxFloat64, float32(0.1), float32(16777216), 0.1, 100.0, math.Pi, float32(math.MaxFloat32),
		"", "a\x00\x1f\x7f\"\\/\b\f\n\r\t", "\u2028\u2029<>&😀", namedString("x"), time.Second, time.Unix(0, 0).UTC(), []byte("hi"), []byte(nil), []int(nil),
		[]string{}, map[string]int{"b": 1, "a": 2}, map[string]any(nil), map[int]string{2: "b", 1: "a"}, &one, (*int)(nil), [2]bool{true, false},
		wireStruct{}, wireStruct{In: wireInner{S: "s"}, P: &wireInner{A: 1}, Any: []any{1, "x", nil}, N: 1, E: 0.5}, []wireInner{{1, "a"}, {2, ""}}, &wireInner{A: 1},
		[]any{nil, true, 1, 1.5, "x", []int{1}}, json.RawMessage(`{"a":1}`), json.Number("1.50"), struct{}{}, []struct{}{{}}, jsonrpc.ParamFault{Param: "/a"},
		math.NaN(), math.Inf(1), "\xff", []string{"\xff"}, map[string]int{"\xff": 1}, wireInner{S: "\xff"}, []float64{math.NaN()}, struct{ C chan int }{}, json.Number("x"),
	} {
		var out bytes.Buffer
		want := internalErr
		if err := (jsonrpc.StrictCodec{}).MarshalWrite(&out, v); err == nil {
			want = told(strings.TrimSuffix(out.String(), "\n"))
		}
		t.Run(fmt.Sprintf("%T %v", v, v), func(t *testing.T) {
			rpc := jsonrpc.RPC{"m": func() any { return v }, "list": func() []any { return []any{v} }}
			same(t, masked(rpc.Call([]byte(ask("m", "")), nil)), want)
			if want != internalErr {
				want = strings.Replace(strings.Replace(want, `"result":`, `"result":[`, 1), `,"id":1}`, `],"id":1}`, 1)
			}
			same(t, masked(rpc.Call([]byte(ask("list", "")), nil)), want)
		})
	}
}

// TestDefaultsAreNotShared changes, in each call, all that a default points to.
func TestDefaultsAreNotShared(t *testing.T) {
	type deep struct {
		Names map[string][]int
		List  [1]*int
		Any   any
	}
	seven := 7
	change := func(d deep) any {
		d.Names["a"][0]++
		*d.List[0]++
		d.Any.([]any)[0] = d.Any.([]any)[0].(int) + 1
		return []any{d.Names["a"][0], *d.List[0], d.Any.([]any)[0]}
	}
	given := deep{map[string][]int{"a": {1}}, [1]*int{&seven}, []any{5}}
	rpc := jsonrpc.RPC{
		"m":    jsonrpc.Func(change, "d").Default("d", given),
		"ptr":  jsonrpc.Func(func(d *deep) any { return change(*d) }, "d").Default("d", &given),
		"none": jsonrpc.Func(func(d []int, m map[string]int) bool { return d == nil && m == nil }, "d", "m").Default("d", nil).Default("m", nil),
	}
	for range 3 {
		same(t, string(rpc.Call([]byte(ask("m", "")), nil)), told("[2,8,6]"))
		same(t, string(rpc.Call([]byte(ask("ptr", "")), nil)), told("[2,8,6]"))
		same(t, string(rpc.Call([]byte(ask("none", "")), nil)), told("true"))
	}
}

// TestStdCodec is the alternative: encoding/json with its leniency.
func TestStdCodec(t *testing.T) {
	rpc := jsonrpc.RPC{
		"echo": jsonrpc.Func(func(p wireInner) wireInner { return p }, "p"),
		"list": func() []int { return nil },
		"html": func() string { return "<a>" },
	}
	app, _ := appOf(t, rpc, jsonrpc.Options{Codec: jsonrpc.StdCodec{}})
	same(t, callApp(app, ask("echo", `[{"A":1}]`)), told(`{"a":1}`))
	same(t, callApp(app, ask("echo", `[{"a":1,"a":2}]`)), told(`{"a":2}`))
	same(t, callApp(app, ask("list", ``)), told(`null`))
	same(t, callApp(app, ask("html", ``)), told(`"\u003ca\u003e"`))
	same(t, callApp(app, ask("echo", `[{"a":"x"}]`)), invalid("/0/a integer string"))
	same(t, callApp(app, ask("echo", `{"P":{}}`)), invalid("/P one of: p unknown", "/p object missing"))
}
