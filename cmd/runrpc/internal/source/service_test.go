package source_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
)

// methods is what most services of the tests have.
const methods = `
type Service struct{ Other }

// Charge takes money.
//
//rpc:default amount=1
func (s *Service) Charge(ctx context.Context, amount int) error { return nil }

//rpc:name pay_back
func (Service) Refund() {}

//rpc:skip
func (s *Service) Hidden() {}

func (s *Service) Close() error { return nil }

func (s *Service) own() {}

type Other struct{}

func (Other) Promoted() {}

type Contract interface {
	Inner
	fmt.Stringer
	// Pay pays.
	Pay(amount int)
	//rpc:skip
	Hidden()
	Close() error
}

type Inner interface {
	Contract2
	//rpc:name owe
	Debt(context.Context) int
}

type Contract2 Inner

type Contract3 interface {
	Contract
	Inner
	Pay(amount int)
}

type Cache[K comparable, V any] struct{}

func (c *Cache[K, V]) Get(key K) V { panic(1) }

type Data struct{ N int }

func (Data) String() string { return "" }
`

func TestService(t *testing.T) {
	charge := source.Function{GoName: "Charge", Method: "charge", Doc: "Charge takes money.\n", Params: []source.Param{{Name: "ctx"}, {Name: "amount", Default: "1"}}}
	refund := source.Function{GoName: "Refund", Method: "pay_back"}
	debt := source.Function{GoName: "Debt", Method: "owe", Params: params("")}
	pay := source.Function{GoName: "Pay", Method: "pay", Doc: "Pay pays.\n", Params: params("amount")}
	all := []source.Function{charge, refund}
	tests := []struct {
		name string
		new  string
		want *source.Service
		skip []string // "Name: why"
		fn   string   // the method that New is as a function
	}{
		{name: "context and error", new: "func New(ctx context.Context) (*Service, error)", want: &source.Service{Context: true, Error: true, Methods: all}},
		{name: "neither", new: "func New() *Service", want: &source.Service{Methods: all}},
		{name: "context", new: "func New(context.Context) *Service", want: &source.Service{Context: true, Methods: all}},
		{name: "error", new: "func New() (s *Service, err error)", want: &source.Service{Error: true, Methods: all}},
		{name: "a value", new: "func New() Service", want: &source.Service{Methods: []source.Function{refund}},
			skip: []string{"Charge: its receiver is a pointer, and New returns a value: return a pointer"}},
		{name: "an interface", new: "func New() (Contract, error)", want: &source.Service{Error: true, Methods: []source.Function{debt, pay}}},
		{name: "a method by two ways", new: "func New() Contract3", want: &source.Service{Methods: []source.Function{debt, pay}}},
		{name: "an interface by another name", new: "type Third Contract2\n\nfunc New() Third", want: &source.Service{Methods: []source.Function{debt}}},
		{name: "by an alias", new: "type made = *Service\n\ntype ctx = context.Context\n\nfunc New(c ctx) made", want: &source.Service{Context: true, Methods: all}},
		{name: "generic", new: "func New() *Cache[string, int]", want: &source.Service{Methods: []source.Function{{GoName: "Get", Method: "get", Params: params("key")}}}},
		{name: "parentheses", new: "func New(c (context.Context)) (*(Service))", want: &source.Service{Context: true, Methods: all}},
		{name: "skipped", new: "//rpc:skip\nfunc New() *Service"},
		{name: "a parameter", new: "func New(path string) *Service", skip: []string{"New: it takes what nothing supplies: want New([context.Context])"}},
		{name: "a context and a parameter", new: "func New(ctx context.Context, path string) *Service", skip: []string{"New: it takes what nothing supplies"}},
		{name: "contexts", new: "func New(ctx ...context.Context) *Service", skip: []string{"New: it takes what nothing supplies"}},
		{name: "another context", new: "func New(ctx Service) *Service", skip: []string{"New: it takes what nothing supplies"}},
		{name: "two values", new: "func New() (*Service, int)", skip: []string{"New: it returns more than a value and an error"}},
		{name: "three values", new: "func New() (*Service, error, int)", skip: []string{"New: it returns more than a value and an error"}},
		{name: "a wrong directive", new: "//rpc:nmae x\nfunc New() *Service", skip: []string{"New: found the directive //rpc:nmae"}},
		{name: "a name", new: "//rpc:name new\nfunc New(path string) *Service", fn: "new"},
		{name: "another name", new: "//rpc:name make\nfunc New() *Service", fn: "make"},
		{name: "data", new: "func New() *Data", fn: "new"},
		{name: "a number", new: "func New(n int) int", fn: "new"},
		{name: "a type of another package", new: "func New() *http.Server", fn: "new"},
		{name: "an alias of another package's", new: "type S = *http.Server\n\nfunc New() S", fn: "new"},
		{name: "a pointer to a pointer", new: "func New() **Service", fn: "new"},
		{name: "a pointer to an interface", new: "func New() *Contract", fn: "new"},
		{name: "a circle", new: "type A = B\n\ntype B = A\n\nfunc New() A", fn: "new"},
		{name: "an interface of itself", new: "type A B\n\ntype B A\n\nfunc New() A", fn: "new"},
		{name: "nothing", new: "func New()", fn: "new"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg := load(t, "package hello\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"net/http\"\n)\n"+methods+"\n"+test.new+" { panic(1) }\n")
			ignore := []cmp.Option{cmpopts.IgnoreFields(source.Function{}, "Pos"), cmpopts.IgnoreFields(source.Service{}, "Pos")}
			if diff := cmp.Diff(test.want, pkg.Service, ignore...); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
			fn := ""
			for _, f := range pkg.Functions {
				fn += f.Method
			}
			if fn != test.fn {
				t.Errorf("New is the function %q, want %q", fn, test.fn)
			}
			if len(pkg.Skipped) != len(test.skip) {
				t.Fatalf("skipped %v, want %v", pkg.Skipped, test.skip)
			}
			for i, s := range pkg.Skipped {
				if got := s.Name + ": " + s.Why; !strings.HasPrefix(got, test.skip[i]) || s.Pos.Line == 0 {
					t.Errorf("skipped %v, want %s", s, test.skip[i])
				}
			}
		})
	}
}

