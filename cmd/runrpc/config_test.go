package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// configured is a project that its runrpc.toml describes.
func configured(config string) files {
	return files{
		"app/runrpc.toml":     config,
		"app/go.mod":          userModule,
		"app/hello/h.go":      hello,
		"app/shop/item/i.go":  "package item\n\nimport \"errors\"\n\nfunc Get(id int) int { return id }\n\nfunc Fail() error { return errors.New(\"the reason\") }\n",
		"app/web/index.html":  "<h1>home</h1>",
		"app/web/style.css":   "h1 {}",
		"app/web/.env":        "secret",
		"elsewhere/empty.txt": "",
	}
}

const everything = `
# All that a project needs.
addr = "localhost:0"
packages = ["./hello", "example.com/user/shop/item"]
path = "/rpc"
max-body = 300
timeout = "20s"
expose-errors = true
hosts = ["www.example"]

[static]
"/" = "web"

[names]
"greet" = "hello:Hi"
item.find = "example.com/user/shop/item:get"
`

func TestConfigured(t *testing.T) {
	t.Parallel()
	dir := write(t, configured(everything))
	for _, c := range []struct {
		name, in string
		args     []string
	}{
		{"alone", "app", nil},
		{"by its name, from elsewhere", "elsewhere", []string{"--config", "../app/runrpc.toml"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			cmd, tmp := command(t, filepath.Join(dir, c.in), c.args...)
			p := start(t, cmd, tmp)
			p.wantResult("hello.hi", `["you"]`, `"hi you"`)
			p.wantResult("greet", `{"name":"you"}`, `"hi you"`)
			p.wantResult("item.get", `[3]`, `3`)
			p.wantResult("item.find", `{"id":4}`, `4`)
			p.wantCode("hello.hi", `["`+strings.Repeat("x", 300)+`"]`, -32813)
			if got := p.call("item.fail", `[]`); !strings.Contains(got, "the reason") {
				t.Error("found no text of the error in " + got)
			}
			wantPages(t, p)
		})
	}
}

// wantPages fetches what stands beside the procedures.
func wantPages(t *testing.T, p *process) {
	t.Helper()
	root := strings.TrimSuffix(p.url, "/rpc")
	if root == p.url {
		t.Fatal("got the URL " + p.url)
	}
	for path, want := range map[string]string{
		"/":          "200 text/html; charset=utf-8 <h1>home</h1>",
		"/style.css": "200 text/css; charset=utf-8 h1 {}",
		"/.env":      "404 text/plain; charset=utf-8 there is no page \"/.env\" here: procedures are called by POST to /rpc\n",
	} {
		if got := fetch(t, root+path); got != want {
			t.Errorf("GET %s\ngot  %s\nwant %s", path, got, want)
		}
	}
	if got := fetch(t, p.url); !strings.HasPrefix(got, "200 ") || !strings.Contains(got, "hello.hi") {
		t.Errorf("GET /rpc\ngot  %s\nwant the docs", got)
	}
}

// What the command line and the environment say comes before the file.
func TestPrecedence(t *testing.T) {
	t.Parallel()
	dir := write(t, configured(everything))
	cmd, tmp := command(t, filepath.Join(dir, "app"), "--path", "/flag", "./hello")
	cmd.Env = append(cmd.Env, "RUNRPC_PATH=/variable", "RUNRPC_EXPOSE_ERRORS=false", "RUNRPC_NAMES=other=hello:Hi")
	p := start(t, cmd, tmp)
	if !strings.HasSuffix(p.url, "/flag") {
		t.Error("got the URL " + p.url)
	}
	p.wantResult("other", `["you"]`, `"hi you"`)
	p.wantCode("greet", `["you"]`, -32601)
	p.wantCode("item.get", `[3]`, -32601)
}

