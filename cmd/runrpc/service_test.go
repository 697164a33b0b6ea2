package main_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// billing has a service, and functions beside it.
const billing = `
package billing

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
)

var made atomic.Int64

func Made() int64 { return made.Load() }

type Service struct {
	base
	name string
}

func New(ctx context.Context) (*Service, error) {
	if os.Getenv("BILLING_BROKEN") != "" {
		return nil, errors.New("no database")
	}
	if _, limited := ctx.Deadline(); !limited {
		return nil, errors.New("no deadline")
	}
	return &Service{name: fmt.Sprint("service ", made.Add(1))}, nil
}

// Charge takes money. It is quick.
//
// amount: in cents
//
//rpc:default currency="EUR"
func (s *Service) Charge(ctx context.Context, amount int, currency string) (string, error) {
	return fmt.Sprint(s.name, " ", amount, currency), nil
}

//rpc:name pay_back
func (s *Service) Refund(amounts ...int) int { return len(amounts) }

//rpc:skip
func (s *Service) Hidden() {}

func (s *Service) Unfit(c chan int) {}

//rpc:default x=1
func (s *Service) Wrong(y int) {}

//rpc:extra user
func (s *Service) Owner(user string) string { return user }

func (s *Service) Shared() string { return "the service's" }

func (s *Service) Close() error {
	_, err := fmt.Fprintln(os.Stderr, s.name, "is closed")
	return err
}

func (s *Service) String() string { return s.name }

type base struct{}

func (base) Promoted() {}

func (base) Shared() string { return "the base's" }
`

func TestService(t *testing.T) {
	t.Parallel()
	p := serve(t, write(t, files{"go.mod": userModule, "billing/b.go": billing}), "billing")
	want := `
billing.charge(amount int, currency string = "EUR")  Charge takes money.
billing.made()
billing.pay_back(amounts ...int)
billing.shared()
`
	if diff := cmp.Diff(strings.Fields(want), strings.Fields(p.banner)); diff != "" {
		t.Error("banner (-want +got):\n" + diff)
	}
	p.wantResult("billing.made", `[]`, `0`)
	p.wantCode("billing.charge", `{"cents":1}`, -32602)
	p.wantResult("billing.made", `[]`, `0`)
	var calls sync.WaitGroup
	for range 20 {
		calls.Go(func() { p.wantResult("billing.charge", `{"amount":5}`, `"service 1 5EUR"`) })
	}
	calls.Wait()
	p.wantResult("billing.charge", `[5,"USD"]`, `"service 1 5USD"`)
	p.wantResult("billing.pay_back", `[1,2,3]`, `3`)
	p.wantResult("billing.shared", `[]`, `"the service's"`)
	p.wantResult("billing.made", `[]`, `1`)
	for _, method := range []string{"new", "hidden", "unfit", "wrong", "owner", "promoted", "close", "string", "refund"} {
		p.wantCode("billing."+method, `[]`, -32601)
	}
	for _, want := range []string{
		"billing/b.go:45: Unfit: found func(chan int): argument 1: no JSON value is a chan int\n",
		"billing/b.go:48: Wrong: //rpc:default names \"x\", which is none of the parameters (y)\n",
		"billing/b.go:51: Owner: its parameter user is injected, and runrpc has nothing to set it to",
	} {
		if !strings.Contains(p.stderr.String(), want) {
			t.Errorf("found no %q in:\n%s", want, p.stderr)
		}
	}
	if p.stop(); strings.Count(p.stderr.String(), "service 1 is closed\n") != 1 {
		t.Errorf("the service is not closed once:\n%s", p.stderr)
	}
}

