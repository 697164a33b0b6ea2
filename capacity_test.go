package jsonrpc_test

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc"
)

// gate is a registry with procedures that a test holds up.
type gate struct {
	entered chan string // the methods that have begun
	open    chan struct{}
	ran     atomic.Int64 // calls of count
}

func newGate() *gate { return &gate{entered: make(chan string, 1000), open: make(chan struct{})} }

func (g *gate) registry() jsonrpc.RPC {
	return jsonrpc.RPC{
		"wait": func() string { // whatever its context says
			g.entered <- "wait"
			<-g.open
			return "waited"
		},
		"watch": func(ctx context.Context) error {
			g.entered <- "watch"
			<-ctx.Done()
			return ctx.Err()
		},
		"count": func() int64 { return g.ran.Add(1) },
	}
}

// await waits until n procedures have begun.
func (g *gate) await(n int) {
	for range n {
		<-g.entered
	}
}

const (
	waitMsg  = `{"jsonrpc":"2.0","method":"wait","id":1}`
	waitNote = `{"jsonrpc":"2.0","method":"wait"}`
	countMsg = `{"jsonrpc":"2.0","method":"count","id":1}`
	countAdd = `{"jsonrpc":"2.0","method":"count"}`
)

// later sends a message and returns where the answer will be.
func later(t *testing.T, url, msg string) <-chan httpAnswer {
	t.Helper()
	got := make(chan httpAnswer, 1)
	go func() { got <- postMsg(t, url, msg) }()
	return got
}

func unavailableAnswer(t *testing.T, got httpAnswer, body string) {
	t.Helper()
	if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") != "1" || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("status %d, Retry-After %q, Content-Type %q; want 503, 1, application/json", got.StatusCode, got.Header.Get("Retry-After"), got.Header.Get("Content-Type"))
	}
	sameAnswer(t, got.body, body)
}

func TestNoCapacityForACall(t *testing.T) {
	g := newGate()
	app := newApp(t, g.registry(), &jsonrpc.Options{MaxConcurrent: 2})
	srv := serve(t, app)
	first, second := later(t, srv.URL, waitMsg), later(t, srv.URL, waitMsg)
	g.await(2)

	overloaded := because(-32812, "Overloaded", "overloaded", "1")
	unavailableAnswer(t, postMsg(t, srv.URL, countMsg), overloaded)
	unavailableAnswer(t, postMsg(t, srv.URL, pingMsg), because(-32812, "Overloaded", "overloaded", `"ping"`))
	sameAnswer(t, string(app.CallContext(t.Context(), []byte(countMsg), nil)), overloaded)
	if n := g.ran.Load(); n != 0 {
		t.Errorf("%d calls ran without capacity", n)
	}
	// what is no call needs no capacity
	sameAnswer(t, answerOf(t, postMsg(t, srv.URL, "{")), broken("the text ends where a member name is due", 1))

	close(g.open)
	for _, c := range []<-chan httpAnswer{first, second} {
		sameAnswer(t, (<-c).body, resultFor(`"waited"`, "1"))
	}
	sameAnswer(t, answerOf(t, postMsg(t, srv.URL, countMsg)), resultFor("1", "1"))
}

// A request that cannot be called needs no place.
func TestInvalidRequestWithoutCapacity(t *testing.T) {
	g := newGate()
	app := newApp(t, g.registry(), &jsonrpc.Options{MaxConcurrent: 1})
	srv := serve(t, app)
	first := later(t, srv.URL, waitMsg)
	g.await(1)
	sameAnswer(t, answerOf(t, postMsg(t, srv.URL, "{}")), refused("method is missing or no string", "null"))
	sameAnswer(t, string(app.CallContext(t.Context(), []byte("{}"), nil)), refused("method is missing or no string", "null"))
	close(g.open)
	<-first
}

// Who has an answer can be sure that its procedure runs no more.
func TestPlaceIsFreeWithTheAnswer(t *testing.T) {
	app := newApp(t, leavers(), &jsonrpc.Options{MaxConcurrent: 1})
	overListeners(t, app, func(t *testing.T, url string, client *http.Client) {
		for range 20 {
			for _, c := range []wire{
				{"", oneCall("echo", "1"), resultFor("1", "1")},
				{"", "[" + oneCall("echo", "1") + "]", enclose(resultFor("1", "1"))},
				{"", oneCall("boom", "2"), faultFor(internalFault, "2")},
			} {
				sameAnswer(t, answerOf(t, roundTrip(t, client, newPost(t, http.MethodPost, url, strings.NewReader(c.msg)))), c.want)
			}
		}
	})
}

