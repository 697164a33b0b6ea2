// Command scenario tries a generated client of the lab against a server. It prints ok at the end.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"example.com/clients/lab"
	"example.com/clients/shop"
)

func main() {
	s := &scenario{lab: lab.NewClient(os.Args[1], nil), url: os.Args[1]}
	for _, try := range []func(context.Context){s.calls, s.errors, s.batch, s.time, s.values, s.transports, s.answers} {
		try(context.Background())
	}
	shopping(context.Background(), shop.NewClient(os.Args[2], nil))
	fmt.Println("ok")
}

type scenario struct {
	lab *lab.Client
	url string
}

func equal(got, want any) {
	if !reflect.DeepEqual(got, want) {
		panic(fmt.Sprintf("got %#v, want %#v", got, want))
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func is[E error](err error) E {
	e, ok := errors.AsType[E](err)
	if !ok {
		panic(fmt.Sprintf("got %T %v, want %T", err, err, e))
	}
	return e
}

// By name, by position, with reserved words for names.
func (s *scenario) calls(ctx context.Context) {
	equal(must(s.lab.Math.Add(ctx, lab.MathAddParams{A: 2, B: 3})), int64(5))
	equal(must(s.lab.Math.Sum(ctx, lab.MathSumParams{Arg1: 1, Arg2: []int64{2, 3, 4}})), int64(10))
	equal(must(s.lab.Math.Sum(ctx, lab.MathSumParams{Arg1: 1})), int64(1))
	equal(must(s.lab.Class.Def(ctx, lab.ClassDefParams{From: "here"})), "here")
}

// Errors that are declared, and others; and notifications, of which nothing comes back.
func (s *scenario) errors(ctx context.Context) {
	_, err := s.lab.Math.Divide(ctx, lab.MathDivideParams{A: 1})
	equal(is[*lab.DivisionByZeroError](err).Code, -32040)
	equal(is[*lab.RPCError](err).Method, "math.divide")
	_, err = s.lab.Math.Divide(ctx, lab.MathDivideParams{A: 2000, B: 1})
	equal(string(is[*lab.LimitError](err).Data), `{"limit":1000}`)
	_, err = s.lab.Math.Divide(ctx, lab.MathDivideParams{A: -1, B: 1})
	if _, declared := errors.AsType[*lab.LimitError](err); declared {
		panic(err)
	}
	equal(is[*lab.RPCError](err).Code, -32000)
	must(0, s.lab.Log.WriteRequest(lab.LogWriteParams{Line: "alone"}).Notify(ctx))
	must(0, s.lab.Math.DivideRequest(lab.MathDivideParams{A: 1}).Notify(ctx))
}

// A batch with a result, an error and a notification.
func (s *scenario) batch(ctx context.Context) {
	add := s.lab.Math.AddRequest(lab.MathAddParams{A: 1, B: 1})
	bad := s.lab.Math.DivideRequest(lab.MathDivideParams{A: 1})
	line := s.lab.Log.WriteRequest(lab.LogWriteParams{Line: "batch"})
	must(0, s.lab.Batch(ctx, []lab.Sendable{add, line.Notification(), bad}))
	equal(must(add.Result()), int64(2))
	_, err := bad.Result()
	is[*lab.DivisionByZeroError](err)
	if _, err := line.Result(); err == nil {
		panic("a request that was not sent has a result")
	}
	must(0, s.lab.Batch(ctx, nil))
	var lines []string
	for len(lines) < 2 {
		lines = must(s.lab.Log.Read(ctx))
	}
	slices.Sort(lines)
	equal(lines, []string{"alone", "batch"})
}

// Time, and somebody who does not wait.
func (s *scenario) time(ctx context.Context) {
	slow := lab.SlowWaitParams{Ms: 20000}
	_, err := s.lab.Slow.Wait(ctx, slow, lab.Timeout(50*time.Millisecond))
	equal(errors.Is(is[*lab.TransportError](err), context.DeadlineExceeded), true)
	cancelled, cancel := context.WithCancel(ctx)
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err = s.lab.Slow.Wait(cancelled, slow)
	equal(errors.Is(err, context.Canceled), true)
	for must(s.lab.Slow.Cancelled(ctx)) < 2 { // until the server has seen both
	}
}

func (s *scenario) values(ctx context.Context) {
	for _, text := range []string{"ü 你好 😀 \u2028 \"\\\n<&>", ""} {
		equal(must(s.lab.Echo(ctx, lab.EchoParams{Text: text})), text)
	}
	must(0, s.lab.Null.Nothing(ctx))
	equal(must(s.lab.Null.Maybe(ctx, lab.NullMaybeParams{N: lab.Null[int64]()})), (*int64)(nil))
	equal(must(s.lab.Null.Maybe(ctx, lab.NullMaybeParams{})), (*int64)(nil))
	equal(*must(s.lab.Null.Maybe(ctx, lab.NullMaybeParams{N: lab.Some[int64](7)})), int64(7))
	equal(must(s.lab.Math.Add(ctx, lab.MathAddParams{A: 1 << 53, B: 1})), int64(1<<53+1))
	tree := lab.TreeInput{Name: new("a"), Children: []lab.TreeInput{{Name: new("b")}}}
	equal(must(s.lab.Tree(ctx, lab.TreeParams{Tree: tree})),
		lab.Tree{Name: "a", Children: []lab.Tree{{Name: "b", Children: []lab.Tree{}}}})
	when := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	equal(must(s.lab.Kinds(ctx, lab.KindsParams{Kinds: lab.KindsInput{
		When: &when, Data: []byte{0, 1, 2}, Tags: []string{"x"}, Names: map[string]string{"a": "b"},
		Class: new("c"), OddName: new("o"), Any: json.Number("12"),
	}})), lab.Kinds{
		When: when, Data: []byte{0, 1, 2}, Tags: []string{"x"}, Names: map[string]string{"a": "b"},
		Class: "c", OddName: "o", Any: json.Number("12"),
	})
}

type recorder struct{ seen []string }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.seen = append(r.seen, req.Header.Get("X-One"), req.Header.Get("X-Two"))
	return http.DefaultTransport.RoundTrip(req)
}

// Ways of its own to send.
func (s *scenario) transports(ctx context.Context) {
	r := &recorder{}
	own := lab.NewClient(s.url, &lab.Options{HTTPClient: &http.Client{Transport: r}, Header: http.Header{"X-One": {"1"}}})
	equal(must(own.Echo(ctx, lab.EchoParams{Text: "x"}, lab.Header("X-Two", "2"))), "x")
	equal(r.seen, []string{"1", "2"})
	inside := lab.NewClient("", &lab.Options{Transport: func(_ context.Context, message []byte, _ http.Header) ([]byte, error) {
		return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":1,"result":"%d"}`, len(message)), nil
	}})
	equal(must(inside.Echo(ctx, lab.EchoParams{})), "61")
}

type answerer struct {
	status int
	body   io.Reader
}

func (a answerer) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a.status, Status: fmt.Sprint(a.status), Body: io.NopCloser(a.body)}, nil
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// What is no answer.
func (s *scenario) answers(ctx context.Context) {
	for _, answer := range []string{
		"", "<html>", "{}", "[]", "1", "null", `{"jsonrpc":"2.0","id":9,"result":"x"}`, `{"jsonrpc":"2.0","id":1,"result":1}`,
	} {
		client := lab.NewClient("", &lab.Options{HTTPClient: &http.Client{Transport: answerer{200, strings.NewReader(answer)}}})
		_, err := client.Echo(ctx, lab.EchoParams{})
		is[*lab.TransportError](err)
	}
	client := lab.NewClient("http://x/", &lab.Options{HTTPClient: &http.Client{Transport: answerer{404, bytes.NewReader([]byte("no"))}}})
	_, err := client.Echo(ctx, lab.EchoParams{})
	equal(is[*lab.TransportError](err).Status, 404)
	client = lab.NewClient("http://x/", &lab.Options{HTTPClient: &http.Client{Transport: answerer{200, endless{}}}, MaxAnswer: 1000})
	_, err = client.Echo(ctx, lab.EchoParams{})
	is[*lab.TransportError](err)
	_, err = lab.NewClient("http://127.0.0.1:1/", nil).Echo(ctx, lab.EchoParams{})
	is[*lab.TransportError](err)
	whole := answerer{200, strings.NewReader(`{"jsonrpc":"2.0","id":null,"error":{"code":-32813,"message":"too large"}}`)}
	client = lab.NewClient("http://x/", &lab.Options{HTTPClient: &http.Client{Transport: whole}})
	one, other := client.EchoRequest(lab.EchoParams{}), client.EchoRequest(lab.EchoParams{})
	equal(is[*lab.RPCError](client.Batch(ctx, []lab.Sendable{one, other})).Code, -32813)
	_, err = other.Result()
	equal(is[*lab.RPCError](err).Code, -32813)
}

