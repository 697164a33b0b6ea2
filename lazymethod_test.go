package jsonrpc_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// ledger is a service whose methods are served one by one.
type ledger struct {
	conn
	sum int
}

func (l *ledger) Charge(amount int, currency string) string { return fmt.Sprint(amount, currency, l.n) }
func (l *ledger) Note(ctx context.Context, parts ...string) (string, error) {
	return fmt.Sprint(jsonrpc.RequestFrom(ctx) != nil, parts), nil
}
func (l *ledger) Agent(r *http.Request, prefix string) string { return prefix + r.Method }
func (l *ledger) Owner(user string) string                    { return user }
func (l *ledger) Reset()                                      {}
func (l *ledger) Refuse() error                               { return errNoFunds }
func (l *ledger) Unfit(chan int)                              {}
func (l *ledger) Total(_ context.Context, p pairParams) (int, error) {
	return p.A + int(p.B) + l.sum, nil
}

// accounts is what New may return of a ledger.
type accounts interface {
	Charge(int, string) string
	Note(context.Context, ...string) (string, error)
}

// books makes ledgers and keeps them.
type books struct {
	dialer
	fail error
}

func (b *books) open(ctx context.Context) (*ledger, error) {
	if b.fail != nil {
		return nil, b.fail
	}
	c, err := b.dial(ctx)
	return &ledger{conn: conn{n: c.n}, sum: 100}, err
}

// made counts the ledgers.
func (b *books) made() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.conns)
}

func TestMethod(t *testing.T) {
	var b books
	service := jsonrpc.LazyObject(b.open)
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001},
		"charge":       service.Method("Charge", "amount", "currency").Default("currency", "EUR").Doc("Charge takes money."),
		"plain":        service.Method("Charge"),
		"note":         service.Method("Note", "parts"),
		"agent":        service.Method("Agent", "prefix"),
		"owner":        service.Method("Owner", "user").Extra("user"),
		"reset":        service.Method("Reset"),
		"refuse":       service.Method("Refuse"),
		"total":        service.Method("Total"),
		"typed":        jsonrpc.TypedMethod(service, (*ledger).Total),
		"any":          jsonrpc.TypedMethod(service, func(_ accounts, _ context.Context, p pairParams) (int, error) { return p.A, nil }),
		"in":           jsonrpc.RPC{"charge": service.Method("Charge", "amount", "currency")},
	}
	for _, test := range []struct{ method, params, want string }{
		{"charge", `[5]`, told(`"5EUR1"`)},
		{"charge", `{"currency":"USD","amount":5}`, told(`"5USD1"`)},
		{"charge", `{"sum":5}`, invalid("/sum one of: amount, currency unknown", "/amount integer missing")},
		{"charge", `[1,"USD",3]`, invalid("/2 at most 2 parameters surplus")},
		{"plain", `[5,"USD"]`, told(`"5USD1"`)},
		{"plain", `{"amount":5}`, invalid("/amount one of: there is none unknown", "/0 integer missing", "/1 string missing")},
		{"note", `["a","b"]`, told(`"true [a b]"`)},
		{"note", `{"parts":["a"]}`, told(`"true [a]"`)},
		{"note", ``, told(`"true []"`)},
		{"agent", `["x"]`, internalErr},
		{"owner", `[]`, told(`"alice"`)},
		{"owner", `["mallory"]`, invalid("/0 at most 0 parameters surplus")},
		{"reset", ``, told("null")},
		{"refuse", ``, failed(-32001, "no funds", "")},
		{"total", `{"a":1,"b":2}`, told("103")},
		{"typed", `{"a":1,"b":2}`, told("103")},
		{"typed", `[1,2]`, told("103")},
		{"typed", `[1]`, invalid("/1 integer missing")},
		{"any", `[1,2]`, told("1")},
		{"in.charge", `[5,"USD"]`, told(`"5USD1"`)},
		{"charge.amount", ``, notFound},
	} {
		ctx := jsonrpc.WithExtra(t.Context(), "user", "alice")
		same(t, masked(rpc.CallContext(ctx, []byte(ask(test.method, test.params)), nil)), test.want)
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		same(t, masked(app.CallContext(ctx, []byte(ask(test.method, test.params)), nil)), test.want)
	}
	if n := b.made(); n != 1 {
		t.Errorf("%d were made, want 1", n)
	}
	app, _ := appOf(t, rpc, jsonrpc.Options{})
	_, body := postTo(app, ask("agent", `["x"]`))
	same(t, body, told(`"xPOST"`))
}

