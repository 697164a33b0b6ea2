package service_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/service"
	"github.com/runrpc/jsonrpc/openrpc"
)

// ask returns a request.
func ask(method, params string) []byte {
	return []byte(`{"jsonrpc":"2.0","method":"` + method + `","params":` + params + `,"id":1}`)
}

func result(json string) string { return `{"jsonrpc":"2.0","result":` + json + `,"id":1}` }

// TestDescribed has in the description what the source says, before the service is made.
func TestDescribed(t *testing.T) {
	before := service.Counts()
	doc := openrpc.New(service.RPC().Describe(), openrpc.Info{}, &openrpc.Options{Types: service.RPCTypes()})
	charge := doc.Methods[0]
	got := []any{charge.Name, charge.Params[0].Summary, charge.Params[1].Summary}
	schemas := doc.Components.Schemas
	got = append(got, schemas["Receipt"].Description, schemas["Receipt"].Properties.Get("sum").Description, schemas["Currency"].Description)
	for _, v := range schemas["Currency"].Enum {
		got = append(got, string(v))
	}
	want := []any{
		"charge", "in cents", "as ISO 4217 has it",
		"Receipt is the result of Charge.", "Sum is of all that was charged.", "Currency is one that is taken.", `"EUR"`, `"USD"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if diff := cmp.Diff(before, service.Counts()); diff != "" {
		t.Error("a service was made (-before +after):\n" + diff)
	}
}

func TestService(t *testing.T) {
	before := service.Counts()
	rpc := jsonrpc.RPC{"billing": service.RPC()}
	app, err := jsonrpc.NewApplication(rpc, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := func(method, params, want string) {
		t.Helper()
		if got := string(app.CallContext(t.Context(), ask(method, params), nil)); got != want {
			t.Errorf("%s %s\n got %s\nwant %s", method, params, got, want)
		}
	}
	counts := func(made, closed int64) {
		t.Helper()
		now := service.Counts()
		if diff := cmp.Diff([]int64{made, closed}, []int64{now[0] - before[0], now[1] - before[1]}); diff != "" {
			t.Error("made and closed (-want +got):\n" + diff)
		}
	}
	var names []string
	for _, m := range rpc.Methods() {
		names = append(names, m.Name)
	}
	if diff := cmp.Diff([]string{"billing.charge", "billing.counts", "billing.home", "billing.owner", "billing.pay_back", "billing.shared"}, names); diff != "" {
		t.Error("methods (-want +got):\n" + diff)
	}
	want("billing.charge", `{"cents":1}`, `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":[`+
		`{"param":"/cents","expected":"one of: amount, currency","got":"unknown"},{"param":"/amount","expected":"integer","got":"missing"}]},"id":1}`)
	counts(0, 0)
	var calls sync.WaitGroup
	for range 20 {
		calls.Go(func() { want("billing.pay_back", `[]`, result(`null`)) })
	}
	calls.Wait()
	counts(1, 0)
	want("billing.charge", `{"amount":5}`, result(`{"sum":5,"currency":"EUR"}`))
	want("billing.charge", `[5,"USD"]`, result(`{"sum":10,"currency":"USD"}`))
	want("billing.pay_back", `[1,2]`, result(`null`))
	want("billing.charge", `[0]`, result(`{"sum":7,"currency":"EUR"}`))
	want("billing.home", `[]`, result(`"EUR"`))
	want("billing.shared", `[]`, result(`2`))
	for _, method := range []string{"close", "string", "hidden", "promoted", "new", "refund"} {
		want("billing."+method, `[]`, `{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":1}`)
	}
	counts(1, 0)
	if err := app.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	counts(1, 1)
}

func TestInjected(t *testing.T) {
	app, err := jsonrpc.NewApplication(service.RPC(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://localhost/", strings.NewReader(string(ask("owner", `[]`))))
	r = r.WithContext(jsonrpc.WithExtra(r.Context(), "user", "alice"))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	app.ServeHTTP(w, r)
	if got, want := w.Body.String(), result(`"alice by POST"`); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// BenchmarkCharge compares the generated binding of a method with one that is written by hand around a value.
func BenchmarkCharge(b *testing.B) {
	s := new(service.Service)
	type params struct {
		Amount   int64            `json:"amount"`
		Currency service.Currency `json:"currency" rpc:"default=\"EUR\""`
	}
	for _, way := range []struct {
		name string
		rpc  jsonrpc.RPC
	}{
		{"Func", jsonrpc.RPC{"charge": jsonrpc.Func(s.Charge, "amount", "currency").Default("currency", "EUR")}},
		{"Typed", jsonrpc.RPC{"charge": jsonrpc.Typed(func(ctx context.Context, p params) (service.Receipt, error) {
			return s.Charge(ctx, p.Amount, p.Currency)
		})}},
		{"generated", service.RPC()},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			msg := ask("charge", `[5,"USD"]`)
			for b.Loop() {
				way.rpc.Call(msg, nil)
			}
		})
	}
}