func shopping(ctx context.Context, client *shop.Client) {
	page := must(client.Pets.List(ctx, shop.PetsListParams{Species: shop.Some(shop.SpeciesCat)}))
	pet := page.Items[0]
	equal(must(client.Pets.Get(ctx, shop.PetsGetParams{ID: pet.ID})).Name, pet.Name)
	tags := must(client.Pets.Tag(ctx, shop.PetsTagParams{Arg1: pet.ID, Arg2: []string{"go"}}))
	equal(slices.Contains(tags, "go"), true)
	address := shop.AddressInput{Name: new("Ada"), Lines: []string{"1, Street"}, City: new("Town"), Country: new("GB")}
	order := must(client.Orders.Place(ctx, shop.OrdersPlaceParams{Pets: []int64{pet.ID}, Address: address}))
	equal(order.Status, shop.StatusPlaced)
	_, err := client.Orders.Place(ctx, shop.OrdersPlaceParams{Pets: []int64{pet.ID}, Address: address})
	equal(string(is[*shop.SoldError](err).Data), fmt.Sprintf(`{"pets":[%d]}`, pet.ID))
	equal(must(client.Orders.Cancel(ctx, shop.OrdersCancelParams{ID: order.ID})).Status, shop.StatusCancelled)
	must(0, client.Pets.Remove(ctx, shop.PetsRemoveParams{ID: pet.ID}))
}
