package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
)

// log keeps what the program logs.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// start runs the program on a port of its own. stop ends it and returns what it has logged.
func start(t *testing.T) (url string, stop func() string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	lines := new(log)
	logger := zerolog.New(lines)
	done := make(chan error, 1)
	go func() { done <- serve(ctx, ln, &logger) }()
	return "http://" + ln.Addr().String(), func() string {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		return lines.text.String()
	}
}

// post calls as the reader with a token.
func post(t *testing.T, url, token, body string) (status int, answer string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

func TestCalls(t *testing.T) {
	url, stop := start(t)
	for _, test := range []struct{ name, token, method, params, want string }{
		{"an object's method", "", "books.find", `["E"]`, `"result":[{"id":1,"title":"Emma"},{"id":3,"title":"Middlemarch"},{"id":4,"title":"Walden"}]`},
		{"an error that the root maps", "", "books.get", `[9]`, `"error":{"code":-32004,"message":"there is no such book"}`},
		{"a method that is left out", "", "books.has", `[1]`, `"error":{"code":-32601,"message":"Method not found"}`},
		{"a guest", "", "loans.borrow", `{"book":1}`, `"error":{"code":-32003,"message":"log in first"}`},
		{"a reader", "ada-token", "loans.borrow", `{"book":1}`, `"result":1`},
		{"the reader is not the client's to choose", "ada-token", "loans.borrow", `{"book":2,"reader":"bob"}`,
			`"error":{"code":-32602,"message":"Invalid params","data":[{"param":"/reader","expected":"nothing: the server sets it","got":"injected"}]}`},
		{"an error that the namespace maps", "bob-token", "loans.borrow", `{"book":1}`, `"error":{"code":-32001,"message":"another reader has the book"}`},
		{"an error of the root's map inside the namespace", "bob-token", "loans.borrow", `{"book":9}`, `"error":{"code":-32004,"message":"there is no such book"}`},
		{"another book", "ada-token", "loans.borrow", `[3]`, `"result":2`},
		{"an error with data", "ada-token", "loans.borrow", `[4]`, `"error":{"code":-32002,"message":"no more than 2 books at a time","data":{"limit":2}}`},
		{"what a reader has", "ada-token", "loans.mine", `[]`, `"result":[1,3]`},
		{"a lazy package", "ada-token", "loans.popular", `[]`, `"result":{"id":1,"title":"Emma"}`},
		{"no result", "ada-token", "loans.return", `[1]`, `"result":null`},
		{"what the middleware counted", "", "calls", `[]`,
			`"result":{"books.find":1,"loans.borrow":2,"loans.mine":1,"loans.popular":1,"loans.return":1}`},
	} {
		body := `{"jsonrpc":"2.0","method":"` + test.method + `","params":` + test.params + `,"id":1}`
		status, got := post(t, url+"/rpc", test.token, body)
		if want := `{"jsonrpc":"2.0",` + test.want + `,"id":1}`; status != http.StatusOK || got != want {
			t.Errorf("%s: status %d (-want +got):\n%s", test.name, status, cmp.Diff(want, got))
		}
	}
	lines := stop()
	if n := strings.Count(lines, `"message":"call"`); n != 14 {
		t.Errorf("found %d lines for calls, want 14:\n%s", n, lines)
	}
	if strings.Contains(lines, "incident") {
		t.Errorf("found an incident:\n%s", lines)
	}
}

func TestOverHTTP(t *testing.T) {
	url, stop := start(t)
	defer stop()
	if status, got := post(t, url+"/rpc", "stolen", `{"jsonrpc":"2.0","method":"calls","id":1}`); status != http.StatusUnauthorized || got != "unknown token\n" {
		t.Errorf("a wrong token: %d %q", status, got)
	}
	resp, err := http.Get(url + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !bytes.Contains(page, []byte("<h1>Library</h1>")) {
		t.Errorf("the page: %d %v\n%s", resp.StatusCode, err, page)
	}
}
