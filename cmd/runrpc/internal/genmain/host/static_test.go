package main

import (
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	neturl "net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// site writes pages into a new directory, with a secret beside it, and links where the system has them.
func site(t *testing.T) directory {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		"secret.txt":                    "secret",
		"web/index.html":                "<h1>home</h1>",
		"web/style.css":                 "h1 {}",
		"web/app.js":                    "alert(1)",
		"web/data.json":                 "{}",
		"web/picture.svg":               "<svg/>",
		"web/module.wasm":               "\x00asm",
		"web/plain.txt":                 "0123456789",
		"web/unknown.xyz":               "<script>",
		"web/a b.txt":                   "space",
		"web/docs/index.html":           "docs",
		"web/docs/deep/page.html":       "page",
		"web/bare/file.txt":             "file",
		"web/.env":                      "secret",
		"web/.git/config":               "secret",
		"web/docs/.hidden.html":         "secret",
		"web/.well-known/security.txt":  "contact",
		"web/rpc":                       "a page where procedures are called",
		"web/dotted/.index/index.html":  "secret",
		"web/upload/index.html/oh.html": "a directory of that name",
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"out.txt": "../secret.txt", "out": "..", "absolute.txt": filepath.Join(root, "secret.txt"), "in.txt": "docs/deep/page.html", "loop": "loop",
	} {
		if err := os.Symlink(to, filepath.Join(root, "web", link)); err != nil {
			t.Skip("this system makes no symbolic links:", err)
		}
	}
	return directory(filepath.Join(root, "web"))
}

// beginAt serves procedures at a path beside folders.
func beginAt(t *testing.T, path string, folders ...folder) *httptest.Server {
	t.Helper()
	app, err := jsonrpc.NewApplication(jsonrpc.RPC{"hi": func() string { return "hi" }}, nil)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(route{app: app, path: path, pages: pagesOf(path, folders)}.handler())
	t.Cleanup(srv.Close)
	return srv
}

func pagesOf(path string, folders []folder) *pages {
	if len(folders) == 0 {
		return nil
	}
	return newPages(folders, path)
}

