package jsonrpc_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runrpc/jsonrpc"
)

// wants checks that the log has all texts.
func (l *logbook) wants(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(l.String(), text) {
			t.Errorf("the log has no %q: %s", text, l)
		}
	}
}

// TestPrivateErrorGoesToTheLog keeps an error's text from the client.
func TestPrivateErrorGoesToTheLog(t *testing.T) {
	rpc := jsonrpc.RPC{"m": func() error { return fmt.Errorf("dial 10.0.0.7: %w", errBroken) }}
	app, book := appOf(t, rpc, jsonrpc.Options{})
	answer := string(app.CallContext(t.Context(), []byte(ask("m", "")), nil))
	same(t, masked(answer), serverErr)
	book.wants(t, incidentOf(t, answer), "dial 10.0.0.7: broken", `"method":"m"`)
	second := string(app.CallContext(t.Context(), []byte(ask("m", "")), nil))
	if incidentOf(t, answer) == incidentOf(t, second) {
		t.Error("two incidents have one id")
	}
}

// TestWrappersGoToTheLog keeps what is around and beside a mapped error from the client.
func TestWrappersGoToTheLog(t *testing.T) {
	for name, err := range map[string]error{
		"wrapper": fmt.Errorf("account 4711: %w", errNoFunds),
		"sibling": errors.Join(errors.New("account 4711"), errNoFunds),
		"cause":   (&jsonrpc.Error{Code: -32001, Message: "no funds"}).WithCause(errors.New("account 4711")),
	} {
		t.Run(name, func(t *testing.T) {
			rpc := jsonrpc.RPC{"m": func() error { return err }, jsonrpc.Errors: serviceErrors}
			app, book := appOf(t, rpc, jsonrpc.Options{})
			same(t, callApp(app, ask("m", "")), failed(-32001, "no funds", ""))
			book.wants(t, "account 4711")
		})
	}
}

func TestExposeErrors(t *testing.T) {
	rpc := jsonrpc.RPC{
		"m":     func() error { return errors.New("the \"text\" \xff") },
		"panic": func() { panic("help") },
	}
	app, _ := appOf(t, rpc, jsonrpc.Options{ExposeErrors: true})
	same(t, callApp(app, ask("m", "")), failed(-32000, "Server error", `{"incident":"ID","error":"the \"text\" �"}`))
	same(t, callApp(app, ask("panic", "")), failed(-32603, "Internal error", `{"incident":"ID","error":"panic: help"}`))
}

// TestOwnDeadline is about errors when the call's own context has ended.
func TestOwnDeadline(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: serviceErrors,
		"wait":         func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
		"wrapped":      func(ctx context.Context) error { <-ctx.Done(); return fmt.Errorf("query: %w", ctx.Err()) },
		"mapped":       func(ctx context.Context) error { <-ctx.Done(); return errNoFunds },
		"done":         func(ctx context.Context) string { <-ctx.Done(); return "done" },
	}
	for method, want := range map[string][2]string{
		"wait":    {timedOut, cancelled},
		"wrapped": {timedOut, cancelled},
		"mapped":  {failed(-32001, "no funds", ""), failed(-32001, "no funds", "")},
		"done":    {told(`"done"`), told(`"done"`)},
	} {
		synctest.Test(t, func(t *testing.T) {
			app, _ := appOf(t, rpc, jsonrpc.Options{Timeout: time.Second})
			same(t, callApp(app, ask(method, "")), want[0])

			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			defer cancel()
			same(t, string(rpc.CallContext(ctx, []byte(ask(method, "")), nil)), want[0])

			ctx, cancel = context.WithCancel(t.Context())
			time.AfterFunc(time.Millisecond, cancel)
			same(t, string(rpc.CallContext(ctx, []byte(ask(method, "")), nil)), want[1])
			cancel()
		})
	}
}

// nasty is an error that panics when somebody looks at it.
type nasty struct{ where string }

