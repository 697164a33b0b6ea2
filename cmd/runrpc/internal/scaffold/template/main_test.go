package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// start serves on a port of its own until the test ends.
func start(t *testing.T) *httptest.Server {
	t.Helper()
	app, err := jsonrpc.NewApplication(procedures(), nil)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := routes(app)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	return srv
}

func TestCalls(t *testing.T) {
	srv := start(t)
	for _, c := range []struct{ name, call, want string }{
		{
			"by name",
			`"method":"bill.split","params":{"cents":1000,"percent":10,"people":3}`,
			`"result":{"total":1100,"shares":[367,367,366]}`,
		},
		{
			"by position",
			`"method":"bill.tip","params":[1999,15]`,
			`"result":300`,
		},
		{
			"an error that callers may know of",
			`"method":"bill.split","params":[1000,10,0]`,
			`"error":{"code":-32001,"message":"people: found 0, want 1 to 100"}`,
		},
		{
			"a parameter of the wrong type",
			`"method":"bill.tip","params":{"cents":"a lot","percent":10}`,
			`"error":{"code":-32602,"message":"Invalid params","data":[{"param":"/cents","expected":"integer","got":"string"}]}`,
		},
		{
			"a method that is not there",
			`"method":"bill.pay"`,
			`"error":{"code":-32601,"message":"Method not found"}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp, err := http.Post(srv.URL+"/rpc", "application/json", strings.NewReader(`{"jsonrpc":"2.0",`+c.call+`,"id":1}`))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := read(t, resp), `{"jsonrpc":"2.0",`+c.want+`,"id":1}`; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestPage(t *testing.T) {
	srv := start(t)
	for path, kind := range map[string]string{
		"/":          "text/html; charset=utf-8",
		"/style.css": "text/css; charset=utf-8",
		"/app.js":    "text/javascript; charset=utf-8",
	} {
		resp, err := http.Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		text, got := read(t, resp), resp.Header.Get("Content-Type")
		if resp.StatusCode != http.StatusOK || got != kind || text == "" {
			t.Errorf("GET %s: status %d, type %q, %d bytes; want 200 and %q", path, resp.StatusCode, got, len(text), kind)
		}
	}
}

// read returns the body of an answer.
func read(t *testing.T, resp *http.Response) string {
	t.Helper()
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
