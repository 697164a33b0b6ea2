package main_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const userModule = "module example.com/user\n\ngo 1.21\n"

// The first thing that a newcomer does.
func TestExample(t *testing.T) {
	t.Parallel()
	p := serve(t, "../..", "./examples/hello")
	p.wantResult("hello.greeting", `["Ada"]`, `"Hello, Ada!"`)
	p.wantResult("hello.greeting", `{"name":"Ada"}`, `"Hello, Ada!"`)
	p.wantResult("hello.greeting", `[]`, `"Hello, world!"`)
	p.wantResult("hello.add", `{"b":2,"a":1}`, `3`)
	p.wantCode("hello.divide", `[1,0]`, -32000)
	want := `
hello.add(a int, b int)              Add returns the sum of two numbers.
hello.divide(a float64, b float64)   Divide returns the quotient of two numbers.
hello.greeting(name string = "world")  Greeting greets someone, and without a name everyone.
`
	if diff := cmp.Diff(strings.Fields(want), strings.Fields(p.banner)); diff != "" {
		t.Error("banner (-want +got):\n" + diff)
	}
}

func TestDirectivesAndNames(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"go.mod": userModule, "hello/hello.go": `
package hello

import (
	"context"
	"errors"
	"net/http"
)

type Ctx = context.Context

func SendCodeByID(_ context.Context, id int, to string) string { return to }

//rpc:name renamed
//rpc:default b=2
func Add(c Ctx, a int, b int) int { return a + b }

func Agent(ctx context.Context, r *http.Request, q string) string { return q + r.Method }

func Sum(numbers ...int) (n int) {
	for _, x := range numbers {
		n += x
	}
	return n
}

func Positional(int, string) string { return "p" }

type Query struct {
	Text string
	Max  int
}

func Named(q Query) string { return q.Text }

func Listed(_ Query) string { return "listed" }

//rpc:skip
func Hidden() {}

func Generic[T any](v T) {}

func Channel(c chan int) {}

func Callback(f func()) {}

func Results() (int, string, error) { return 0, "", nil }

func NotError() (int, string) { return 0, "" }

//rpc:default x="text"
func BadDefault(x int) {}

//rpc:default y=1
func BadName(x int) {}

//rpc:name _mine
func Private() {}

func ID() int { return 1 }

func Id() int { return 2 }

func Fails() error { return errors.New("secret") }

type T struct{}

func (T) Method() {}

func unexported() {}
`})
	p := serve(t, dir, "hello")
	p.wantResult("hello.sendCodeByID", `{"id":1,"to":"you"}`, `"you"`)
	p.wantResult("hello.renamed", `{"a":1}`, `3`)
	p.wantResult("hello.renamed", `[1,1]`, `2`)
	p.wantResult("hello.agent", `["a "]`, `"a POST"`)
	p.wantResult("hello.sum", `[1,2,3]`, `6`)
	p.wantResult("hello.positional", `[1,"x"]`, `"p"`)
	p.wantCode("hello.positional", `{"_":"x"}`, -32602)
	p.wantResult("hello.named", `{"q":{"Text":"t","Max":1}}`, `"t"`)
	p.wantResult("hello.listed", `{"Text":"t","Max":1}`, `"listed"`)
	p.wantResult("hello.id", `[]`, `1`)
	if got := p.call("hello.fails", `[]`); strings.Contains(got, "secret") {
		t.Error("found the text of a private error: " + got)
	}
	for _, method := range []string{"hidden", "method", "unexported", "generic", "add", "channel"} {
		p.wantCode("hello."+method, `[]`, -32601)
	}
	for _, want := range []string{
		"hello/hello.go:40: Generic: a generic function has no one type to decode into",
		"hello/hello.go:42: Channel: found func(chan int): argument 1: no JSON value is a chan int",
		"hello/hello.go:44: Callback: found func(func())",
		"hello/hello.go:46: Results: found func() (int, string, error)",
		"hello/hello.go:48: NotError: found func() (int, string)",
		"hello/hello.go:51: BadDefault: the parameter \"x\"",
		"hello/hello.go:54: BadName: //rpc:default names \"y\"",
		"hello/hello.go:57: Private: found a name that cannot be called",
		"hello/hello.go:61: Id: another function is hello.id already, hello/hello.go:59: ID: name one of the two with //rpc:name",
	} {
		if !strings.Contains(p.stderr.String(), want) {
			t.Errorf("found no %q in:\n%s", want, p.stderr)
		}
	}
	if got := p.stderr.String(); strings.Contains(got, "Hidden") || strings.Contains(got, "jsonrpc:") {
		t.Error("too much on standard error:\n" + got)
	}
}

