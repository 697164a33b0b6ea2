package jsonrpc_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc"
)

type namedString string

type point struct {
	X int `json:"x"`
	Y int `json:"y"`
}

type resultOnly struct{ N int }

// TestSignatures calls functions of every kind, plain and as a Procedure.
func TestSignatures(t *testing.T) {
	ctxOK := func(ctx context.Context) string { return fmt.Sprint(jsonrpc.RequestFrom(ctx) != nil) }
	for name, test := range map[string]struct {
		fn           any
		params, want string
	}{
		"nothing":              {func() {}, ``, "null"},
		"context":              {func(ctx context.Context) string { return ctxOK(ctx) }, ``, `"true"`},
		"context and more":     {func(ctx context.Context, a, b int) string { return ctxOK(ctx) + fmt.Sprint(a+b) }, `[1,2]`, `"true3"`},
		"one":                  {func(a int) int { return a }, `[1]`, "1"},
		"many":                 {func(a int, b string, c bool, d float64, e []int) any { return []any{a, b, c, d, e} }, `[1,"b",true,1.5,[2]]`, `[1,"b",true,1.5,[2]]`},
		"result and error":     {func(a int) (int, error) { return a, nil }, `[1]`, "1"},
		"error alone":          {func() error { return nil }, ``, "null"},
		"any":                  {func(v any) any { return v }, `[{"a":[1,"x",null,true]}]`, `{"a":[1,"x",null,true]}`},
		"raw":                  {func(v json.RawMessage) json.RawMessage { return v }, `[ {"a" : 1.00} ]`, `{"a":1.00}`},
		"variadic, none":       {sumOf, `[]`, "0"},
		"variadic, no params":  {sumOf, ``, "0"},
		"variadic":             {sumOf, `[1,2,3]`, "6"},
		"variadic behind":      {func(sep string, parts ...string) string { return strings.Join(parts, sep) }, `["-","a","b"]`, `"a-b"`},
		"variadic behind none": {func(sep string, parts ...string) int { return len(parts) }, `["-"]`, `0`},
		"variadic any":         {func(all ...any) int { return len(all) }, `[1,"a",null]`, `3`},
		"variadic structs":     {func(all ...point) point { return all[len(all)-1] }, `[{"x":1},{"y":2}]`, `{"x":0,"y":2}`},
		"kwargs":               {func(all map[string]int) map[string]int { return all }, `{"b":2,"a":1}`, `{"a":1,"b":2}`},
		"kwargs, none":         {func(all map[string]int) string { return fmt.Sprint(len(all), all != nil) }, ``, `"0 true"`},
		"kwargs, empty":        {func(all map[string]any) string { return fmt.Sprint(len(all), all != nil) }, `{}`, `"0 true"`},
		"kwargs by position":   {func(all map[string]int) map[string]int { return all }, `[{"a":1}]`, `{"a":1}`},
		"named types":          {func(d time.Duration, s namedString) string { return d.String() + string(s) }, `[1000,"x"]`, `"1µsx"`},
		"time":                 {func(t time.Time) int { return t.Year() }, `["2026-01-02T03:04:05Z"]`, "2026"},
		"pointer":              {func(p *int) bool { return p == nil }, `[]`, "true"},
		"pointer, null":        {func(p *int) bool { return p == nil }, `[null]`, "true"},
		"pointer, given":       {func(p *int) int { return *p }, `[7]`, "7"},
		"pointers behind":      {func(a int, p, q *int) string { return fmt.Sprint(a, p != nil, q != nil) }, `[1,2]`, `"1 true false"`},
		"bytes":                {func(b []byte) int { return len(b) }, `["aGk="]`, "2"},
		"array":                {func(a [3]int) int { return a[2] }, `[[1,2,3]]`, "3"},
		"two structs":          {func(p, q point) int { return p.X + q.Y }, `[{"x":1},{"y":2}]`, "3"},
		"nil slice":            {func() []int { return nil }, ``, "[]"},
		"nil map":              {func() map[string]int { return nil }, ``, "{}"},
		"nil pointer":          {func() *point { return nil }, ``, "null"},
		"nil interface":        {func() any { return nil }, ``, "null"},
		"struct result":        {func() resultOnly { return resultOnly{1} }, ``, `{"N":1}`},
		"html":                 {func() string { return "<a&b>\u2028" }, ``, "\"<a&b>\u2028\""},
	} {
		t.Run(name, func(t *testing.T) {
			answers(t, jsonrpc.RPC{"m": test.fn}, ask("m", test.params), told(test.want))
			answers(t, jsonrpc.RPC{"m": jsonrpc.Func(test.fn)}, ask("m", test.params), told(test.want))
			wrapped := jsonrpc.Func(test.fn).With(func(next jsonrpc.Handler) jsonrpc.Handler { return next })
			answers(t, jsonrpc.RPC{"m": wrapped}, ask("m", test.params), told(test.want))
		})
	}
}

