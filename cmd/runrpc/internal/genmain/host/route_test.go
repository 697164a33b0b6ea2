package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// TestRoute asks for paths where the procedures are at one path and pages at others, with docs and without.
func TestRoute(t *testing.T) {
	web := fstest.MapFS{"index.html": {Data: []byte("home")}, "rpc/map": {Data: []byte("a page")}}
	bare := fstest.MapFS{"a.html": {Data: []byte("a")}}
	const document, list, text = `200 {"openrpc"`, `200 {`, "200 hello devel"
	tests := []struct {
		name    string
		path    string
		folders []folder
		docs    string            // where people find them
		want    map[string]string // by path, where the docs are on
		off     map[string]string // where they are not
	}{
		{
			"at any path", "/", nil, "/",
			map[string]string{"/": text, "/openrpc.json": document, "/map": list, "/rpc": text, "/a.txt": "404"},
			map[string]string{"/": "405", "/map": "405"},
		},
		{
			"at one path", "/rpc", nil, "/rpc/",
			map[string]string{"/rpc": text, "/rpc/": text, "/rpc/openrpc.json": document, "/rpc/map": list, "/": "404", "/openrpc.json": "404", "/rpcs": "404"},
			map[string]string{"/rpc": "405", "/rpc/": "404", "/rpc/map": "404", "/": "404"},
		},
		{
			"beside pages", "/rpc", []folder{{"/", web}}, "/rpc/",
			map[string]string{"/": "200 home", "/rpc/": text, "/rpc/map": "200 a page", "/rpc/openrpc.json": document, "/nope": "404", "/map": "404"},
			map[string]string{"/": "200 home", "/rpc/map": "200 a page", "/rpc/openrpc.json": "404"},
		},
		{
			"a page at the path", "/rpc", []folder{{"/rpc", web}}, "/rpc/openrpc.json",
			map[string]string{"/rpc/": "200 home", "/rpc/openrpc.json": document, "/rpc/map": list},
			map[string]string{"/rpc/": "200 home", "/rpc/map": "404"},
		},
		{
			"pages at the same path", "/", []folder{{"/", web}}, "/openrpc.json",
			map[string]string{"/": "200 home", "/openrpc.json": document, "/map": list, "/nope": "404"},
			map[string]string{"/": "200 home", "/openrpc.json": "404", "/map": "404"},
		},
		{
			"pages below", "/", []folder{{"/web", bare}}, "/",
			map[string]string{"/": text, "/web/a.html": "200 a", "/web/b": "404", "/webs": text, "/map": list},
			map[string]string{"/": "405", "/web/a.html": "200 a", "/map": "404"},
		},
	}
	for _, test := range tests {
		for _, off := range []bool{false, true} {
			name, want, docs := test.name, test.want, test.docs
			if off {
				name, want, docs = test.name+", without docs", test.off, ""
			}
			t.Run(name, func(t *testing.T) {
				rpc := jsonrpc.RPC{"hi": func() string { return "hi" }}
				show := discoverable(rpc, settings.Settings{NoDocs: off})
				app, err := jsonrpc.NewApplication(rpc, &jsonrpc.Options{Docs: show})
				if err != nil {
					t.Fatal(err)
				}
				r := route{app: app, path: test.path, pages: pagesOf(test.path, test.folders), docs: show != nil}
				if got := r.docsPath(); got != docs {
					t.Errorf("people find the docs at %q, want %q", got, docs)
				}
				srv := httptest.NewServer(r.handler())
				defer srv.Close()
				for path, want := range want {
					resp, body := ask(t, srv, http.MethodGet, path)
					if got := resp.Status[:4] + body; !strings.HasPrefix(got, want) {
						t.Errorf("GET %s: got %.60q, want %q", path, got, want)
					}
				}
				if resp, body := ask(t, srv, http.MethodPost, test.path); resp.StatusCode != http.StatusOK || !strings.Contains(body, `"hi"`) {
					t.Errorf("a call is answered with %s %s", resp.Status, body)
				}
			})
		}
	}
}
