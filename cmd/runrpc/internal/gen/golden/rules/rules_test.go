package rules_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/rules"
)

// ways are the three ways in which the same functions become procedures.
func ways() map[string]jsonrpc.RPC {
	return map[string]jsonrpc.RPC{"Func": byFunc(), "Typed": byHand(), "generated": rules.RPC()}
}

func result(json string) string { return `{"jsonrpc":"2.0","result":` + json + `,"id":1}` }

// invalid is the answer with faults, each as "pointer expected got".
func invalid(faults ...string) string {
	var list []string
	for _, f := range faults {
		param, rest, _ := strings.Cut(f, " ")
		at := strings.LastIndexByte(rest, ' ')
		list = append(list, fmt.Sprintf(`{"param":%q,"expected":%q,"got":%q}`, param, rest[:at], rest[at+1:]))
	}
	return `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":[` + strings.Join(list, ",") + `]},"id":1}`
}

func failure(code int, message string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","error":{"code":%d,"message":%q},"id":1}`, code, message)
}

// incident is the answer to what is private, with its id masked.
func incident(code int, message string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","error":{"code":%d,"message":%q,"data":{"incident":"x"}},"id":1}`, code, message)
}

var (
	serverError   = incident(-32000, "Server error")
	internalError = incident(-32603, "Internal error")
	unknown       = " one of: there is none unknown"
)

const due = `"2026-01-02T03:04:05Z"`

