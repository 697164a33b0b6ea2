package jsonrpc_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/runrpc/jsonrpc"
)

func greeting(name string) string { return "Hello, " + name + "!" }

// request is a request with an id.
func request(method, params string) []byte {
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","method":%q,"params":%s,"id":1}`, method, params)
}

// A registry is a map: any function in it can be called.
func Example() {
	rpc := jsonrpc.RPC{}
	rpc["greeting"] = greeting
	rpc["subtract"] = jsonrpc.Func(func(a, b int) int { return a - b }, "minuend", "subtrahend")

	fmt.Printf("%s\n", rpc.Call(request("greeting", `["Ada"]`), nil))
	fmt.Printf("%s\n", rpc.Call(request("subtract", `{"subtrahend":23,"minuend":42}`), nil))
	// Output:
	// {"jsonrpc":"2.0","result":"Hello, Ada!","id":1}
	// {"jsonrpc":"2.0","result":19,"id":1}
}

// An Application is an http.Handler, which can be mounted anywhere.
func ExampleNewApplication() {
	app, err := jsonrpc.NewApplication(jsonrpc.RPC{"greeting": greeting}, nil)
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/rpc", app)
	server := httptest.NewServer(mux)
	defer server.Close()

	resp, err := http.Post(server.URL+"/rpc", "application/json", strings.NewReader(string(request("greeting", `["Ada"]`))))
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(resp.StatusCode, string(body))
	// Output: 200 {"jsonrpc":"2.0","result":"Hello, Ada!","id":1}
}

// Namespaces are registries in a registry.
func ExampleRPC() {
	rpc := jsonrpc.RPC{
		"billing": jsonrpc.RPC{
			"charge": func(cents int) string { return fmt.Sprintf("charged %d cents", cents) },
		},
	}
	fmt.Printf("%s\n", rpc.Call(request("billing.charge", `[1250]`), nil))
	// Output: {"jsonrpc":"2.0","result":"charged 1250 cents","id":1}
}

// The application serves another registry from one call to the next.
func ExampleApplication_Replace() {
	app, err := jsonrpc.NewApplication(jsonrpc.RPC{"version": func() int { return 1 }}, nil)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s\n", app.CallContext(context.Background(), request("version", "[]"), nil))
	if err := app.Replace(jsonrpc.RPC{"version": func() int { return 2 }}); err != nil {
		panic(err)
	}
	fmt.Printf("%s\n", app.CallContext(context.Background(), request("version", "[]"), nil))
	// Output:
	// {"jsonrpc":"2.0","result":1,"id":1}
	// {"jsonrpc":"2.0","result":2,"id":1}
}

// Check finds all faults of a registry at once.
func ExampleRPC_Check() {
	rpc := jsonrpc.RPC{
		"watch": func(events chan int) {},
		"limit": jsonrpc.Func(func(n int) {}, "n").Default("n", "many"),
	}
	fmt.Println(rpc.Check())
	// Output:
	// jsonrpc: "limit": the parameter "n": its default is no int: found string, want int
	// jsonrpc: "watch": found func(chan int): argument 1: no JSON value is a chan int; want func([context.Context,] [*http.Request,] args...) ([result] [, error])
}

// Func gives the parameters their names, and what else their types do not tell.
func ExampleFunc() {
	list := func(user string, limit int) string { return fmt.Sprintf("%d of %s's", limit, user) }
	rpc := jsonrpc.RPC{"list": jsonrpc.Func(list, "user", "limit").Default("limit", 20).Extra("user").Doc("lists.")}

	alice := jsonrpc.Extras{"user": "alice"}
	fmt.Printf("%s\n", rpc.Call(request("list", `{}`), alice))
	fmt.Printf("%s\n", rpc.Call(request("list", `{"limit":5}`), alice))
	fmt.Printf("%s\n", rpc.Call(request("list", `{"user":"bob"}`), alice))
	// Output:
	// {"jsonrpc":"2.0","result":"20 of alice's","id":1}
	// {"jsonrpc":"2.0","result":"5 of alice's","id":1}
	// {"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":[{"param":"/user","expected":"nothing: the server sets it","got":"injected"}]},"id":1}
}

