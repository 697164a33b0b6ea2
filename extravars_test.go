package jsonrpc_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

type whoParams struct {
	User string `json:"user" rpc:"extra"`
}

// whoamis are procedures that return their injected parameter, of each kind.
func whoamis() map[string]any {
	return map[string]any{
		"Func":    jsonrpc.Func(func(user string) string { return user }, "user").Extra("user"),
		"struct":  func(p whoParams) string { return p.User },
		"pointer": func(p *whoParams) string { return p.User },
		"Typed":   jsonrpc.Typed(func(_ context.Context, p whoParams) (string, error) { return p.User, nil }),
		"by name": jsonrpc.Func(func(p whoOnly) string { return p.User }).Extra("user"),
	}
}

type whoOnly struct {
	User string `json:"user"`
}

// with is a net/http middleware that supplies an extra variable.
func with(h http.Handler, name string, v any) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(jsonrpc.WithExtra(r.Context(), name, v)))
	})
}

// supply is Options.Extras with the same variables for each request.
func supply(extras jsonrpc.Extras) jsonrpc.Options {
	return jsonrpc.Options{Extras: func(*http.Request) (jsonrpc.Extras, error) { return extras, nil }}
}

// TestExtraSources checks that each source supplies a declared parameter, and the later wins.
func TestExtraSources(t *testing.T) {
	for kind, who := range whoamis() {
		t.Run(kind, func(t *testing.T) {
			rpc := jsonrpc.RPC{"whoami": who}
			msg := ask("whoami", "")
			ctx := jsonrpc.WithExtra(t.Context(), "user", "context")

			same(t, string(rpc.CallContext(ctx, []byte(msg), nil)), told(`"context"`))
			same(t, string(rpc.Call([]byte(msg), jsonrpc.Extras{"user": "call"})), told(`"call"`))
			same(t, string(rpc.CallContext(ctx, []byte(msg), jsonrpc.Extras{"user": "call"})), told(`"call"`))
			inner := jsonrpc.WithExtra(ctx, "user", "inner")
			same(t, string(rpc.CallContext(inner, []byte(msg), nil)), told(`"inner"`))

			app, _ := appOf(t, rpc, supply(jsonrpc.Extras{"user": "options"}))
			_, body := postTo(app, msg)
			same(t, body, told(`"options"`))
			_, body = postTo(with(app, "user", "context"), msg)
			same(t, body, told(`"options"`))
			same(t, masked(app.CallContext(ctx, []byte(msg), nil)), told(`"context"`))
			same(t, masked(app.CallContext(ctx, []byte(msg), jsonrpc.Extras{"user": "call"})), told(`"call"`))

			other, _ := appOf(t, rpc, supply(jsonrpc.Extras{"somebody": "else"}))
			_, body = postTo(with(other, "user", "context"), msg)
			same(t, body, told(`"context"`))
		})
	}
}

func TestWithExtraFromMiddleware(t *testing.T) {
	user := func(next jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			return next.ServeRPC(jsonrpc.WithExtra(ctx, "user", "middleware"), req)
		})
	}
	for kind, who := range whoamis() {
		t.Run(kind, func(t *testing.T) {
			answers(t, jsonrpc.RPC{"whoami": who, jsonrpc.Use: jsonrpc.Chain(user)}, ask("whoami", ""), told(`"middleware"`))
			answers(t, jsonrpc.RPC{"ns": jsonrpc.RPC{"whoami": who, jsonrpc.Use: jsonrpc.Chain(user)}}, ask("ns.whoami", "{}"), told(`"middleware"`))
		})
	}
	own := jsonrpc.Func(func(user string) string { return user }, "user").Extra("user").With(user)
	answers(t, jsonrpc.RPC{"whoami": own}, ask("whoami", "[]"), told(`"middleware"`))
}

