package jsonrpc_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// Double is registered under its own name.
func Double(n int) int { return 2 * n }

// HTTPStatus begins with initials.
func HTTPStatus() int { return 200 }

func pair[T any](a, b T) []T { return []T{a, b} }

// TestRegistryIsAMap uses a registry as the map that it is.
func TestRegistryIsAMap(t *testing.T) {
	rpc := jsonrpc.RPC{"one": func() int { return 1 }}
	call := func(method, want string) {
		t.Helper()
		same(t, string(rpc.Call([]byte(ask(method, "")), nil)), want)
	}
	call("one", told("1"))
	call("two", notFound)
	rpc["two"] = func() int { return 2 }
	call("two", told("2"))
	rpc["one"] = func() string { return "uno" }
	call("one", told(`"uno"`))
	delete(rpc, "one")
	call("one", notFound)
	rpc["in"] = jsonrpc.RPC{}
	call("in.three", notFound)
	rpc["in"].(jsonrpc.RPC)["three"] = func() int { return 3 }
	call("in.three", told("3"))
	maps.Copy(rpc, jsonrpc.RPC{"four": func() int { return 4 }})
	call("four", told("4"))
	if diff := cmp.Diff([]string{"four", "in", "two"}, slices.Sorted(maps.Keys(rpc))); diff != "" {
		t.Errorf("the names differ (-want +got):\n%s", diff)
	}
	var none jsonrpc.RPC
	same(t, string(none.Call([]byte(ask("one", "")), nil)), notFound)
}

func TestAdd(t *testing.T) {
	d := &dialer{}
	c, _ := d.dial(t.Context())
	rpc := jsonrpc.RPC{}
	rpc.Add(Double, HTTPStatus, c.Ping, strings.ToUpper)
	if diff := cmp.Diff([]string{"double", "httpStatus", "ping", "toUpper"}, slices.Sorted(maps.Keys(rpc))); diff != "" {
		t.Errorf("the names differ (-want +got):\n%s", diff)
	}
	answers(t, rpc, ask("double", "[21]"), told("42"))
	answers(t, rpc, ask("toUpper", `["go"]`), told(`"GO"`))
	answers(t, rpc, ask("ping", ""), told("1"))
	rpc = jsonrpc.RPC{}
	rpc.Add(pair[int])
	answers(t, rpc, ask("pair", "[1,2]"), told("[1,2]"))

	for name, bad := range map[string]any{
		"closure": func() {}, "number": 1, "nil": nil, "nil function": (func())(nil), "Procedure": jsonrpc.Func(Double),
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), "found") {
					t.Errorf("the panic was %v", p)
				}
			}()
			jsonrpc.RPC{}.Add(bad)
		})
	}
}

// TestBareCall runs on the caller's goroutine, with the caller's context and no deadline.
func TestBareCall(t *testing.T) {
	type key struct{}
	id := func() string {
		buf := make([]byte, 64)
		return strings.Fields(string(buf[:runtime.Stack(buf, false)]))[1]
	}
	var ids []string
	rpc := jsonrpc.RPC{"m": func(ctx context.Context) any {
		ids = append(ids, id())
		_, deadline := ctx.Deadline()
		return []any{ctx.Value(key{}), deadline}
	}}
	note := `{"jsonrpc":"2.0","method":"m"}`
	ctx := context.WithValue(t.Context(), key{}, "caller's")
	same(t, string(rpc.CallContext(ctx, []byte(ask("m", "")), nil)), told(`["caller's",false]`))
	same(t, string(rpc.Call([]byte("["+note+","+ask("m", "")+","+note+"]"), nil)), "["+told(`[null,false]`)+"]")
	if got := rpc.Call([]byte(note), nil); got != nil {
		t.Errorf("a notification was answered with %q", got)
	}
	if got := rpc.Call([]byte("["+note+"]"), nil); got != nil {
		t.Errorf("notifications were answered with %q", got)
	}
	if diff := cmp.Diff(slices.Repeat([]string{id()}, 6), ids); diff != "" {
		t.Errorf("the goroutines differ, or not all had returned (-want +got):\n%s", diff)
	}
	same(t, string(rpc.Call([]byte(strings.Repeat("[", 1024)+strings.Repeat("]", 1024)), nil)),
		`[{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"a request is an object"}},"id":null}]`)
	if got := string(rpc.Call([]byte(strings.Repeat("[", 1025)+strings.Repeat("]", 1025)), nil)); !strings.Contains(got, "-32700") {
		t.Errorf("beyond the default depth: got %s", got)
	}
}

