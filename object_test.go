package jsonrpc_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// Arith is a service of plain methods.
type Arith struct{ calls int }

func (a *Arith) Add(x, y int) int                                { a.calls++; return x + y }
func (a *Arith) DivMod(_ context.Context, x, y int) (any, error) { return a.divide(x, y) }
func (a *Arith) HTTPCode() int                                   { return 200 }
func (a *Arith) ID() string                                      { return "id" }
func (a *Arith) Sum(all ...int) int                              { return sumOf(all...) }
func (a Arith) Calls() int                                       { return a.calls }
func (a *Arith) divide(x, y int) (any, error) {
	if y == 0 {
		return nil, errNoFunds
	}
	return []int{x / y, x % y}, nil
}

// objectNames lists an object's procedures.
func objectNames(o *jsonrpc.ObjectEntry) []string { return slices.Sorted(maps.Keys(o.RPC())) }

func TestObject(t *testing.T) {
	rpc := jsonrpc.RPC{"arith": jsonrpc.Object(&Arith{}), jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001}}
	for _, test := range []struct{ method, params, want string }{
		{"arith.add", "[1,2]", told("3")},
		{"arith.divMod", "[7,2]", told("[3,1]")},
		{"arith.divMod", "[7,0]", failed(-32001, "no funds", "")},
		{"arith.httpCode", "", told("200")},
		{"arith.id", "", told(`"id"`)},
		{"arith.sum", "[1,2,3]", told("6")},
		{"arith.divide", "[7,2]", notFound},
		{"arith.Add", "[1,2]", notFound},
		{"arith", "", notFound},
		{"arith.add", `{"x":1,"y":2}`, invalid("/x one of: there is none unknown", "/y one of: there is none unknown", "/0 integer missing", "/1 integer missing")},
	} {
		answers(t, rpc, ask(test.method, test.params), test.want)
	}
	if diff := cmp.Diff([]string{"calls"}, objectNames(jsonrpc.Object(Arith{}))); diff != "" {
		t.Errorf("a value has the methods of its value alone (-want +got):\n%s", diff)
	}
}

// doors has all the methods that are never served, and one that is.
type doors struct{}

func (doors) Open() string                                 { return "open" }
func (doors) Close() error                                 { return nil }
func (doors) Shutdown(context.Context) error               { return nil }
func (doors) String() string                               { return "" }
func (doors) Error() string                                { return "" }
func (doors) Lock()                                        {}
func (doors) Unlock()                                      {}
func (doors) MarshalJSON() ([]byte, error)                 { return nil, nil }
func (doors) MarshalText() ([]byte, error)                 { return nil, nil }
func (doors) UnmarshalText([]byte) error                   { return nil }
func (doors) UnmarshalBinary([]byte) error                 { return nil }
func (doors) ServeHTTP(http.ResponseWriter, *http.Request) {}
func (doors) ServeAnything()                               {}

func TestObjectNeverServes(t *testing.T) {
	object := jsonrpc.Object(doors{}).Include("Close", "ServeAnything")
	if diff := cmp.Diff([]string{"open"}, objectNames(object)); diff != "" {
		t.Errorf("the names differ (-want +got):\n%s", diff)
	}
	rpc := jsonrpc.RPC{"door": jsonrpc.Object(doors{})}
	for _, method := range []string{"close", "shutdown", "string", "error", "lock", "unlock", "marshalJSON", "unmarshalText", "serveHTTP", "serveAnything"} {
		answers(t, rpc, ask("door."+method, ""), notFound)
	}
}

// store has embedded fields, whose methods are left out unless they are named.
type store struct {
	sync.RWMutex
	*Arith
	named temporary
	error
}

func (*store) Get(key string) string { return key }

// Sum is the store's own, though an embedded field has one too.
func (*store) Sum(all ...int) int { return -sumOf(all...) }

func TestObjectEmbedded(t *testing.T) {
	s := &store{Arith: &Arith{}}
	if diff := cmp.Diff([]string{"get"}, objectNames(jsonrpc.Object(s))); diff != "" {
		t.Errorf("the names differ (-want +got):\n%s", diff)
	}
	object := jsonrpc.Object(s).Include("Add", "Sum")
	if diff := cmp.Diff([]string{"add", "get", "sum"}, objectNames(object)); diff != "" {
		t.Errorf("with Include the names differ (-want +got):\n%s", diff)
	}
	rpc := jsonrpc.RPC{"store": object}
	answers(t, rpc, ask("store.sum", "[1,2]"), told("-3"))
	answers(t, rpc, ask("store.add", "[1,2]"), told("3"))
	answers(t, rpc, ask("store.rLock", ""), notFound)
	_ = s.named
}