// ask sends a request for a path, which goes out as it is written, and follows no redirection.
func ask(t *testing.T, srv *httptest.Server, method, path string, header ...string) (*http.Response, string) {
	t.Helper()
	body := ""
	if method == http.MethodPost {
		body = `{"jsonrpc":"2.0","method":"hi","id":1}`
	}
	req, err := http.NewRequest(method, srv.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.URL = &neturl.URL{Scheme: "http", Host: req.URL.Host, Opaque: path}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(text)
}

const hi = `{"jsonrpc":"2.0","result":"hi","id":1}`

func TestPages(t *testing.T) {
	srv := beginAt(t, "/rpc", folder{"/", site(t)})
	const noPage = "there is no page "
	for _, c := range []struct {
		request string
		status  int
		kind    string // the answer's Content-Type
		body    string // what it begins with; of a redirection the target
	}{
		{"GET /", 200, "text/html; charset=utf-8", "<h1>home</h1>"},
		{"HEAD /", 200, "text/html; charset=utf-8", ""},
		{"GET /style.css", 200, "text/css; charset=utf-8", "h1 {}"},
		{"GET /app.js", 200, "text/javascript; charset=utf-8", "alert(1)"},
		{"GET /data.json", 200, "application/json", "{}"},
		{"GET /picture.svg", 200, "image/svg+xml", "<svg/>"},
		{"GET /module.wasm", 200, "application/wasm", "\x00asm"},
		{"GET /a%20b.txt", 200, "text/plain; charset=utf-8", "space"},
		{"GET /style.css?v=1", 200, "text/css; charset=utf-8", "h1 {}"},
		{"GET /docs/", 200, "text/html; charset=utf-8", "docs"},
		{"GET /docs?v=1", 301, "", "docs/?v=1"},
		{"GET /docs/index.html", 301, "", "./"},
		{"GET /docs/deep/page.html", 200, "text/html; charset=utf-8", "page"},
		{"GET /docs/../style.css", 200, "text/css; charset=utf-8", "h1 {}"},
		{"GET /docs//deep/./page.html", 200, "text/html; charset=utf-8", "page"},
		{"GET /in.txt", 200, "text/plain; charset=utf-8", "page"},
		{"GET /.well-known/security.txt", 200, "text/plain; charset=utf-8", "contact"},

		{"GET /nope", 404, "text/plain; charset=utf-8", noPage + `"/nope" here: procedures are called by POST to /rpc`},
		{"GET /nope%0a", 404, "text/plain; charset=utf-8", noPage + `"/nope\n" here`},
		{"GET /" + strings.Repeat("x", 1000), 404, "text/plain; charset=utf-8", noPage + `"/` + strings.Repeat("x", 99) + `..." here`},
		{"GET /bare/", 404, "text/plain; charset=utf-8", noPage},
		{"GET /bare", 404, "text/plain; charset=utf-8", noPage},
		{"GET /upload/", 404, "text/plain; charset=utf-8", noPage},
		{"GET /bare/file.txt", 200, "text/plain; charset=utf-8", "file"},
		{"GET /.env", 404, "text/plain; charset=utf-8", noPage},
		{"GET /%2eenv", 404, "text/plain; charset=utf-8", noPage},
		{"GET /docs/../.env", 404, "text/plain; charset=utf-8", noPage},
		{"GET /.git/config", 404, "text/plain; charset=utf-8", noPage},
		{"GET /docs/.hidden.html", 404, "text/plain; charset=utf-8", noPage},
		{"GET /dotted/.index/", 404, "text/plain; charset=utf-8", noPage},
		{"GET /../secret.txt", 404, "text/plain; charset=utf-8", noPage},
		{"GET /%2e%2e/secret.txt", 404, "text/plain; charset=utf-8", noPage},
		{"GET /..%2fsecret.txt", 404, "text/plain; charset=utf-8", noPage},
		{"GET /..%5csecret.txt", 404, "text/plain; charset=utf-8", noPage},
		{"GET /docs/../../secret.txt", 404, "text/plain; charset=utf-8", noPage},
		{"GET /out//secret.txt", 404, "text/plain; charset=utf-8", noPage},
		{"GET /out.txt", 404, "text/plain; charset=utf-8", noPage},
		{"GET /out/secret.txt", 404, "text/plain; charset=utf-8", noPage},
		{"GET /absolute.txt", 404, "text/plain; charset=utf-8", noPage},
		{"GET /loop", 404, "text/plain; charset=utf-8", noPage},
		{"GET /style.css%00", 404, "text/plain; charset=utf-8", noPage},
		{"GET /%ff", 404, "text/plain; charset=utf-8", noPage},

		{"POST /rpc", 200, "application/json", hi},
		{"GET /rpc", 200, "text/plain; charset=utf-8", "a page where procedures are called"},
		{"PUT /rpc", 405, "text/plain; charset=utf-8", "found PUT, want POST"},
		{"POST /", 405, "text/plain; charset=utf-8", "found POST, want GET or HEAD: procedures are called by POST to /rpc"},
		{"POST /rpc/", 405, "text/plain; charset=utf-8", "found POST, want GET or HEAD"},
		{"DELETE /style.css", 405, "text/plain; charset=utf-8", "found DELETE, want GET or HEAD"},
		{"POST /nope", 405, "text/plain; charset=utf-8", "found POST, want GET or HEAD"},
	} {
		t.Run(c.request, func(t *testing.T) {
			method, path, _ := strings.Cut(c.request, " ")
			resp, body := ask(t, srv, method, path)
			if resp.StatusCode == http.StatusMovedPermanently {
				body = resp.Header.Get("Location")
			}
			if strings.Contains(body, "secret\n") || body == "secret" {
				t.Fatal("found the secret")
			}
			kind := resp.Header.Get("Content-Type")
			if resp.StatusCode != c.status || !strings.HasPrefix(body, c.body) || c.kind != "" && kind != c.kind {
				t.Errorf("got  %d %s %q\nwant %d %s %q", resp.StatusCode, kind, body, c.status, c.kind, c.body)
			}
			if c.status == 405 && !strings.HasPrefix(body, "found PUT") && resp.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("Allow: %q", resp.Header.Get("Allow"))
			}
		})
	}
}

func TestPagesAtEveryPath(t *testing.T) {
	srv := beginAt(t, "/", folder{"/", site(t)})
	for request, want := range map[string]string{
		"GET /":          "<h1>home</h1>",
		"POST /":         hi,
		"POST /anything": hi,
		"GET /style.css": "h1 {}",
		"GET /nope":      "there is no page \"/nope\" here: procedures are called by POST to /\n",
	} {
		method, path, _ := strings.Cut(request, " ")
		if _, body := ask(t, srv, method, path); body != want {
			t.Errorf("%s: got %q, want %q", request, body, want)
		}
	}
}

func TestNoPages(t *testing.T) {
	srv := beginAt(t, "/rpc")
	if _, body := ask(t, srv, "POST", "/rpc"); body != hi {
		t.Errorf("got %q", body)
	}
	resp, body := ask(t, srv, "POST", "/other")
	if want := "404 there is nothing at \"/other\": procedures are called by POST to /rpc\n"; resp.StatusCode != 404 || body != want {
		t.Errorf("got %d %q, want 404 %q", resp.StatusCode, body, want)
	}
	if _, body := ask(t, beginAt(t, "/"), "POST", "/other"); body != hi {
		t.Errorf("without a path: got %q", body)
	}
}

