package openrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// appOf makes an Application that logs nothing.
func appOf(t testing.TB, rpc jsonrpc.RPC, opts jsonrpc.Options) *jsonrpc.Application {
	t.Helper()
	logger := zerolog.Nop()
	opts.Logger = &logger
	app, err := jsonrpc.NewApplication(rpc, &opts)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// discoverIn calls a method of Discover as a Go function.
func discoverIn(t testing.TB, h jsonrpc.Handler, method string) *openrpc.Document {
	t.Helper()
	v, err := h.ServeRPC(context.Background(), &jsonrpc.Request{Method: method, ID: json.RawMessage("1")})
	if err != nil {
		t.Fatal(err)
	}
	return v.(*openrpc.Document)
}

func methodNames(doc *openrpc.Document) []string {
	var names []string
	for _, m := range doc.Methods {
		names = append(names, m.Name)
	}
	return names
}

func ask(method string) []byte {
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","method":%q,"id":1}`, method)
}

// TestDiscover answers with the document, which describes the method itself too.
func TestDiscover(t *testing.T) {
	rpc := jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil), "a": func() {}}
	want := `{"jsonrpc":"2.0","result":` + jsonOf(t, describe(t, rpc, nil)) + `,"id":1}`
	app := appOf(t, rpc, jsonrpc.Options{})
	std := appOf(t, rpc, jsonrpc.Options{Codec: jsonrpc.StdCodec{}})
	for name, got := range map[string][]byte{
		"Call":        rpc.Call(ask("rpc.discover"), nil),
		"CallContext": app.CallContext(t.Context(), ask("rpc.discover"), nil),
		"StdCodec":    std.CallContext(t.Context(), ask("rpc.discover"), nil),
	} {
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	standard := `{"name":"rpc.discover","tags":[{"name":"rpc"}],"summary":"Returns an OpenRPC schema as a description of this service.",` +
		`"paramStructure":"either","params":[],"result":{"name":"result","description":"an OpenRPC document","schema":{` +
		`"title":"OpenRPC Document","description":"see https://spec.open-rpc.org","type":"object","properties":{"openrpc":{"type":"string"},` +
		`"info":{"type":"object"},"methods":{"type":"array","items":{"type":"object"}}},"required":["openrpc","info","methods"]}}}`
	if got := jsonOf(t, discoverIn(t, app, "rpc.discover").Methods[1]); got != standard {
		t.Errorf("rpc.discover is described as %s", got)
	}
	got := string(rpc.Call([]byte(`{"jsonrpc":"2.0","method":"rpc.discover","params":[1],"id":1}`), nil))
	if !strings.Contains(got, "-32602") {
		t.Errorf("params are taken: %s", got)
	}
}

// TestDiscoverByHandler: a registry that is called as a Handler describes itself.
func TestDiscoverByHandler(t *testing.T) {
	h, err := jsonrpc.RPC{"d": openrpc.Discover(info, nil)}.Lookup(t.Context(), "d")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := h.ServeRPC(t.Context(), &jsonrpc.Request{Method: "d"})
	if err != nil {
		t.Fatal(err)
	}
	if names := methodNames(doc.(*openrpc.Document)); !slices.Equal(names, []string{"d"}) {
		t.Errorf("found %v", names)
	}
}

// TestDiscoverInNamespace describes that namespace, by full names.
func TestDiscoverInNamespace(t *testing.T) {
	inner := jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil), "a": func() inner { return inner{} }}
	rpc := jsonrpc.RPC{
		jsonrpc.Separator: "::", "in": inner, "other": func() inner2 { return inner2{} },
		"rpc.discover": openrpc.Discover(info, nil),
		"describe":     openrpc.Discover(info, nil),
	}
	app := appOf(t, rpc, jsonrpc.Options{})
	all := []string{"describe", "in::a", "in::rpc.discover", "other", "rpc.discover"}
	for name, want := range map[string][]string{"rpc.discover": all, "describe": all, "in::rpc.discover": all[1:3], "::in::rpc.discover": all[1:3]} {
		doc := discoverIn(t, app, name)
		if diff := cmp.Diff(want, methodNames(doc)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		isDocument(t, doc)
	}
	if got := schemaNames(discoverIn(t, app, "in::rpc.discover")); !slices.Equal(got, []string{"inner"}) {
		t.Errorf("found the schemas %v", got)
	}
}