// cases are calls and their exact answers.
var cases = []struct{ method, params, want string }{
	{"nothing", ``, result(`null`)},
	{"nothing", `{}`, result(`null`)},
	{"nothing", `[1]`, invalid("/0 at most 0 parameters surplus")},
	{"nothing", `{"a":1}`, invalid("/a" + unknown)},

	{"subtract", `[5,3]`, result(`2`)},
	{"subtract", `{"b":3,"a":5}`, result(`2`)},
	{"subtract", ``, invalid("/a integer missing", "/b integer missing")},
	{"subtract", `[]`, invalid("/0 integer missing", "/1 integer missing")},
	{"subtract", `[1]`, invalid("/1 integer missing")},
	{"subtract", `[1,2,3]`, invalid("/2 at most 2 parameters surplus")},
	{"subtract", `{"a":1,"c":3}`, invalid("/c one of: a, b unknown", "/b integer missing")},
	{"subtract", `{"A":1,"b":2}`, invalid("/A one of: a, b unknown", "/a integer missing")},
	{"subtract", `{"\u0061":1,"b":2}`, result(`-1`)},
	{"subtract", `{"a":1,"a":2,"b":3}`, invalid("/a one value duplicate")},
	{"subtract", `["x",{}]`, invalid("/0 integer string", "/1 integer object")},
	{"subtract", `[1,128]`, invalid("/1 integer from -128 to 127 number")},
	{"subtract", `[1.5,2]`, invalid("/0 integer number")},
	{"subtract", `[null,null]`, invalid("/0 integer null", "/1 integer null")},
	{"subtract", `7`, invalid(" array or object number")},

	{"order", `{"items":[{"qty":1}],"rates":{"a":1},"due":` + due + `}`, result(`"1 1 2026 true true\n"`)},
	{"order", `[[],{},` + due + `,"x",{"a":1}]`, result(`"0 0 2026 false false\n"`)},
	{"order", `[null,null,` + due + `,null,null]`, result(`"0 0 2026 true true\n"`)},
	{"order", `{"items":[{"qty":1},{"qty":"3"}],"rates":{},"due":` + due + `}`, invalid("/items/1/qty integer string")},
	{"order", `{"items":[{"sub":{"sub":{"tag":["a",7]}}}],"rates":{"a/b":{}},"due":7}`,
		invalid("/items/0/sub/sub/tag/1 string number", "/rates/a~1b integer object", "/due RFC 3339 date and time number")},
	{"order", `{"items":[],"rates":{},"due":null}`, invalid("/due RFC 3339 date and time null")},
	{"order", `[]`, invalid("/0 array missing", "/1 object missing", "/2 RFC 3339 date and time missing")},

	{"kinds", `[255,-1,0.5,"t",true,"aGk=",[1,2]]`, result(`[255,-1,0.5,"t",true,"aGk=",[1,2]]`)},
	{"kinds", `{"two":[1,2],"raw":null,"ok":false,"text":"","f32":1,"i64":2,"u8":3}`, result(`[3,2,1,"",false,"",[1,2]]`)},
	{"kinds", `["0","0","0",0,0,0,0]`, invalid("/0 integer string", "/1 integer string", "/2 number string", "/3 string number",
		"/4 boolean number", "/5 base64 string number", "/6 array of 2 number")},
	{"kinds", `[256,0,1e39,"",true,"*",[1]]`, invalid("/0 integer from 0 to 255 number", "/2 number number",
		"/5 base64 string string", "/6 array of 2 array")},

	{"größe", `{"größe":1,"名前":2}`, result(`3`)},
	{"größe", `{"gr\u00f6\u00dfe":1,"\u540d\u524d":""}`, invalid("/名前 integer string")},

	{"defaults", ``, result("\"5 [a ` end] true 2026\"")},
	{"defaults", `[]`, result("\"5 [a ` end] true 2026\"")},
	{"defaults", `{"list":["b"],"p":1}`, result(`"5 [b end] false 2026"`)},
	{"defaults", `[1,null,null,"2020-01-02T03:04:05Z"]`, result(`"1 [end] true 2020"`)},
	{"defaults", `{"n":null}`, invalid("/n integer null")},

	{"guarded", `["d"]`, result(`"d of alice"`)},
	{"guarded", `{"doc":"d","user":"mallory"}`, invalid("/user nothing: the server sets it injected")},
	{"guarded", `["d","mallory"]`, invalid("/1 at most 1 parameters surplus")},
	{"guarded", `{}`, invalid("/doc string missing")},

	{"sum", `[1,2,3]`, result(`6`)},
	{"sum", ``, result(`0`)},
	{"sum", `[1,"x","y"]`, invalid("/1 integer string")},
	{"sum", `{"numbers":[1,2]}`, result(`3`)},
	{"sum", `{"numbers":null}`, result(`0`)},
	{"sum", `{"numbers":[1,"x"]}`, invalid("/numbers/1 integer string")},
	{"join", `["-","a","b"]`, result(`"a-b"`)},
	{"join", `{"sep":"-"}`, result(`""`)},
	{"join", `{"parts":["a","b"],"sep":"-"}`, result(`"a-b"`)},
	{"join", `[]`, invalid("/0 string missing")},

	{"positions", `[1,"x",[{"qty":1}]]`, result(`null`)},
	{"positions", `[1,null,null]`, result(`null`)},
	{"positions", `[1]`, invalid("/2 array missing")},
	{"positions", `{"P1":1}`, invalid("/P1"+unknown, "/0 integer missing", "/2 array missing")},
	{"positions", ``, invalid("/0 integer missing", "/2 array missing")},
	{"blank", `[1,"x"]`, result(`1`)},
	{"blank", `{"n":1}`, invalid("/n"+unknown, "/0 integer missing", "/1 string missing")},
	{"onlyOne", `[1]`, result(`null`)},
	{"onlyOne", `{}`, invalid("/0 integer missing")},

	{"list", `{"text":"x"}`, result(`null`)},
	{"list", `["x",5,6,["c"],7,` + due + `]`, result(`null`)},
	{"list", `{}`, invalid("/text string missing")},
	{"list", `{"text":"x","page":{}}`, invalid("/page one of: text, limit, offset, tags, before, since unknown")},
	{"list", `{"text":"x","owner":"mallory"}`, invalid("/owner nothing: the server sets it injected")},
	{"listByPointer", `{"text":"x","limit":"y"}`, invalid("/limit integer string")},
	{"listByPointer", `["x"]`, result(`null`)},
	{"noList", ``, result(`null`)},
	{"noList", `{}`, result(`null`)},
	{"noList", `[{}]`, invalid("/0 at most 0 parameters surplus")},
	{"named", `{"q":{"text":"t","limit":3}}`, result(`"t3 []"`)},
	{"named", `[{"text":"t"}]`, result(`"t0 []"`)},
	{"named", `{"text":"t"}`, invalid("/text one of: q unknown", "/q object missing")},
	{"when", `[` + due + `]`, result(`null`)},
	{"when", `{"wall":1}`, invalid("/wall"+unknown, "/0 RFC 3339 date and time missing")},

	{"keywords", `{"b":2,"a":1}`, result(`null`)},
	{"keywords", `[{"a":1}]`, result(`null`)},
	{"keywords", ``, result(`null`)},
	{"keywords", `{"a":"x"}`, invalid("/a integer string")},
	{"record", `{"all":{"b":2,"a":1}}`, result(`["a","b"]`)},
	{"record", `{"a":1}`, invalid("/a one of: all unknown", "/all object missing")},

	{"context", `[7]`, result(`"true 7"`)},
	{"browser", `["a "]`, result(`"a POST"`)},
	{"browser", `[1]`, invalid("/0 string number")},
	{"both", ``, result(`true`)},

	{"refuse", `[true]`, failure(-32001, "no funds")},
	{"refuse", `[false]`, serverError},
	{"divide", `[7,2]`, result(`3`)},
	{"divide", `[7,0]`, failure(-32001, "no funds")},
	{"pointer", ``, result(`null`)},
	{"slice", ``, result(`[]`)},
	{"panic", `["x"]`, internalError},
	{"other_name", ``, result(`"renamed"`)},
	{"renamed", ``, failure(-32601, "Method not found")},
	{"hidden", ``, failure(-32601, "Method not found")},
}

