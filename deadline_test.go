package jsonrpc_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runrpc/jsonrpc"
)

func timedOutFor(id string) string { return because(-32811, "Timeout", "timeout", id) }

// listeners serve an Application over a real connection.
var listeners = []struct {
	name  string
	start func(srv *httptest.Server) *http.Client
}{
	{"HTTP/1.1", func(srv *httptest.Server) *http.Client {
		srv.Start()
		return srv.Client()
	}},
	{"HTTP/1.1, wrapped ResponseWriter", func(srv *httptest.Server) *http.Client {
		srv.Config.Handler = wrapped(srv.Config.Handler)
		srv.Start()
		return srv.Client()
	}},
	{"HTTP/1.1 over TLS", func(srv *httptest.Server) *http.Client {
		srv.StartTLS()
		return srv.Client()
	}},
	{"HTTP/2", func(srv *httptest.Server) *http.Client {
		srv.EnableHTTP2 = true
		srv.StartTLS()
		return srv.Client()
	}},
	{"HTTP/2 without TLS", func(srv *httptest.Server) *http.Client {
		srv.Config.Protocols = new(http.Protocols)
		srv.Config.Protocols.SetUnencryptedHTTP2(true)
		srv.Start()
		return &http.Client{Transport: &http.Transport{Protocols: srv.Config.Protocols}}
	}},
}

// overListeners runs a test over each real connection.
func overListeners(t *testing.T, app http.Handler, test func(t *testing.T, url string, client *http.Client)) {
	for _, l := range listeners {
		t.Run(l.name, func(t *testing.T) {
			srv := httptest.NewUnstartedServer(app)
			srv.Config.ErrorLog = log.New(io.Discard, "", 0)
			client := l.start(srv)
			defer srv.Close()
			defer client.CloseIdleConnections()
			test(t, srv.URL, client)
		})
	}
}

// The answer goes out at the deadline although the procedure does not return.
func TestAnswerAtTheDeadline(t *testing.T) {
	g := newGate()
	app := newApp(t, g.registry(), &jsonrpc.Options{Timeout: 30 * time.Millisecond})
	overListeners(t, app, func(t *testing.T, url string, client *http.Client) {
		for _, c := range []wire{
			{"", waitMsg, timedOutFor("1")},
			{"", "[" + waitMsg + "," + waitNote + "]", enclose(timedOutFor("1"))},
			{"", `{"jsonrpc":"2.0","method":"watch","id":"w"}`, timedOutFor(`"w"`)},
		} {
			got := roundTrip(t, client, newPost(t, http.MethodPost, url, strings.NewReader(c.msg)))
			sameAnswer(t, answerOf(t, got), c.want)
			if two := strings.Contains(t.Name(), "HTTP/2"); two != (got.ProtoMajor == 2) {
				t.Errorf("the answer came over %s", got.Proto)
			}
		}
		for range 3 { // the server waits for them before it closes
			g.open <- struct{}{}
		}
	})
}

// The default is 30 s, counted from the message's arrival, and not a moment longer.
func TestTimeToTheDeadline(t *testing.T) {
	var g *gate
	for _, c := range []struct{ set, want time.Duration }{{0, 30 * time.Second}, {time.Minute, time.Minute}} {
		inBubbles(t, func() jsonrpc.RPC { g = newGate(); return g.registry() }, jsonrpc.Options{Timeout: c.set}, func(t *testing.T, client pipeClient) {
			for _, msg := range []string{waitMsg, "[" + waitMsg + "]", `{"jsonrpc":"2.0","method":"watch","id":1}`} {
				start := time.Now()
				sameAnswer(t, strings.Trim(answerOf(t, client.send(msg)), "[]"), timedOutFor("1"))
				if took := time.Since(start); took != c.want {
					t.Errorf("%s: it took %v, want %v", msg, took, c.want)
				}
			}
			close(g.open)
		})
	}
}

// In-process the procedure is waited for: it runs on the caller's goroutine.
func TestDeadlineInProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := newApp(t, newGate().registry(), &jsonrpc.Options{Timeout: time.Second})
		for _, msg := range []string{`{"jsonrpc":"2.0","method":"watch","id":1}`, `[{"jsonrpc":"2.0","method":"watch","id":1}]`} {
			start := time.Now()
			sameAnswer(t, strings.Trim(string(app.CallContext(t.Context(), []byte(msg), nil)), "[]"), timedOutFor("1"))
			if took := time.Since(start); took != time.Second {
				t.Errorf("it took %v, want a second", took)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			sameAnswer(t, strings.Trim(string(app.CallContext(ctx, []byte(msg), nil)), "[]"), timedOutFor("1"))
			cancel()
			sameAnswer(t, strings.Trim(string(app.CallContext(ctx, []byte(msg), nil)), "[]"), timedOutFor("1"))
		}
	})
}