// TestExtraThatIsMissing is an Internal error, with the client's value or without.
func TestExtraThatIsMissing(t *testing.T) {
	for kind, who := range whoamis() {
		t.Run(kind, func(t *testing.T) {
			rpc := jsonrpc.RPC{"whoami": who}
			for _, params := range []string{"", "{}", "[]", `{"user":"mallory"}`} {
				app, book := appOf(t, rpc, jsonrpc.Options{})
				answer := app.CallContext(t.Context(), []byte(ask("whoami", params)), nil)
				same(t, masked(answer), internalErr)
				for _, want := range []string{incidentOf(t, string(answer)), `\"user\" is injected`} {
					if !strings.Contains(book.String(), want) {
						t.Errorf("the log has no %s: %s", want, book)
					}
				}
				answers(t, rpc, ask("whoami", params), internalErr)
			}
		})
	}
}

// TestExtraAttacks sends what a client might to set an injected parameter.
func TestExtraAttacks(t *testing.T) {
	injected := "/user nothing: the server sets it injected"
	for kind, who := range whoamis() {
		for params, want := range map[string]string{
			`{"user":"mallory"}`:                  invalid(injected),
			`{"user":null}`:                       invalid(injected),
			`{"\u0075ser":"mallory"}`:             invalid(injected),
			`{"\u0075\u0073\u0065\u0072":"m"}`:    invalid(injected),
			`{"user":"mallory","user":"mallory"}`: invalid(injected),
			`{"USER":"mallory"}`:                  invalid("/USER one of: there is none unknown"),
			`{"user.":"mallory"}`:                 invalid("/user. one of: there is none unknown"),
			`["mallory"]`:                         invalid("/0 at most 0 parameters surplus"),
			`[null]`:                              invalid("/0 at most 0 parameters surplus"),
			`{}`:                                  told(`"alice"`),
		} {
			t.Run(kind+params, func(t *testing.T) {
				rpc := jsonrpc.RPC{"whoami": who}
				msg := ask("whoami", params)
				same(t, string(rpc.Call([]byte(msg), jsonrpc.Extras{"user": "alice"})), want)
				same(t, string(rpc.Call([]byte("["+msg+","+ask("whoami", "")+"]"), jsonrpc.Extras{"user": "alice"})),
					"["+want+","+told(`"alice"`)+"]")
				app, _ := appOf(t, rpc, supply(jsonrpc.Extras{"user": "alice"}))
				_, body := postTo(app, msg)
				same(t, body, want)
				_, body = postTo(app, "["+msg+"]")
				same(t, body, "["+want+"]")
				other, _ := appOf(t, rpc, jsonrpc.Options{})
				_, body = postTo(with(other, "user", "alice"), msg)
				same(t, body, want)
			})
		}
	}
}

type addParams struct {
	A int `json:"a"`
	B int `json:"b"`
}

func adders() map[string]any {
	return map[string]any{
		"Func":   jsonrpc.Func(func(a, b int) int { return a + b }, "a", "b"),
		"struct": func(p addParams) int { return p.A + p.B },
		"Typed":  jsonrpc.Typed(func(_ context.Context, p addParams) (int, error) { return p.A + p.B, nil }),
	}
}

