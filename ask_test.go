package jsonrpc_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/rs/zerolog"

	"github.com/runrpc/jsonrpc"
)

// ask is a request with the id 1. Params "" are left out.
func ask(method, params string) string {
	if params != "" {
		params = `,"params":` + params
	}
	return `{"jsonrpc":"2.0","method":"` + method + `"` + params + `,"id":1}`
}

// told is the answer to ask with a result.
func told(result string) string { return `{"jsonrpc":"2.0","result":` + result + `,"id":1}` }

// failed is the answer to ask with an error. Data "" is left out.
func failed(code int, message, data string) string {
	if data != "" {
		data = `,"data":` + data
	}
	return fmt.Sprintf(`{"jsonrpc":"2.0","error":{"code":%d,"message":%q%s},"id":1}`, code, message, data)
}

// invalid is the answer to ask with Invalid params. A fault is "param expected got"; what is
// expected may have spaces in it.
func invalid(faults ...string) string {
	list := make([]string, len(faults))
	for i, f := range faults {
		param, rest, _ := strings.Cut(f, " ")
		cut := strings.LastIndexByte(rest, ' ')
		list[i] = fmt.Sprintf(`{"param":%q,"expected":%q,"got":%q}`, param, rest[:cut], rest[cut+1:])
	}
	return failed(-32602, "Invalid params", "["+strings.Join(list, ",")+"]")
}

// The answers that are always the same, incident ids masked.
var (
	notFound    = failed(-32601, "Method not found", "")
	internalErr = failed(-32603, "Internal error", `{"incident":"ID"}`)
	serverErr   = failed(-32000, "Server error", `{"incident":"ID"}`)
	unavailable = failed(-32810, "Unavailable", `{"reason":"unavailable"}`)
	timedOut    = failed(-32811, "Timeout", `{"reason":"timeout"}`)
	cancelled   = failed(-32800, "Cancelled", `{"reason":"cancelled"}`)
)

var incidents = regexp.MustCompile(`"incident":"([0-9a-f]{16})"`)

// masked is an answer with ID for the id of each incident.
func masked[T string | []byte](answer T) string {
	return incidents.ReplaceAllString(string(answer), `"incident":"ID"`)
}

// incidentOf is the id of an answer's incident.
func incidentOf(t *testing.T, answer string) string {
	t.Helper()
	found := incidents.FindStringSubmatch(answer)
	if found == nil {
		t.Fatalf("no incident in %s", answer)
	}
	return found[1]
}

// same compares an answer.
func same(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("the answer differs\n got %s\nwant %s", got, want)
	}
}

// logbook is what an Application has logged.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// appOf makes an Application that logs into a logbook.
func appOf(t *testing.T, rpc jsonrpc.RPC, opts jsonrpc.Options) (*jsonrpc.Application, *logbook) {
	t.Helper()
	book := new(logbook)
	logger := zerolog.New(book)
	opts.Logger = &logger
	app, err := jsonrpc.NewApplication(rpc, &opts)
	if err != nil {
		t.Fatal(err)
	}
	return app, book
}

// callApp calls an Application in-process.
func callApp(app *jsonrpc.Application, msg string) string {
	return masked(app.CallContext(context.Background(), []byte(msg), nil))
}

// postTo posts a message to a handler and returns the answer's status and body.
func postTo(h http.Handler, msg string) (int, string) {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(msg))
	r.Header.Set("Content-Type", "application/json")
	h.ServeHTTP(w, r)
	return w.Code, masked(w.Body.String())
}

// postURL posts a message to a server.
func postURL(t *testing.T, url, msg string) (int, string) {
	t.Helper()
	resp, err := http.Post(url, "application/json", strings.NewReader(msg))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, masked(string(body))
}

// way is one of the ways to call a registry, all of which answer alike.
type way struct {
	name string
	call func(msg string) string
}

// ways returns all of them.
func ways(t *testing.T, rpc jsonrpc.RPC) []way {
	t.Helper()
	app, _ := appOf(t, rpc, jsonrpc.Options{})
	server := httptest.NewServer(app)
	t.Cleanup(server.Close)
	return []way{
		{"RPC.Call", func(msg string) string { return masked(rpc.Call([]byte(msg), nil)) }},
		{"Application.CallContext", func(msg string) string { return callApp(app, msg) }},
		{"ServeHTTP", func(msg string) string { _, body := postTo(app, msg); return body }},
		{"a server", func(msg string) string { _, body := postURL(t, server.URL, msg); return body }},
	}
}

// answers checks what a registry answers, whichever way it is called.
func answers(t *testing.T, rpc jsonrpc.RPC, msg, want string) {
	t.Helper()
	for _, w := range ways(t, rpc) {
		if got := w.call(msg); got != want {
			t.Errorf("%s of %s\n got %s\nwant %s", w.name, msg, got, want)
		}
	}
}