// TestMethodsAreListed before there is a value.
func TestMethodsAreListed(t *testing.T) {
	var b books
	service := jsonrpc.LazyObject(b.open)
	rpc := jsonrpc.RPC{
		"charge": service.Method("Charge", "amount", "currency").Default("currency", "EUR").Doc("Charge takes money."),
		"note":   service.Method("Note", "parts"),
		"typed":  jsonrpc.TypedMethod(service, (*ledger).Total).Doc("typed"),
	}
	var got []string
	for _, m := range rpc.Methods() {
		line := fmt.Sprint(m.Name, " ", m.Doc, " ", m.Result, " ", m.Lazy)
		for _, p := range m.Params {
			line += fmt.Sprintf(" %s:%v:%t:%s", p.Name, p.Type, p.Required, p.Default)
		}
		got = append(got, line)
	}
	want := []string{
		`charge Charge takes money. string false amount:int:true: currency:string:false:"EUR"`,
		`note  string false parts:[]string:false:`,
		`typed typed int false a:int:true: b:int8:true:`,
	}
	if diff := cmp.Diff(want, got); diff != "" || b.made() != 0 {
		t.Errorf("%d were made; the methods (-want +got):\n%s", b.made(), diff)
	}
}

// TestMethodsShareTheValue of the entry, with the namespace that it is too, until the last
// Application lets go.
func TestMethodsShareTheValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d dialer
		service := jsonrpc.LazyObject(d.dial)
		rpc := jsonrpc.RPC{
			"ping":  service.Method("Ping"),
			"typed": jsonrpc.TypedMethod(service, func(c *conn, _ context.Context, _ struct{}) (int64, error) { return c.n, nil }),
			"space": service,
		}
		a, _ := appOf(t, rpc, jsonrpc.Options{})
		b, _ := appOf(t, jsonrpc.RPC{"again": rpc["typed"]}, jsonrpc.Options{})
		var wg sync.WaitGroup
		for _, method := range []string{"ping", "typed", "space.ping"} {
			for range 5 {
				wg.Go(func() { same(t, callApp(a, ask(method, "")), told("1")) })
			}
		}
		wg.Wait()
		if err := a.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.closed(t, 0)
		same(t, callApp(b, ask("again", "")), told("1"))
		if err := b.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.closed(t, 1)
		for _, method := range []string{"ping", "typed", "space.ping"} {
			same(t, string(rpc.Call([]byte(ask(method, "")), nil)), told("2"))
		}
		d.closed(t, 1, 0)
	})
}

// TestMethodIsMadeForCallsThatFit alone: neither a middleware that refuses nor Invalid params
// makes a value.
func TestMethodIsMadeForCallsThatFit(t *testing.T) {
	var b books
	service := jsonrpc.LazyObject(b.open)
	refuse := func(jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { return nil, errNoFunds })
	}
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001},
		"charge":       service.Method("Charge", "amount", "currency"),
		"typed":        jsonrpc.TypedMethod(service, (*ledger).Total),
		"refused":      service.Method("Reset").With(refuse),
	}
	answers(t, rpc, ask("charge", `["x","y"]`), invalid("/0 integer string"))
	answers(t, rpc, ask("typed", `["x",1]`), invalid("/0 integer string"))
	answers(t, rpc, ask("refused", ``), failed(-32001, "no funds", ""))
	if n := b.made(); n != 0 {
		t.Errorf("%d were made", n)
	}
}