func (e *nasty) Error() string { return e.look("Error", "nasty") }
func (e *nasty) look(where, text string) string {
	if e.where == where {
		panic("nasty " + where)
	}
	return text
}
func (e *nasty) ErrorData() any { e.look("ErrorData", ""); return e }
func (e *nasty) MarshalJSON() ([]byte, error) {
	return []byte(`"` + e.look("MarshalJSON", "data") + `"`), nil
}

type nastyCode struct{ nasty }

func (e *nastyCode) ErrorCode() int { e.look("ErrorCode", ""); return 5 }

type nastyUnwrap struct{ nasty }

func (e *nastyUnwrap) Unwrap() error { e.look("Unwrap", ""); return nil }

type nastyIs struct{ nasty }

func (e *nastyIs) Is(error) bool { e.look("Is", ""); return false }

// TestPanics leave the server unharmed, wherever they come from.
func TestPanics(t *testing.T) {
	var nilLimit *limitError
	var nilError *jsonrpc.Error
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: serviceErrors,
		"ok":           func() string { return "ok" },
		"text":         func() { panic("help") },
		"error":        func() { panic(errNoFunds) },
		"nil":          func() { panic(nil) },
		"map":          func() int { none := strings.Fields(""); return len(none[0]) },
		"result":       func() any { return &nasty{"MarshalJSON"} },
		"typed":        jsonrpc.Typed(func(context.Context, struct{}) (int, error) { panic("typed") }),
		"handler":      jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { panic("handler") }),
		"mw": jsonrpc.Func(func() {}).With(func(jsonrpc.Handler) jsonrpc.Handler {
			return jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { panic("middleware") })
		}),
		"nil pointer": func() error { return nilLimit },
		"nil Error":   func() error { return nilError },
		"Error":       func() error { return &nastyCode{nasty{"Error"}} },
		"private":     func() error { return &nasty{"Error"} },
		"ErrorData":   func() error { return &nastyCode{nasty{"ErrorData"}} },
		"MarshalJSON": func() error { return &nastyCode{nasty{"MarshalJSON"}} },
		"ErrorCode":   func() error { return &nastyCode{nasty{"ErrorCode"}} },
		"Unwrap":      func() error { return &nastyUnwrap{nasty{"Unwrap"}} },
		"Is":          func() error { return &nastyIs{nasty{"Is"}} },
		"unencodable": func() any { return func() {} },
		"bad data":    func() error { return jsonrpc.NewError(1, "m", func() {}) },
		"bad raw":     jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { return []byte(nil), nil }),
	}
	delete(rpc, "bad raw")
	app, book := appOf(t, rpc, jsonrpc.Options{MaxConcurrent: 1})
	for method := range rpc {
		if method == "ok" || method == jsonrpc.Errors {
			continue
		}
		t.Run(method, func(t *testing.T) {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("it came out of the call: panic: %v", p)
				}
			}()
			answer := string(app.CallContext(t.Context(), []byte(ask(method, "")), nil))
			same(t, masked(answer), internalErr)
			book.wants(t, incidentOf(t, answer))
			same(t, masked(rpc.Call([]byte("["+ask(method, "")+","+ask("ok", "")+"]"), nil)), "["+internalErr+","+told(`"ok"`)+"]")
			same(t, callApp(app, `{"jsonrpc":"2.0","method":"`+method+`"}`), "")
			same(t, callApp(app, ask("ok", "")), told(`"ok"`))
		})
	}
	book.wants(t, "panic: help", "goroutine ", "errmap_private_test.go")
}