// Typed takes the parameters from a struct's fields and calls the function without reflection.
func ExampleTyped() {
	type params struct {
		Text  string `json:"text"`
		Times int    `json:"times" rpc:"default=2"`
	}
	repeat := func(_ context.Context, p params) (string, error) { return strings.Repeat(p.Text, p.Times), nil }
	rpc := jsonrpc.RPC{"repeat": jsonrpc.Typed(repeat)}

	fmt.Printf("%s\n", rpc.Call(request("repeat", `{"text":"ab"}`), nil))
	fmt.Printf("%s\n", rpc.Call(request("repeat", `["ab",3]`), nil))
	// Output:
	// {"jsonrpc":"2.0","result":"abab","id":1}
	// {"jsonrpc":"2.0","result":"ababab","id":1}
}

// Wrong arguments are told of one by one, and where they are.
func ExampleParamFault() {
	type item struct {
		Qty int `json:"qty"`
	}
	rpc := jsonrpc.RPC{"order": jsonrpc.Func(func([]item, string) {}, "items", "note")}
	fmt.Printf("%s\n", rpc.Call(request("order", `{"items":[{"qty":1},{"qty":"3"}]}`), nil))
	// Output: {"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":[{"param":"/items/1/qty","expected":"integer","got":"string"},{"param":"/note","expected":"string","got":"missing"}]},"id":1}
}

// Any net/http middleware can supply extra variables.
func ExampleWithExtra() {
	rpc := jsonrpc.RPC{"whoami": jsonrpc.Func(func(user string) string { return user }, "user").Extra("user")}
	app, err := jsonrpc.NewApplication(rpc, nil)
	if err != nil {
		panic(err)
	}
	login := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		app.ServeHTTP(w, r.WithContext(jsonrpc.WithExtra(r.Context(), "user", r.Header.Get("X-User"))))
	})

	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(string(request("whoami", "[]"))))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-User", "alice")
	w := httptest.NewRecorder()
	login.ServeHTTP(w, r)
	fmt.Println(w.Body)
	// Output: {"jsonrpc":"2.0","result":"alice","id":1}
}

// overLimit is an error with data.
type overLimit struct{ Limit int }

func (e *overLimit) Error() string  { return "over the limit" }
func (e *overLimit) ErrorData() any { return e }

// The errors that a map has are part of the API, all others stay private.
func ExampleErrorMap() {
	errFunds := errors.New("no funds")
	rpc := jsonrpc.RPC{
		"charge": func(cents int) error {
			if cents > 1000 {
				return fmt.Errorf("card 1234: %w", &overLimit{1000})
			}
			return fmt.Errorf("account 5678: %w", errFunds)
		},
		jsonrpc.Errors: jsonrpc.ErrorMap{
			errFunds:          -32001, // a sentinel
			(*overLimit)(nil): -32002, // a type
		},
	}
	fmt.Printf("%s\n", rpc.Call(request("charge", `[1]`), nil))
	fmt.Printf("%s\n", rpc.Call(request("charge", `[5000]`), nil))
	// Output:
	// {"jsonrpc":"2.0","error":{"code":-32001,"message":"no funds"},"id":1}
	// {"jsonrpc":"2.0","error":{"code":-32002,"message":"over the limit","data":{"Limit":1000}},"id":1}
}

// ServerError gives an application's error the code -32000-eid.
func ExampleServerError() {
	rpc := jsonrpc.RPC{"fail": func() error { return jsonrpc.ServerError(5, "out of paper", "tray 2") }}
	fmt.Printf("%s\n", rpc.Call(request("fail", "[]"), nil))
	// Output: {"jsonrpc":"2.0","error":{"code":-32005,"message":"out of paper","data":"tray 2"},"id":1}
}

// A lazy entry is made at its first call.
func ExampleLazy() {
	rpc := jsonrpc.RPC{"report": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
		fmt.Println("connecting")
		return jsonrpc.RPC{"count": func() int { return 7 }}, nil
	})}
	fmt.Printf("%s\n", rpc.Call(request("report.count", "[]"), nil))
	fmt.Printf("%s\n", rpc.Call(request("report.count", "[]"), nil))
	// Output:
	// connecting
	// {"jsonrpc":"2.0","result":7,"id":1}
	// {"jsonrpc":"2.0","result":7,"id":1}
}

