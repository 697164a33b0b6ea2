package jsonrpc_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runrpc/jsonrpc"
)

func shutDownFor(id string) string { return because(-32810, "Unavailable", "shutdown", id) }

// shutDown shuts app down in the background.
func shutDown(ctx context.Context, app *jsonrpc.Application) <-chan error {
	done := make(chan error, 1)
	go func() { done <- app.Shutdown(ctx) }()
	return done
}

func TestMessagesAfterShutdown(t *testing.T) {
	app := newApp(t, wireService(), nil)
	srv := serve(t, app)
	if err := app.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []wire{
		{"call", getData, shutDownFor("1")},
		{"no method", pingMsg, shutDownFor(`"ping"`)},
		{"null id", `{"jsonrpc":"2.0","method":"get_data","id":null}`, shutDownFor("null")},
		{"batch", "[" + getData + `,{"jsonrpc":"2.0","method":"update"},7,` + pingMsg + "]", enclose(shutDownFor("1"), refused("a request is an object", "null"), shutDownFor(`"ping"`))},
		{"notification", `{"jsonrpc":"2.0","method":"update"}`, ""},
		{"notifications", `[{"jsonrpc":"2.0","method":"update"}]`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			sameAnswer(t, string(app.CallContext(t.Context(), []byte(c.msg), nil)), c.want)
			if c.want == "" { // over HTTP it is told that nothing will run
				c.want = shutDownFor("null")
			}
			unavailableAnswer(t, postMsg(t, srv.URL, c.msg), c.want)
		})
	}
	if err := app.Shutdown(t.Context()); err != nil {
		t.Errorf("the second Shutdown: %v", err)
	}
	if err := app.Replace(wireService()); err == nil {
		t.Error("Replace found nothing wrong with an Application that is shut down")
	}
	if err := app.Warm(t.Context()); err == nil {
		t.Error("Warm found nothing wrong with an Application that is shut down")
	}
}

// Calls and background notifications under way are waited for, while new ones are refused.
func TestShutdownDrains(t *testing.T) {
	for _, msg := range []string{waitMsg, "[" + waitMsg + "]", waitNote, "[" + waitNote + "," + waitNote + "]"} {
		var g *gate
		inBubbles(t, func() jsonrpc.RPC { g = newGate(); return g.registry() }, jsonrpc.Options{}, func(t *testing.T, client pipeClient) {
			got := make(chan httpAnswer, 1)
			go func() { got <- client.send(msg) }()
			synctest.Wait()
			down := shutDown(t.Context(), client.app)
			synctest.Wait()
			unavailableAnswer(t, client.send(countMsg), shutDownFor("1"))
			select {
			case err := <-down:
				t.Errorf("Shutdown returned %v before the calls did", err)
			default:
			}
			close(g.open)
			if err := <-down; err != nil {
				t.Errorf("Shutdown: %v", err)
			}
			want := ""
			if strings.Contains(msg, "id") {
				want = resultFor(`"waited"`, "1")
			}
			sameAnswer(t, strings.Trim(answerOf(t, <-got), "[]"), want)
		})
	}
}

func TestShutdownDrainsInProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		app := newApp(t, g.registry(), nil)
		got := make(chan string, 2)
		for _, msg := range []string{waitMsg, "[" + waitMsg + "]"} {
			go func() { got <- string(app.CallContext(t.Context(), []byte(msg), nil)) }()
		}
		synctest.Wait()
		down := shutDown(t.Context(), app)
		synctest.Wait()
		sameAnswer(t, string(app.CallContext(t.Context(), []byte(countMsg), nil)), shutDownFor("1"))
		if len(down) > 0 {
			t.Error("Shutdown returned before the calls did")
		}
		close(g.open)
		if err := <-down; err != nil {
			t.Errorf("Shutdown: %v", err)
		}
		for range 2 {
			sameAnswer(t, strings.Trim(<-got, "[]"), resultFor(`"waited"`, "1"))
		}
	})
}

// When its context ends first, Shutdown cancels what is left.
func TestShutdownCancelsTheRest(t *testing.T) {
	for _, msg := range []string{
		`{"jsonrpc":"2.0","method":"watch","id":1}`, `[{"jsonrpc":"2.0","method":"watch","id":1}]`, `{"jsonrpc":"2.0","method":"watch"}`,
	} {
		var ended chan error
		r := func() jsonrpc.RPC {
			ended = make(chan error, 1)
			return jsonrpc.RPC{"watch": func(ctx context.Context) error {
				<-ctx.Done()
				ended <- ctx.Err()
				return ctx.Err()
			}}
		}
		inBubbles(t, r, jsonrpc.Options{Timeout: time.Hour}, func(t *testing.T, client pipeClient) {
			got := make(chan httpAnswer, 1)
			go func() { got <- client.send(msg) }()
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			start := time.Now()
			if err := client.app.Shutdown(ctx); err != context.DeadlineExceeded {
				t.Errorf("Shutdown: %v, want the deadline", err)
			}
			if err := <-ended; err != context.Canceled {
				t.Errorf("the call ended with %v", err)
			}
			if took := time.Since(start); took != time.Second {
				t.Errorf("it took %v, want a second", took)
			}
			want := ""
			if strings.Contains(msg, "id") {
				want = calledOff
			}
			sameAnswer(t, strings.Trim(answerOf(t, <-got), "[]"), want)
		})
	}
}

