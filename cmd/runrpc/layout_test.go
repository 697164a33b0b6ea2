package main_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const hello = "package hello\n\nfunc Hi(name string) string { return \"hi \" + name }\n"

// lone stands beside files that go would refuse to compile with it.
var lone = files{
	"hello.go":   "package main\n\nimport _ \"embed\"\n\n//go:embed name.txt\nvar name string\n\nfunc Hi() string { return name }\n",
	"name.txt":   "embedded",
	"broken.go":  "package other\n\nfunc {",
	"hello.c":    "int x;",
	"hello.s":    "nonsense",
	"sub/sub.go": "package sub\n\nfunc S() {}\n",
}

func TestLayouts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		files  files
		in     string // the current directory
		args   []string
		method string // called with ["you"]
		result string
	}{
		{"a directory", files{"go.mod": userModule, "hello/h.go": hello}, "", []string{"hello"}, "hello.hi", `"hi you"`},
		{"the current directory", files{"go.mod": userModule, "hello/h.go": hello}, "hello", []string{"."}, "hello.hi", `"hi you"`},
		{"an import path", files{"go.mod": userModule, "hello/h.go": hello}, "", []string{"example.com/user/hello"}, "hello.hi", `"hi you"`},
		{"an import path of the standard library", files{"x.txt": ""}, "", []string{"strings"}, "strings.toUpper", `"YOU"`},
		{"no module", files{"hello/h.go": hello}, "", []string{"./hello"}, "hello.hi", `"hi you"`},
		{"a file", files{"hello.go": hello}, "", []string{"hello"}, "hello.hi", `"hi you"`},
		{"a file of a module", files{"go.mod": userModule, "hello/a.go": hello, "hello/b.go": "package hello\n\nvar x = Hi\n"}, "", []string{"hello/a.go"}, "hello.hi", `"hi you"`},
		{"spaces in the path", files{"my module/go.mod": userModule, "my module/hello/h.go": hello}, "my module", []string{"hello"}, "hello.hi", `"hi you"`},
		{"spaces and no module", files{"my dir/hello.go": hello}, "", []string{"my dir/hello"}, "hello.hi", `"hi you"`},
		{"an internal package", files{"go.mod": userModule, "a/internal/b/internal/hello/h.go": hello}, "", []string{"a/internal/b/internal/hello"}, "hello.hi", `"hi you"`},
		{"a program", files{"go.mod": userModule, "cmd/hi/main.go": "//go:build !never\n\n/* doc */ package main // end\n\nfunc main() { panic(1) }\n\nfunc Hi(s string) string { return s }\n"}, "", []string{"cmd/hi"}, "hi.hi", `"you"`},
		{"a program with tests", files{
			"go.mod":               userModule,
			"cmd/hi/main.go":       "package main\n\nfunc main() { panic(1) }\n\nfunc Hi(s string) string { return s }\n",
			"cmd/hi/main_test.go":  "package main\n\nimport \"testing\"\n\nfunc TestHi(t *testing.T) { Hi(\"\") }\n",
			"cmd/hi/outer_test.go": "package main_test\n",
		}, "", []string{"cmd/hi"}, "hi.hi", `"you"`},
		{"no go line", files{"go.mod": "module example.com/user\n", "hello/h.go": hello}, "", []string{"hello"}, "hello.hi", `"hi you"`},
		{"a later go line", files{"go.mod": "module example.com/user\n\ngo " + strings.TrimPrefix(runtime.Version(), "go") + "\n", "hello/h.go": hello}, "", []string{"hello"}, "hello.hi", `"hi you"`},
		{"a module path of one word", files{"go.mod": "module user\n", "internal/hello/h.go": hello}, "", []string{"internal/hello"}, "hello.hi", `"hi you"`},
		{"a module path with internal", files{"go.mod": "module example.com/a/internal/b\n", "hello/h.go": hello}, "", []string{"hello"}, "hello.hi", `"hi you"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, test.files)
			p := serve(t, filepath.Join(dir, test.in), test.args...)
			p.wantResult(test.method, `["you"]`, test.result)
		})
	}
}

func TestLoneFile(t *testing.T) {
	t.Parallel()
	dir := write(t, lone)
	p := serve(t, dir, "hello")
	p.wantResult("hello.hi", `[]`, `"embedded"`)
	if n := strings.Count(p.banner, "("); n != 1 {
		t.Errorf("found %d methods, want 1:\n%s", n, p.banner)
	}
}

func TestSeveral(t *testing.T) {
	t.Parallel()
	say := func(pkg, word string) string {
		return "package " + pkg + "\n\nfunc Say() string { return \"" + word + "\" }\n"
	}
	dir := write(t, files{
		"one/go.mod":          "module example.com/one\n\nrequire example.com/two v1.0.0\n\nreplace example.com/two => ../two\n",
		"one/a/a.go":          "package a\n\nimport \"example.com/two/b\"\n\nfunc Say() string { return \"a\" + b.Say() }\n",
		"one/internal/x/x.go": say("x", "x"),
		"two/go.mod":          "module example.com/two\n",
		"two/b/b.go":          say("b", "b"),
		"two/internal/x/x.go": say("x2", "x2"),
		"three/a.go":          say("three", "three"),
		"four.go":             say("main", "four"),
		"five.go":             "package main\n\nfunc init() {}\n\nfunc Tell() string { return \"five\" }\n",
		"other/three/t.go":    say("three3", "three3"),
	})
	p := serve(t, filepath.Join(dir, "one"), "a", "../two/b", "../three", "./internal/x", "../two/internal/x", "../four", "../five.go", "math", "../other/three")
	p.wantResult("a.say", `[]`, `"ab"`)
	p.wantResult("b.say", `[]`, `"b"`)
	p.wantResult("three.say", `[]`, `"three"`)
	p.wantResult("x.say", `[]`, `"x"`)
	p.wantResult("x2.say", `[]`, `"x2"`)
	p.wantResult("four.say", `[]`, `"four"`)
	p.wantResult("three3.say", `[]`, `"three3"`)
	p.wantResult("math.max", `[1,2]`, `2`)
	p.wantResult("five.tell", `[]`, `"five"`)
}

func TestUsersWorkspace(t *testing.T) {
	t.Parallel()
	dir := write(t, files{
		"go.work":     "go 1.21\n\nuse (\n\t./one\n\t./two\n)\n\nreplace example.com/three => ./three\n",
		"go.work.sum": "",
		"one/go.mod":  "module example.com/one\n\ngo 1.20\n\nrequire example.com/three v1.0.0\n",
		"one/a/a.go":  "package a\n\nimport (\n\t\"example.com/three\"\n\t\"example.com/two\"\n)\n\nfunc Say() string { return two.Say() + three.Say() }\n",
		"two/go.mod":  "module example.com/two\n\ngo 1.21\n",
		"two/two.go":  "package two\n\nfunc Say() string { return \"two\" }\n",

		"three/go.mod":   "module example.com/three\n",
		"three/three.go": "package three\n\nfunc Say() string { return \"three\" }\n",
		"alone/go.mod":   "module example.com/alone\n",
		"alone/alone.go": "package alone\n\nfunc Say() string { return \"alone\" }\n",
	})
	t.Run("members", func(t *testing.T) {
		t.Parallel()
		p := serve(t, dir, "./one/a", "./two")
		p.wantResult("a.say", `[]`, `"twothree"`)
		p.wantResult("two.say", `[]`, `"two"`)
	})
	t.Run("by import path", func(t *testing.T) {
		t.Parallel()
		serve(t, filepath.Join(dir, "one"), "example.com/two").wantResult("two.say", `[]`, `"two"`)
	})
	t.Run("no member", func(t *testing.T) {
		t.Parallel()
		serve(t, dir, "./alone").wantResult("alone.say", `[]`, `"alone"`)
	})
}

func TestSymbolicLinks(t *testing.T) {
	t.Parallel()
	outside := write(t, files{"go.mod": userModule, "hello/h.go": hello, "internal/i.go": "package i\n\nfunc I() int { return 1 }\n"})
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	loose := write(t, files{"l.go": "package loose\n\nimport \"example.com/linked/in\"\n\nfunc L() int { return in.V }\n"})
	if err := os.Mkdir(filepath.Join(dir, "module"), 0o755); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"hi": filepath.Join(outside, "hello"), "all": outside, "module/loose": loose} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip("this system makes no symbolic links:", err)
		}
	}
	writeIn(t, dir, files{"module/go.mod": "module example.com/linked\n", "module/in/in.go": "package in\n\nvar V = 7\n\nfunc F() int { return V }\n"})
	for _, test := range []struct{ arg, method, result string }{
		{"./hi", "hello.hi", `"hi you"`},
		{"./all/hello", "hello.hi", `"hi you"`},
		{"./all", "outside.hello.hi", `"hi you"`},
		{"./module/loose", "loose.l", `7`},
		{"./module", "module.in.f", `7`},
	} {
		t.Run(test.arg, func(t *testing.T) {
			t.Parallel()
			p := serve(t, dir, test.arg)
			params := `["you"]`
			if strings.HasSuffix(test.result, "7") {
				params = `[]`
			}
			p.wantResult(strings.Replace(test.method, "outside", filepath.Base(outside), 1), params, test.result)
			if test.arg == "./module" && !strings.Contains(p.stderr.String(), "module/loose: a symbolic link") {
				t.Error("found no word on the link in:\n" + p.stderr.String())
			}
		})
	}
}

// The toolkit requires a later version of a module than the user's, and the network is off.
func TestEarlierRequirement(t *testing.T) {
	t.Parallel()
	p := serve(t, write(t, files{
		"go.mod":         userModule + "\nrequire github.com/rs/zerolog v1.1.1\n\nreplace github.com/rs/zerolog v1.1.1 => ./old\n",
		"old/go.mod":     "module github.com/rs/zerolog\n",
		"old/old.go":     "package zerolog\n",
		"hello/hello.go": "package hello\n\nimport (\n\t\"io\"\n\n\t\"github.com/rs/zerolog\"\n)\n\nvar log = zerolog.New(io.Discard)\n\nfunc Hi() int { return 1 }\n",
	}), "./hello")
	p.wantResult("hello.hi", `[]`, `1`)
}

// What people have in their environment must not get in the way.
func TestGoVariables(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"go.mod": userModule, "hello/h.go": hello})
	for _, env := range [][]string{
		{"GOFLAGS=-mod=mod", "GO111MODULE=off"},
		{"GOFLAGS=-modfile=other.mod", "GOWORK=off"},
		{"GOFLAGS=-mod=vendor"},
	} {
		t.Run(strings.Join(env, " "), func(t *testing.T) {
			t.Parallel()
			cmd, tmp := command(t, dir, "--addr", "localhost:0", "hello")
			cmd.Env = append(cmd.Env, env...)
			start(t, cmd, tmp).wantResult("hello.hi", `["you"]`, `"hi you"`)
		})
	}
}
