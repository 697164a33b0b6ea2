package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// unbound has all that cannot be bound.
const unbound = `
package unbound

import (
	"context"
	"net/http"

	"github.com/runrpc/jsonrpc"
)

func Channel(n int, c chan int) {}

func Callback(int, func()) {}

func Handle(h http.Handler) {}

func Generic[T any](v T) {}

func Late(n int, ctx context.Context) {}

func LateRequest(n int, r *http.Request) {}

func Raw(ctx context.Context, r *jsonrpc.Request) (any, error) { return nil, nil }

func Two() (int, string) { return 0, "" }

func Chan() chan int { return nil }

func Wrong() *jsonrpc.Error { return nil }

//rpc:default n="x"
func Text(n int) {}

//rpc:default n=[1, 300]
func Numbers(n []uint8, m []int8) {}

//rpc:default m=[1, 300]
func Small(m []int8) {}

//rpc:nmae x
func Misspelt() {}

//rpc:name _hidden
func Hidden() {}

//rpc:name rpc.discover2
func Reserved() {}

func ID() {}

func Id() {}

//rpc:default n=1
func Half(n int, _ string) {}

//rpc:extra user
func Beside(user string, _ struct{ A int }) {}

func Fields(struct {
	A int
	C chan int
	D chan int ` + "`json:\"-\"`" + `
	E chan int ` + "`rpc:\"extra\"`" + `
}) {
}

type Service struct{}

func (Service) Do(c <-chan int) {}

func New(path string) *Service { return nil }

//rpc:skip
func Skipped(c chan int) {}

func RPC() jsonrpc.RPC { return nil }
`

func TestGenUnbound(t *testing.T) {
	t.Parallel()
	dir := write(t, userOf(t, checkout(t), files{"unbound/u.go": unbound}))
	got := fails(t, dir, "gen", "./unbound")
	const signature = "; want func([context.Context,] [*http.Request,] args...) ([result] [, error]); //rpc:skip leaves it out"
	want := []string{
		`10:21: Channel: argument 2: no JSON value is a chan int` + signature,
		`12:20: Callback: argument 2: no JSON value is a func()` + signature,
		`14:13: Handle: argument 1: no JSON value is a http.Handler` + signature,
		`16:6: Generic: a generic function has no one type to decode into: wrap it in one with fixed types`,
		`18:18: Late: argument 2: a context.Context comes first` + signature,
		`20:25: LateRequest: argument 2: an *http.Request comes first, behind the context` + signature,
		`22:31: Raw: argument 2: only a jsonrpc.HandlerFunc takes a *jsonrpc.Request` + signature,
		`24:6: Two: too many results` + signature,
		`26:6: Chan: no JSON value is a chan int` + signature,
		`28:6: Wrong: the result *jsonrpc.Error is an error by another name: return it as error` + signature,
		`31:11: Text: argument 1: its default is no int: `,
		`34:14: Numbers: argument 1: its default is no []uint8: `,
		`37:12: Small: argument 1: its default is no []int8: `,
		`40:6: Misspelt: found the directive //rpc:nmae: want //rpc:name, //rpc:default, //rpc:extra or //rpc:skip`,
		`43:6: Hidden: found a name that cannot be called`,
		`46:6: Reserved: found an unknown setting: names that begin with rpc. are reserved`,
		`50:6: Id: found the name id, which is that of ID at unbound/u.go:48:6 already: want another, by //rpc:name`,
		`53:6: Half: found a default for n, and a parameter without a name, so that all go by position alone: want names for all`,
		`56:6: Beside: found a struct{A int} without a name beside an injected parameter: want a name for it; //rpc:skip leaves it out`,
		"60:2: Fields: the field C: no JSON value is a chan int: want it to be `rpc:\"extra\"` or `json:\"-\"`",
		`70:6: New: it takes what nothing supplies: want New([context.Context]) (T [, error]) for a service; //rpc:name serves it as a function, //rpc:skip not at all`,
		`75:6: RPC: found it declared already: want another name for the generated function, by --func`,
	}
	lines := strings.Split(strings.TrimSpace(got), "\n")
	if len(lines) != len(want) {
		t.Errorf("found %d lines, want %d:\n%s", len(lines), len(want), got)
	}
	for i := range min(len(lines), len(want)) {
		if !strings.HasPrefix(lines[i], "unbound/u.go:"+want[i]) {
			t.Errorf("got  %s\nwant unbound/u.go:%s", lines[i], want[i])
		}
	}
}