// TestBadSignatures panics in Func and is an error of NewProcedure.
func TestBadSignatures(t *testing.T) {
	for name, test := range map[string]struct {
		fn    any
		names []string
		texts []string
	}{
		"nil":                  {nil, nil, []string{"nil function", "want func("}},
		"nil function":         {(func())(nil), nil, []string{"nil function", "want func("}},
		"no function":          {7, nil, []string{"found int", "want func("}},
		"channel":              {func(chan int) {}, nil, []string{"found func(chan int)", "argument 1", "want func("}},
		"function":             {func(int, func()) {}, nil, []string{"argument 2", "want func("}},
		"two results":          {func() (int, int) { return 0, 0 }, nil, []string{"too many results", "want func("}},
		"three results":        {func() (int, int, error) { return 0, 0, nil }, nil, []string{"too many results"}},
		"a channel comes back": {func() chan int { return nil }, nil, []string{"chan int"}},
		"error type":           {func() *namedError { return nil }, nil, []string{"*jsonrpc_test.namedError"}},
		"Error type":           {func() (*jsonrpc.Error, error) { return nil, nil }, nil, []string{"*jsonrpc.Error"}},
		"late context":         {func(int, context.Context) {}, nil, []string{"context.Context"}},
		"late request":         {func(int, *http.Request) {}, nil, []string{"*http.Request"}},
		"request first":        {func(*http.Request, context.Context) {}, nil, []string{"context.Context"}},
		"our request":          {func(context.Context, *jsonrpc.Request) {}, nil, []string{"*jsonrpc.Request", "RequestFrom"}},
		"too many names":       {func(context.Context, int) {}, []string{"ctx", "n"}, []string{"2 names", "1 parameters"}},
		"twice a name":         {func(int, int) {}, []string{"a", "a"}, []string{`"a"`, "two parameters"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := jsonrpc.NewProcedure(test.fn, test.names...)
			if p != nil || err == nil {
				t.Fatalf("NewProcedure returned %v, %v", p, err)
			}
			for _, text := range test.texts {
				if !strings.Contains(err.Error(), text) {
					t.Errorf("the error has no %q: %v", text, err)
				}
			}
			defer func() {
				if got := recover(); fmt.Sprint(got) != err.Error() {
					t.Errorf("Func panicked with %v, want %v", got, err)
				}
			}()
			jsonrpc.Func(test.fn, test.names...)
		})
	}
}

func TestTypedPanics(t *testing.T) {
	for name, typed := range map[string]func(){
		"no struct":     func() { jsonrpc.Typed(func(context.Context, int) (int, error) { return 0, nil }) },
		"own decoder":   func() { jsonrpc.Typed(func(context.Context, time.Time) (int, error) { return 0, nil }) },
		"error type":    func() { jsonrpc.Typed(func(context.Context, point) (*namedError, error) { return nil, nil }) },
		"nil":           func() { jsonrpc.Typed[point, int](nil) },
		"error by name": func() { jsonrpc.Typed(func(context.Context, point) (error, error) { return nil, nil }) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), "found") {
					t.Errorf("Typed panicked with %v", p)
				}
			}()
			typed()
		})
	}
}

// TestHTTPRequest gives a procedure its own copy over HTTP, and is an Internal error elsewhere.
func TestHTTPRequest(t *testing.T) {
	type key struct{}
	var seen []*http.Request
	look := func(ctx context.Context, r *http.Request) any {
		seen = append(seen, r)
		body, err := r.Body.Read(make([]byte, 8))
		r.Header.Set("X-Seen", "yes")
		return []any{r.Method, r.URL.Path, r.Header.Get("Content-Type"), body, fmt.Sprint(err), r.ContentLength, r.Context() == ctx}
	}
	rpc := jsonrpc.RPC{
		"param":   look,
		"named":   jsonrpc.Func(func(r *http.Request, n int) string { return fmt.Sprint(r.Header.Get("X-Seen"), n) }, "n"),
		"context": func(ctx context.Context) any { return jsonrpc.HTTPRequest(ctx) == nil },
		"other": func(ctx context.Context) any {
			return jsonrpc.HTTPRequest(context.WithValue(ctx, key{}, 1)).Context().Value(key{})
		},
		"wrapped": jsonrpc.Func(look).With(wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
			return next.ServeRPC(context.WithValue(ctx, key{}, "x"), req)
		})),
	}
	app, book := appOf(t, rpc, jsonrpc.Options{})
	want := told(`["POST","/","application/json",0,"EOF",0,true]`)
	for _, method := range []string{"param", "wrapped"} {
		_, body := postTo(app, ask(method, ""))
		same(t, body, want)
		_, body = postTo(app, "["+ask(method, "")+","+ask("named", "[1]")+","+ask("named", `{"n":2}`)+"]")
		same(t, body, "["+want+","+told(`"1"`)+","+told(`"2"`)+"]")
		_, body = postTo(app, ask(method, "[1]"))
		same(t, body, invalid("/0 at most 0 parameters surplus"))
		same(t, callApp(app, ask(method, "")), internalErr)
		same(t, masked(rpc.Call([]byte(ask(method, "")), nil)), internalErr)
	}
	if seen[0] == seen[1] {
		t.Error("two calls got one request")
	}
	_, body := postTo(app, ask("context", ""))
	same(t, body, told("false"))
	same(t, callApp(app, ask("context", "")), told("true"))
	_, body = postTo(app, ask("other", ""))
	same(t, body, told("1"))
	book.wants(t, "*http.Request")
}

// TestErrorsOfProcedures come back in every form of a result.
func TestErrorsOfProcedures(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001},
		"alone":        func() error { return errNoFunds },
		"beside":       func() (int, error) { return 7, errNoFunds },
		"typed":        jsonrpc.Typed(func(context.Context, struct{}) (int, error) { return 7, errNoFunds }),
		"as a result":  func() any { return errNoFunds },
	}
	for _, method := range []string{"alone", "beside", "typed"} {
		answers(t, rpc, ask(method, ""), failed(-32001, "no funds", ""))
	}
	same(t, masked(rpc.Call([]byte(ask("as a result", "")), nil)), internalErr) // the codec knows no fields of it
}
