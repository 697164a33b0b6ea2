package openrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// get asks a handler for a path.
func get(h http.Handler, path string, header http.Header) (int, string) {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
	for name, values := range header {
		r.Header[name] = values
	}
	h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func shop() jsonrpc.RPC {
	return jsonrpc.RPC{
		"rpc.discover": openrpc.Discover(openrpc.Info{Title: "Shop", Version: "2.1", Description: "Sells colors."}, nil),
		"colors": jsonrpc.RPC{
			"mix": jsonrpc.Func(func(color, *color) (page[color], error) { return page[color]{}, nil }, "first", "second").Doc("Mixes two.\n\nOr one."),
			"sum": func(float64, ...int8) map[string][]any { return nil },
		},
		"raw": jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { return nil, nil }),
	}
}

// TestDocsOverHTTP serves the files from a real server, under a path of a mux.
func TestDocsOverHTTP(t *testing.T) {
	rpc := shop()
	app := appOf(t, rpc, jsonrpc.Options{Docs: openrpc.Docs})
	mux := http.NewServeMux()
	mux.Handle("/rpc", app)
	mux.Handle("/rpc/", app)
	server := httptest.NewServer(mux)
	defer server.Close()
	document := jsonOf(t, discoverIn(t, app, "rpc.discover"))
	maps := `{
  "colors.mix": "(first: color, second?: color | null) -> page_color",
  "colors.sum": "(arg1: number, ...arg2: integer) -> {[name]: any[]}",
  "raw": "(...) -> any",
  "rpc.discover": "() -> object"
}
`
	text := `Shop 2.1

Sells colors.

POST a JSON-RPC 2.0 message here. openrpc.json describes the methods, map lists them.

colors.mix(first: color, second?: color | null) -> page_color
    Mixes two.

colors.sum(arg1: number, ...arg2: integer) -> {[name]: any[]}

raw(...) -> any

rpc.discover() -> object
    Returns an OpenRPC schema as a description of this service.
`
	for _, c := range []struct {
		path, contentType, body string
		status                  int
	}{
		{"/rpc/openrpc.json", "application/json", document, 200},
		{"/rpc/map", "application/json", maps, 200},
		{"/rpc?openrpc.json", "application/json", document, 200},
		{"/rpc/?map", "application/json", maps, 200},
		{"/rpc", "text/plain; charset=utf-8", text, 200},
		{"/rpc/", "text/plain; charset=utf-8", text, 200},
		{"/rpc/anything", "text/plain; charset=utf-8", text, 200},
		{"/rpc/favicon.ico", "text/plain; charset=utf-8", "404 page not found\n", 404},
		{"/rpc/openrpc.yaml", "text/plain; charset=utf-8", "404 page not found\n", 404},
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			req, err := http.NewRequest(method, server.URL+c.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp := do(t, req)
			want := c.body
			if method == http.MethodHead {
				want = ""
			}
			if diff := cmp.Diff(want, resp.body); diff != "" || resp.StatusCode != c.status || resp.Header.Get("Content-Type") != c.contentType {
				t.Errorf("%s %s: %d, Content-Type %q (-want +got):\n%s", method, c.path, resp.StatusCode, resp.Header.Get("Content-Type"), diff)
			}
			if c.status == 200 && (resp.Header.Get("Cache-Control") != "no-cache" || resp.Header.Get("X-Content-Type-Options") != "nosniff" || resp.ContentLength != int64(len(c.body))) {
				t.Errorf("%s %s: length %d, header %v", method, c.path, resp.ContentLength, resp.Header)
			}
			if c.status == 200 {
				notModified(t, req, resp.Header.Get("Etag"))
			}
		}
	}
}