// Members that have finished keep their answers, in the order of the requests.
func TestBatchAtTheDeadline(t *testing.T) {
	var g *gate
	inBubbles(t, func() jsonrpc.RPC { g = newGate(); return g.registry() }, jsonrpc.Options{BatchWorkers: 2}, func(t *testing.T, client pipeClient) {
		got := answerOf(t, client.send("["+strings.Join([]string{countMsg, pingMsg, waitMsg, countMsg, "7"}, ",")+"]"))
		sameAnswer(t, got, enclose(resultFor("1", "1"), pingAnswer, timedOutFor("1"), resultFor("2", "1"), refused("a request is an object", "null")))
		// nobody takes what stands behind two that hang, but what is no request needs nobody
		got = answerOf(t, client.send("["+strings.Join([]string{waitMsg, waitMsg, countMsg, countAdd, waitMsg, "7"}, ",")+"]"))
		sameAnswer(t, got, enclose(timedOutFor("1"), timedOutFor("1"), timedOutFor("1"), timedOutFor("1"), refused("a request is an object", "null")))
		g.await(3)
		close(g.open)
		synctest.Wait()
		if n := g.ran.Load(); n != 3 { // the notification too
			t.Errorf("%d calls ran, want 3", n)
		}
	})
}

// A procedure holds its place until it does return.
func TestPlaceIsHeldBeyondTheDeadline(t *testing.T) {
	for _, msg := range []string{waitMsg, "[" + waitMsg + "]", waitNote} {
		var g *gate
		inBubbles(t, func() jsonrpc.RPC { g = newGate(); return g.registry() }, jsonrpc.Options{MaxConcurrent: 1}, func(t *testing.T, client pipeClient) {
			answerOf(t, client.send(msg))
			<-time.After(time.Hour)
			unavailableAnswer(t, client.send(countMsg), because(-32812, "Overloaded", "overloaded", "1"))
			sameAnswer(t, answerOf(t, client.send("["+countMsg+"]")), enclose(timedOutFor("1")))
			close(g.open)
			synctest.Wait()
			sameAnswer(t, answerOf(t, client.send(countMsg)), resultFor("1", "1"))
		})
	}
}

// Timeout lifted: a slow procedure is waited for, and its context has no deadline.
func TestNoDeadline(t *testing.T) {
	r := func() jsonrpc.RPC {
		return jsonrpc.RPC{"slow": func(ctx context.Context) (bool, error) {
			<-time.After(1000 * time.Hour)
			_, ok := ctx.Deadline()
			return ok, ctx.Err()
		}}
	}
	inBubbles(t, r, jsonrpc.Options{Timeout: -1}, func(t *testing.T, client pipeClient) {
		msg := `{"jsonrpc":"2.0","method":"slow","id":1}`
		sameAnswer(t, answerOf(t, client.send(msg)), resultFor("false", "1"))
		sameAnswer(t, answerOf(t, client.send("["+msg+"]")), enclose(resultFor("false", "1")))
		sameAnswer(t, string(client.app.CallContext(t.Context(), []byte(msg), nil)), resultFor("false", "1"))
		sameAnswer(t, string(r().Call([]byte(msg), nil)), resultFor("false", "1"))
	})
}

// A client that leaves cancels its call's context at once, long before the deadline.
func TestClientThatLeaves(t *testing.T) {
	entered, ended := make(chan struct{}), make(chan error)
	app := newApp(t, jsonrpc.RPC{"watch": func(ctx context.Context) error {
		entered <- struct{}{}
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}}, &jsonrpc.Options{Timeout: time.Hour})
	overListeners(t, app, func(t *testing.T, url string, client *http.Client) {
		for _, msg := range []string{`{"jsonrpc":"2.0","method":"watch","id":1}`, `[{"jsonrpc":"2.0","method":"watch","id":1}]`} {
			ctx, leave := context.WithCancel(t.Context())
			left := make(chan error)
			go func() {
				res, err := client.Do(newPost(t, http.MethodPost, url, strings.NewReader(msg)).WithContext(ctx))
				if err == nil {
					res.Body.Close()
				}
				left <- err
			}()
			<-entered
			leave()
			if err := <-left; !errors.Is(err, context.Canceled) {
				t.Errorf("the client got %v", err)
			}
			if err := <-ended; err != context.Canceled {
				t.Errorf("the call ended with %v, want %v", err, context.Canceled)
			}
		}
	})
}

// Clients of a slow procedure do not wait for each other.
func TestClientsSideBySide(t *testing.T) {
	const clients = 8
	g := newGate()
	overListeners(t, newApp(t, g.registry(), nil), func(t *testing.T, url string, client *http.Client) {
		got := make(chan string, clients)
		for i := range clients {
			go func() {
				msg := fmt.Sprintf(`{"jsonrpc":"2.0","method":"wait","id":%d}`, i)
				got <- answerOf(t, roundTrip(t, client, newPost(t, http.MethodPost, url, strings.NewReader(msg))))
			}()
		}
		g.await(clients) // all are in it before one gets out
		for range clients {
			g.open <- struct{}{}
		}
		answers := map[string]bool{}
		for range clients {
			answers[<-got] = true
		}
		for i := range clients {
			if want := resultFor(`"waited"`, fmt.Sprint(i)); !answers[want] {
				t.Errorf("%s: not among %v", want, answers)
			}
		}
	})
}

// At the deadline an HTTP/1 connection is closed: the next request on it would have to wait.
func TestConnectionAfterTheDeadline(t *testing.T) {
	var g *gate
	inBubbles(t, func() jsonrpc.RPC { g = newGate(); return g.registry() }, jsonrpc.Options{}, func(t *testing.T, client pipeClient) {
		got := client.send(waitMsg)
		sameAnswer(t, answerOf(t, got), timedOutFor("1"))
		if got.ContentLength != int64(len(got.body)) {
			t.Errorf("Content-Length %d, want %d", got.ContentLength, len(got.body))
		}
		sameAnswer(t, answerOf(t, client.send(countMsg)), resultFor("1", "1"))
		close(g.open)
	})
}