// methods is a tree of packages.
var methods = files{
	"methods/root.go":                                  "package methods\n\nfunc Foobar() string { return \"foobar\" }\n",
	"methods/registration/r.go":                        "package registration\n\n//rpc:name sign_up\nfunc SignUp() string { return \"up\" }\n",
	"methods/registration/by_email/e.go":               "package byemail\n\n//rpc:name send_code_to_email\nfunc SendCodeToEmail(email string) string { return email }\n",
	"methods/internal/secret/s.go":                     "package secret\n\nfunc Open() string { return \"open\" }\n",
	"methods/registration/internal/deep/internal/d.go": "package deeper\n\nfunc Down() string { return \"down\" }\n",
	"methods/registration/testdata/x.go":               "package x\n\nfunc X() {}\n",
	"methods/vendor/x/x.go":                            "package x\n\nfunc X() {}\n",
	"methods/node_modules/x/x.go":                      "package x\n\nfunc X() {}\n",
	"methods/_hidden/x.go":                             "package x\n\nfunc X() {}\n",
	"methods/.hidden/x.go":                             "package x\n\nfunc X() {}\n",
	"methods/nested/go.mod":                            "module example.com/nested\n",
	"methods/nested/n.go":                              "package nested\n\nfunc N() {}\n",
	"methods/a space/s.go":                             "package space\n\nfunc S() {}\n",
	"methods/tests/t_test.go":                          "package tests\n\nfunc T() {}\n",
	"methods/excluded/x.go":                            "//go:build never\n\npackage excluded\n\nfunc X() {}\n",
	"methods/program/main.go":                          "package main\n\nfunc main() {}\n\nfunc Run() string { return \"ran\" }\n",
	"methods/program/main_test.go":                     "package main\n\nvar _ = Run\n",
	"methods/program/out_test.go":                      "package main_test\n",
}

func TestTree(t *testing.T) {
	t.Parallel()
	withModule := files{"go.mod": userModule}
	for name, text := range methods {
		withModule[name] = text
	}
	for name, tree := range map[string]files{"in a module": withModule, "without a module": methods} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, tree)
			p := serve(t, dir, "--root", "--separator", "::", "./methods")
			p.wantResult("foobar", `[]`, `"foobar"`)
			p.wantResult("registration::sign_up", `[]`, `"up"`)
			p.wantResult("registration::by_email::send_code_to_email", `{"email":"x@y"}`, `"x@y"`)
			p.wantResult("::registration::by_email::send_code_to_email", `["x@y"]`, `"x@y"`)
			p.wantResult("internal::secret::open", `[]`, `"open"`)
			p.wantResult("registration::internal::deep::internal::down", `[]`, `"down"`)
			p.wantResult("program::run", `[]`, `"ran"`)
			if n := strings.Count(p.banner, "("); n != 6 {
				t.Errorf("found %d methods, want 6:\n%s", n, p.banner)
			}
			for _, want := range []string{"methods/nested: a module of its own", "methods/a space: go allows no such name"} {
				if !strings.Contains(p.stderr.String(), want) {
					t.Errorf("found no %q in:\n%s", want, p.stderr)
				}
			}
		})
	}
}

func TestTreeInItsNamespace(t *testing.T) {
	t.Parallel()
	dir := write(t, files{
		"go.mod":     userModule,
		"a/a.go":     "package alpha\n\nfunc A() int { return 1 }\n",
		"a/b/b.go":   "package other\n\nfunc B() int { return 2 }\n",
		"c/d/d.go":   "package d\n\nfunc D() int { return 3 }\n",
		"c/d/e/e.go": "package e\n\nfunc E() int { return 4 }\n",
	})
	p := serve(t, dir, "a", "./c")
	p.wantResult("alpha.a", `[]`, `1`)
	p.wantResult("alpha.b.b", `[]`, `2`)
	p.wantResult("c.d.d", `[]`, `3`)
	p.wantResult("c.d.e.e", `[]`, `4`)
}

func TestRegistryFunction(t *testing.T) {
	t.Parallel()
	plain := "package plain\n\nimport \"github.com/runrpc/jsonrpc\"\n\nfunc RPC() jsonrpc.RPC { return jsonrpc.RPC{\"a\": func() int { return 1 }} }\n\nfunc Other() {}\n"
	failing := "package failing\n\nimport (\n\t\"errors\"\n\n\tj \"github.com/runrpc/jsonrpc\"\n)\n\nfunc RPC() (j.RPC, error) { return nil, errors.New(\"no database\") }\n"
	able := "package able\n\nimport j \"github.com/runrpc/jsonrpc\"\n\nfunc RPC() (j.RPC, error) { return j.RPC{\"b\": func() int { return 2 }}, nil }\n"
	other := "package other\n\nfunc RPC() int { return 3 }\n"
	dir := write(t, files{
		"go.mod": userModule, "plain/p.go": plain, "failing/f.go": failing, "able/a.go": able, "other/o.go": other,
		"nothing/n.go": "package nothing\n\nimport \"github.com/runrpc/jsonrpc\"\n\nfunc RPC() jsonrpc.RPC { return nil }\n",
		"faulty/f.go":  "package faulty\n\nimport \"github.com/runrpc/jsonrpc\"\n\nfunc RPC() jsonrpc.RPC { return jsonrpc.RPC{\"x\": 1} }\n",
	})
	t.Run("mounted", func(t *testing.T) {
		t.Parallel()
		p := serve(t, dir, "plain", "able", "other")
		p.wantResult("plain.a", `[]`, `1`)
		p.wantResult("able.b", `[]`, `2`)
		p.wantResult("other.rpc", `[]`, `3`)
		p.wantCode("plain.other", `[]`, -32601)
	})
	t.Run("at the root", func(t *testing.T) {
		t.Parallel()
		p := serve(t, dir, "--root", "plain", "other")
		p.wantResult("a", `[]`, `1`)
		p.wantResult("rpc", `[]`, `3`)
	})
	for name, want := range map[string]string{
		"failing": "runrpc: example.com/user/failing: RPC: no database\n",
		"nothing": "runrpc: example.com/user/nothing: RPC: it returned nil, want a registry\n",
		"faulty":  `runrpc: jsonrpc: "faulty.x": found int`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := fails(t, dir, name); !strings.HasPrefix(got, want) {
				t.Errorf("got  %swant %s", got, want)
			}
		})
	}
}