// The methods of one lazily made value, each with names for its parameters.
func ExampleLazyEntry_Method() {
	counter := jsonrpc.LazyObject(func(context.Context) (*Counter, error) {
		fmt.Println("made")
		return &Counter{n: 41}, nil
	})
	rpc := jsonrpc.RPC{
		"next": counter.Method("Next"),
		"step": jsonrpc.TypedMethod(counter, func(c *Counter, _ context.Context, p struct {
			By int `json:"by"`
		}) (int, error) {
			c.n += p.By
			return c.n, nil
		}),
	}
	fmt.Printf("%s\n", rpc.Call(request("next", "[]"), nil))
	fmt.Printf("%s\n", rpc.Call(request("step", `{"by":8}`), nil))
	// Output:
	// made
	// {"jsonrpc":"2.0","result":42,"id":1}
	// {"jsonrpc":"2.0","result":50,"id":1}
}

// A string names a member of a package.
func ExamplePackageMap() {
	rpc := jsonrpc.RPC{
		"hello": "sample:Greeting",
		jsonrpc.Packages: jsonrpc.PackageMap{
			"sample": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) { return jsonrpc.RPC{"greeting": greeting}, nil }),
		},
	}
	fmt.Printf("%s\n", rpc.Call(request("hello", `["Ada"]`), nil))
	// Output: {"jsonrpc":"2.0","result":"Hello, Ada!","id":1}
}

// Counter is a service.
type Counter struct{ n int }

// Next counts on.
func (c *Counter) Next() int { c.n++; return c.n }

// Object serves a value's methods, under a prefix or merged without one.
func ExampleObject() {
	rpc := jsonrpc.RPC{"counter": jsonrpc.Object(new(Counter))}
	maps.Copy(rpc, jsonrpc.Object(&Counter{n: 100}).RPC())
	fmt.Printf("%s\n", rpc.Call(request("counter.next", "[]"), nil))
	fmt.Printf("%s\n", rpc.Call(request("next", "[]"), nil))
	// Output:
	// {"jsonrpc":"2.0","result":1,"id":1}
	// {"jsonrpc":"2.0","result":101,"id":1}
}

// A middleware stands around a registry, or around one procedure.
func ExampleChain() {
	log := func(next jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			result, err := next.ServeRPC(ctx, req)
			fmt.Println(req.Method, result, err)
			return result, err
		})
	}
	deny := func(jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) {
			return nil, jsonrpc.NewError(403, "not today", nil)
		})
	}
	rpc := jsonrpc.RPC{
		jsonrpc.Use: jsonrpc.Chain(log),
		"greeting":  greeting,
		"shutdown":  jsonrpc.Func(func() {}).With(deny),
	}
	fmt.Printf("%s\n", rpc.Call(request("greeting", `["Ada"]`), nil))
	fmt.Printf("%s\n", rpc.Call(request("shutdown", `[]`), nil))
	// Output:
	// greeting Hello, Ada! <nil>
	// {"jsonrpc":"2.0","result":"Hello, Ada!","id":1}
	// shutdown <nil> not today (403)
	// {"jsonrpc":"2.0","error":{"code":403,"message":"not today"},"id":1}
}

// A HandlerFunc sees the request as it came.
func ExampleHandlerFunc() {
	rpc := jsonrpc.RPC{"echo": func(_ context.Context, req *jsonrpc.Request) (any, error) { return req.Params, nil }}
	fmt.Printf("%s\n", rpc.Call(request("echo", `{"a": 1.50}`), nil))
	// Output: {"jsonrpc":"2.0","result":{"a":1.50},"id":1}
}

// RPC.Methods describes what a registry has.
func ExampleRPC_Methods() {
	rpc := jsonrpc.RPC{"subtract": jsonrpc.Func(func(a, b int) int { return a - b }, "minuend", "subtrahend").Default("subtrahend", 1).Doc("subtracts.")}
	for _, m := range rpc.Methods() {
		fmt.Println(m.Name, m.Doc, m.Result)
		for _, p := range m.Params {
			fmt.Printf("  %s %v, required: %t, default: %q\n", p.Name, p.Type, p.Required, p.Default)
		}
	}
	// Output:
	// subtract subtracts. int
	//   minuend int, required: true, default: ""
	//   subtrahend int, required: false, default: "1"
}
