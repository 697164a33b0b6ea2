package main_test

import (
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is printed for an answer, and the exit code.
func TestCallAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, answer string
		want         outcome
	}{
		{"a text", `{"jsonrpc":"2.0","result":"hi","id":1}`, outcome{0, "\"hi\"\n", ""}},
		{"a number", `{"jsonrpc":"2.0","result":12345678901234567890.10e+3,"id":1}`, outcome{0, "12345678901234567890.10e+3\n", ""}},
		{"null", `{"jsonrpc":"2.0","result":null,"id":1}`, outcome{0, "null\n", ""}},
		{"an object", "{\"jsonrpc\":\"2.0\",\n \"result\": { \"b\": [ 1, {} ], \"a\": \"\\u00fc\", \"a\": 2 }, \"id\": 1}\n", outcome{0, "{\"b\":[1,{}],\"a\":\"\\u00fc\",\"a\":2}\n", ""}},
		{"another form of the id", `{"jsonrpc":"2.0","result":0,"id":1.0}`, outcome{0, "0\n", ""}},
		{"JSON-RPC 1.0", `{"result":3,"error":null,"id":1}`, outcome{0, "3\n", ""}},
		{
			"an error", `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":[{"param":"/1","expected":"integer","got":"string"},{"param":"/2","expected":"integer","got":"null"}]},"id":1}`,
			outcome{1, "", `runrpc: m: the server answers with an error
  code     -32602
  message  Invalid params
  data     [
             {
               "param": "/1",
               "expected": "integer",
               "got": "string"
             },
             {
               "param": "/2",
               "expected": "integer",
               "got": "null"
             }
           ]
`},
		},
		{
			"an error in a few words", `{"jsonrpc":"2.0","error":{"code":-32601,"message":"no such thing","data":{"incident":"4f2a"}},"id":1}`,
			outcome{1, "", `runrpc: m: the server answers with an error
  code     -32601 (Method not found)
  message  no such thing
  data     {"incident": "4f2a"}
`},
		},
		{
			"an error of several lines that steers the terminal", `{"jsonrpc":"2.0","error":{"code":7,"message":"one\n  two\u001b[31m\u202e","data":"` + "\u009b" + `"},"id":1}`,
			outcome{1, "", "runrpc: m: the server answers with an error\n  code     7\n  message  one\n             two\ufffd[31m\ufffd\n  data     \"\\u009b\"\n"},
		},
		{
			"an error of JSON-RPC 1.0", `{"result":null,"error":{"code":-1,"message":"no"},"id":1}`,
			outcome{1, "", "runrpc: m: the server answers with an error\n  code     -1\n  message  no\n"},
		},
		{
			"an error without its id", `{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}`,
			outcome{1, "", "runrpc: m: the server answers with an error\n  code     -32700\n  message  Parse error\n"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, test.answer)
			if diff := cmp.Diff(test.want, client{}.run(t, "call", p.URL, "m")); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
			raw := client{}.run(t, "call", p.URL, "m", "--raw")
			if diff := cmp.Diff(outcome{test.want.Code, test.answer, ""}, raw); diff != "" {
				t.Error("--raw (-want +got):\n" + diff)
			}
		})
	}
}