func TestNames(t *testing.T) {
	t.Parallel()
	config := `
packages = ["./own", "./plain", "./shop"]

[names]
"a" = "own:open"
"b.c" = "own:inner.deep"
"d" = "plain:Say"
"e" = "shop.item:Get"
"f" = "example.com/user/shop/item:Get"
"g" = "item:get"
`
	tree := files{
		"runrpc.toml":     config,
		"go.mod":          userModule,
		"plain/p.go":      "package plain\n\n//rpc:name tell\nfunc Say(word string) string { return word }\n",
		"shop/s.go":       "package shop\n\nfunc Open() bool { return true }\n",
		"shop/item/i.go":  "package item\n\nfunc Get(id int) int { return id }\n",
		"shop/other/i.go": "package other\n\nfunc Get(id int) int { return -id }\n",
		"own/o.go": `
package own

import (
	"context"
	"errors"

	"github.com/runrpc/jsonrpc"
)

var errShut = errors.New("it is shut")

func Open() (string, error) { return "", errShut }

func RPC() jsonrpc.RPC {
	guard := func(next jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			if string(req.Params) == "[\"stranger\"]" {
				return nil, jsonrpc.NewError(-32003, "not for strangers", nil)
			}
			return next.ServeRPC(ctx, req)
		})
	}
	return jsonrpc.RPC{
		jsonrpc.Use:    jsonrpc.Chain(guard),
		jsonrpc.Errors: jsonrpc.ErrorMap{errShut: -32001},
		"open":         func(string) (string, error) { return Open() },
		"inner":        jsonrpc.RPC{"deep": func() int { return 7 }},
	}
}
`,
	}
	p := serve(t, write(t, tree))
	// The registry's own errors and middleware stand around its members under each of their names.
	p.wantCode("own.open", `["me"]`, -32001)
	p.wantCode("a", `["me"]`, -32001)
	p.wantCode("own.open", `["stranger"]`, -32003)
	p.wantCode("a", `["stranger"]`, -32003)
	p.wantResult("d", `{"word":"x"}`, `"x"`)
	p.wantResult("plain.tell", `{"word":"x"}`, `"x"`)
	p.wantResult("e", `[1]`, `1`)
	p.wantResult("f", `[2]`, `2`)
	p.wantResult("g", `[3]`, `3`)
	p.wantResult("own.inner.deep", `[]`, `7`)
	p.wantResult("b.c", `[]`, `7`)
}