func TestMethodOfAFailure(t *testing.T) {
	b := books{fail: errBroken}
	service := jsonrpc.LazyObject(b.open)
	rpc := jsonrpc.RPC{"charge": service.Method("Charge", "amount", "currency"), "typed": jsonrpc.TypedMethod(service, (*ledger).Total)}
	app, book := appOf(t, rpc, jsonrpc.Options{})
	same(t, callApp(app, ask("charge", `[1,"EUR"]`)), unavailable)
	same(t, callApp(app, ask("typed", `[1,2]`)), unavailable)
	book.wants(t, "broken")
	if err := app.Warm(t.Context()); err == nil || err.Error() != `jsonrpc: "charge": broken` {
		t.Errorf("Warm returned %v", err)
	}
}

// TestMethodWaits for a value no longer than its call may take.
func TestMethodWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := jsonrpc.LazyObject(func(ctx context.Context) (*ledger, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
		rpc := jsonrpc.RPC{"reset": service.Method("Reset"), "typed": jsonrpc.TypedMethod(service, (*ledger).Total)}
		app, _ := appOf(t, rpc, jsonrpc.Options{Timeout: 1e9, LazyTimeout: 5e9})
		same(t, callApp(app, ask("reset", "")), timedOut)
		same(t, callApp(app, ask("typed", "[1,2]")), timedOut)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		same(t, string(app.CallContext(ctx, []byte(ask("typed", "[1,2]")), nil)), cancelled)
		if err := app.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

// TestMethodOfAnInterface has the methods that the interface names.
func TestMethodOfAnInterface(t *testing.T) {
	var none accounts
	made := jsonrpc.LazyObject(func(context.Context) (accounts, error) { return &ledger{}, nil })
	empty := jsonrpc.LazyObject(func(context.Context) (accounts, error) { return none, nil })
	rpc := jsonrpc.RPC{
		"charge": made.Method("Charge", "amount", "currency"),
		"typed":  jsonrpc.TypedMethod(made, func(a accounts, ctx context.Context, _ struct{}) (string, error) { return a.Note(ctx, "x") }),
		"nil":    empty.Method("Charge", "amount", "currency"),
		"pointer": jsonrpc.LazyObject(func(context.Context) (*ledger, error) { return nil, nil }).
			Method("Reset"),
		"value": jsonrpc.LazyObject(func(context.Context) (resultOnly, error) { return resultOnly{7}, nil }).
			Method("Show"),
	}
	answers(t, rpc, ask("charge", `{"amount":1,"currency":"EUR"}`), told(`"1EUR0"`))
	answers(t, rpc, ask("typed", ``), told(`"true [x]"`))
	answers(t, rpc, ask("value", ``), told(`7`))
	answers(t, rpc, ask("nil", `[1,"EUR"]`), internalErr)
	answers(t, rpc, ask("pointer", ``), internalErr)
	if _, err := made.NewMethod("Reset"); err == nil {
		t.Error("the interface has no Reset")
	}
}

func (r resultOnly) Show() int { return r.N }

// TestWarmMakesMethods, and finds nothing wrong with those that nobody serves.
func TestWarmMakesMethods(t *testing.T) {
	var b books
	service := jsonrpc.LazyObject(b.open)
	app, _ := appOf(t, jsonrpc.RPC{"reset": service.Method("Reset"), "charge": service.Method("Charge")}, jsonrpc.Options{})
	if err := app.Warm(t.Context()); err != nil || b.made() != 1 {
		t.Errorf("Warm returned %v and made %d", err, b.made())
	}
	for name, rpc := range map[string]jsonrpc.RPC{
		"all":     {"reset": service.Method("Reset"), "all": service},
		"package": {"reset": service.Method("Reset"), jsonrpc.Packages: jsonrpc.PackageMap{"all": service}},
	} {
		if err := app.Replace(rpc); err != nil {
			t.Fatal(err)
		}
		if err := app.Warm(t.Context()); err == nil || !strings.Contains(err.Error(), "Unfit") {
			t.Errorf("%s: Warm returned %v", name, err)
		}
	}
}

func TestMethodFaults(t *testing.T) {
	service := jsonrpc.LazyObject(func(context.Context) (*ledger, error) { return &ledger{}, nil })
	function := jsonrpc.Lazy(func(context.Context) (func(), error) { return nil, nil })
	for name, test := range map[string]struct {
		entry  *jsonrpc.LazyEntry
		method string
		params []string
		want   string
	}{
		"no such method":    {service, "Nothing", nil, `jsonrpc: found the name "Nothing", want one of the methods of *jsonrpc_test.ledger`},
		"not exported":      {service, "reset", nil, `jsonrpc: found the name "reset", want one of the methods of *jsonrpc_test.ledger`},
		"of Lazy":           {function, "Nothing", nil, `jsonrpc: found an entry of Lazy, which makes a func(), want one from LazyObject`},
		"nil":               {nil, "Nothing", nil, `jsonrpc: found a nil *LazyEntry, want one from LazyObject`},
		"unfit":             {service, "Unfit", nil, `jsonrpc: the method Unfit of *jsonrpc_test.ledger: found func(chan int): argument 1: no JSON value is a chan int; want func(`},
		"too many names":    {service, "Charge", []string{"a", "b", "c"}, `jsonrpc: the method Charge of *jsonrpc_test.ledger: found 3 names for the 2 parameters of func(int, string) string`},
		"one name too less": {service, "Charge", []string{"a", "a"}, `jsonrpc: the method Charge of *jsonrpc_test.ledger: found two parameters with the name "a"`},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := test.entry.NewMethod(test.method, test.params...)
			if p != nil || err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("NewMethod returned %v\nwant %s", err, test.want)
			}
			defer func() {
				if got := recover(); fmt.Sprint(got) != err.Error() {
					t.Errorf("Method panicked with %v, want %v", got, err)
				}
			}()
			test.entry.Method(test.method, test.params...)
		})
	}
	rpc := jsonrpc.RPC{
		"names":   service.Method("Charge", "amount"),
		"default": service.Method("Charge", "a", "b").Default("c", 1),
		"nil":     jsonrpc.LazyObject((func(context.Context) (*ledger, error))(nil)).Method("Reset"),
	}
	for _, want := range []string{`"names": found 1 names for 2 parameters`, `"default": found a default for "c"`, `"nil": found a nil factory`} {
		if err := rpc.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("found no %s in: %v", want, err)
		}
	}
	same(t, masked(rpc.Call([]byte(ask("nil", "")), nil)), internalErr)
}