// ask returns a request.
func ask(method, params string) string {
	if params != "" {
		params = `,"params":` + params
	}
	return fmt.Sprintf(`{"jsonrpc":"2.0","method":%q%s,"id":1}`, method, params)
}

var incidentID = regexp.MustCompile(`"incident":"[0-9a-f]+"`)

func masked(answer string) string { return incidentID.ReplaceAllString(answer, `"incident":"x"`) }

// quiet are options with a logger that nobody reads.
func quiet() *jsonrpc.Options {
	log := zerolog.New(io.Discard)
	return &jsonrpc.Options{
		Logger: &log,
		Extras: func(*http.Request) (jsonrpc.Extras, error) {
			return jsonrpc.Extras{"user": rules.User("alice"), "owner": "alice"}, nil
		},
	}
}

// TestAnswers posts each case, twice, to each kind of procedure.
func TestAnswers(t *testing.T) {
	called := map[string]bool{}
	for way, rpc := range ways() {
		app, err := jsonrpc.NewApplication(rpc, quiet())
		if err != nil {
			t.Fatalf("%s: %v", way, err)
		}
		for _, test := range cases {
			called[test.method] = true
			for range 2 {
				r := httptest.NewRequest(http.MethodPost, "http://localhost/", strings.NewReader(ask(test.method, test.params)))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				app.ServeHTTP(w, r)
				if got := masked(w.Body.String()); got != test.want {
					t.Errorf("%s: %s %s\n got %s\nwant %s", way, test.method, test.params, got, test.want)
				}
			}
		}
	}
	for method := range rules.RPC() {
		if !called[method] {
			t.Errorf("no case calls %s", method)
		}
	}
}

// TestWithoutHTTP calls what cannot do without it, and without what the server has to set.
func TestWithoutHTTP(t *testing.T) {
	for way, rpc := range ways() {
		app, err := jsonrpc.NewApplication(rpc, quiet())
		if err != nil {
			t.Fatal(err)
		}
		for method, params := range map[string]string{"browser": `["a"]`, "both": ``, "guarded": `["d"]`} {
			if got := masked(string(app.CallContext(t.Context(), []byte(ask(method, params)), nil))); got != internalError {
				t.Errorf("%s: %s got %s", way, method, got)
			}
		}
		got := string(app.CallContext(t.Context(), []byte(ask("subtract", `{"a":5}`)), jsonrpc.Extras{"b": 3}))
		if want := result("2"); got != want {
			t.Errorf("%s: with an extra variable: %s", way, got)
		}
	}
}

// TestDescriptions are the same too.
func TestDescriptions(t *testing.T) {
	all := ways()
	want := all["Func"].Methods()
	for way, rpc := range all {
		if diff := cmp.Diff(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", rpc.Methods())); diff != "" {
			t.Errorf("%s (-Func +%s):\n%s", way, way, diff)
		}
	}
}

// BenchmarkSubtract compares the ways: what is generated is as fast as what is written by hand.
func BenchmarkSubtract(b *testing.B) {
	msg := []byte(ask("subtract", `{"a":42,"b":23}`))
	for _, way := range []string{"Func", "Typed", "generated"} {
		rpc := ways()[way]
		b.Run(way, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				rpc.CallContext(context.Background(), msg, nil)
			}
		})
	}
}
