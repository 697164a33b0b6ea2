package jsonrpc_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// tagged is a struct with what tags can say.
type tagged struct {
	Plain   string         `json:"plain"`
	Empty   []int          `json:"empty,omitempty"`
	Zero    time.Time      `json:"zero,omitzero"`
	Number  int64          `json:"number,string"`
	Any     any            `json:"any"`
	Slice   []string       `json:"slice"`
	Map     map[string]int `json:"map"`
	Bytes   []byte         `json:"bytes"`
	Pointer *int           `json:"pointer"`
	Ignored string         `json:"-"`
	Untold  int
	Nested  struct{ A []int } `json:"nested"`
}

func TestWhatStrictCodecWrites(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string // "" where it cannot be
	}{
		{nil, `null`},
		{[]int(nil), `[]`},
		{[]string{}, `[]`},
		{map[string]int(nil), `{}`},
		{[]byte(nil), `""`},
		{[]byte("\x00\xff"), `"AP8="`},
		{[2]byte{1, 2}, `[1,2]`},
		{(*int)(nil), `null`},
		{map[string]any{"b": []int(nil), "a": nil, "": 1}, `{"":1,"a":null,"b":[]}`},
		{map[int]bool{10: true, 9: false}, `{"10":true,"9":false}`},
		{tagged{}, `{"plain":"","number":"0","any":null,"slice":[],"map":{},"bytes":"","pointer":null,"Untold":0,"nested":{"A":[]}}`},
		{"<a href='x'>&amp;\u2028\u2029é😀\x7f", `"<a href='x'>&amp;` + "\u2028\u2029é😀\x7f" + `"`},
		{"\"\\/\b\f\n\r\t\x00\x1f", `"\"\\/\b\f\n\r\t\u0000\u001f"`},
		{1e21, `1e+21`},
		{1e20, `100000000000000000000`},
		{1e-7, `1e-7`},
		{0.30000000000000004, `0.30000000000000004`},
		{math.Copysign(0, -1), `-0`},
		{float32(0.1), `0.1`},
		{int64(math.MinInt64), `-9223372036854775808`},
		{uint64(math.MaxUint64), `18446744073709551615`},
		{time.Second, `1000000000`},
		{time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC), `"2026-01-02T03:04:05.000000006Z"`},
		{json.Number("1.50"), `1.50`},
		{json.Number(""), `0`},
		{[]any{json.Number("-0"), map[string]json.Number{"n": "1e400"}}, `[-0,{"n":1e400}]`},
		{json.RawMessage(`{"a" : [1, 2.0]}`), `{"a":[1,2.0]}`},
		{json.RawMessage(nil), `null`},
		{[]any{json.RawMessage("[ ]"), 1, nil}, `[[],1,null]`},
		{marshaled(`{"b":1, "a":2}`), `{"b":1,"a":2}`},
		{textual("x"), `"<x>"`},
		{map[textual]int{"b": 1, "a": 2}, `{"<a>":2,"<b>":1}`},

		{"a\xffb", ""},
		{[]string{"\xed\xa0\x80"}, ""},
		{map[string]int{"\xff": 1}, ""},
		{math.NaN(), ""},
		{[]float64{math.Inf(1)}, ""},
		{func() {}, ""},
		{make(chan int), ""},
		{complex(1, 2), ""},
		{json.Number("x"), ""},
		{json.Number("1 2"), ""},
		{json.RawMessage(""), ""},
		{json.RawMessage("{"), ""},
		{json.RawMessage("1 2"), ""},
		{json.RawMessage("\"\xff\""), ""},
		{marshaled(`{"a":1,"a":2}`), ""},
		{marshaled(``), ""},
		{marshaled(`nope`), ""},
		{failing{}, ""},
	} {
		r := jsonrpc.RPC{
			"result": func() any { return c.value },
			"raw":    func(context.Context, *jsonrpc.Request) (any, error) { return c.value, nil },
			"data":   func() error { return jsonrpc.ServerError(1, "told", c.value) },
		}
		name := fmt.Sprintf("%T %v", c.value, c.value)
		for _, way := range routes(t, r, nil) {
			t.Run(way.name+"/"+name, func(t *testing.T) {
				result, data := resultFor(c.want, "1"), faultFor(`{"code":-32001,"message":"told","data":`+c.want+`}`, "1")
				if c.want == "" {
					result, data = faultFor(internalFault, "1"), faultFor(internalFault, "1")
				}
				if c.value == nil {
					data = faultFor(`{"code":-32001,"message":"told"}`, "1")
				}
				sameAnswer(t, way.send(t, `{"jsonrpc":"2.0","method":"result","id":1}`), result)
				sameAnswer(t, way.send(t, `{"jsonrpc":"2.0","method":"raw","id":1}`), result)
				sameAnswer(t, way.send(t, `{"jsonrpc":"2.0","method":"data","id":1}`), data)
			})
		}
		var b bytes.Buffer
		err := jsonrpc.StrictCodec{}.MarshalWrite(&b, c.value)
		if (err == nil) != (c.want != "") || err == nil && b.String() != c.want {
			t.Errorf("%s: MarshalWrite writes %s, %v; want %s", name, &b, err, c.want)
		}
	}
}

// marshaled is a json.Marshaler that writes itself, textual an encoding.TextMarshaler.
type (
	marshaled string
	textual   string
	failing   struct{}
)

