package jsonrpc_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// leavers is a registry with procedures that do not return.
func leavers() jsonrpc.RPC {
	return jsonrpc.RPC{
		"echo":  func(i int) int { return i },
		"exit":  func(int) { runtime.Goexit() },
		"abort": func(int) { panic(http.ErrAbortHandler) },
		"boom":  func(int) { panic("boom") },
	}
}

const internalFault = `{"code":-32603,"message":"Internal error","data":{"incident":"#"}}`

func oneCall(method, id string) string {
	return `{"jsonrpc":"2.0","method":"` + method + `","params":[1],"id":` + id + `}`
}

// runtime.Goexit cannot be stopped, but it is answered, and leaves nothing behind: with one
// place for all calls and notifications the next message is answered as ever.
func TestGoexitOverHTTP(t *testing.T) {
	var log journal
	app := newApp(t, leavers(), &jsonrpc.Options{MaxConcurrent: 1, MaxNotifications: 3, Logger: log.logger()})
	exit := faultFor(internalFault, "2")
	table := []wire{
		{"call", oneCall("exit", "2"), exit},
		{"batch of one", "[" + oneCall("exit", "2") + "]", enclose(exit)},
		{"first of a batch", "[" + oneCall("exit", "2") + "," + oneCall("echo", "3") + "]", enclose(exit, resultFor("1", "3"))},
		{"last of a batch", "[" + oneCall("echo", "1") + "," + oneCall("exit", "2") + "]", enclose(resultFor("1", "1"), exit)},
		{"one after the other", "[" + oneCall("exit", "2") + "," + oneCall("echo", "1") + "," + oneCall("exit", "2") + "," + oneCall("exit", "2") + "]", enclose(exit, resultFor("1", "1"), exit, exit)},
		{"notification", `{"jsonrpc":"2.0","method":"exit","params":[1]}`, ""},
		{"notifications", `[{"jsonrpc":"2.0","method":"exit","params":[1]},{"jsonrpc":"2.0","method":"exit","params":[1]}]`, ""},
	}
	for name, h := range map[string]http.Handler{"plain": app, "wrapped": wrapped(app)} {
		srv := httptest.NewServer(h)
		for _, c := range table {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				sameAnswer(t, answerOf(t, postMsg(t, srv.URL, c.msg)), c.want)
				for { // a goroutine that ends may still be about to give its place back
					got := postMsg(t, srv.URL, oneCall("echo", "9"))
					if got.StatusCode != http.StatusServiceUnavailable {
						sameAnswer(t, answerOf(t, got), resultFor("1", "9"))
						break
					}
				}
			})
		}
		srv.Close()
	}
	if err := app.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	text := log.take()
	if n := strings.Count(text, "the procedure ended its goroutine"); n == 0 || n != strings.Count(text, `"message":"incident"`) {
		t.Errorf("the log does not tell why: %s", text)
	}
}

// wrapped puts a ResponseWriter of its own around the server's, as middlewares do.
func wrapped(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(transparent{w}, r) })
}

type transparent struct{ http.ResponseWriter }

func (w transparent) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// In-process the caller's goroutine ends, and nothing else.
func TestGoexitInProcess(t *testing.T) {
	app := newApp(t, leavers(), &jsonrpc.Options{MaxConcurrent: 1})
	for _, msg := range []string{oneCall("exit", "1"), "[" + oneCall("exit", "1") + "," + oneCall("echo", "2") + "]"} {
		for name, call := range map[string]func([]byte) []byte{
			"call": func(msg []byte) []byte { return leavers().Call(msg, nil) },
			"app":  func(msg []byte) []byte { return app.CallContext(t.Context(), msg, nil) },
		} {
			ended, returned := make(chan struct{}), false
			go func() {
				defer close(ended)
				call([]byte(msg))
				returned = true
			}()
			if <-ended; returned {
				t.Errorf("%s: %s returned", name, msg)
			}
		}
		for {
			if got := string(app.CallContext(t.Context(), []byte(oneCall("echo", "9")), nil)); !strings.Contains(got, "-32812") {
				sameAnswer(t, got, resultFor("1", "9"))
				break
			}
		}
	}
	if err := app.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
}

// http.ErrAbortHandler is for net/http, which cuts the connection and logs nothing.
func TestAbortHandlerCutsTheConnection(t *testing.T) {
	app := newApp(t, leavers(), nil)
	for name, h := range map[string]http.Handler{"plain": app, "wrapped": wrapped(app)} {
		srv := httptest.NewServer(h)
		for _, msg := range []string{oneCall("abort", "1"), "[" + oneCall("echo", "2") + "," + oneCall("abort", "1") + "]"} {
			res, err := http.Post(srv.URL, "application/json", strings.NewReader(msg))
			if err == nil {
				_, err = io.ReadAll(res.Body)
				res.Body.Close()
			}
			if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s: %s: %v, want the connection cut", name, msg, err)
			}
			sameAnswer(t, answerOf(t, postMsg(t, srv.URL, oneCall("echo", "9"))), resultFor("1", "9"))
		}
		// nobody waits for a notification's answer: there it is a panic like any other
		sameAnswer(t, answerOf(t, postMsg(t, srv.URL, `{"jsonrpc":"2.0","method":"abort","params":[1]}`)), "")
		srv.Close()
	}
	// and so it is in-process
	sameAnswer(t, string(app.CallContext(t.Context(), []byte(oneCall("abort", "1")), nil)), faultFor(internalFault, "1"))
	sameAnswer(t, string(leavers().Call([]byte(oneCall("abort", "1")), nil)), faultFor(internalFault, "1"))
	if err := app.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
}
