package jsonrpc_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// names lists a description's methods.
func names(d *jsonrpc.Description) []string {
	var list []string
	for _, m := range d.Methods {
		list = append(list, m.Name)
	}
	return list
}

// discover is a method that returns the description that its call finds.
func discover(into **jsonrpc.Description) any {
	return func(ctx context.Context) { *into = jsonrpc.DescriptionOf(ctx) }
}

func TestDescriptionOf(t *testing.T) {
	var got *jsonrpc.Description
	inner := jsonrpc.RPC{"a": func() {}, "rpc.discover": discover(&got)}
	rpc := jsonrpc.RPC{
		"rpc.discover": discover(&got),
		"in":           inner,
		"handled": jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			own := *req
			own.Method = "rpc.discover"
			return inner.ServeRPC(ctx, &own)
		}),
	}
	app, _ := appOf(t, rpc, jsonrpc.Options{})
	all := []string{"handled", "in.a", "in.rpc.discover", "rpc.discover"}
	for _, c := range []struct {
		method string
		call   func(msg string) string
		want   []string
	}{
		{"rpc.discover", func(msg string) string { return callApp(app, msg) }, all},
		{"in.rpc.discover", func(msg string) string { return callApp(app, msg) }, all},
		{"handled", func(msg string) string { return callApp(app, msg) }, []string{"a", "rpc.discover"}},
		{"rpc.discover", func(msg string) string { return string(rpc.Call([]byte(msg), nil)) }, all},
		{"rpc.discover", func(msg string) string { return string(inner.Call([]byte(msg), nil)) }, []string{"a", "rpc.discover"}},
	} {
		got = nil
		same(t, c.call(ask(c.method, "")), told("null"))
		if got == nil {
			t.Fatalf("%s found none", c.method)
		}
		if diff := cmp.Diff(c.want, names(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.method, diff)
		}
	}
	if jsonrpc.DescriptionOf(context.Background()) != nil {
		t.Error("found a description outside of a call")
	}
}

// TestDescriptionAfterCall: a context that outlives its call describes nothing.
func TestDescriptionAfterCall(t *testing.T) {
	var kept context.Context
	rpc := jsonrpc.RPC{"keep": func(ctx context.Context) { kept = ctx }}
	app, _ := appOf(t, rpc, jsonrpc.Options{})
	same(t, callApp(app, ask("keep", "")), told("null"))
	if d := jsonrpc.DescriptionOf(kept); d != nil {
		t.Errorf("found %v", names(d))
	}
}

// TestDescriptionIsKept until something changes.
func TestDescriptionIsKept(t *testing.T) {
	broken := true
	lazy := jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
		if broken {
			return nil, errors.New("broken")
		}
		return jsonrpc.RPC{"deeper": jsonrpc.Lazy(func(context.Context) (func(int) int, error) { return func(n int) int { return n }, nil })}, nil
	})
	app, _ := appOf(t, jsonrpc.RPC{"lazy": lazy, "a": func() {}}, jsonrpc.Options{})
	same(t, callApp(app, ask("lazy.deeper", "[1]")), unavailable)
	first := app.Describe()
	if app.Describe() != first {
		t.Error("nothing has changed, and the description is another")
	}
	if diff := cmp.Diff([]string{"a", "lazy"}, names(first)); diff != "" {
		t.Errorf("a lazy entry that failed (-want +got):\n%s", diff)
	}
	broken = false
	if err := app.Replace(jsonrpc.RPC{"lazy": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
		return jsonrpc.RPC{"deeper": jsonrpc.Lazy(func(context.Context) (func(int) int, error) { return func(n int) int { return n }, nil })}, nil
	}), "a": func() {}}); err != nil {
		t.Fatal(err)
	}
	second := app.Describe()
	if second == first {
		t.Error("Replace has changed nothing")
	}
	same(t, callApp(app, ask("lazy.deeper", "[1]")), told("1"))
	third := app.Describe()
	if third == second || app.Describe() != third {
		t.Error("a lazy entry was made, and the description is not another, or not the same again")
	}
	if diff := cmp.Diff([]string{"a", "lazy.deeper"}, names(third)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if third.Methods[1].Lazy || third.Methods[1].Result == nil {
		t.Errorf("found %+v, want it resolved", third.Methods[1])
	}
}

// TestDescriptionOfCircles: a lazy entry may lead back to itself.
func TestDescriptionOfCircles(t *testing.T) {
	var self, member *jsonrpc.LazyEntry
	self = jsonrpc.Lazy(func(context.Context) (any, error) { return self, nil })
	member = jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
		return jsonrpc.RPC{"again": member, "ref": "nowhere:Name", "a": func() {}}, nil
	})
	rpc := jsonrpc.RPC{"self": self, "member": member}
	rpc.Call([]byte(ask("self", "")), nil)
	same(t, string(rpc.Call([]byte(ask("member.a", "")), nil)), told("null"))
	if diff := cmp.Diff([]string{"member.a"}, names(rpc.Describe())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestDescriptionOfShadows: of two methods with one name, the one that is called is described.
func TestDescriptionOfShadows(t *testing.T) {
	shadowed := jsonrpc.RPC{"b": jsonrpc.RPC{"c": func() int { return 1 }, "d": func() int { return 1 }}, "e": func() int { return 1 }}
	rpc := jsonrpc.RPC{
		"a":   jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) { return shadowed, nil }),
		"a.b": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) { return jsonrpc.RPC{"c": func() string { return "2" }}, nil }),
		"a.e": func() string { return "2" },
		"a.f": jsonrpc.Lazy(func(context.Context) (func() string, error) { return func() string { return "2" }, nil }),
	}
	app, _ := appOf(t, rpc, jsonrpc.Options{})
	if err := app.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := app.Describe()
	if diff := cmp.Diff([]string{"a.b.c", "a.e", "a.f"}, names(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	same(t, callApp(app, ask("a.b.d", "")), notFound)
	for i, name := range []string{"a.b.c", "a.e", "a.f"} {
		same(t, callApp(app, ask(name, "")), told(`"2"`))
		if m := got.Methods[i]; m.Result.Kind() != reflect.String {
			t.Errorf("%s is described with the result %v", name, m.Result)
		}
	}
}

// TestDescribeWithReplace has readers and a writer at once.
func TestDescribeWithReplace(t *testing.T) {
	small, large := jsonrpc.RPC{"a": func() {}}, jsonrpc.RPC{"a": func() {}, "b": func() {}}
	app, _ := appOf(t, small, jsonrpc.Options{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				if got := names(app.Describe()); !slices.Equal(got, []string{"a"}) && !slices.Equal(got, []string{"a", "b"}) {
					t.Errorf("found %v", got)
				}
			}
		})
	}
	for range 100 {
		for _, rpc := range []jsonrpc.RPC{large, small} {
			if err := app.Replace(rpc); err != nil {
				t.Fatal(err)
			}
		}
	}
	wg.Wait()
}