func TestGenFaults(t *testing.T) {
	t.Parallel()
	dir := write(t, userOf(t, checkout(t), files{
		"hello/h.go":       hello,
		"empty/readme":     "",
		"nothing/n.go":     "package nothing\n\nfunc unexported() {}\n",
		"syntax/s.go":      "package syntax\n\nfunc Broken() {\n",
		"syntax/t.go":      "package syntax\n\nfunc {\n",
		"types/t.go":       "package types\n\nvar x int = \"x\"\n\nfunc Wrong() int { return \"y\" }\n\nfunc Twice() {}\n\nfunc Twice() {}\n",
		"unused/u.go":      "package unused\n\nimport \"fmt\"\n\nfunc F() {}\n",
		"imports/i.go":     "package imports\n\nimport \"example.com/nowhere\"\n\nfunc I(nowhere.T) {}\n",
		"cgo/c.go":         "package cgo\n\nimport \"C\"\n\nfunc Twice(n int) int { return int(C.int(n)) * 2 }\n\nfunc Raw(n []C.int) C.int { return n[0] }\n",
		"hides/h.go":       "package hides\n\ntype error string\n\nfunc F() error { return \"\" }\n",
		"two/a.go":         "package a\n",
		"two/b.go":         "package b\n",
		"typed/t.go":       "package typed\n\n// T is told of.\ntype T int\n\nfunc A(t T) {}\n\nfunc RPCTypes() {}\n",
		"taken/t.go":       "package taken\n\nfunc A() {}\n",
		"taken/t_test.go":  "package taken\n\nfunc RPC() {}\n",
		"other/rpc_gen.go": "package other\n\nfunc A() {}\n",
	}))
	outside := write(t, files{"hello/h.go": hello})
	tests := []struct {
		name string
		in   string
		args []string
		want []string // each begins a line
	}{
		{"no such path", dir, []string{"./nope"}, []string{`runrpc: found nothing at "./nope": want a directory, a .go file or an import path`}},
		{"no such name", dir, []string{"nope"}, []string{`runrpc: found no directory nope and no package of that import path`}},
		{"a file", dir, []string{"hello/h.go"}, []string{`runrpc: found the file "hello/h.go": want a package, all of whose files are read`}},
		{"a pattern", dir, []string{"./..."}, []string{`runrpc: found the pattern "./...": want one package (go generate ./... runs this for each that asks for it)`}},
		{"no package", dir, []string{"empty"}, []string{`runrpc: no Go files in`}},
		{"no module", outside, []string{"hello"}, []string{`runrpc: found no go.mod in hello or above it: want a package of a module, which go mod init makes`}},
		{"the standard library", dir, []string{"strings"}, []string{`runrpc: found strings, which is part of another module than yours`}},
		{"another module", dir, []string{"github.com/rs/zerolog"}, []string{`runrpc: found github.com/rs/zerolog, which is part of another module than yours`}},
		{"nothing exported", dir, []string{"nothing"}, []string{`runrpc: found no exported function to bind in nothing`}},
		{"syntax errors", dir, []string{"syntax"}, []string{`syntax/s.go:3:17: expected '}', found 'EOF'`, `syntax/t.go:3:6: expected`}},
		{"type errors", dir, []string{"types"}, []string{`types/t.go:3:13: cannot use "x"`, `types/t.go:5:27: cannot use "y"`, `types/t.go:9:6: Twice redeclared in this block`}},
		{"an unused import", dir, []string{"unused"}, []string{`unused/u.go:3:8: "fmt" imported and not used`}},
		{"a missing import", dir, []string{"imports"}, []string{`imports/i.go:3:8: could not import example.com/nowhere (no required module provides package`}},
		{"a predeclared name", dir, []string{"hides"}, []string{`hides/h.go:3:6: error: the generated file needs this name as Go itself declares it: want another here`}},
		{"types of C", dir, []string{"cgo"}, []string{`cgo/c.go:7:6: Raw: found a type of C, which no other file can name: want a type of Go`, `cgo/c.go:7:10: Raw: argument 1: found a type of C`}},
		{"two packages", dir, []string{"two"}, []string{`runrpc: found packages a (a.go) and b (b.go) in`}},
		{"a name that a test has taken", dir, []string{"taken"}, []string{`taken/t_test.go:3:6: RPC: found it declared already: want another name for the generated function, by --func`}},
		{"a name for the types that is taken", dir, []string{"typed"}, []string{`typed/t.go:8:6: RPCTypes: found it declared already: want another name for the generated function, by --func`}},
		{"a file of the user's", dir, []string{"other"}, []string{`runrpc: other/rpc_gen.go was not written by runrpc gen, and is left as it is: want another name, by -o`}},
		{"no .go file", dir, []string{"hello", "-o", "bindings"}, []string{`runrpc: -o: found "bindings", want the name of a .go file that is no test`}},
		{"a test", dir, []string{"hello", "-o", "rpc_test.go"}, []string{`runrpc: -o: found "rpc_test.go", want the name of a .go file that is no test`}},
		{"a file elsewhere", dir, []string{"hello", "-o", "./rpc.go"}, []string{`runrpc: -o: found "./rpc.go", want a file in hello: it is part of the package`}},
		{"a directory", dir, []string{"hello", "-o", "nope/rpc.go"}, []string{`runrpc: -o: found "nope/rpc.go", want a file in hello: it is part of the package`}},
		{"no name", dir, []string{"hello", "--func", "a b"}, []string{`runrpc: --func: found "a b", want a name for a Go function`}},
		{"a keyword", dir, []string{"hello", "--func", "func"}, []string{`runrpc: --func: found "func", want a name for a Go function`}},
		{"nothing there yet", dir, []string{"hello", "--check"}, []string{`runrpc: hello/rpc_gen.go is not up to date: run go generate, or runrpc gen hello`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := fails(t, test.in, append([]string{"gen"}, test.args...)...)
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

func TestGenUsage(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"runrpc: unknown flag --nope":              {"gen", "--nope"},
		"runrpc: unexpected argument b":            {"gen", "a", "b"},
		"runrpc: --check: bool value must be true": {"gen", "--check=x"},
	} {
		out, _ := exec.Command(runrpc, args...).CombinedOutput()
		if !strings.HasPrefix(string(out), want) || strings.Count(string(out), "\n") != 1 {
			t.Errorf("%v: got %swant %s", args, out, want)
		}
	}
	out, err := exec.Command(runrpc, "gen", "--help").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .") {
		t.Errorf("%v\n%s", err, out)
	}
}

// An output that cannot be written is one line.
func TestGenUnwritable(t *testing.T) {
	t.Parallel()
	dir := loose(t, userOf(t, checkout(t), files{"hello/h.go": hello}))
	if err := os.Mkdir(filepath.Join(dir, "hello", "rpc_gen.go"), 0o755); err != nil {
		t.Fatal(err)
	}
	got := fails(t, dir, "gen", "hello")
	if !strings.HasPrefix(got, "runrpc: ") || !strings.Contains(got, "rpc_gen.go: is a directory") || strings.Count(got, "\n") != 1 {
		t.Errorf("got %s", got)
	}
	if os.Geteuid() == 0 {
		t.Skip("modes do not stop root")
	}
	protect(t, dir, 0o555, 0o444)
	t.Cleanup(func() { protect(t, dir, 0o755, 0o644) })
	got = fails(t, dir, "gen", "hello", "-o", "other.go")
	if !strings.Contains(got, "other.go: permission denied") || strings.Count(got, "\n") != 1 {
		t.Errorf("got %s", got)
	}
}