// What is no answer ends with exit code 2 and one line.
func TestCallStrangeAnswers(t *testing.T) {
	t.Parallel()
	page := "<!DOCTYPE html>\n<html><head><TITLE>\n Log  in</TITLE></head>" + strings.Repeat("x", 10_000)
	tests := []struct {
		name   string
		status int
		answer string
		want   string
	}{
		{"nothing", 200, ``, `the answer is empty (HTTP 200 OK), and a call is due one`},
		{"no content", 204, ``, `the answer is empty (HTTP 204 No Content), and a call is due one`},
		{"a text", 200, "Hello,\n\x1b[2Jworld", "the answer is no JSON-RPC (Hello, \ufffd[2Jworld): is there a JSON-RPC server at that path?"},
		{"a web page", 200, page, `the answer is no JSON-RPC (a web page, "Log  in"): is there a JSON-RPC server at that path?`},
		{"a web page without a title", 200, "<html>", `the answer is no JSON-RPC (a web page): is there a JSON-RPC server at that path?`},
		{"a number", 200, `5`, `the answer is no JSON-RPC (5): is there a JSON-RPC server at that path?`},
		{"JSON that breaks off", 200, `{"jsonrpc":"2.0","result":`, `the answer is no JSON-RPC ({"jsonrpc":"2.0","result":): is there a JSON-RPC server at that path?`},
		{"two answers", 200, answered + answered, `the answer is no JSON-RPC (` + answered + answered + `): is there a JSON-RPC server at that path?`},
		{"not UTF-8", 200, "{\"jsonrpc\":\"2.0\",\"result\":\"\xfc\",\"id\":1}", "the answer is no JSON-RPC ({\"jsonrpc\":\"2.0\",\"result\":\"\ufffd\",\"id\":1}): is there a JSON-RPC server at that path?"},
		{"an array", 200, `[` + answered + `]`, `the answer is no JSON-RPC response: found an array, want an object in [` + answered + `]`},
		{"another object", 200, `{"hello":"world"}`, `the answer is no JSON-RPC response: found neither a result nor an error in {"hello":"world"}`},
		{"a result and an error", 200, `{"jsonrpc":"2.0","result":1,"error":{"code":1,"message":""},"id":1}`, `the answer is no JSON-RPC response: found a result beside an error in `},
		{"another version", 200, `{"jsonrpc":"3.0","result":1,"id":1}`, `the answer is no JSON-RPC response: found the version "3.0", want "2.0" in `},
		{"an error that is a text", 200, `{"jsonrpc":"2.0","error":"no","id":1}`, `the answer is no JSON-RPC response: error: found a string, want an object in `},
		{"a code that is a text", 200, `{"jsonrpc":"2.0","error":{"code":"1","message":""},"id":1}`, `the answer is no JSON-RPC response: error.code: found a string, want an integer in `},
		{"a code with a fraction", 200, `{"jsonrpc":"2.0","error":{"code":1.5,"message":""},"id":1}`, `the answer is no JSON-RPC response: error.code: found a number, want an integer in `},
		{"no message", 200, `{"jsonrpc":"2.0","error":{"code":1},"id":1}`, `the answer is no JSON-RPC response: error.message: found nothing, want a string in `},
		{"another id", 200, `{"jsonrpc":"2.0","result":1,"id":2}`, `the answer is one to another call: found the id 2, want 1`},
		{"the id as a text", 200, `{"jsonrpc":"2.0","result":1,"id":"1"}`, `the answer is one to another call: found the id "1", want 1`},
		{"no id", 200, `{"jsonrpc":"2.0","result":1}`, `the answer is one to another call: found the id missing, want 1`},
		{"not found", 404, "404 page not found\n", `HTTP 404 Not Found (404 page not found): is the path right?`},
		{"not allowed", 405, "", `HTTP 405 Method Not Allowed: is the path right?`},
		{"unauthorized", 401, page, `HTTP 401 Unauthorized (a web page, "Log  in"): -H 'Authorization: ...' sends who you are`},
		{"forbidden", 403, "not from here", `HTTP 403 Forbidden (not from here)`},
		{"unsupported", 415, "", `HTTP 415 Unsupported Media Type`},
		{"a fault", 500, "Oops", `HTTP 500 Internal Server Error (Oops)`},
		{"a fault in JSON", 500, `{"error":"oops"}`, `HTTP 500 Internal Server Error ({"error":"oops"})`},
		{"unavailable", 503, "", `HTTP 503 Service Unavailable: try again later`},
		{"redirected", 302, "", `HTTP 302 Found to https://login.example/?next=1, and a call is not redirected: name that address if it is right`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
				if test.status == 302 {
					w.Header().Set("Location", "https://login.example/?next=1")
				}
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.answer)
			})
			got := client{}.run(t, "call", p.URL, "m")
			want := "runrpc: " + p.URL + "/: " + test.want
			if got.Code != 2 || got.Stdout != "" || !strings.HasPrefix(got.Stderr, want) || strings.Count(got.Stderr, "\n") != 1 {
				t.Errorf("got  %#v\nwant %q", got, want)
			}
		})
	}
}

