package jsonrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

type spot struct{ X, Y int }

// TestServeRPC calls one method and gets Go values.
func TestServeRPC(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001},
		jsonrpc.Use: jsonrpc.Chain(wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
			if req.Method == "guarded" {
				return nil, jsonrpc.NewError(7, "no", nil)
			}
			return next.ServeRPC(ctx, req)
		})),
		"point":   jsonrpc.Func(func(x, y int) *spot { return &spot{x, y} }, "x", "y"),
		"extra":   jsonrpc.Func(func(user string) string { return user }, "user").Extra("user"),
		"fail":    func() error { return errNoFunds },
		"hide":    func() error { return errors.New("secret") },
		"panic":   func() { panic("boom") },
		"guarded": func() {},
		"wait":    func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
		"names": func(ctx context.Context) []string {
			req := jsonrpc.RequestFrom(ctx)
			return []string{req.Method, req.RawMethod, string(req.ID)}
		},
		"in": jsonrpc.RPC{"lazy": jsonrpc.Lazy(func(context.Context) (func() int, error) { return func() int { return 3 }, nil })},
	}
	app, book := appOf(t, rpc, jsonrpc.Options{Timeout: 50 * time.Millisecond})
	type outcome struct {
		Value any
		Error string
	}
	for _, c := range []struct {
		req  jsonrpc.Request
		want outcome
	}{
		{jsonrpc.Request{Method: "point", Params: json.RawMessage(`{"y":2,"x":1}`)}, outcome{&spot{1, 2}, ""}},
		{jsonrpc.Request{Method: "point", Params: json.RawMessage(` [1, 2] `)}, outcome{&spot{1, 2}, ""}},
		{jsonrpc.Request{Method: "point"}, outcome{nil, "Invalid params (-32602)"}},
		{jsonrpc.Request{Method: "point", Params: json.RawMessage(`7`)}, outcome{nil, "Internal error (-32603)"}},
		{jsonrpc.Request{Method: "extra", Extras: jsonrpc.Extras{"user": "ada"}}, outcome{"ada", ""}},
		{jsonrpc.Request{Method: "extra"}, outcome{nil, "Internal error (-32603)"}},
		{jsonrpc.Request{Method: "fail"}, outcome{nil, "no funds (-32001)"}},
		{jsonrpc.Request{Method: "hide"}, outcome{nil, "Server error (-32000)"}},
		{jsonrpc.Request{Method: "panic"}, outcome{nil, "Internal error (-32603)"}},
		{jsonrpc.Request{Method: "guarded"}, outcome{nil, "no (7)"}},
		{jsonrpc.Request{Method: "wait"}, outcome{nil, "Timeout (-32811)"}},
		{jsonrpc.Request{Method: "names", ID: json.RawMessage("1")}, outcome{[]string{"names", "names", "1"}, ""}},
		{jsonrpc.Request{Method: "in.lazy"}, outcome{3, ""}},
		{jsonrpc.Request{Method: "nothing"}, outcome{nil, "Method not found (-32601)"}},
		{jsonrpc.Request{}, outcome{nil, "Method not found (-32601)"}},
	} {
		v, err := app.ServeRPC(t.Context(), &c.req)
		got := outcome{Value: v}
		if err != nil {
			got.Error = err.Error()
			var known *jsonrpc.Error
			if !errors.As(err, &known) {
				t.Errorf("%s: found the error %T, want *Error", c.req.Method, err)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.req.Method, diff)
		}
	}
	if n := strings.Count(book.String(), `"message":"call"`); n != 15 {
		t.Errorf("found %d lines for calls, want 15:\n%s", n, book)
	}
	if err := app.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := app.ServeRPC(t.Context(), &jsonrpc.Request{Method: "point"}); err == nil || err.Error() != "Unavailable (-32810)" {
		t.Errorf("after Shutdown: %v", err)
	}
}

// TestServeRPCWithoutPlace is refused at once.
func TestServeRPCWithoutPlace(t *testing.T) {
	g := newGate()
	app, _ := appOf(t, jsonrpc.RPC{"wait": func() { g.entered <- ""; <-g.open }}, jsonrpc.Options{MaxConcurrent: 1})
	done := make(chan error)
	go func() {
		_, err := app.ServeRPC(context.Background(), &jsonrpc.Request{Method: "wait"})
		done <- err
	}()
	<-g.entered
	if _, err := app.ServeRPC(t.Context(), &jsonrpc.Request{Method: "wait"}); err == nil || err.Error() != "Overloaded (-32812)" {
		t.Errorf("found %v", err)
	}
	close(g.open)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestServeRPCGoexit ends the caller's goroutine, is logged, and gives the place back.
func TestServeRPCGoexit(t *testing.T) {
	app, book := appOf(t, jsonrpc.RPC{"exit": runtime.Goexit, "ok": func() {}}, jsonrpc.Options{MaxConcurrent: 1})
	done := make(chan bool)
	go func() {
		defer close(done)
		_, _ = app.ServeRPC(context.Background(), &jsonrpc.Request{Method: "exit"})
		t.Error("the goroutine goes on")
	}()
	<-done
	if !strings.Contains(book.String(), "the procedure ended its goroutine") {
		t.Errorf("the log is %s", book)
	}
	if _, err := app.ServeRPC(t.Context(), &jsonrpc.Request{Method: "ok"}); err != nil {
		t.Error(err)
	}
}

// TestApplicationInRegistry: an Application is a Handler like any other, inside of its own
// boundary, and its calls come over the HTTP of the call around.
func TestApplicationInRegistry(t *testing.T) {
	inner, _ := appOf(t, jsonrpc.RPC{
		"agent": func(r *http.Request) string { return r.UserAgent() },
		"hide":  func() error { return errNoFunds },
	}, jsonrpc.Options{})
	outer := jsonrpc.RPC{"agent": inner, "hide": inner, jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001}}
	app, _ := appOf(t, outer, jsonrpc.Options{})
	same(t, callApp(app, ask("hide", "")), serverErr)
	same(t, callApp(app, ask("agent", "")), internalErr)
	server := httptest.NewServer(app)
	defer server.Close()
	_, got := postURL(t, server.URL, ask("agent", ""))
	same(t, got, told(`"Go-http-client/1.1"`))
}
