package source_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// listed answers go list.
type listed []gotool.Package

func (l listed) List(context.Context, ...string) ([]gotool.Package, error) { return l, nil }

// load describes a package of one file.
func load(t *testing.T, text string) source.Package {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "hello.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	list := listed{{ImportPath: "example.com/hello", Name: "hello", Dir: dir, GoFiles: []string{"hello.go"}}}
	target := source.Target{Arg: dir, Place: workspace.Place{Dir: dir}}
	pkgs, _, err := source.Load(t.Context(), list, []source.Target{target}, source.Naming{Separator: "."})
	if err != nil {
		t.Fatal(err)
	}
	return pkgs[0]
}

// params describes parameters of which only the names are known.
func params(names ...string) []source.Param {
	var list []source.Param
	for _, name := range names {
		list = append(list, source.Param{Name: name})
	}
	return list
}

func TestFunctions(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []source.Function
		skip map[string]string // why, by name
	}{
		{
			name: "names, positions and docs",
			text: "// SendCodeByID sends.\n// It is slow.\n//\n// Twice.\nfunc SendCodeByID(ctx context.Context, id, code string) error { return nil }",
			want: []source.Function{{
				GoName: "SendCodeByID",
				Method: "sendCodeByID",
				Params: params("ctx", "id", "code"),
				Doc:    "SendCodeByID sends.\nIt is slow.\n\nTwice.\n",
			}},
		},
		{
			name: "parameters without a name",
			text: "func A(int, string) {}\nfunc B(_ int, s ...string) {}\nfunc C() {}",
			want: []source.Function{
				{GoName: "A", Method: "a", Params: params("", "")},
				{GoName: "B", Method: "b", Params: params("_", "s")},
				{GoName: "C", Method: "c"},
			},
		},
		{
			name: "what is not exported, and methods",
			text: "type T struct{}\nfunc (T) M() {}\nfunc hidden() {}\nfunc init() {}\nvar V = func() {}",
		},
		{
			name: "directives",
			text: "// A does.\n//\n//rpc:name send_code\n//rpc:default a=1\n//rpc:default  b = {\"k\": \"=\"} \nfunc A(a int, b map[string]string) {}",
			want: []source.Function{{
				GoName: "A",
				Method: "send_code",
				Params: []source.Param{{Name: "a", Default: "1"}, {Name: "b", Default: `{"k": "="}`}},
				Doc:    "A does.\n",
			}},
		},
		{
			name: "skip, with a reason or without",
			text: "//rpc:skip\nfunc A() {}\n\n//rpc:skip for administrators\nfunc B() {}",
		},
		{
			name: "a comment is no directive",
			text: "// rpc:name other\nfunc A() {}",
			want: []source.Function{{GoName: "A", Method: "a", Doc: "rpc:name other\n"}},
		},
		{
			name: "directives that are wrong",
			text: `
//rpc:name
func A() {}

//rpc:name two names
func B() {}

//rpc:default
func C(x int) {}

//rpc:default y=1
func D(x, z int) {}

//rpc:default x=world
func E(x string) {}

//rpc:default x=1
//rpc:default x=2
func F(x int) {}

//rpc:nmae x
func G() {}

//rpc:default _=1
func H(_ int) {}
`,
			skip: map[string]string{
				"A": `//rpc:name wants one name, found ""`,
				"B": `//rpc:name wants one name, found "two names"`,
				"C": `//rpc:default wants PARAM=JSON, found ""`,
				"D": `//rpc:default names "y", which is none of the parameters (x, z)`,
				"E": `//rpc:default of x wants JSON, found world (a string needs its quotes)`,
				"F": `//rpc:default gives x a second time`,
				"G": `found the directive //rpc:nmae: want //rpc:name, //rpc:default, //rpc:extra or //rpc:skip`,
				"H": `//rpc:default names "_", which is none of the parameters (_)`,
			},
		},
		{
			name: "injected parameters",
			text: `
//rpc:extra user
func A(user string, n int) {}

//rpc:extra
func B(user string) {}

//rpc:extra db
func C(user string) {}

//rpc:extra user user
func D(user string) {}

//rpc:default user="x"
//rpc:extra user
func E(user string) {}

//rpc:extra user
//rpc:default user="x"
func F(user string) {}
`,
			skip: map[string]string{
				"A": `its parameter user is injected, and runrpc has nothing to set it to: serve it from a program of your own`,
				"B": `//rpc:extra wants the name of a parameter, found none`,
				"C": `//rpc:extra names "db", which is none of the parameters (user)`,
				"D": `//rpc:extra names user a second time`,
				"E": `//rpc:extra names user, which has a default`,
				"F": `//rpc:default names user, which is injected`,
			},
		},
		{
			name: "generic",
			text: "func A[T any](v T) {}",
			skip: map[string]string{"A": "a generic function has no one type to decode into: wrap it in one with fixed types"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg := load(t, "package hello\n\n"+test.text+"\n")
			if diff := cmp.Diff(test.want, pkg.Functions, cmpopts.IgnoreFields(source.Function{}, "Pos"), cmpopts.EquateEmpty()); diff != "" {
				t.Error("functions (-want +got):\n" + diff)
			}
			skip := map[string]string{}
			for _, s := range pkg.Skipped {
				skip[s.Name] = s.Why
			}
			if diff := cmp.Diff(test.skip, skip, cmpopts.EquateEmpty()); diff != "" {
				t.Error("skipped (-want +got):\n" + diff)
			}
		})
	}
}

func TestRegistryFunction(t *testing.T) {
	tests := map[string]bool{
		"func RPC() jsonrpc.RPC { return nil }":                   true,
		"func RPC() (jsonrpc.RPC, error) { return nil, nil }":     true,
		"func RPC(debug bool) jsonrpc.RPC { return nil }":         false,
		"type T int\n\nfunc (T) RPC() jsonrpc.RPC { return nil }": false,
		"func NewRPC() jsonrpc.RPC { return nil }":                false,
	}
	for text, want := range tests {
		if got := load(t, "package hello\n\n"+text+"\n").RPC; got != want {
			t.Errorf("%s\nRPC = %t, want %t", text, got, want)
		}
	}
}

func TestSkipString(t *testing.T) {
	t.Chdir(t.TempDir())
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	var s source.Skip
	s.Pos.Filename, s.Pos.Line, s.Name, s.Why = filepath.Join(dir, "a", "b.go"), 7, "Name", "why"
	if got, want := s.String(), filepath.Join("a", "b.go")+":7: Name: why"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	s.Pos.Filename, s.Pos.Line, s.Name = filepath.Dir(dir), 0, ""
	if got, want := s.String(), filepath.Dir(dir)+": why"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
