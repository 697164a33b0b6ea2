package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// userOf returns the files of a module that requires the toolkit, which a directory holds, and more files.
func userOf(t *testing.T, toolkit string, more files) files {
	t.Helper()
	mod, err := os.ReadFile(filepath.Join(toolkit, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(toolkit, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(mod), "module github.com/runrpc/jsonrpc", "module example.com/user", 1)
	text += "\nrequire github.com/runrpc/jsonrpc v0.0.0\n\nreplace github.com/runrpc/jsonrpc => " + toolkit + "\n"
	all := files{"go.mod": text, "go.sum": string(sum)}
	for name, content := range more {
		all[name] = content
	}
	return all
}

// checkout returns the directory of the toolkit that is tested.
func checkout(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// loose writes files into a new directory, in which files may be written.
func loose(t *testing.T, fs files) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range fs {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.TrimPrefix(text, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runs runs runrpc in dir, which must end with exit code 0, and returns what it wrote.
func runs(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd, tmp := command(t, dir, args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v: %v\n%s", args, err, out)
	}
	assertEmpty(t, tmp)
	return string(out)
}

// goRuns runs the go command in dir, and returns what it wrote.
func goRuns(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func read(t *testing.T, elements ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(elements...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const shop = `
package shop

import "context"

// Service sells.
type Service struct{ sold int }

// New opens the shop.
func New() *Service { return &Service{} }

// Buy sells something.
//
//rpc:default count=1
func (s *Service) Buy(ctx context.Context, item string, count int) int {
	s.sold += count
	return s.sold
}

// Close is not served.
func (s *Service) Close() error { return nil }

// Price tells a price.
func Price(item string) int { return len(item) }
`

// The way of a package from its source to a program, and through runrpc's other commands.
func TestGen(t *testing.T) {
	t.Parallel()
	dir := loose(t, userOf(t, checkout(t), files{
		"shop/shop.go": shop,
		"main.go": `
package main

import (
	"fmt"

	"example.com/user/shop"
	"github.com/runrpc/jsonrpc"
)

func main() {
	rpc := jsonrpc.RPC{"shop": shop.RPC()}
	fmt.Printf("%s\n", rpc.Call([]byte("{\"jsonrpc\":\"2.0\",\"method\":\"shop.buy\",\"params\":[\"tea\"],\"id\":1}"), nil))
	fmt.Printf("%s\n", rpc.Call([]byte("{\"jsonrpc\":\"2.0\",\"method\":\"shop.buy\",\"params\":{\"item\":\"tea\",\"count\":2},\"id\":1}"), nil))
}
`}))
	if got := runs(t, dir, "gen", "./shop"); got != "" {
		t.Errorf("it said: %s", got)
	}
	first := read(t, dir, "shop", "rpc_gen.go")
	if !regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`).MatchString(first) {
		t.Errorf("it is not marked:\n%s", first)
	}
	out, err := goRuns(t, dir, "run", ".")
	want := `{"jsonrpc":"2.0","result":1,"id":1}` + "\n" + `{"jsonrpc":"2.0","result":3,"id":1}` + "\n"
	if err != nil || out != want {
		t.Fatalf("the program: %v\n%s", err, out)
	}
	if out, err := goRuns(t, dir, "vet", "./..."); err != nil {
		t.Errorf("go vet: %s", out)
	}

	// Again, from within, by its import path: the same, and nothing is written.
	info, err := os.Stat(filepath.Join(dir, "shop", "rpc_gen.go"))
	if err != nil {
		t.Fatal(err)
	}
	runs(t, filepath.Join(dir, "shop"), "gen")
	runs(t, dir, "gen", "example.com/user/shop", "--check")
	again, err := os.Stat(filepath.Join(dir, "shop", "rpc_gen.go"))
	if err != nil || read(t, dir, "shop", "rpc_gen.go") != first || !info.ModTime().Equal(again.ModTime()) {
		t.Errorf("the file was written again (%v)", err)
	}

	// It is served once, as the registry that it is.
	p := serve(t, dir, "./shop")
	p.wantResult("shop.buy", `{"item":"tea"}`, `1`)
	p.wantResult("shop.price", `["tea"]`, `3`)
	p.wantCode("shop.rpc", `[]`, -32601)
	p.wantCode("shop.new", `[]`, -32601)
	wantBanner := "\nshop.buy(item string, count int = 1)  Buy sells something.\nshop.price(item string)  Price tells a price.\n"
	if diff := cmp.Diff(strings.Fields(wantBanner), strings.Fields(p.banner)); diff != "" || strings.Contains(p.stderr.String(), "rpc_gen.go") {
		t.Errorf("banner (-want +got):\n%s\nstderr:\n%s", diff, p.stderr)
	}
	p.stop()

	// What is added later is told of, and runrpc gen knows that its file is old.
	later := strings.Replace(shop, "// Price tells", "func (s *Service) Return(item string) {}\n\nfunc Later() {}\n\n// Price tells", 1)
	if err := os.WriteFile(filepath.Join(dir, "shop", "shop.go"), []byte(later), 0o644); err != nil {
		t.Fatal(err)
	}
	p = serve(t, dir, "./shop")
	p.wantCode("shop.later", `[]`, -32601)
	for _, want := range []string{
		"shop/shop.go:25: Later: it is not in shop/rpc_gen.go yet, which is served: run go generate\n",
		"shop/shop.go:23: Return: it is not in shop/rpc_gen.go yet, which is served: run go generate\n",
	} {
		if !strings.Contains(p.stderr.String(), want) {
			t.Errorf("found no %q in:\n%s", want, p.stderr)
		}
	}
	p.stop()
	if got, want := fails(t, dir, "gen", "./shop", "--check"), "runrpc: shop/rpc_gen.go is not up to date: run go generate, or runrpc gen ./shop\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	runs(t, dir, "gen", "./shop")
	p = serve(t, dir, "./shop")
	p.wantResult("shop.later", `[]`, `null`)
}

// A registry of the user's own may be made of the generated one.
func TestGenWrapped(t *testing.T) {
	t.Parallel()
	dir := loose(t, userOf(t, checkout(t), files{"shop/shop.go": shop, "shop/rpc.go": `
package shop

import (
	"errors"

	"github.com/runrpc/jsonrpc"
)

var errSoldOut = errors.New("sold out")

// RPC adds to what is generated.
func RPC() jsonrpc.RPC {
	rpc := Procedures()
	rpc[jsonrpc.Errors] = jsonrpc.ErrorMap{errSoldOut: -32001}
	delete(rpc, "price")
	return rpc
}

// Fail does.
func Fail() error { return errSoldOut }
`}))
	runs(t, dir, "gen", "./shop", "--func", "Procedures", "-o", "bindings.go")
	p := serve(t, dir, "./shop")
	p.wantResult("shop.buy", `["tea"]`, `1`)
	p.wantCode("shop.fail", `[]`, -32001)
	p.wantCode("shop.price", `["tea"]`, -32601)
	if want := "shop.buy(item string, count int = 1)  Buy sells something.\nshop.fail()  Fail does.\n"; strings.Join(strings.Fields(p.banner), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("got the banner\n%s\nwant\n%s", p.banner, want)
	}
	p.stop()

	// Without it, the functions are served, and that of the generated file is none.
	if err := os.Remove(filepath.Join(dir, "shop", "rpc.go")); err != nil {
		t.Fatal(err)
	}
	runs(t, dir, "gen", "./shop", "--func", "Procedures", "-o", "bindings.go")
	p = serve(t, dir, "./shop")
	p.wantResult("shop.price", `["tea"]`, `3`)
	p.wantCode("shop.procedures", `[]`, -32601)
}

// Neither an old nor a broken file stops runrpc from writing it, and one that it did not write stops it.
func TestGenReplaces(t *testing.T) {
	t.Parallel()
	dir := loose(t, userOf(t, checkout(t), files{"shop/shop.go": shop + "\n\nvar all = RPC()\n\nfunc Use() int { return len(RPC()) }\n"}))
	runs(t, dir, "gen", "./shop")
	path := filepath.Join(dir, "shop", "rpc_gen.go")
	want := read(t, path)
	mark, rest, _ := strings.Cut(want, "\n")
	for name, text := range map[string]string{
		"another function": mark + "\n\npackage shop\n\nfunc RPC() int { return Gone(1) }\n",
		"another package":  mark + "\n\npackage other\n",
		"a merge":          mark + "\n\n<<<<<<< ours\npackage shop\n=======\n>>>>>>> theirs\n",
		"half of it":       mark + rest[:len(rest)/2],
		"nothing else":     mark + "\n",
		"an import":        mark + "\n\npackage shop\n\nimport \"example.com/nowhere\"\n\nvar _ = nowhere.X\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if out := runs(t, dir, "gen", "./shop"); out != "" || read(t, path) != want {
			t.Errorf("%s: it said %q and wrote\n%s", name, out, read(t, path))
		}
	}
	for name, text := range map[string]string{
		"the user's":        "package shop\n",
		"another generator": "// Code generated by other; DO NOT EDIT.\n\npackage shop\n",
		"empty":             "",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		got := fails(t, dir, "gen", "./shop")
		if want := "runrpc: shop/rpc_gen.go was not written by runrpc gen, and is left as it is: want another name, by -o\n"; got != want || read(t, path) != text {
			t.Errorf("%s: got  %swant %s", name, got, want)
		}
	}
}

// A package that another one's generated file has broken can be read all the same.
func TestGenReadsBrokenDependencies(t *testing.T) {
	t.Parallel()
	dir := loose(t, userOf(t, checkout(t), files{
		"a/a.go":       "package a\n\nimport \"example.com/user/b\"\n\nfunc A(t b.T, d b.Deep) b.Kind { return \"\" }\n",
		"b/b.go":       "package b\n\nimport \"time\"\n\n// T is a type.\ntype T struct{ At time.Time }\n\ntype Deep map[string]T\n\ntype Kind string\n\nfunc B(t T) int { return 1 }\n",
		"b/rpc_gen.go": "// Code generated by runrpc; DO NOT EDIT.\n\npackage b\n\nvar _ = B(1, 2, 3)\n",
	}))
	if got := runs(t, dir, "gen", "./a"); got != "" {
		t.Errorf("it said: %s", got)
	}
	if text := read(t, dir, "a", "rpc_gen.go"); !strings.Contains(text, "T b.T") || !strings.Contains(text, "D b.Deep") {
		t.Errorf("it wrote\n%s", text)
	}
	runs(t, dir, "gen", "./b")
	if out, err := goRuns(t, dir, "build", "./..."); err != nil {
		t.Errorf("it does not compile: %s", out)
	}
}

// What is generated names a constant that older toolkits do not have.
func TestGenWithAnOlderToolkit(t *testing.T) {
	t.Parallel()
	old := toolkitCopy(t, "old")
	if err := os.Remove(filepath.Join(old, "generated.go")); err != nil {
		t.Fatal(err)
	}
	dir := loose(t, userOf(t, old, files{"shop/shop.go": shop}))
	runs(t, dir, "gen", "./shop")
	out, err := goRuns(t, dir, "build", "./shop")
	if err == nil || !strings.Contains(out, "undefined: jsonrpc.GeneratedV1") {
		t.Errorf("%v\n%s", err, out)
	}
	if lines := strings.Split(read(t, dir, "shop", "rpc_gen.go"), "\n"); !slices.ContainsFunc(lines, func(line string) bool {
		return strings.HasPrefix(line, "// If this is not defined, the toolkit is too old for this file: go get github.com/runrpc/jsonrpc@latest")
	}) {
		t.Error("the file does not say what to do")
	}
}

func TestGenVendored(t *testing.T) {
	t.Parallel()
	dir := loose(t, userOf(t, checkout(t), files{
		"go.mod":                            "module example.com/user\n\ngo 1.26.0\n\nrequire example.com/dep v1.0.0\n",
		"vendor/modules.txt":                "# example.com/dep v1.0.0\n## explicit; go 1.20\nexample.com/dep/kinds\n",
		"vendor/example.com/dep/kinds/k.go": "package kinds\n\n// Kind is one of two.\ntype Kind string\n\nconst (\n\tOne Kind = \"one\"\n\tTwo Kind = \"two\"\n)\n",
		"shop/shop.go":                      "package shop\n\nimport \"example.com/dep/kinds\"\n\nfunc Buy(kind kinds.Kind) {}\n",
	}))
	got := runs(t, dir, "gen", "./shop")
	if want := "runrpc: your module does not require github.com/runrpc/jsonrpc, which the file imports: go get github.com/runrpc/jsonrpc\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if text := read(t, dir, "shop", "rpc_gen.go"); !strings.Contains(text, "// One of \"one\", \"two\".\n\t\t\tKind kinds.Kind `json:\"kind\"`") {
		t.Errorf("it wrote\n%s", text)
	}
}
