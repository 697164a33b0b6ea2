package main_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// documentOf is an OpenRPC document with one method.
func documentOf(method string) string {
	return `{"openrpc":"1.3.2","info":{"title":"T","version":"1"},"methods":[` + method + `]}`
}

const (
	oldMethod = `{"name":"pets.get","params":[{"name":"id","required":true,"schema":{"type":"integer"}}],"result":{"name":"r","schema":{"type":"string"}}}`
	newMethod = `{"name":"pets.get","params":[{"name":"id","required":true,"schema":{"type":"string"}},{"name":"all","schema":{"type":"boolean"}}],"result":{"name":"r","schema":{"type":"string"}},"deprecated":true}`
)

// What is no document is one clear line and exit code 2, whoever asks for it.
func TestNoDocument(t *testing.T) {
	t.Parallel()
	dir := write(t, files{
		"good.json": documentOf(oldMethod), "text.json": "hello", "openapi.json": `{"openapi":"3.0.0"}`,
		"circle.json": documentOf(`{"name":"m","params":[{"name":"p","schema":{"$ref":"#/methods/0/params/0/schema"}}]}`),
		"remote.json": documentOf(`{"name":"m","params":[{"name":"p","schema":{"$ref":"https://example.com/x.json"}}]}`),
		"large.json":  strings.Repeat(" ", 50<<20),
	})
	login := newPeerFunc(t, func(w http.ResponseWriter, r *http.Request, _ string) {
		http.Redirect(w, r, "/login", http.StatusFound)
	})
	page := newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!doctype html><title>Sign in</title>")
	})
	hangs := newPeerFunc(t, func(_ http.ResponseWriter, r *http.Request, _ string) { <-r.Context().Done() })
	endless := newPeerFunc(t, func(w http.ResponseWriter, r *http.Request, _ string) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	silent := newPeer(t, `{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":1}`)
	for source, want := range map[string]string{
		"missing.json":                  "found no file missing.json: want one, - for standard input, or the URL of a document or a server",
		dir:                             "is a directory",
		"text.json":                     "text.json: found no OpenRPC document: it is not JSON",
		"openapi.json":                  "openapi.json: found an OpenAPI document, want an OpenRPC document",
		"circle.json":                   `circle.json: the method "m": the param "p": the $ref "#/methods/0/params/0/schema" leads in a circle`,
		"remote.json":                   "want one into the document",
		"large.json":                    "large.json: found more than 32 MiB, and no OpenRPC document has that",
		"-":                             "standard input: found no OpenRPC document: it is empty",
		"http://127.0.0.1:1/":           "nothing listens on 127.0.0.1:1",
		"ftp://example.com/x":           "found the scheme ftp, want http or https",
		login.URL + "/openrpc.json":     "HTTP 302 Found to /login",
		login.URL:                       "HTTP 302 Found to /login",
		page.URL + "/docs/openrpc.json": "it is a web page",
		page.URL:                        "rpc.discover: the answer is no JSON-RPC (a web page, \"Sign in\")",
		hangs.URL:                       "no answer within 300ms",
		hangs.URL + "/openrpc.json":     "no answer within 300ms",
		endless.URL + "/openrpc.json":   "the answer is longer than 67108864 bytes",
		silent.URL:                      "found no OpenRPC document: rpc.discover: the server answers with the error -32601",
	} {
		t.Run(source, func(t *testing.T) {
			t.Parallel()
			timeout := "10s"
			if strings.HasPrefix(source, hangs.URL) {
				timeout = "300ms"
			}
			for _, args := range [][]string{{"diff", "good.json", source}, {"diff", source, "good.json"}, {"client", "--lang", "ts", "-o", "out", source}} {
				got := client{dir: dir}.run(t, append(args, "--timeout", timeout)...)
				if got.Code != 2 || got.Stdout != "" || strings.Count(got.Stderr, "\n") != 1 || !strings.Contains(got.Stderr, want) {
					t.Errorf("%q: got %+v, want %s", args, got, want)
				}
			}
		})
	}
}