// Errors of JSON-RPC are told as such whatever the status of HTTP is.
func TestCallErrorStatus(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 413, 500, 503} {
		p := newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, `{"jsonrpc":"2.0","error":{"code":-32813,"message":"Too large"},"id":null}`)
		})
		want := outcome{1, "", "runrpc: m: the server answers with an error\n  code     -32813\n  message  Too large\n"}
		if diff := cmp.Diff(want, client{}.run(t, "call", p.URL, "m")); diff != "" {
			t.Errorf("%d (-want +got):\n%s", status, diff)
		}
	}
}

// Where no server answers at all.
func TestCallUnreachable(t *testing.T) {
	t.Parallel()
	hang := func(w http.ResponseWriter, r *http.Request, _ string) { <-r.Context().Done() }
	slow := func(w http.ResponseWriter, r *http.Request, _ string) {
		_, _ = io.WriteString(w, "{")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
	halfway := func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "{")
	}
	huge := func(w http.ResponseWriter, _ *http.Request, _ string) {
		for range 100 {
			_, _ = io.WriteString(w, strings.Repeat(" ", 1000))
			_ = http.NewResponseController(w).Flush()
		}
	}
	announced := func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("Content-Length", "1000000000000")
		_ = http.NewResponseController(w).Flush()
	}
	tests := []struct {
		name string
		url  string
		args []string
		want string
	}{
		{"nothing listens", "http://" + freeAddr(t), nil, `nothing listens on HOST: is the server running\?`},
		{"no such host", "http://no-such-host.invalid", nil, "found no host \"no-such-host.invalid\": is the name right\\?|the host's address cannot be looked up: .*"},
		{"it hangs", newPeerFunc(t, hang).URL, []string{"--timeout", "100ms"}, "no answer within 100ms: --timeout allows more"},
		{"it breaks off and hangs", newPeerFunc(t, slow).URL, []string{"--timeout", "100ms"}, "no answer within 100ms: --timeout allows more"},
		{"it is silent", listener(t, ""), []string{"--timeout", "100ms"}, "no answer within 100ms: --timeout allows more"},
		{"it breaks off", newPeerFunc(t, halfway).URL, nil, "the connection was closed before the answer was complete"},
		{"it closes", listener(t, "close"), nil, "the connection was closed before the answer was complete"},
		{"it speaks something else", listener(t, "220 mail.example ESMTP\r\n"), nil, "what answers there does not speak HTTP"},
		{"it is too long", newPeerFunc(t, huge).URL, []string{"--max-answer", "5000"}, "the answer is longer than 5000 bytes: --max-answer allows more"},
		{"it is announced too long", newPeerFunc(t, announced).URL, nil, "the answer is longer than 67108864 bytes: --max-answer allows more"},
		{"it speaks no TLS", strings.Replace(newPeer(t, answered).URL, "http:", "https:", 1), nil, "what answers there does not speak TLS: try http://"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := client{}.run(t, append([]string{"call", test.url, "m"}, test.args...)...)
			host := regexp.QuoteMeta(strings.TrimPrefix(test.url, "http://"))
			want := regexp.MustCompile(`^runrpc: ` + regexp.QuoteMeta(test.url) + `/: (` + strings.ReplaceAll(test.want, "HOST", host) + ")\n$")
			if got.Code != 2 || got.Stdout != "" || !want.MatchString(got.Stderr) {
				t.Errorf("got  %#v\nwant %s", got, want)
			}
		})
	}
}

// freeAddr returns an address that nothing listens on.
func freeAddr(t testing.TB) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// listener takes connections, says something and, where that is "close", closes them.
func listener(t *testing.T, says string) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			if says == "close" {
				_ = conn.Close()
				continue
			}
			_, _ = io.WriteString(conn, says)
			go func() { _, _ = io.Copy(io.Discard, conn) }()
		}
	}()
	return "http://" + ln.Addr().String()
}

