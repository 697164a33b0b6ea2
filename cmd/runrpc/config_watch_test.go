package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An edit of the configuration file is served like one of the source, and a broken one leaves what was there.
func TestConfigIsWatched(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const base = "addr = \"localhost:0\"\npackages = [\"./hello\"]\n"
	put("go.mod", userModule)
	put("hello/h.go", hello)
	put("web/index.html", "<h1>home</h1>")
	put("runrpc.toml", base)
	cmd, tmp := command(t, dir, "--watch")
	p := start(t, cmd, tmp)
	p.wantResult("hello.hi", `["you"]`, `"hi you"`)
	p.wantCode("greet", `["you"]`, -32601)

	put("runrpc.toml", base+"[static]\n\"/\" = \"web\"\n[names]\ngreet = \"hello:Hi\"\n")
	p.stderr.await(t, "+ greet(name string)")
	p.wantResult("greet", `["you"]`, `"hi you"`)
	if got, want := fetch(t, p.url), "200 text/html; charset=utf-8 <h1>home</h1>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}

	put("runrpc.toml", base+"tiemout = \"1s\"\n")
	p.stderr.await(t, `runrpc: runrpc.toml:3: unknown key "tiemout": did you mean "timeout"?`)
	p.wantResult("greet", `["you"]`, `"hi you"`)

	put("runrpc.toml", strings.Replace(base, ":0", ":1", 1)+"max-body = 100\n")
	p.stderr.await(t, "runrpc: runrpc.toml:1: addr: the address stays localhost:0 until runrpc is started again")
	p.stderr.await(t, "- greet(name string)")
	p.wantCode("greet", `["you"]`, -32601)
	p.wantCode("hello.hi", `["`+strings.Repeat("x", 100)+`"]`, -32813)
}
