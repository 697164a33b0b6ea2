package main_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = busy.Close() })
	dir := write(t, files{
		"go.mod":             userModule,
		"hello/h.go":         hello,
		"nothing/n.go":       "package nothing\n\nfunc unexported() {}\n",
		"unfit/u.go":         "package unfit\n\nfunc Chan(c chan int) {}\n",
		"skipped/s.go":       "package skipped\n\nfunc Generic[T any]() {}\n",
		"excluded/x.go":      "//go:build never\n\npackage excluded\n\nfunc X() {}\n",
		"syntax/s.go":        "package syntax\n\nfunc Broken() {\n",
		"types/t.go":         "package types\n\nfunc Wrong() int { return \"x\" }\n",
		"cmd/wrong/main.go":  "// A program.\n\npackage main\n\nfunc main() {}\n\nfunc Wrong() int { return \"x\" }\n",
		"imports/i.go":       "package imports\n\nimport _ \"example.com/nowhere\"\n\nfunc I() {}\n",
		"clause/c.go":        "func X() {}\n",
		"two/a.go":           "package a\n\nfunc A() {}\n",
		"two/b.go":           "package b\n\nfunc B() {}\n",
		"empty/readme.txt":   "",
		"tests/t_test.go":    "package tests\n",
		"a space/s.go":       "package space\n",
		"below/a space/s.go": "package space\n",
		"badmod/go.mod":      "modul example.com\n",
		"badmod/b.go":        "package badmod\n\nfunc B() {}\n",
	})
	tests := []struct {
		name string
		args []string
		want []string // each begins a line
	}{
		{"no such path", []string{"./nope"}, []string{`runrpc: found nothing at "./nope": want a directory, a .go file or an import path`}},
		{"no such name", []string{"nope"}, []string{`runrpc: found no directory nope, no file nope.go and no package of that import path`}},
		{"no such module", []string{"example.com/nope"}, []string{`runrpc: found no directory example.com/nope, no file example.com/nope.go and no package of that import path: `}},
		{"several by pattern", []string{"example.com/user/..."}, []string{`runrpc: example.com/user/... stands for`}},
		{"a file of another kind", []string{"go.mod"}, []string{`runrpc: found the file "go.mod": want a directory`}},
		{"nothing exported", []string{"nothing"}, []string{`runrpc: found no exported function to serve in nothing`}},
		{"nothing fit", []string{"unfit"}, []string{`unfit/u.go:3: Chan: found func(chan int)`, `runrpc: found nothing to serve`}},
		{"all skipped", []string{"skipped"}, []string{`skipped/s.go:3: Generic: a generic function`, `runrpc: found no exported function to serve in skipped`}},
		{"all excluded", []string{"excluded"}, []string{`runrpc: found no Go package in excluded: build constraints exclude all Go files in`}},
		{"the file excluded", []string{"excluded/x.go"}, []string{`runrpc: excluded/x.go is no part of its package here: its build constraints exclude it`}},
		{"no package", []string{"empty"}, []string{`runrpc: found no Go package in empty`}},
		{"a space in an import path", []string{"a space"}, []string{`runrpc: found no Go package in a space: malformed import path "example.com/user/a space"`}},
		{"spaces below", []string{"below"}, []string{`below/a space: go allows no such name in an import path: rename it`, `runrpc: found no Go package in below`}},
		{"tests only", []string{"tests"}, []string{`runrpc: found no Go package in tests`}},
		{"a syntax error", []string{"syntax"}, []string{`syntax/s.go:3:17: expected '}', found 'EOF'`}},
		{"a type error", []string{"types"}, []string{`# example.com/user/types`, `types/t.go:3:27: cannot use "x"`}},
		{"a type error in a program", []string{"cmd/wrong"}, []string{`# example.com/user/cmd/wrong`, `cmd/wrong/main.go:7:27: cannot use "x"`}},
		{"a missing import", []string{"imports"}, []string{`imports/i.go:3:8: `}},
		{"no package clause", []string{"clause"}, []string{`clause/c.go:1:1: expected 'package', found 'func'`}},
		{"two packages in one directory", []string{"two"}, []string{`runrpc: found packages a (a.go) and b (b.go) in `}},
		{"a broken go.mod", []string{"badmod"}, []string{`runrpc: ` + dir + `/badmod/go.mod:`}},
		{"a port in use", []string{"--addr", busy.Addr().String(), "hello"}, []string{`runrpc: ` + busy.Addr().String() + ` is in use: choose another address with --addr`}},
		{"no port", []string{"--addr", "localhost", "hello"}, []string{`runrpc: `}},
		{"a path without its slash", []string{"--path", "rpc", "hello"}, []string{`runrpc: --path: found "rpc", want a path that begins with /`}},
		{"no separator", []string{"--separator", "", "hello"}, []string{`runrpc: --separator: found an empty one`}},
		{"an option that cannot be", []string{"--max-depth=100000", "hello"}, []string{`runrpc: jsonrpc: Options.MaxDepth: found 100000`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := fails(t, dir, test.args...)
			lines := strings.Split(strings.TrimSpace(got), "\n")
			if len(lines) != len(test.want) {
				t.Fatalf("found %d lines, want %d:\n%s", len(lines), len(test.want), got)
			}
			for i, want := range test.want {
				if !strings.HasPrefix(lines[i], filepath.FromSlash(want)) || strings.Contains(lines[i], "%!") {
					t.Errorf("got  %s\nwant %s", lines[i], want)
				}
			}
		})
	}
}