func TestNoCapacityForNotifications(t *testing.T) {
	g := newGate()
	app := newApp(t, g.registry(), &jsonrpc.Options{MaxNotifications: 3})
	srv := serve(t, app)
	sameAnswer(t, answerOf(t, postMsg(t, srv.URL, "["+waitNote+","+waitNote+"]")), "")
	g.await(1)

	overloaded := because(-32812, "Overloaded", "overloaded", "1")
	unavailableAnswer(t, postMsg(t, srv.URL, "["+countAdd+","+countAdd+"]"), because(-32812, "Overloaded", "overloaded", "null"))
	unavailableAnswer(t, postMsg(t, srv.URL, "["+countMsg+","+countAdd+","+countAdd+"]"), "["+overloaded+"]")
	if n := g.ran.Load(); n != 0 {
		t.Errorf("%d members of refused messages ran", n)
	}
	sameAnswer(t, answerOf(t, postMsg(t, srv.URL, "["+countMsg+"]")), "["+resultFor("1", "1")+"]")
	sameAnswer(t, answerOf(t, postMsg(t, srv.URL, waitNote)), "")
	unavailableAnswer(t, postMsg(t, srv.URL, countAdd), because(-32812, "Overloaded", "overloaded", "null"))

	close(g.open)
	if err := app.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if n := g.ran.Load(); n != 1 {
		t.Errorf("%d calls ran, want 1", n)
	}
}

// Places of notifications come free when they have returned, and lifted limits have no end.
func TestNotificationPlacesComeFree(t *testing.T) {
	done := make(chan struct{})
	r := jsonrpc.RPC{"note": func() { done <- struct{}{} }}
	for _, limit := range []int{1, -1} {
		app := newApp(t, r, &jsonrpc.Options{MaxNotifications: limit})
		srv := serve(t, app)
		for range 10 {
			for {
				got := postMsg(t, srv.URL, `{"jsonrpc":"2.0","method":"note"}`)
				if got.StatusCode == http.StatusNoContent {
					break // else the last one has not given its place back yet
				}
				unavailableAnswer(t, got, because(-32812, "Overloaded", "overloaded", "null"))
			}
			<-done
		}
	}
	app := newApp(t, r, &jsonrpc.Options{MaxNotifications: -1, MaxBatch: -1})
	got := postMsg(t, serve(t, app).URL, "["+strings.Repeat(`{"jsonrpc":"2.0","method":"note"},`, 1999)+`{"jsonrpc":"2.0","method":"note"}]`)
	sameAnswer(t, answerOf(t, got), "")
	for range 2000 {
		<-done
	}
}

func TestNotificationIsAnsweredBeforeItEnds(t *testing.T) {
	g := newGate()
	app := newApp(t, g.registry(), nil)
	srv := serve(t, app)
	for _, msg := range []string{waitNote, "[" + waitNote + "," + waitNote + "]"} {
		got := postMsg(t, srv.URL, msg)
		if sameAnswer(t, answerOf(t, got), ""); got.StatusCode != http.StatusNoContent {
			t.Errorf("status %d, want 204", got.StatusCode)
		}
	}
	// nor do they delay the answers to the calls beside them
	sameAnswer(t, answerOf(t, postMsg(t, srv.URL, "["+waitNote+","+countMsg+","+waitNote+"]")), "["+resultFor("1", "1")+"]")
	close(g.open)
	if err := app.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if n := len(g.entered); n != 5 {
		t.Errorf("%d notifications ran, want 5", n)
	}
}

// A notification goes on when its client has left, until the deadline.
func TestNotificationOutlivesItsRequest(t *testing.T) {
	ended := make(chan error, 1)
	entered := make(chan context.Context, 1)
	app := newApp(t, jsonrpc.RPC{"note": func(ctx context.Context) {
		entered <- ctx
		<-ctx.Done()
		ended <- ctx.Err()
	}}, &jsonrpc.Options{Timeout: 50 * time.Millisecond})
	srv := serve(t, app)
	client := &http.Client{Transport: &http.Transport{}}
	roundTrip(t, client, newPost(t, http.MethodPost, srv.URL, strings.NewReader(`{"jsonrpc":"2.0","method":"note"}`)))
	client.CloseIdleConnections()
	if _, ok := (<-entered).Deadline(); !ok {
		t.Error("the notification has no deadline")
	}
	if err := <-ended; err != context.DeadlineExceeded {
		t.Errorf("the notification ended with %v, want the deadline", err)
	}
}

// In-process a notification waits for its turn, and the caller for it.
func TestNotificationInProcessWaitsItsTurn(t *testing.T) {
	g := newGate()
	app := newApp(t, g.registry(), &jsonrpc.Options{MaxConcurrent: 1})
	first := make(chan string)
	go func() { first <- string(app.CallContext(t.Context(), []byte(waitMsg), nil)) }()
	g.await(1)
	second := make(chan string)
	go func() { second <- string(app.CallContext(t.Context(), []byte(countAdd), nil)) }()
	close(g.open)
	sameAnswer(t, <-first, resultFor(`"waited"`, "1"))
	sameAnswer(t, <-second, "")
	if n := g.ran.Load(); n != 1 {
		t.Errorf("the notification ran %d times, want once", n)
	}
}