func (m marshaled) MarshalJSON() ([]byte, error) { return []byte(m), nil }
func (s textual) MarshalText() ([]byte, error)   { return []byte("<" + s + ">"), nil }
func (failing) MarshalJSON() ([]byte, error)     { return nil, errors.New("it will not") }

func TestWhatStrictCodecReads(t *testing.T) {
	type inner struct {
		Name string `json:"name"`
		N    *int   `json:"n,omitempty"`
	}
	for _, c := range []struct {
		into any // a pointer
		text string
		want any // nil where it cannot be
	}{
		{new(inner), `{"name":"x","n":1}`, inner{"x", new(1)}},
		{new(inner), `{"name":"x","other":1}`, inner{Name: "x"}},
		{new(inner), `{"Name":"x"}`, inner{}},
		{new(inner), `{"NAME":"x","name":"y"}`, inner{Name: "y"}},
		{new(inner), `{"\u006eame":"x"}`, inner{Name: "x"}},
		{new(inner), `{"name":null}`, inner{}},
		{new(inner), `null`, inner{}},
		{new(inner), `{"name":"x","name":"x"}`, nil},
		{new(inner), `{"x":1,"x":1}`, nil},
		{new(inner), `{"name":1}`, nil},
		{new(inner), `[]`, nil},
		{new(any), `{"a":1,"a":1}`, nil},
		{new(any), `{"a":{"b":1,"\u0062":2}}`, nil},
		{new(any), `[1,"x",null,true]`, any([]any{1.0, "x", nil, true})},
		{new(map[string]int), `{"a":1,"a":1}`, nil},
		{new(string), `"\ud800"`, nil},
		{new(string), `"\ud83d\ude00"`, "😀"},
		{new(string), "\"\xff\"", nil},
		{new(string), `5`, nil},
		{new(int), `1.0`, nil},
		{new(int), `1e2`, nil},
		{new(int), `-0`, 0},
		{new(int), `"1"`, nil},
		{new(int8), `128`, nil},
		{new(int8), `-128`, int8(-128)},
		{new(uint), `-1`, nil},
		{new(uint64), `18446744073709551615`, uint64(math.MaxUint64)},
		{new(uint64), `18446744073709551616`, nil},
		{new(float64), `1e400`, nil},
		{new(float64), `-0`, math.Copysign(0, -1)},
		{new(bool), `"true"`, nil},
		{new([2]int), `[1]`, nil},
		{new([2]int), `[1,2]`, [2]int{1, 2}},
		{new([2]int), `[1,2,3]`, nil},
		{new([]int), `[]`, []int{}},
		{new([]int), `null`, []int(nil)},
		{new([]byte), `"AP8="`, []byte("\x00\xff")},
		{new([]byte), `[0,255]`, []byte("\x00\xff")},
		{new(time.Duration), `5`, time.Duration(5)},
		{new(json.Number), `1.50`, json.Number("1.50")},
		{new(json.Number), `null`, json.Number("")},
		{new(json.Number), `true`, nil},
		{new([]json.Number), `[1,-0]`, []json.Number{"1", "-0"}},
		{new(json.RawMessage), `[1, 2.0]`, json.RawMessage(`[1, 2.0]`)},
	} {
		err := jsonrpc.StrictCodec{}.Unmarshal([]byte(c.text), c.into)
		if (err == nil) != (c.want != nil) {
			t.Errorf("%T %s: %v", c.into, c.text, err)
		} else if diff := cmp.Diff(c.want, reflect.ValueOf(c.into).Elem().Interface()); err == nil && diff != "" {
			t.Errorf("%T %s: -want +got:\n%s", c.into, c.text, diff)
		}
	}
}

func TestStandardCodec(t *testing.T) {
	type person struct{ Name string }
	r := jsonrpc.RPC{
		"greet": jsonrpc.Func(func(p person) string { return "<" + p.Name + ">" }, "person"),
		"nil":   func() []int { return nil },
		"utf8":  func() string { return "a\xffb" },
	}
	runWires(t, r, &jsonrpc.Options{Codec: jsonrpc.StdCodec{}}, []wire{
		{"any case", `{"jsonrpc":"2.0","method":"greet","params":[{"nAME":"Ada"}],"id":1}`, resultFor(`"\u003cAda\u003e"`, "1")},
		{"twice", `{"jsonrpc":"2.0","method":"greet","params":[{"Name":"Ada","Name":"Bob"}],"id":1}`, resultFor(`"\u003cBob\u003e"`, "1")},
		{"lone surrogate", `{"jsonrpc":"2.0","method":"greet","params":[{"Name":"\ud800"}],"id":1}`, resultFor(`"\u003c`+"\uFFFD"+`\u003e"`, "1")},
		{"nil slice", `{"jsonrpc":"2.0","method":"nil","id":1}`, resultFor("null", "1")},
		{"invalid UTF-8", `{"jsonrpc":"2.0","method":"utf8","id":1}`, resultFor(`"a\ufffdb"`, "1")},
		{"mistyped", `{"jsonrpc":"2.0","method":"greet","params":[{"Name":1}],"id":1}`, faultFor(`{"code":-32602,"message":"Invalid params","data":[{"param":"/0/Name","expected":"string","got":"number"}]}`, "1")},
		{"mistyped as a whole", `{"jsonrpc":"2.0","method":"greet","params":["x"],"id":1}`, faultFor(`{"code":-32602,"message":"Invalid params","data":[{"param":"/0","expected":"object","got":"string"}]}`, "1")},
	})
}