type inner2 struct{ N int }

// TestDiscoverIsKept until the registry changes, or a lazy entry does.
func TestDiscoverIsKept(t *testing.T) {
	fails := true
	rpc := jsonrpc.RPC{
		"rpc.discover": openrpc.Discover(info, nil),
		"lazy": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
			if fails {
				return nil, errors.New("not yet")
			}
			return jsonrpc.RPC{"a": func() {}}, nil
		}),
		"other": jsonrpc.Lazy(func(context.Context) (func(string), error) { return func(string) {}, nil }),
	}
	app := appOf(t, rpc, jsonrpc.Options{})
	first := discoverIn(t, app, "rpc.discover")
	if err := app.Warm(t.Context()); err == nil {
		t.Fatal("the factory did not fail")
	}
	second := discoverIn(t, app, "rpc.discover")
	if second == first {
		t.Error("a lazy entry was made, and the document is the same")
	}
	if got := discoverIn(t, app, "rpc.discover"); got != second {
		t.Error("nothing has changed, and the document is another")
	}
	if diff := cmp.Diff([]string{"other", "rpc.discover"}, methodNames(second)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !slices.Equal(first.Incomplete, []string{"lazy", "other"}) || !slices.Equal(second.Incomplete, []string{"lazy"}) {
		t.Errorf("incomplete: %v, then %v", first.Incomplete, second.Incomplete)
	}
	if err := app.Replace(jsonrpc.RPC{"rpc.discover": rpc["rpc.discover"]}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"rpc.discover"}, methodNames(discoverIn(t, app, "rpc.discover"))); diff != "" {
		t.Errorf("after Replace (-want +got):\n%s", diff)
	}
}

// TestDiscoverWithReplace has many readers and a writer at once; one entry stands in both.
func TestDiscoverWithReplace(t *testing.T) {
	discover := openrpc.Discover(info, nil)
	small := jsonrpc.RPC{"rpc.discover": discover, "a": func(tree) {}}
	large := jsonrpc.RPC{"rpc.discover": discover, "a": func(tree) {}, "b": func() forest { return nil }}
	app := appOf(t, small, jsonrpc.Options{Docs: openrpc.Docs})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				if n := len(discoverIn(t, app, "rpc.discover").Methods); n != 2 && n != 3 {
					t.Errorf("found %d methods", n)
				}
				if code, body := get(app, "/openrpc.json", nil); code != 200 || !strings.HasPrefix(body, `{"openrpc":`) {
					t.Errorf("found %d %s", code, body)
				}
			}
		})
	}
	for range 30 {
		for _, rpc := range []jsonrpc.RPC{large, small} {
			if err := app.Replace(rpc); err != nil {
				t.Fatal(err)
			}
		}
	}
	wg.Wait()
}

// TestDiscoverGuarded: middleware of the root, and of the entry alone.
func TestDiscoverGuarded(t *testing.T) {
	refuse := func(jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) {
			return nil, jsonrpc.NewError(-32003, "log in first", nil)
		})
	}
	want := `{"jsonrpc":"2.0","error":{"code":-32003,"message":"log in first"},"id":1}`
	for name, rpc := range map[string]jsonrpc.RPC{
		"the root":  {jsonrpc.Use: jsonrpc.Chain(refuse), "rpc.discover": openrpc.Discover(info, nil)},
		"the entry": {"rpc.discover": openrpc.Discover(info, nil).With(refuse), "a": func() {}},
	} {
		app := appOf(t, rpc, jsonrpc.Options{Docs: openrpc.Docs})
		if got := string(app.CallContext(t.Context(), ask("rpc.discover"), nil)); got != want {
			t.Errorf("%s: %s", name, got)
		}
		for _, path := range []string{"/openrpc.json", "/map", "/"} {
			if code, body := get(app, path, nil); code != 403 || body != "log in first\n" {
				t.Errorf("%s: GET %s: %d %q", name, path, code, body)
			}
		}
	}
}