func TestFolders(t *testing.T) {
	web := site(t)
	guide := fstest.MapFS{"index.html": {Data: []byte("guide")}, "x.txt": {Data: []byte("x")}}
	srv := beginAt(t, "/docs/rpc", folder{"/docs", guide}, folder{"/", web}, folder{"/docs/api", fstest.MapFS{"index.html": {Data: []byte("api")}}})
	for request, want := range map[string]string{
		"GET /":                    "<h1>home</h1>",
		"GET /docs/":               "guide",
		"GET /docs/x.txt":          "x",
		"GET /docs/deep/page.html": "there is no page \"/docs/deep/page.html\" here: procedures are called by POST to /docs/rpc\n",
		"GET /docs/api/":           "api",
		"GET /docsx":               "there is no page \"/docsx\" here: procedures are called by POST to /docs/rpc\n",
		"POST /docs/rpc":           hi,
	} {
		method, path, _ := strings.Cut(request, " ")
		if _, body := ask(t, srv, method, path); body != want {
			t.Errorf("%s: got %q, want %q", request, body, want)
		}
	}
	resp, _ := ask(t, srv, "GET", "/docs?q")
	if got := resp.Header.Get("Location"); resp.StatusCode != 301 || got != "/docs/?q" {
		t.Errorf("GET /docs?q: %d to %q", resp.StatusCode, got)
	}
}

func TestConditions(t *testing.T) {
	web := site(t)
	for name, files := range map[string]fs.FS{"files": web, "embedded": fstest.MapFS{"plain.txt": {Data: []byte("0123456789")}}} {
		t.Run(name, func(t *testing.T) {
			srv := beginAt(t, "/rpc", folder{"/", files})
			resp, _ := ask(t, srv, "GET", "/plain.txt")
			tag := resp.Header.Get("ETag")
			got := []string{resp.Header.Get("X-Content-Type-Options"), resp.Header.Get("Cache-Control")}
			if diff := cmp.Diff([]string{"nosniff", "no-cache"}, got); diff != "" || len(tag) < 5 {
				t.Errorf("ETag %q, headers (-want +got):\n%s", tag, diff)
			}
			if resp, body := ask(t, srv, "GET", "/plain.txt", "If-None-Match", tag); resp.StatusCode != 304 || body != "" {
				t.Errorf("the same tag: %d %q", resp.StatusCode, body)
			}
			if resp, _ := ask(t, srv, "GET", "/plain.txt", "If-None-Match", `"x"`); resp.StatusCode != 200 {
				t.Errorf("another tag: %d", resp.StatusCode)
			}
			if resp, body := ask(t, srv, "GET", "/plain.txt", "Range", "bytes=2-4"); resp.StatusCode != 206 || body != "234" {
				t.Errorf("a part: %d %q", resp.StatusCode, body)
			}
			if last := resp.Header.Get("Last-Modified"); last != "" {
				if resp, _ := ask(t, srv, "GET", "/plain.txt", "If-Modified-Since", last); resp.StatusCode != 304 {
					t.Errorf("the same time: %d", resp.StatusCode)
				}
			}
		})
	}
	srv := beginAt(t, "/rpc", folder{"/", web})
	before, _ := ask(t, srv, "GET", "/plain.txt")
	if before.Header.Get("Last-Modified") == "" {
		t.Error("found no Last-Modified")
	}
	if err := os.WriteFile(filepath.Join(string(web), "plain.txt"), []byte("changed"), 0o600); err != nil {
		t.Fatal(err)
	}
	after, body := ask(t, srv, "GET", "/plain.txt", "If-None-Match", before.Header.Get("ETag"))
	if after.StatusCode != 200 || body != "changed" {
		t.Errorf("a changed file: %d %q", after.StatusCode, body)
	}
}

// What builds pages removes their directory and makes another.
func TestReplacedDirectory(t *testing.T) {
	web := site(t)
	srv := beginAt(t, "/rpc", folder{"/", web})
	if err := os.RemoveAll(string(web)); err != nil {
		t.Fatal(err)
	}
	if resp, _ := ask(t, srv, "GET", "/style.css"); resp.StatusCode != 404 {
		t.Errorf("without the directory: %d", resp.StatusCode)
	}
	if err := os.Mkdir(string(web), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(string(web), "style.css"), []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, body := ask(t, srv, "GET", "/style.css"); body != "new" {
		t.Errorf("in the new directory: %q", body)
	}
}

// A page is no more to be read through a rebound name than a procedure is to be called.
func TestPagesOfAnotherHost(t *testing.T) {
	srv := beginAt(t, "/rpc", folder{"/", site(t)})
	for _, method := range []string{"GET", "HEAD", "POST"} {
		req := httptest.NewRequest(method, srv.URL+"/", nil)
		req.RequestURI, req.Host = "", "evil.example"
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden {
			t.Errorf("%s: status %d, want 403", method, resp.StatusCode)
		}
	}
}