func TestDotImportOfContext(t *testing.T) {
	pkg := load(t, "package hello\n\nimport . \"context\"\n\ntype S struct{}\n\nfunc (S) M() {}\n\nfunc New(Context) S { panic(1) }\n")
	if pkg.Service == nil || !pkg.Service.Context {
		t.Errorf("found the service %+v, skipped %v", pkg.Service, pkg.Skipped)
	}
	pkg = load(t, "package hello\n\nimport context \"example.com/context\"\n\ntype S struct{}\n\nfunc (S) M() {}\n\nfunc New(context.Context) S { panic(1) }\n")
	if pkg.Service != nil {
		t.Errorf("found the service %+v of another package's Context", pkg.Service)
	}
}

// What runrpc gen wrote is not served, but for the registry.
func TestGeneratedFile(t *testing.T) {
	pkg := load(t, source.Mark+"\n\npackage hello\n\nfunc RPC() jsonrpc.RPC { return nil }\n\nfunc Other() {}\n")
	if !pkg.RPC || pkg.Generated == "" || len(pkg.Functions) != 0 {
		t.Errorf("RPC %t, generated %q, functions %v", pkg.RPC, pkg.Generated, pkg.Functions)
	}
	pkg = load(t, "// Code generated by something else. DO NOT EDIT.\n\npackage hello\n\nfunc RPC() jsonrpc.RPC { return nil }\n\nfunc Other() {}\n")
	if !pkg.RPC || pkg.Generated != "" || len(pkg.Functions) != 2 {
		t.Errorf("RPC %t, generated %q, functions %v", pkg.RPC, pkg.Generated, pkg.Functions)
	}
}