// TestObjectEmbeddedInterface has an embedded interface.
func TestObjectEmbeddedInterface(t *testing.T) {
	type service struct {
		temporary
		*store
	}
	object := jsonrpc.Object(service{busyError{}, &store{Arith: &Arith{}}})
	if err := (jsonrpc.RPC{"m": object}).Check(); err == nil || !strings.Contains(err.Error(), "no method to serve") {
		t.Errorf("Check returned %v", err)
	}
	if diff := cmp.Diff([]string{"busy", "get"}, objectNames(object.Include("Busy", "Get"))); diff != "" {
		t.Errorf("the names differ (-want +got):\n%s", diff)
	}
}

// unfit has methods that can be no procedures.
type unfit struct{}

func (unfit) Good() string                  { return "good" }
func (unfit) Watch(chan int)                {}
func (unfit) Results() (int, int)           { return 0, 0 }
func (unfit) Raw(*jsonrpc.Request) error    { return nil }
func (unfit) Handle(context.Context) *Arith { return nil }

func TestObjectUnfit(t *testing.T) {
	rpc := jsonrpc.RPC{"m": jsonrpc.Object(unfit{})}
	err := rpc.Check()
	for _, want := range []string{`"m"`, "the method Watch", "the method Results", "the method Raw", `Skip("Watch")`, "jsonrpc_test.unfit"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error has no %s: %v", want, err)
		}
	}
	same(t, masked(rpc.Call([]byte(ask("m.good", "")), nil)), internalErr)
	func() {
		defer func() {
			if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), "Watch") {
				t.Errorf("RPC panicked with %v", p)
			}
		}()
		jsonrpc.Object(unfit{}).RPC()
	}()
	object := jsonrpc.Object(unfit{}).Skip("Watch", "Results").Skip("Raw")
	if diff := cmp.Diff([]string{"good", "handle"}, objectNames(object)); diff != "" {
		t.Errorf("with Skip the names differ (-want +got):\n%s", diff)
	}
	answers(t, jsonrpc.RPC{"m": object}, ask("m.good", ""), told(`"good"`))
}

// TestObjectMerged serves the methods without a prefix, beside others.
func TestObjectMerged(t *testing.T) {
	rpc := jsonrpc.RPC{"greet": says("hello")}
	maps.Copy(rpc, jsonrpc.Object(&Arith{}).Skip("Sum").RPC())
	answers(t, rpc, ask("add", "[1,2]"), told("3"))
	answers(t, rpc, ask("greet", ""), told(`"hello"`))
	answers(t, rpc, ask("sum", ""), notFound)
	if _, ok := rpc["add"].(*jsonrpc.Procedure); !ok {
		t.Errorf("add is a %T", rpc["add"])
	}
	rpc["add"].(*jsonrpc.Procedure).Doc("Add adds.")
	if doc := rpc.Methods()[0].Doc; doc != "Add adds." {
		t.Errorf("the doc is %q", doc)
	}
}

func TestObjectOfNothing(t *testing.T) {
	var none *Arith
	for name, object := range map[string]*jsonrpc.ObjectEntry{
		"nil": jsonrpc.Object(nil), "nil pointer": jsonrpc.Object(none), "no methods": jsonrpc.Object(7),
		"all skipped": jsonrpc.Object(Arith{}).Skip("Calls"), "unknown Include": jsonrpc.Object(Arith{}).Include("Calls", "Nothing"),
	} {
		t.Run(name, func(t *testing.T) {
			rpc := jsonrpc.RPC{"m": object, "good": says("good")}
			if err := rpc.Check(); err == nil || !strings.Contains(err.Error(), `"m"`) {
				t.Errorf("Check returned %v", err)
			}
			same(t, masked(rpc.Call([]byte(ask("m.calls", "")), nil)), internalErr)
			same(t, masked(rpc.Call([]byte(ask("good", "")), nil)), told(`"good"`))
		})
	}
}