func TestNameFaults(t *testing.T) {
	t.Parallel()
	own := "package own\n\nimport \"github.com/runrpc/jsonrpc\"\n\nfunc RPC() jsonrpc.RPC { return jsonrpc.RPC{\"a\": func() int { return 1 }, \"b\": func() {}} }\n"
	dir := write(t, files{
		"go.mod":       userModule,
		"hello/h.go":   hello + "\nfunc High() {}\n",
		"a/store/s.go": "package store\n\nfunc Get() {}\n",
		"b/store/s.go": "package store\n\nfunc Put() {}\n",
		"own/o.go":     own,
		"unfit/u.go":   "package unfit\n\nfunc Chan(c chan int) {}\n\nfunc Fit() {}\n",
	})
	for _, c := range []struct{ name, ref, pkgs, want string }{
		{"x", "hello", "hello", `found "hello", want "package:Function"`},
		{"x", ":Hi", "hello", `found ":Hi", want "package:Function"`},
		{"x", "hello:", "hello", `found "hello:", want "package:Function"`},
		{"x", "hallo:Hi", "hello a", `found no package "hallo" among those that are served: hello, a.store: did you mean "hello"?`},
		{"x", "hello:Hj", "hello", `found no function Hj in example.com/user/hello, which has Hi, High: did you mean "Hi"?`},
		{"x", "store:Get", "a b", `found 2 packages "store": name the one that is meant by its import path, as example.com/user/a/store`},
		{"hello.hi", "hello:High", "hello", `found the name that hello.Hi has already: choose another`},
		{"_x", "hello:Hi", "hello", `found a name that cannot be called, want one that is not empty`},
		{"rpc.errors", "hello:Hi", "hello", `found a name that begins with rpc., want another: those are reserved`},
		{"x", "own:C", "own", `found no procedure C in own, which serves a, b`},
		{"a", "own:b", "--root own", `found the name for another procedure already: choose another`},
		{"x", "own:c", "--root own", `found no procedure c in it, which serves a, b`},
	} {
		t.Run(c.name+" "+c.ref+" "+c.pkgs, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"--names", c.name + "=" + c.ref}, strings.Fields(c.pkgs)...)
			got := fails(t, dir, args...)
			if want := fmt.Sprintf("runrpc: --names %q: %s", c.name, c.want); !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 1 {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
	t.Run("what does not fit", func(t *testing.T) {
		t.Parallel()
		got := fails(t, dir, "--names", "x=unfit:Chan", "unfit")
		if want := "runrpc: --names \"x\": found no procedure chan in unfit, which serves unfit.fit\n"; !strings.HasSuffix(got, want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

// Each fault of a file is one line that says where.
func TestConfigFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, config, want string }{
		{"an unknown key", "packages = [\"./hello\"]\n\nmax-bdy = 1\n", `runrpc.toml:3: unknown key "max-bdy": did you mean "max-body"?`},
		{"a wrong type", "timeout = 30", `runrpc.toml:1: timeout: found 30, want a time like "30s" or "1m30s"`},
		{"no TOML", "packages = [", `runrpc.toml:1: column 12: array is incomplete`},
		{"no packages", "addr = \"localhost:0\"", `runrpc.toml: found no key packages in it, and no package on the command line`},
		{"a missing package", "packages = [\"./nope\"]", `runrpc.toml:1: packages: found nothing at "./nope": want a directory`},
		{"a path without its slash", "packages = [\"./hello\"]\npath = \"rpc\"", `runrpc.toml:2: path: found "rpc", want a path that begins with /`},
		{"no separator", "packages = [\"./hello\"]\nseparator = \"\"", `runrpc.toml:2: separator: found an empty one`},
		{"a missing directory", "packages = [\"./hello\"]\n[static]\n\"/\" = \"www\"", `runrpc.toml:3: static "/": found no directory `},
		{"a file for a directory", "packages = [\"./hello\"]\n[static]\n\"/\" = \"go.mod\"", `runrpc.toml:3: static "/": found no directory `},
		{"a key below a table", "packages = [\"./hello\"]\n[static]\naddr = \"x\"", `runrpc.toml:3: static "addr": found the path "addr", want one like "/" or "/docs" (keys of the file itself stand above its first table)`},
		{"a path that leads up", "packages = [\"./hello\"]\n[static]\n\"/a/../b\" = \"web\"", `runrpc.toml:3: static "/a/../b": found the path "/a/../b", want one like "/" or "/docs"`},
		{"a path twice", "packages = [\"./hello\"]\n[static]\n\"/a\" = \"web\"\n\"/a/\" = \"web\"", `runrpc.toml:4: static "/a/": found another directory for /a`},
		{"an unknown function", "packages = [\"./hello\"]\n[names]\nx = \"hello:Ho\"", `runrpc.toml:3: names "x": found no function Ho in example.com/user/hello, which has Hi: did you mean "Hi"?`},
		{"a certificate without its key", "packages = [\"./hello\"]\ntls-cert = \"c.pem\"", `runrpc.toml:2: tls-cert: found no --tls-key beside it, want both or none`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := fails(t, filepath.Join(write(t, configured(c.config)), "app"))
			if !strings.HasPrefix(got, "runrpc: "+c.want) || strings.Count(got, "\n") != 1 {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	t.Run("a missing file", func(t *testing.T) {
		t.Parallel()
		cmd, tmp := command(t, write(t, files{"x.txt": ""}))
		cmd.Env = append(cmd.Env, "RUNRPC_CONFIG=conf/nope.toml")
		if got, want := failed(t, cmd, tmp), "runrpc: conf/nope.toml: found no such file\n"; got != want {
			t.Errorf("got  %swant %s", got, want)
		}
	})
	t.Run("a huge file", func(t *testing.T) {
		t.Parallel()
		huge := filepath.Join(t.TempDir(), "huge.toml")
		if err := os.WriteFile(huge, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(huge, 1<<40); err != nil {
			t.Skip("this system makes no sparse files:", err)
		}
		got := fails(t, write(t, files{"x.txt": ""}), "--config", huge)
		if want := "runrpc: " + huge + ": found more than 65536 bytes, want that at most\n"; got != want {
			t.Errorf("got  %swant %s", got, want)
		}
	})
}