// So it is in-process: for a context derived from the call's, and for one that is only asked.
func TestShutdownCancelsInProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		entered := make(chan struct{}, 2)
		app := newApp(t, jsonrpc.RPC{
			"child": func(ctx context.Context) error {
				ctx, cancel := context.WithCancel(ctx)
				defer cancel()
				entered <- struct{}{}
				<-ctx.Done()
				return ctx.Err()
			},
			"ask": func(ctx context.Context) error {
				entered <- struct{}{}
				for ctx.Err() == nil {
					<-time.After(time.Millisecond)
				}
				return ctx.Err()
			},
		}, &jsonrpc.Options{Timeout: -1})
		got := make(chan string, 2)
		for _, method := range []string{"child", "ask"} {
			go func() {
				got <- string(app.CallContext(context.Background(), []byte(`{"jsonrpc":"2.0","method":"`+method+`","id":1}`), nil))
			}()
			<-entered
		}
		ctx, cancel := context.WithCancel(t.Context())
		down := shutDown(ctx, app)
		synctest.Wait()
		if len(got) > 0 {
			t.Error("the calls ended before Shutdown's context did")
		}
		cancel()
		if err := <-down; err != context.Canceled {
			t.Errorf("Shutdown: %v, want %v", err, context.Canceled)
		}
		sameAnswer(t, <-got, calledOff)
		sameAnswer(t, <-got, calledOff)
	})
}

// Server's Shutdown takes no more messages and waits for the calls; the Application's, called
// next, waits for the notifications.
func TestServerShutdown(t *testing.T) {
	g := newGate()
	app := newApp(t, g.registry(), nil)
	srv := app.Server("127.0.0.1:0")
	if srv.Addr != "127.0.0.1:0" || srv.Handler != http.Handler(app) || srv.ReadHeaderTimeout <= 0 || srv.IdleTimeout <= 0 {
		t.Errorf("Server: %+v", srv)
	}
	lis, err := net.Listen("tcp", srv.Addr)
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(lis) }()
	url := "http://" + lis.Addr().String()

	sameAnswer(t, answerOf(t, postMsg(t, url, waitNote)), "")
	got := later(t, url, waitMsg)
	g.await(2)
	down := make(chan error, 1)
	go func() { down <- errors.Join(srv.Shutdown(t.Context()), app.Shutdown(t.Context())) }()
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		t.Errorf("Serve: %v", err)
	}
	for { // the Application is told in the background
		if answer := string(app.CallContext(t.Context(), []byte(countMsg), nil)); strings.Contains(answer, "error") {
			sameAnswer(t, answer, shutDownFor("1"))
			break
		}
	}
	g.open <- struct{}{}
	g.open <- struct{}{}
	sameAnswer(t, answerOf(t, <-got), resultFor(`"waited"`, "1"))
	if err := <-down; err != nil {
		t.Errorf("Shutdown: %v", err)
	}
}

// Calls under way finish on the registry that they began on.
func TestReplaceDuringACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		app := newApp(t, g.registry(), nil)
		got := make(chan string, 1)
		go func() { got <- string(app.CallContext(t.Context(), []byte(waitMsg), nil)) }()
		synctest.Wait()
		if err := app.Replace(jsonrpc.RPC{"new": func() string { return "new" }}); err != nil {
			t.Fatal(err)
		}
		sameAnswer(t, string(app.CallContext(t.Context(), []byte(waitMsg), nil)), unknown("1"))
		sameAnswer(t, string(app.CallContext(t.Context(), []byte(`{"jsonrpc":"2.0","method":"new","id":1}`), nil)), resultFor(`"new"`, "1"))
		down := shutDown(t.Context(), app)
		synctest.Wait()
		if len(down) > 0 {
			t.Error("Shutdown did not wait for a call on the registry before")
		}
		close(g.open)
		if err := <-down; err != nil {
			t.Errorf("Shutdown: %v", err)
		}
		sameAnswer(t, <-got, resultFor(`"waited"`, "1"))
	})
}

// A message sees one registry from its first member to its last, however often it is replaced.
func TestReplaceUnderLoad(t *testing.T) {
	registry := func(name string) jsonrpc.RPC { return jsonrpc.RPC{"name": func(int) string { return name }} }
	app := newApp(t, registry("a"), nil)
	srv := serve(t, app)
	answers := map[string]bool{}
	for _, name := range []string{"a", "b"} {
		answers[numbered(20, func(i int) string { return resultFor(`"`+name+`"`, fmt.Sprint(i)) })] = true
	}
	var clients sync.WaitGroup
	for _, send := range []func(msg string) string{
		func(msg string) string { return string(app.CallContext(context.Background(), []byte(msg), nil)) },
		func(msg string) string { return answerOf(t, postMsg(t, srv.URL, msg)) },
	} {
		for range 4 {
			clients.Go(func() {
				for range 50 {
					if got := send(members("name", 20)); !answers[got] {
						t.Errorf("%s", got)
					}
				}
			})
		}
	}
	stop := make(chan struct{})
	go func() { clients.Wait(); close(stop) }()
	for i := 0; ; i++ {
		select {
		case <-stop:
			if err := app.Shutdown(t.Context()); err != nil {
				t.Error(err)
			}
			return
		default:
			if err := app.Replace(registry([]string{"a", "b"}[i%2])); err != nil {
				t.Fatal(err)
			}
		}
	}
}