// TestDocsInBrowser serves the page to those who want HTML, whether rpc.discover lets them in or not,
// but not to those whom the Application refuses.
func TestDocsInBrowser(t *testing.T) {
	refuse := func(jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) {
			return nil, jsonrpc.NewError(1, "who are you?", nil)
		})
	}
	open := appOf(t, shop(), jsonrpc.Options{Docs: openrpc.Docs})
	guarded := appOf(t, jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil).With(refuse)}, jsonrpc.Options{Docs: openrpc.Docs})
	none := appOf(t, jsonrpc.RPC{}, jsonrpc.Options{Docs: openrpc.Docs})
	const html = "text/html,application/xhtml+xml,*/*;q=0.8"
	for _, c := range []struct {
		app                 *jsonrpc.Application
		url, accept, origin string
		status              int
		contentType, begin  string
	}{
		{open, "/", html, "", 200, "text/html; charset=utf-8", "<!doctype html>"},
		{open, "/rpc/v1.0", html, "", 200, "text/html; charset=utf-8", "<!doctype html>"},
		{open, "/rpc?page.css", "text/css", "", 200, "text/css; charset=utf-8", "/*"},
		{open, "/rpc/?page.js", "*/*", "", 200, "text/javascript; charset=utf-8", "//"},
		{open, "/", "*/*", "", 200, "text/plain; charset=utf-8", "Shop 2.1\n"},
		{open, "/openrpc.json", html, "", 200, "application/json", `{"openrpc":`},
		{open, "http://evil.example/", html, "http://evil.example", 403, "text/plain; charset=utf-8", `the host "evil.example" is not served here`},
		{guarded, "/", html, "", 200, "text/html; charset=utf-8", "<!doctype html>"},
		{guarded, "/?openrpc.json", html, "", 403, "text/plain; charset=utf-8", "who are you?\n"},
		{guarded, "/", "*/*", "", 403, "text/plain; charset=utf-8", "who are you?\n"},
		{none, "/", html, "", 200, "text/html; charset=utf-8", "<!doctype html>"},
		{none, "/openrpc.json", html, "", 404, "text/plain; charset=utf-8", "there is no rpc.discover here"},
	} {
		r := httptest.NewRequest(http.MethodGet, c.url, nil)
		if !strings.HasPrefix(c.url, "http") {
			r.Host = "localhost"
		}
		r.Header.Set("Accept", c.accept)
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		}
		w := httptest.NewRecorder()
		c.app.ServeHTTP(w, r)
		if w.Code != c.status || w.Header().Get("Content-Type") != c.contentType || !strings.HasPrefix(w.Body.String(), c.begin) {
			t.Errorf("%s for %s from %q: %d, Content-Type %q, %.80q", c.url, c.accept, c.origin, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		named := strings.Contains(c.url, "openrpc.json")
		if vary := w.Header().Get("Vary"); c.status != 403 && (vary == "Accept") == named {
			t.Errorf("%s: Vary is %q", c.url, vary)
		}
	}
}

type answer struct {
	*http.Response
	body string
}

func do(t *testing.T, req *http.Request) answer {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp, string(body)}
}

// notModified asks again with what was got.
func notModified(t *testing.T, req *http.Request, etag string) {
	t.Helper()
	if len(etag) != 18 {
		t.Errorf("%s: the ETag is %s", req.URL, etag)
	}
	again := req.Clone(t.Context())
	again.Header.Set("If-None-Match", `"other", W/`+etag)
	if resp := do(t, again); resp.StatusCode != http.StatusNotModified || resp.body != "" || resp.Header.Get("Etag") != etag {
		t.Errorf("%s %s again: %d %q, ETag %s", req.Method, req.URL, resp.StatusCode, resp.body, resp.Header.Get("Etag"))
	}
	again.Header.Set("If-None-Match", `"other"`)
	if resp := do(t, again); resp.StatusCode != http.StatusOK {
		t.Errorf("%s %s with another ETag: %d", req.Method, req.URL, resp.StatusCode)
	}
}

// TestDocsAfterReplace serves what has changed, with another ETag.
func TestDocsAfterReplace(t *testing.T) {
	rpc := jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil)}
	app := appOf(t, rpc, jsonrpc.Options{Docs: openrpc.Docs})
	server := httptest.NewServer(app)
	defer server.Close()
	req, err := http.NewRequest(http.MethodGet, server.URL+"/openrpc.json", nil)
	if err != nil {
		t.Fatal(err)
	}
	first := do(t, req)
	rpc["new"] = func() {}
	if err := app.Replace(rpc); err != nil {
		t.Fatal(err)
	}
	req.Header.Set("If-None-Match", first.Header.Get("Etag"))
	second := do(t, req)
	if second.StatusCode != 200 || !strings.Contains(second.body, `"new"`) || second.Header.Get("Etag") == first.Header.Get("Etag") {
		t.Errorf("found %d %s", second.StatusCode, second.body)
	}
}