func TestNoGoCommand(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"hello.go": hello})
	cmd, tmp := command(t, dir, "hello")
	cmd.Env = append(cmd.Env, "PATH=")
	want := "runrpc: found no go command on PATH, and it is what builds the server: install Go (https://go.dev/dl) or add its bin directory to PATH\n"
	if got := failed(t, cmd, tmp); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args []string
		code int
		want string // in the output
	}{
		{[]string{}, 2, `runrpc: found nothing to serve: name a package, as in runrpc ./hello`},
		{[]string{"--nope", "hello"}, 2, "runrpc: unknown flag --nope"},
		{[]string{"--max-body=x", "hello"}, 2, "runrpc: --max-body:"},
		{[]string{"--help"}, 0, "Usage: runrpc"},
		{[]string{"serve", "--help"}, 0, "--max-notifications"},
		{[]string{"version"}, 0, "runrpc "},
	}
	for _, test := range tests {
		cmd := exec.Command(runrpc, test.args...)
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != test.code || !strings.Contains(string(out), test.want) {
			t.Errorf("%v: exit code %d, want %d; found no %q in:\n%s", test.args, code, test.code, test.want, out)
		}
	}
}

// A binary whose checkout has gone, and that go did not install, says what to do.
func TestNoToolkit(t *testing.T) {
	t.Parallel()
	lost := filepath.Join(t.TempDir(), "lost.exe")
	gone := toolkitCopy(t, "gone")
	cmd := exec.Command("go", "build", "-o", lost, "./cmd/runrpc")
	cmd.Dir = gone
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.RemoveAll(gone); err != nil {
		t.Fatal(err)
	}
	cmd, tmp := command(t, write(t, files{"hello.go": hello}), "hello")
	cmd.Path = lost
	got := failed(t, cmd, tmp)
	want := "runrpc: found no source of github.com/runrpc/jsonrpc, which the server is built with: set RUNRPC_TOOLKIT to a checkout of it, or run go install"
	if !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 1 {
		t.Errorf("got  %swant %s", got, want)
	}

	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	cmd, tmp = command(t, write(t, files{"hello.go": hello}), "--addr", "localhost:0", "hello")
	cmd.Path = lost
	cmd.Env = append(cmd.Env, "RUNRPC_TOOLKIT="+checkout)
	start(t, cmd, tmp).wantResult("hello.hi", `["you"]`, `"hi you"`)
}

// Flags reach the Application.
func TestOptions(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"go.mod": userModule, "hello/h.go": "package hello\n\nimport \"errors\"\n\nfunc Hi(s string) string { return s }\n\nfunc Fail() error { return errors.New(\"the reason\") }\n"})
	p := serve(t, dir, "--path", "/rpc", "--expose-errors", "--v1", "--max-body=200", "--max-response=-1", "--max-batch=1",
		"--batch-workers=1", "--max-depth=9", "--max-concurrent=9", "--max-notifications=9", "--timeout=9s", "--read-timeout=9s",
		"--lazy-timeout=9s", "--hosts=a.example,b.example", "--origins=https://c.example", "hello")
	if !strings.HasSuffix(p.url, "/rpc") {
		t.Error("got the URL " + p.url)
	}
	p.wantResult("hello.hi", `["x"]`, `"x"`)
	p.wantCode("hello.hi", `["`+strings.Repeat("x", 200)+`"]`, -32813)
	p.wantCode("hello.hi", `[[[[[[[[[[[]]]]]]]]]]]`, -32700)
	if got := p.call("hello.fail", `[]`); !strings.Contains(got, "the reason") {
		t.Error("found no text of the error in " + got)
	}
	p.url = strings.TrimSuffix(p.url, "/rpc")
	if got := p.call("hello.hi", `["x"]`); !strings.Contains(got, "404") {
		t.Error("at another path: " + got)
	}
}