func TestTypedMethodPanics(t *testing.T) {
	service := jsonrpc.LazyObject(func(context.Context) (*ledger, error) { return &ledger{}, nil })
	for want, typed := range map[string]func(){
		"TypedMethod: found a function of *jsonrpc_test.conn, want one of *jsonrpc_test.ledger": func() {
			jsonrpc.TypedMethod(service, func(*conn, context.Context, struct{}) (int, error) { return 0, nil })
		},
		"TypedMethod: found a function of fmt.Stringer": func() {
			jsonrpc.TypedMethod(service, func(fmt.Stringer, context.Context, struct{}) (int, error) { return 0, nil })
		},
		"TypedMethod: found a nil function": func() { jsonrpc.TypedMethod[*ledger, struct{}, int](service, nil) },
		"TypedMethod: found a nil *Lazy":    func() { jsonrpc.TypedMethod(nil, (*ledger).Total) },
		"found the parameters int": func() {
			jsonrpc.TypedMethod(service, func(*ledger, context.Context, int) (int, error) { return 0, nil })
		},
	} {
		t.Run(want, func(t *testing.T) {
			defer func() {
				if err, ok := recover().(error); !ok || !strings.Contains(err.Error(), want) {
					t.Errorf("it panicked with %v", err)
				}
			}()
			typed()
		})
	}
}

// TestMethodThatPanics leaves the value and the frames for the next call.
func TestMethodThatPanics(t *testing.T) {
	service := jsonrpc.LazyObject(func(context.Context) (accounts, error) { return brokenBooks{}, nil })
	rpc := jsonrpc.RPC{"note": service.Method("Note", "parts"), "charge": service.Method("Charge", "a", "b")}
	for range 3 {
		answers(t, rpc, ask("charge", `[1,"x"]`), internalErr)
		same(t, masked(rpc.Call([]byte(ask("note", `["x"]`)), nil)), serverErr)
	}
}

type brokenBooks struct{}

func (brokenBooks) Charge(int, string) string                       { panic("broken") }
func (brokenBooks) Note(context.Context, ...string) (string, error) { return "", errors.New("broken") }