// TestWithPage serves a page of somebody's in place of the text: to everybody, so that it can ask
// its user for what opens the rest.
func TestWithPage(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "<h1>", r.URL.Path) })
	guard := func(next jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			if jsonrpc.HTTPRequest(ctx).Header.Get("Authorization") == "" {
				return nil, jsonrpc.NewError(1, "who are you?", nil)
			}
			return next.ServeRPC(ctx, req)
		})
	}
	app := appOf(t, jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil).With(guard)}, jsonrpc.Options{Docs: openrpc.WithPage(page)})
	known := http.Header{"Authorization": {"Bearer x"}}
	for _, c := range []struct {
		path   string
		header http.Header
		status int
		body   string
	}{
		{"/", known, 200, "<h1>/"},
		{"/rpc/", known, 200, "<h1>/rpc/"},
		{"/", nil, 200, "<h1>/"},
		{"/map", nil, 403, "who are you?\n"},
		{"/openrpc.json", nil, 403, "who are you?\n"},
		{"/style.css", known, 200, "<h1>/style.css"},
	} {
		if code, body := get(app, c.path, c.header); code != c.status || body != c.body {
			t.Errorf("%s: %d %q, want %d %q", c.path, code, body, c.status, c.body)
		}
	}
}

// TestDocsRefused: what rpc.discover answers other than a document.
func TestDocsRefused(t *testing.T) {
	own := func(v any, err error) jsonrpc.RPC {
		return jsonrpc.RPC{"rpc.discover": jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { return v, err })}
	}
	for _, c := range []struct {
		name   string
		rpc    jsonrpc.RPC
		status int
		body   string
	}{
		{"none", jsonrpc.RPC{"a": func() {}}, 404, "there is no rpc.discover here: openrpc.Discover makes it\n"},
		{"an error without a text", own(nil, jsonrpc.NewError(7, "", nil)), 403, "refused with the code 7\n"},
		{"a private error", own(nil, errors.New("secret")), 500, `Server error {"incident":"ID"}` + "\n"},
		{"a panic", jsonrpc.RPC{"rpc.discover": func() { panic("secret") }}, 500, `Internal error {"incident":"ID"}` + "\n"},
		{"too slow", jsonrpc.RPC{"rpc.discover": func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}, 503, "Timeout\n"},
		{"no document", own(map[string]any{"a": 1}, nil), 500, "Internal error: openrpc: found no member \"openrpc\", want an OpenRPC document\n"},
		{"no JSON", own(func() {}, nil), 500, "Internal error: json: cannot marshal from Go func()\n"},
		{"somebody's own", own(json.RawMessage(`{"openrpc":"1.2.6","info":{"title":"T","version":"1"},"methods":[]}`), nil), 200,
			`{"openrpc":"1.2.6","info":{"title":"T","version":"1"},"methods":[]}`},
	} {
		app := appOf(t, c.rpc, jsonrpc.Options{Docs: openrpc.Docs, Timeout: 20 * time.Millisecond})
		if code, body := get(app, "/openrpc.json", nil); code != c.status || stable(body) != c.body {
			t.Errorf("%s: %d %q, want %d %q", c.name, code, body, c.status, c.body)
		}
	}
	app := appOf(t, shopless(), jsonrpc.Options{Docs: openrpc.Docs})
	if err := app.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if code, body := get(app, "/", nil); code != 503 || body != "Unavailable\n" {
		t.Errorf("after Shutdown: %d %q", code, body)
	}
}

var incidents = regexp.MustCompile(`[0-9a-f]{16}`)

// stable takes out what differs from time to time.
func stable(body string) string {
	return strings.ReplaceAll(incidents.ReplaceAllString(body, "ID"), "unable to", "cannot")
}

func shopless() jsonrpc.RPC { return jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil)} }

// TestDocsFiltered: a middleware may return a copy with less in it.
func TestDocsFiltered(t *testing.T) {
	hide := func(next jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			v, err := next.ServeRPC(ctx, req)
			if doc, ok := v.(*openrpc.Document); ok {
				less := *doc
				less.Methods = nil
				return &less, err
			}
			return v, err
		})
	}
	app := appOf(t, jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil).With(hide), "secret": func() {}}, jsonrpc.Options{Docs: openrpc.Docs})
	for _, path := range []string{"/openrpc.json", "/map", "/"} {
		if code, body := get(app, path, nil); code != 200 || strings.Contains(body, "secret") {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
}