func TestCallTLS(t *testing.T) {
	t.Parallel()
	srv := httptest.NewUnstartedServer((&peer{}).keeping(func(w http.ResponseWriter, _ *http.Request, _ string) { _, _ = io.WriteString(w, answered) }))
	srv.Config.ErrorLog = log.New(io.Discard, "", 0) // of the handshakes that fail here
	srv.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	srv.StartTLS()
	t.Cleanup(srv.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw})
	if err := os.WriteFile(ca, block, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--insecure"}, {"-k"}, {"--ca", ca}} {
		got := client{}.run(t, append([]string{"call", srv.URL, "m"}, args...)...)
		if diff := cmp.Diff(outcome{0, "null\n", ""}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", args, diff)
		}
	}
	want := fmt.Sprintf("runrpc: %s/: its certificate is not to be trusted (x509: certificate signed by unknown authority): --ca names who may sign, --insecure takes any\n", srv.URL)
	if diff := cmp.Diff(outcome{2, "", want}, client{}.run(t, "call", srv.URL, "m")); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	plain := strings.Replace(srv.URL, "https:", "http:", 1)
	want = fmt.Sprintf("runrpc: %s/: what answers there speaks TLS: try https://\n", plain)
	if diff := cmp.Diff(outcome{2, "", want}, client{}.run(t, "call", plain, "m")); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestCallVerbose(t *testing.T) {
	t.Parallel()
	p := newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header()["Date"] = nil
		w.Header().Set("X-Evil", "a\u202eb")
		_, _ = io.WriteString(w, "{\"jsonrpc\":\"2.0\",\n \"result\":3,\"id\":1}\n")
	})
	got := client{}.run(t, "call", p.URL+"/rpc?x=1", "add", "1", "2", "-v", "-H", "X-One: 1", "-H", "Host: rpc.example")
	want := `> POST /rpc?x=1 HTTP/1.1
> Host: rpc.example
> Accept: application/json
> Content-Type: application/json
> User-Agent: runrpc/devel
> X-One: 1
>
> {"jsonrpc":"2.0","method":"add","params":[1,2],"id":1}
< HTTP/1.1 200 OK in TIME
< Content-Length: 38
< Content-Type: text/plain; charset=utf-8
< X-Evil: ` + "a\ufffdb" + `
<
< {"jsonrpc":"2.0",
<  "result":3,"id":1}
`
	got.Stderr = regexp.MustCompile(`in \S+s\n`).ReplaceAllString(got.Stderr, "in TIME\n")
	got.Stderr = regexp.MustCompile(`runrpc/\S+`).ReplaceAllString(got.Stderr, "runrpc/devel")
	if diff := cmp.Diff(outcome{0, "3\n", want}, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestCallNotification(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, answer string
		status       int
		want         outcome
	}{
		{"nothing", "", 204, outcome{}},
		{"an empty answer", "\n", 200, outcome{}},
		{"accepted", "", 202, outcome{}},
		{"an answer", answered, 200, outcome{0, "", "runrpc: nothing may be answered to a notification, found " + answered + "\n"}},
		{"an error", `{"jsonrpc":"2.0","error":{"code":-32812,"message":"Overloaded"},"id":null}`, 503, outcome{1, "", "runrpc: m: the server answers with an error\n  code     -32812\n  message  Overloaded\n"}},
		{"a fault", "", 500, outcome{2, "", "runrpc: URL/: HTTP 500 Internal Server Error\n"}},
		{"a text", "OK", 200, outcome{2, "", "runrpc: URL/: the answer is no JSON-RPC (OK): is there a JSON-RPC server at that path?\n"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.answer)
			})
			got := client{}.run(t, "call", "--notify", p.URL, "m")
			got.Stderr = strings.ReplaceAll(got.Stderr, p.URL, "URL")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
			if diff := cmp.Diff([]string{`{"jsonrpc":"2.0","method":"m"}`}, p.received()); diff != "" {
				t.Error("sent (-want +got):\n" + diff)
			}
		})
	}
}