// TestBareCallLogsToStandardError runs in a process of its own: the logger takes standard error
// as it finds it at the first call.
func TestBareCallLogsToStandardError(t *testing.T) {
	const child = "JSONRPC_TEST_BARE_CALL"
	if os.Getenv(child) != "" {
		rpc := jsonrpc.RPC{"faulty": 7, "fail": func() error { return errBroken }, "ok": says("ok")}
		fmt.Printf("%s\n%s\n%s\n", rpc.Call([]byte(ask("faulty", "")), nil), rpc.Call([]byte(ask("fail", "")), nil), rpc.Call([]byte(ask("ok", "")), nil))
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestBareCallLogsToStandardError$", "-test.v")
	cmd.Env = append(os.Environ(), child+"=1")
	var out, log strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	for _, found := range incidents.FindAllStringSubmatch(out.String(), -1) {
		if !strings.Contains(log.String(), found[1]) {
			t.Errorf("incident %s is not in the log: %s", found[1], &log)
		}
	}
	if lines := strings.Count(log.String(), "\n"); lines != 2 || !strings.Contains(log.String(), "found int") || !strings.Contains(log.String(), "broken") {
		t.Errorf("the log has %d lines: %s", lines, &log)
	}
}

// TestSnapshot changes a registry after an Application has been made of it.
func TestSnapshot(t *testing.T) {
	errs := jsonrpc.ErrorMap{errNoFunds: -32001}
	packages := jsonrpc.PackageMap{"sample": jsonrpc.Lazy(sample)}
	in := jsonrpc.RPC{"m": func() int { return 1 }, jsonrpc.Errors: errs, "fail": func() error { return errNoFunds }}
	rpc := jsonrpc.RPC{"m": func() int { return 1 }, "in": in, "add": "sample:Add", jsonrpc.Packages: packages}
	app, _ := appOf(t, rpc, jsonrpc.Options{})

	rpc["m"] = func() int { return 2 }
	rpc["new"] = func() int { return 2 }
	rpc["add"] = "nowhere:Add"
	rpc[jsonrpc.Separator] = "::"
	rpc[jsonrpc.Use] = jsonrpc.Chain(wrap(func(context.Context, *jsonrpc.Request, jsonrpc.Handler) (any, error) { return 2, nil }))
	in["m"] = func() int { return 2 }
	delete(in, "fail")
	delete(packages, "sample")
	delete(errs, errNoFunds)
	for method, want := range map[string]string{
		"m": told("1"), "in.m": told("1"), "new": notFound, "add": told("3"), "in.fail": failed(-32001, "no funds", ""),
	} {
		params := ""
		if method == "add" {
			params = "[1,2]"
		}
		same(t, callApp(app, ask(method, params)), want)
	}
}

// TestReplace swaps the registry under calls: those in flight finish on the old one.
func TestReplace(t *testing.T) {
	version := func(n int) jsonrpc.RPC {
		return jsonrpc.RPC{
			"version": func() int { return n },
			"wait":    func() int { time.Sleep(time.Second); return n },
			"fail":    func() error { time.Sleep(time.Second); return errNoFunds },

			jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: n},
		}
	}
	synctest.Test(t, func(t *testing.T) {
		app, _ := appOf(t, version(1), jsonrpc.Options{BatchWorkers: 1})
		var wg sync.WaitGroup
		wg.Go(func() { same(t, callApp(app, ask("wait", "")), told("1")) })
		wg.Go(func() { same(t, callApp(app, ask("fail", "")), failed(1, "no funds", "")) })
		wg.Go(func() {
			same(t, callApp(app, "["+ask("wait", "")+","+ask("version", "")+"]"), "["+told("1")+","+told("1")+"]")
		})
		wg.Go(func() {
			_, body := postTo(app, "["+ask("wait", "")+","+ask("version", "")+"]")
			same(t, body, "["+told("1")+","+told("1")+"]")
		})
		synctest.Wait()
		if err := app.Replace(version(2)); err != nil {
			t.Fatal(err)
		}
		same(t, callApp(app, ask("version", "")), told("2"))
		same(t, callApp(app, ask("fail", "")), failed(2, "no funds", ""))
		wg.Wait()
		if err := app.Replace(jsonrpc.RPC{"version": 3}); err == nil {
			t.Error("a faulty registry was taken")
		}
		same(t, callApp(app, ask("version", "")), told("2"))
	})
}

// TestReplaceWhileCallsComeIn finds each call on one registry or the other.
func TestReplaceWhileCallsComeIn(t *testing.T) {
	version := func(n int) jsonrpc.RPC {
		return jsonrpc.RPC{"a": func() int { return n }, "in": jsonrpc.RPC{"b": func() int { return n }}}
	}
	app, _ := appOf(t, version(1), jsonrpc.Options{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				got := callApp(app, "["+ask("a", "")+","+ask("in.b", "")+"]")
				if one, two := "["+told("1")+","+told("1")+"]", "["+told("2")+","+told("2")+"]"; got != one && got != two {
					t.Errorf("got %s", got)
				}
			}
		})
	}
	wg.Go(func() {
		for i := range 200 {
			if err := app.Replace(version(i%2 + 1)); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
}

// TestConcurrentCalls reads one map from many goroutines.
func TestConcurrentCalls(t *testing.T) {
	rpc := jsonrpc.RPC{"in": jsonrpc.RPC{"double": Double}, "object": jsonrpc.Object(&conn{n: 1}), "add": adders()["Typed"]}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				same(t, string(rpc.Call([]byte(ask("in.double", "[21]")), nil)), told("42"))
				same(t, string(rpc.Call([]byte(ask("object.ping", "")), nil)), told("1"))
				same(t, string(rpc.Call([]byte(ask("add", "[1,2]")), nil)), told("3"))
			}
		})
	}
	wg.Wait()
}

func TestRequestFrom(t *testing.T) {
	if req := jsonrpc.RequestFrom(t.Context()); req != nil {
		t.Errorf("outside of a call it is %v", req)
	}
	if r := jsonrpc.HTTPRequest(t.Context()); r != nil {
		t.Errorf("outside of a call the HTTP request is %v", r)
	}
	show := func(ctx context.Context, _ ...int) any {
		req := jsonrpc.RequestFrom(ctx)
		var r *http.Request = jsonrpc.HTTPRequest(ctx)
		return []any{req.Method, req.RawMethod, req.Params, req.ID, req.Notification(), r != nil}
	}
	rpc := jsonrpc.RPC{"in": jsonrpc.RPC{"show": show}, jsonrpc.Separator: "::"}
	for _, w := range ways(t, rpc) {
		overHTTP := fmt.Sprint(w.name == "ServeHTTP" || w.name == "a server")
		same(t, w.call(ask("in::show", "[1, 2]")), told(`["in::show","in::show",[1,2],1,false,`+overHTTP+`]`))
		same(t, w.call(ask("::in::show", "")), told(`["in::show","::in::show",null,1,false,`+overHTTP+`]`))
	}
}