// TestGoexit ends the goroutine of a call, which is answered all the same.
func TestGoexit(t *testing.T) {
	rpc := jsonrpc.RPC{"exit": func() { runtime.Goexit() }, "ok": func() string { return "ok" }}
	app, book := appOf(t, rpc, jsonrpc.Options{MaxConcurrent: 1})
	server := httptest.NewServer(app)
	defer server.Close()
	// The goroutine that ends may still be about to give its place back when the answer is there.
	settle := func() {
		t.Helper()
		status, body := postURL(t, server.URL, ask("ok", ""))
		for status == http.StatusServiceUnavailable {
			status, body = postURL(t, server.URL, ask("ok", ""))
		}
		same(t, body, told(`"ok"`))
	}
	for range 2 {
		_, body := postURL(t, server.URL, ask("exit", ""))
		same(t, body, internalErr)
		settle()
		_, body = postURL(t, server.URL, "["+ask("ok", "")+","+ask("exit", "")+","+ask("ok", "")+"]")
		same(t, body, "["+told(`"ok"`)+","+internalErr+","+told(`"ok"`)+"]")
		settle()
		_, body = postTo(app, ask("exit", ""))
		same(t, body, internalErr)
		settle()
		status, _ := postURL(t, server.URL, `{"jsonrpc":"2.0","method":"exit"}`)
		if status != http.StatusNoContent {
			t.Errorf("got status %d for a notification", status)
		}
		settle()
		_, body = postTo(app, "["+ask("ok", "")+"]")
		same(t, body, "["+told(`"ok"`)+"]")
	}
	var wg sync.WaitGroup
	returned := false
	wg.Go(func() {
		app.CallContext(context.Background(), []byte(ask("exit", "")), nil)
		returned = true
	})
	wg.Wait()
	if returned {
		t.Error("the caller's goroutine went on")
	}
	same(t, callApp(app, "["+ask("ok", "")+"]"), "["+told(`"ok"`)+"]")
	book.wants(t, "ended its goroutine")
}

// TestAbortHandler carries http.ErrAbortHandler to ServeHTTP's goroutine; elsewhere it is a panic.
func TestAbortHandler(t *testing.T) {
	rpc := jsonrpc.RPC{"abort": func() { panic(http.ErrAbortHandler) }, "ok": func() string { return "ok" }}
	answers := []string{ask("abort", ""), "[" + ask("ok", "") + "," + ask("abort", "") + "]"}
	app, _ := appOf(t, rpc, jsonrpc.Options{MaxConcurrent: 1})
	server := httptest.NewServer(app)
	defer server.Close()
	for _, msg := range answers {
		if resp, err := http.Post(server.URL, "application/json", strings.NewReader(msg)); err == nil {
			resp.Body.Close()
			t.Errorf("%s was answered with %s", msg, resp.Status)
		}
		func() {
			defer func() {
				if p := recover(); p != http.ErrAbortHandler {
					t.Errorf("ServeHTTP panicked with %v", p)
				}
			}()
			postTo(app, msg)
		}()
		_, body := postURL(t, server.URL, ask("ok", ""))
		same(t, body, told(`"ok"`))
	}
	same(t, callApp(app, ask("abort", "")), internalErr)
	same(t, masked(rpc.Call([]byte(ask("abort", "")), nil)), internalErr)
	if status, _ := postURL(t, server.URL, `{"jsonrpc":"2.0","method":"abort"}`); status != http.StatusNoContent {
		t.Errorf("got status %d for a notification", status)
	}
}

// TestBareCallLogsToStandardError is about calls without an Application: their callers get the
// same answers.
func TestConcurrentFailuresKeepTheirIncidents(t *testing.T) {
	rpc := jsonrpc.RPC{"m": jsonrpc.Func(func(n int) error { return fmt.Errorf("failure %d.", n) }, "n")}
	app, book := appOf(t, rpc, jsonrpc.Options{})
	var wg sync.WaitGroup
	ids := make([]string, 50)
	for i := range ids {
		wg.Go(func() {
			ids[i] = incidentOf(t, string(app.CallContext(t.Context(), []byte(ask("m", fmt.Sprintf("[%d]", i))), nil)))
		})
	}
	wg.Wait()
	for i, id := range ids {
		found := false
		for line := range strings.Lines(book.String()) {
			found = found || strings.Contains(line, id) && strings.Contains(line, fmt.Sprintf("failure %d.", i))
		}
		if !found {
			t.Errorf("incident %s of call %d is not in the log", id, i)
		}
	}
}