// A service that cannot be made is no reason not to serve the rest.
func TestBrokenService(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"go.mod": userModule, "billing/b.go": billing, "hello/h.go": hello})
	cmd, tmp := command(t, dir, "--addr", "localhost:0", "billing", "hello")
	cmd.Env = append(cmd.Env, "BILLING_BROKEN=1")
	p := start(t, cmd, tmp)
	p.wantCode("billing.charge", `[1]`, -32810)
	p.wantResult("billing.made", `[]`, `0`)
	p.wantResult("hello.hi", `["you"]`, `"hi you"`)
	p.stderr.await(t, "example.com/user/billing: New: no database")

	cmd, tmp = command(t, dir, "--addr", "localhost:0", "--warm", "billing", "hello")
	cmd.Env = append(cmd.Env, "BILLING_BROKEN=1")
	got := failed(t, cmd, tmp)
	if want := "runrpc: \"billing.charge\": example.com/user/billing: New: no database\n"; !strings.HasSuffix(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWarm(t *testing.T) {
	t.Parallel()
	p := serve(t, write(t, files{"go.mod": userModule, "billing/b.go": billing}), "--warm", "billing")
	p.wantResult("billing.made", `[]`, `1`)
	p.wantResult("billing.charge", `[5]`, `"service 1 5EUR"`)
}

// services are packages whose New has other forms, or is none.
var services = files{
	"go.mod": userModule,
	"all/contract/c.go": `
package contract

type Contract interface {
	// Pay pays.
	Pay(amount int) int
	Owe(int, string) int
	Close() error
}

type service struct{ sum int }

func (s *service) Pay(amount int) int { s.sum += amount; return s.sum }
func (s *service) Owe(n int, _ string) int { return s.sum - n }
func (s *service) Close() error { return nil }
func (s *service) More() {}

func New() Contract { return &service{} }
`,
	"all/internal/cache/c.go": `
package cache

import "context"

type cache[K comparable] struct{ seen map[K]bool }

func (c *cache[K]) Put(key K) bool { was := c.seen[key]; c.seen[key] = true; return was }

func New(context.Context) *cache[string] { return &cache[string]{seen: map[string]bool{}} }
`,
	"all/value/v.go": `
package value

type Value struct{ n int }

func (v Value) N() int { return v.n }
func (v *Value) Set(n int) { v.n = n }

func New() (Value, error) { return Value{7}, nil }
`,
	"all/needs/n.go": `
package needs

type Service struct{}

func (Service) Do() {}

func New(path string) Service { return Service{} }

func Help() string { return "help" }
`,
	"all/note/n.go": `
package note

type Note struct{ Text string }

func New(text string) Note { return Note{text} }
`,
	"all/off/o.go": `
package off

type Service struct{}

func (Service) Do() {}

//rpc:skip
func New() Service { panic("never") }

func Help() string { return "help" }
`,
	"all/clash/c.go": `
package clash

type Service struct{}

func (Service) Do() string { return "method" }

func New() Service { return Service{} }

func Do() string { return "function" }
`,
	"all/main.go": "package main\n\nfunc main() {}\n\ntype Service struct{}\n\nfunc (*Service) Do() int { return 1 }\n\nfunc New() *Service { return &Service{} }\n",
}

func TestServices(t *testing.T) {
	t.Parallel()
	p := serve(t, write(t, services), "--separator", "::", "./all/...")
	p.wantResult("all::contract::pay", `{"amount":2}`, `2`)
	p.wantResult("all::contract::pay", `[3]`, `5`)
	p.wantResult("all::contract::owe", `[1,"x"]`, `4`)
	p.wantCode("all::contract::more", `[]`, -32601)
	p.wantCode("all::contract::close", `[]`, -32601)
	p.wantResult("all::internal::cache::put", `{"key":"a"}`, `false`)
	p.wantResult("all::internal::cache::put", `["a"]`, `true`)
	p.wantResult("all::value::n", `[]`, `7`)
	p.wantCode("all::value::set", `[1]`, -32601)
	p.wantResult("all::needs::help", `[]`, `"help"`)
	p.wantCode("all::needs::new", `["x"]`, -32601)
	p.wantCode("all::needs::do", `[]`, -32601)
	p.wantResult("all::note::new", `{"text":"x"}`, `{"Text":"x"}`)
	p.wantResult("all::off::help", `[]`, `"help"`)
	p.wantCode("all::off::do", `[]`, -32601)
	p.wantResult("all::clash::do", `[]`, `"function"`)
	p.wantResult("all::do", `[]`, `1`)
	want := `
all/clash/c.go:5: Do: another function is all::clash::do already, all/clash/c.go:9: Do: name one of the two with //rpc:name
all/needs/n.go:7: New: it takes what nothing supplies: want New([context.Context]) (T [, error]) for a service; //rpc:name serves it as a function, //rpc:skip not at all
all/value/v.go:6: Set: its receiver is a pointer, and New returns a value: return a pointer
`
	lines := bytes.Split([]byte(p.stderr.String()), []byte("\n"))
	for line := range strings.SplitSeq(strings.TrimSpace(want), "\n") {
		found := false
		for _, have := range lines {
			found = found || string(have) == line
		}
		if !found {
			t.Errorf("found no line\n%s\nin:\n%s", line, p.stderr)
		}
	}
}

func TestServiceAtTheRoot(t *testing.T) {
	t.Parallel()
	p := serve(t, write(t, files{"go.mod": userModule, "billing/b.go": billing}), "--root", "./billing")
	p.wantResult("charge", `[5]`, `"service 1 5EUR"`)
	p.wantResult("made", `[]`, `1`)
}

// Of a lone file, what stands in it counts.
func TestServiceInAFile(t *testing.T) {
	t.Parallel()
	p := serve(t, write(t, files{"billing.go": billing}), "billing")
	p.wantResult("billing.charge", `[5]`, `"service 1 5EUR"`)
}