// TestUndeclaredExtras are filled by Call alone, behind the client's positions.
func TestUndeclaredExtras(t *testing.T) {
	three := jsonrpc.Extras{"b": 3}
	for kind, add := range adders() {
		t.Run(kind, func(t *testing.T) {
			rpc := jsonrpc.RPC{"add": add}
			app, _ := appOf(t, rpc, supply(three))
			for params, want := range map[string]string{
				`{"a":2}`:       told("5"),
				`[2]`:           told("5"),
				`{"a":2,"b":4}`: invalid("/b nothing: the server sets it injected"),
				`[2,4]`:         invalid("/1 nothing: the server sets it injected"),
				`{"b":4}`:       invalid("/a integer missing", "/b nothing: the server sets it injected"),
				`{}`:            invalid("/a integer missing"),
				``:              invalid("/a integer missing"),
				`[2,4,6]`:       invalid("/2 at most 2 parameters surplus", "/1 nothing: the server sets it injected"),
			} {
				same(t, string(rpc.Call([]byte(ask("add", params)), three)), want)
				same(t, string(app.CallContext(t.Context(), []byte(ask("add", params)), three)), want)
			}
			missing := invalid("/b integer missing")
			_, body := postTo(app, ask("add", `{"a":2}`))
			same(t, body, missing)
			_, body = postTo(with(app, "b", 3), ask("add", `{"a":2}`))
			same(t, body, missing)
			same(t, string(rpc.CallContext(jsonrpc.WithExtra(t.Context(), "b", 3), []byte(ask("add", `{"a":2}`)), nil)), missing)
			_, body = postTo(with(app, "b", 3), ask("add", `{"a":2,"b":4}`))
			same(t, body, told("6"))
		})
	}
	rpc := jsonrpc.RPC{"add": func(a, b int) int { return a + b }}
	same(t, string(rpc.Call([]byte(ask("add", `[1,2]`)), three)), told("3"))
	same(t, string(rpc.Call([]byte(ask("add", `[1]`)), three)), invalid("/1 integer missing"))
}

// TestExtrasOfCallBehindMiddleware takes the way through the middlewares.
func TestExtrasOfCallBehindMiddleware(t *testing.T) {
	for kind, add := range adders() {
		t.Run(kind, func(t *testing.T) {
			rpc := jsonrpc.RPC{"add": add, jsonrpc.Use: jsonrpc.Chain(func(next jsonrpc.Handler) jsonrpc.Handler { return next })}
			three := jsonrpc.Extras{"b": 3}
			same(t, string(rpc.Call([]byte(ask("add", `{"a":2}`)), three)), told("5"))
			same(t, string(rpc.Call([]byte(ask("add", `[2]`)), three)), told("5"))
			same(t, string(rpc.Call([]byte(ask("add", ``)), jsonrpc.Extras{"a": 1, "b": 3})), told("4"))
			same(t, string(rpc.Call([]byte(ask("add", `{"a":2,"b":1}`)), three)), invalid("/b nothing: the server sets it injected"))
		})
	}
}

// TestExtrasGoWhereTheyAreDeclared mixes injected parameters with others.
func TestExtrasGoWhereTheyAreDeclared(t *testing.T) {
	show := func(a int, user string, b int) string { return fmt.Sprint(a, user, b) }
	rest := func(user string, p addParams) string { return fmt.Sprint(user, p.A, p.B) }
	rpc := jsonrpc.RPC{
		"mid":     jsonrpc.Func(show, "a", "user", "b").Extra("user"),
		"list":    jsonrpc.Func(rest, "user").Extra("user"),
		"pointer": jsonrpc.Func(func(user *string) bool { return user == nil }, "user").Extra("user"),
		"rest":    jsonrpc.Func(func(user string, more ...int) string { return fmt.Sprint(user, more) }, "user", "more").Extra("user"),
	}
	extras := jsonrpc.Extras{"user": "alice"}
	for _, test := range []struct{ method, params, want string }{
		{"mid", `[1,2]`, told(`"1alice2"`)},
		{"mid", `{"b":2,"a":1}`, told(`"1alice2"`)},
		{"mid", `[1,"mallory",2]`, invalid("/1 integer string", "/2 at most 2 parameters surplus")},
		{"list", `{"a":1,"b":2}`, told(`"alice1 2"`)},
		{"list", `[1,2]`, told(`"alice1 2"`)},
		{"list", `{"a":1,"b":2,"user":"m"}`, invalid("/user nothing: the server sets it injected")},
		{"rest", `[1,2]`, told(`"alice[1 2]"`)},
		{"pointer", ``, told("false")},
	} {
		same(t, string(rpc.Call([]byte(ask(test.method, test.params)), extras)), test.want)
	}
	same(t, masked(rpc.Call([]byte(ask("pointer", "")), nil)), internalErr)
	same(t, masked(rpc.Call([]byte(ask("pointer", "")), jsonrpc.Extras{"user": nil})), told("true"))
}

