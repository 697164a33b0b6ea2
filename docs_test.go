package jsonrpc_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// whoami answers a GET with what a method returns.
func whoami(app *jsonrpc.Application) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := app.ServeRPC(r.Context(), &jsonrpc.Request{Method: "whoami"})
		fmt.Fprint(w, v, " ", err)
	})
}

// TestDocs passes GET and HEAD on, after the checks that a POST passes.
func TestDocs(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Use: jsonrpc.Chain(wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
			if jsonrpc.HTTPRequest(ctx).Header.Get("Refuse") != "" {
				return nil, jsonrpc.NewError(7, "refused", nil)
			}
			return next.ServeRPC(ctx, req)
		})),
		"whoami": jsonrpc.Func(func(r *http.Request, user string) string { return r.Method + " " + r.URL.Path + " " + user }, "user").Extra("user"),
	}
	opts := jsonrpc.Options{Docs: whoami, Extras: func(r *http.Request) (jsonrpc.Extras, error) {
		if r.Header.Get("Stranger") != "" {
			return nil, &jsonrpc.HTTPError{Status: 401, Message: "who are you?"}
		}
		return jsonrpc.Extras{"user": "ada"}, nil
	}}
	app, _ := appOf(t, rpc, opts)
	bare, _ := appOf(t, rpc, jsonrpc.Options{Extras: opts.Extras})
	none, _ := appOf(t, rpc, jsonrpc.Options{Docs: func(*jsonrpc.Application) http.Handler { return nil }})
	for _, c := range []struct {
		name, method, header string
		app                  *jsonrpc.Application
		status               int
		body, allow          string
	}{
		{"GET", "GET", "", app, 200, "GET /docs ada <nil>", ""},
		{"HEAD", "HEAD", "", app, 200, "HEAD /docs ada <nil>", ""},
		{"a middleware refuses", "GET", "Refuse", app, 200, "<nil> refused (7)", ""},
		{"Extras refuse", "GET", "Stranger", app, 401, "who are you?\n", ""},
		{"a foreign host", "GET", "Host", app, 403, `the host "evil.example" is not served here: Options.Hosts allows more` + "\n", ""},
		{"PUT", "PUT", "", app, 405, "found PUT, want GET or POST\n", "GET, HEAD, POST"},
		{"off", "GET", "", bare, 405, "found GET, want POST\n", "POST"},
		{"none", "GET", "", none, 405, "found GET, want POST\n", "POST"},
	} {
		r := httptest.NewRequest(c.method, "http://localhost/docs", strings.NewReader(""))
		r.Header.Set("Origin", "http://localhost")
		if c.header == "Host" {
			r.Host = "evil.example"
		} else if c.header != "" {
			r.Header.Set(c.header, "yes")
		}
		w := httptest.NewRecorder()
		c.app.ServeHTTP(w, r)
		if w.Code != c.status || w.Body.String() != c.body || w.Header().Get("Allow") != c.allow {
			t.Errorf("%s: %d %q, Allow %q, want %d %q, Allow %q", c.name, w.Code, w.Body, w.Header().Get("Allow"), c.status, c.body, c.allow)
		}
	}
}