// A document comes from a file, from standard input, from its URL, and from servers that have it.
func TestDocumentSources(t *testing.T) {
	t.Parallel()
	text := documentOf(oldMethod)
	dir := write(t, files{"doc.json": text})
	discovers := newPeer(t, `{"jsonrpc":"2.0","result":`+text+`,"id":1}`)
	gets := newPeerFunc(t, func(w http.ResponseWriter, r *http.Request, _ string) {
		if r.Method != http.MethodGet || r.URL.Path != "/rpc/openrpc.json" || r.Header.Get("X") != "y" {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, text)
	})
	for _, source := range []string{"doc.json", "-", discovers.URL, strings.TrimPrefix(discovers.URL, "http://"), gets.URL + "/rpc", gets.URL + "/rpc/openrpc.json"} {
		got := client{dir: dir, stdin: text}.run(t, "diff", "-H", "X: y", "doc.json", source)
		if diff := cmp.Diff(outcome{0, "Nothing has changed.\n", ""}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", source, diff)
		}
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"old.json": documentOf(oldMethod), "new.json": documentOf(newMethod)})
	text := `Breaking (1)
  pets.get /params/id: type was integer, is string - breaks callers: what they send may be refused

Compatible (1)
  pets.get /params/all: added (boolean)

Notes (1)
  pets.get: is deprecated now
`
	if diff := cmp.Diff(outcome{1, text, ""}, client{dir: dir}.run(t, "diff", "old.json", "new.json")); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	report := `{
  "breaking": [
    {
      "weight": "breaking",
      "method": "pets.get",
      "path": "/params/id",
      "what": "type",
      "was": "integer",
      "is": "string",
      "breaks": "callers",
      "why": "what they send may be refused"
    }
  ],
  "compatible": [
    {
      "weight": "compatible",
      "method": "pets.get",
      "path": "/params/all",
      "what": "added",
      "is": "boolean"
    }
  ],
  "notes": [
    {
      "weight": "note",
      "method": "pets.get",
      "what": "is deprecated now"
    }
  ]
}
`
	if diff := cmp.Diff(outcome{1, report, ""}, client{dir: dir}.run(t, "diff", "--json", "old.json", "new.json")); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if got := (client{dir: dir}).run(t, "diff", "--json", "old.json", "old.json"); got.Code != 0 || !strings.Contains(got.Stdout, `"breaking": []`) {
		t.Errorf("got %+v", got)
	}
}

// What a document says does not steer a terminal.
func TestDiffPrintable(t *testing.T) {
	t.Parallel()
	method := `{"name":"a\u001b[31m\nb","params":[{"name":"p\u202e","schema":{"enum":["\u001b[2J"]}}]}`
	dir := write(t, files{"old.json": documentOf(method), "new.json": documentOf(strings.Replace(method, `["`, `["x`, 1))})
	got := client{dir: dir}.run(t, "diff", "old.json", "new.json")
	if got.Code != 1 || strings.ContainsAny(got.Stdout, "\x1b\u202e") || strings.Count(got.Stdout, "\n") != 5 {
		t.Errorf("got %+v", got)
	}
}

func TestClient(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"doc.json": documentOf(oldMethod), "mine/client.ts": "// my own\n"})
	out := t.TempDir()
	for args, want := range map[string]string{
		"ts":     "client.ts",
		"python": "client.py",
		"go":     "client.go types.go rpc.go value.go",
	} {
		got := client{dir: dir}.run(t, "client", "doc.json", "--lang", args, "-o", filepath.Join(out, args))
		var list strings.Builder
		for _, name := range strings.Fields(want) {
			path := filepath.Join(out, args, name)
			fmt.Fprintln(&list, path)
			if text, err := os.ReadFile(path); err != nil || !strings.Contains(strings.SplitN(string(text), "\n", 2)[0], "Code generated by runrpc client. DO NOT EDIT.") {
				t.Errorf("%s: it does not say that it is generated (%v)", path, err)
			}
		}
		if diff := cmp.Diff(outcome{0, list.String(), ""}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", args, diff)
		}
	}
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{1, "client.ts is not generated by runrpc client: it is left as it is", []string{"doc.json", "--lang", "ts", "-o", "mine"}},
		{2, `--package: found "a b", want a name for a Go package`, []string{"doc.json", "--lang", "go", "-o", out, "--package", "a b"}},
		{2, "--lang must be one of", []string{"doc.json", "--lang", "perl", "-o", "out"}},
		{2, "missing flags", []string{"doc.json", "--lang", "ts"}},
		{1, "not a directory", []string{"doc.json", "--lang", "ts", "-o", "doc.json"}},
	} {
		got := client{dir: dir}.run(t, append([]string{"client"}, c.args...)...)
		if got.Code != c.code || got.Stdout != "" || strings.Count(got.Stderr, "\n") != 1 || !strings.Contains(got.Stderr, c.want) {
			t.Errorf("%q: got %+v, want %s", c.args, got, c.want)
		}
	}
	if text, err := os.ReadFile(filepath.Join(dir, "mine", "client.ts")); err != nil || string(text) != "// my own\n" {
		t.Errorf("got %s (%v)", text, err)
	}
}