func TestExtraIsInNoDescription(t *testing.T) {
	rpc := jsonrpc.RPC{"mid": jsonrpc.Func(func(int, string, int) {}, "a", "user", "b").Extra("user")}
	var names []string
	for _, p := range rpc.Methods()[0].Params {
		names = append(names, p.Name)
	}
	if diff := cmp.Diff([]string{"a", "b"}, names); diff != "" {
		t.Errorf("the parameters differ (-want +got):\n%s", diff)
	}
}

// TestExtraThatDoesNotFit is an Internal error from every source.
func TestExtraThatDoesNotFit(t *testing.T) {
	rpc := jsonrpc.RPC{
		"id":  jsonrpc.Func(func(id int8) int8 { return id }, "id").Extra("id"),
		"add": jsonrpc.Func(func(a, b int) int { return a + b }, "a", "b"),
	}
	for _, bad := range []any{"7", 7.5, 128, nil, []int{7}, int64(-129)} {
		app, book := appOf(t, rpc, supply(jsonrpc.Extras{"id": bad}))
		_, body := postTo(app, ask("id", ""))
		same(t, body, internalErr)
		if !strings.Contains(book.String(), `\"id\" does not fit`) {
			t.Errorf("%v is not in the log: %s", bad, book)
		}
		plain, _ := appOf(t, rpc, jsonrpc.Options{})
		_, body = postTo(with(plain, "id", bad), ask("id", ""))
		same(t, body, internalErr)
		same(t, masked(rpc.Call([]byte(ask("id", "")), jsonrpc.Extras{"id": bad})), internalErr)
	}
	for _, good := range []any{7, int8(7), uint64(7), 7.0} {
		same(t, masked(rpc.Call([]byte(ask("id", "")), jsonrpc.Extras{"id": good})), told("7"))
	}
	same(t, masked(rpc.Call([]byte(ask("add", "[1]")), jsonrpc.Extras{"b": "2"})), internalErr)
}

// TestOptionsExtrasRefuses refuses HTTP requests before anything runs.
func TestOptionsExtrasRefuses(t *testing.T) {
	for _, test := range []struct {
		name   string
		err    error
		status int
		body   string
	}{
		{"status", &jsonrpc.HTTPError{Status: http.StatusUnauthorized, Message: "who are you"}, 401, "who are you\n"},
		{"wrapped", fmt.Errorf("login: %w", &jsonrpc.HTTPError{Status: http.StatusForbidden, Message: "no"}), 403, "no\n"},
		{"no status of an error", &jsonrpc.HTTPError{Status: 200, Message: "secret"}, 500, "Internal error, incident ID\n"},
		{"any other", errors.New("secret"), 500, "Internal error, incident ID\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ran := false
			rpc := jsonrpc.RPC{"run": func() { ran = true }}
			app, book := appOf(t, rpc, jsonrpc.Options{Extras: func(*http.Request) (jsonrpc.Extras, error) { return nil, test.err }})
			server := httptest.NewServer(app)
			defer server.Close()
			for _, msg := range []string{ask("run", ""), `{"jsonrpc":"2.0","method":"run"}`, "[" + ask("run", "") + "]"} {
				status, body := postURL(t, server.URL, msg)
				_, incident, found := strings.Cut(body, "incident ")
				if found {
					body = strings.Replace(body, incident, "ID\n", 1)
				}
				if status != test.status || body != test.body {
					t.Errorf("got %d %q, want %d %q", status, body, test.status, test.body)
				}
				if logged := strings.Contains(book.String(), strings.TrimSpace(incident)) && strings.Contains(book.String(), "secret"); found && !logged {
					t.Errorf("the log has no incident %s: %s", incident, book)
				}
			}
			if ran {
				t.Error("the procedure ran")
			}
		})
	}
}
