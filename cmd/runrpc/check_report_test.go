package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/runrpc/jsonrpc"
)

func TestCheckText(t *testing.T) {
	t.Parallel()
	p := sound(t, matched(`"id":0\}`, `"id":null}`))
	got := client{}.run(t, append([]string{"check", p.URL}, subtract...)...)
	for _, want := range []string{
		"Checking " + p.URL + "/, calling subtract [42,23], by --method\n\n",
		"pass  4    id.number                 an id that is a Number comes back\n",
		`fail  4    id.zero                   an id of 0 comes back
           but   found the id null, want 0
           says  The Server MUST reply with the same value in the Response object if included.
           sent  {"jsonrpc":"2.0","method":"runrpc.check.NAME","id":0}
           got   {"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":null}
`,
		"skip  5.1  error.internal            a fault of the server is an internal error: nothing that can be sent brings a sound server to it\n",
		"note  4.2  request.params-null       what is done with params that are Null: they are taken as left out\n",
		"\nHTTP: where nothing is answered the status is 200\n65 cases: 59 pass, 2 fail, 1 skip, 3 note (TIME)\n",
	} {
		text := regexp.MustCompile(`check\.[a-z2-7]{12}`).ReplaceAllString(got.Stdout, "check.NAME")
		text = regexp.MustCompile(`\([0-9.]+m?s\)\n$`).ReplaceAllString(text, "(TIME)\n")
		if got.Code != 1 || got.Stderr != "" || !strings.Contains(text, want) {
			t.Errorf("exit code %d, %s\nfound no\n%sin\n%s", got.Code, got.Stderr, want, text)
		}
	}
	verbose := client{}.run(t, "check", p.URL, "-v")
	if n := strings.Count(verbose.Stdout, "           says  "); n != 65 {
		t.Errorf("found %d sentences with -v", n)
	}
}

// A method is found in what the server says of itself, if it looks harmless.
func TestCheckFinding(t *testing.T) {
	t.Parallel()
	numbers := `"params":[{"name":"a","schema":{"type":"integer"}},{"name":"b","schema":{"type":"number"}}]`
	tests := []struct {
		name, document string
		want           string
		never          string // must not be called
	}{
		{"arithmetic", `{"methods":[{"name":"shop.add",` + numbers + `}]}`, "shop.add [2,3], by rpc.discover", ""},
		{"by position alone", `{"methods":[{"name":"minus","paramStructure":"by-position",` + numbers + `}]}`, "minus [42,23], by rpc.discover", ""},
		{"other params", `{"methods":[{"name":"cart.add","params":[{"name":"item","schema":{"type":"integer"}},{"name":"count","schema":{"type":"integer"}}]}]}`, "rpc.discover, by rpc.discover", "cart.add"},
		{"other types", `{"methods":[{"name":"add","params":[{"name":"a","schema":{"type":"string"}},{"name":"b","schema":{"type":"string"}}]}]}`, "rpc.discover, by rpc.discover", "add"},
		{"other names", `{"methods":[{"name":"shutdown"},{"name":"delete_all"}]}`, "rpc.discover, by rpc.discover", "shutdown"},
		{"a greeting", `{"methods":[{"name":"hello.greeting","params":[{"name":"name","schema":{"type":"string"}}]}]}`, `hello.greeting ["runrpc"], by rpc.discover`, ""},
		{"nothing to give", `{"methods":[{"name":"ping"}]}`, "ping, by rpc.discover", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPeerFunc(t, func(w http.ResponseWriter, r *http.Request, body string) {
				var request struct {
					Method string
					ID     json.RawMessage
				}
				_ = json.Unmarshal([]byte(body), &request)
				switch {
				case request.Method == "rpc.discover" && request.ID != nil:
					fmt.Fprintf(w, `{"jsonrpc":"2.0","result":%s,"id":%s}`, test.document, request.ID)
				case strings.Contains(test.document, `"`+request.Method+`"`) && request.ID != nil:
					fmt.Fprintf(w, `{"jsonrpc":"2.0","result":1,"id":%s}`, request.ID)
				case r.Method == http.MethodGet:
					http.NotFound(w, r)
				default:
					_, _ = w.Write(jsonrpc.RPC{}.Call([]byte(body), nil))
				}
			})
			got, _ := check(t, p.URL)
			if got.Method != test.want {
				t.Errorf("got %q, want %q", got.Method, test.want)
			}
			for _, sent := range p.received() {
				if test.never != "" && strings.Contains(sent, `"method":"`+test.never+`"`) {
					t.Errorf("%s was called", test.never)
				}
			}
		})
	}
}

// Where nothing can be checked there is one line, and exit code 2.
func TestCheckNothing(t *testing.T) {
	t.Parallel()
	closed := "http://" + freeAddr(t)
	hangs := func(_ http.ResponseWriter, r *http.Request, _ string) { <-r.Context().Done() }
	says := func(status int, text string) func(http.ResponseWriter, *http.Request, string) {
		return func(w http.ResponseWriter, _ *http.Request, _ string) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
	}
	endless := func(w http.ResponseWriter, r *http.Request, _ string) {
		block := bytes.Repeat([]byte(" "), 1<<16)
		for r.Context().Err() == nil {
			_, _ = w.Write(block)
		}
	}
	tests := []struct {
		name, url string
		args      []string
		want      string
	}{
		{"nothing listens", closed, nil, "nothing listens on " + strings.TrimPrefix(closed, "http://") + ": is the server running?"},
		{"it hangs", newPeerFunc(t, hangs).URL, []string{"--timeout=100ms"}, "no answer within 100ms"},
		{"it closes", listener(t, "close"), nil, "the connection was closed before the answer was complete"},
		{"a page", newPeerFunc(t, says(200, "<html><title>Hi</title>")).URL, nil, `the answer is no JSON-RPC (a web page, "Hi"): is there a JSON-RPC server at that path?`},
		{"garbage", newPeerFunc(t, says(200, "\x00\xff")).URL, nil, "the answer is no JSON-RPC (\ufffd\ufffd): is there a JSON-RPC server at that path?"},
		{"a fault", newPeerFunc(t, says(500, "oops")).URL, nil, `HTTP 500 Internal Server Error (oops)`},
		{"not found", newPeerFunc(t, says(404, "")).URL, nil, `nothing was answered`},
		{"nothing", newPeerFunc(t, says(200, "")).URL, nil, `nothing was answered`},
		{"other JSON", newPeerFunc(t, says(200, `{"hello":"world"}`)).URL, nil, `the answer is JSON, but no Response of JSON-RPC: {"hello":"world"}`},
		{"without end", newPeerFunc(t, endless).URL, []string{"--max-answer=1000000"}, `the answer is longer than 1000000 bytes: --max-answer allows more`},
		{"no method for the params", closed, []string{"--params=[]"}, `--params: it is for the method that --method names, and none is named`},
		{"params that are no array", closed, []string{"--method=m", "--params={}"}, `--params: found an object, want an array`},
		{"names that are no object", closed, []string{"--method=m", "--named=[]"}, `--named: found an array, want an object`},
		{"no JSON", closed, []string{"--method=m", "--expect=x"}, `--expect: found no JSON: `},
		{"no time", closed, []string{"--total=0"}, `--total: found 0s, want more than 0`},
		{"no time for one", closed, []string{"--timeout=0"}, `--timeout: found 0s, want more than 0`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := client{}.run(t, append([]string{"check", test.url}, test.args...)...)
			text := strings.TrimPrefix(strings.TrimPrefix(got.Stderr, "runrpc: "), test.url+"/: ")
			if got.Code != 2 || got.Stdout != "" || !strings.HasPrefix(text, test.want) || strings.Count(text, "\n") != 1 {
				t.Errorf("got  %#v\nwant %s", got, test.want)
			}
		})
	}
}

// A server that breaks in the middle fails at that case, and holds nobody up.
func TestCheckBreaking(t *testing.T) {
	t.Parallel()
	t.Run("it stops", func(t *testing.T) {
		t.Parallel()
		broken := make(chan struct{})
		stop := sync.OnceFunc(func() { close(broken) })
		p := newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, body string) {
			select {
			case <-broken:
				panic(http.ErrAbortHandler)
			default:
			}
			if strings.Contains(body, "foobar") {
				stop()
				panic(http.ErrAbortHandler)
			}
			_, _ = w.Write(jsonrpc.RPC{}.Call([]byte(body), nil))
		})
		got, out := check(t, p.URL)
		if out.Code != 1 || got.Summary["fail"] != 1 || got.except()["error.parse"] != "fail" {
			t.Errorf("exit code %d, %v", out.Code, got.except())
		}
		for _, c := range got.Cases {
			if c.Name == "error.parse" && !strings.HasSuffix(c.Reason, "and then the server has stopped answering") {
				t.Error(c.Reason)
			}
			if c.Name == "batch.one" && (c.Verdict != "skip" || c.Reason != "the server has stopped answering at error.parse") {
				t.Errorf("got %#v", c)
			}
		}
	})
	t.Run("it hangs at times", func(t *testing.T) {
		t.Parallel()
		p := newPeerFunc(t, func(w http.ResponseWriter, r *http.Request, body string) {
			if strings.Contains(body, "foobar") {
				<-r.Context().Done()
			}
			_, _ = w.Write(jsonrpc.RPC{}.Call([]byte(body), nil))
		})
		got, out := check(t, p.URL, "--timeout=200ms")
		want := map[string]string{"error.parse": "fail", "error.parse-id": "skip", "error.parse-end": "fail"}
		for name, verdict := range want {
			if got.except()[name] != verdict {
				t.Errorf("%s: got %s, want %s", name, got.except()[name], verdict)
			}
		}
		if out.Code != 1 || got.Summary["fail"] != 2 {
			t.Errorf("exit code %d, %v", out.Code, got.except())
		}
	})
	t.Run("the time is up", func(t *testing.T) {
		t.Parallel()
		p := newPeerFunc(t, func(w http.ResponseWriter, r *http.Request, body string) {
			if strings.Contains(body, "foobar") {
				<-r.Context().Done()
			}
			_, _ = w.Write(jsonrpc.RPC{}.Call([]byte(body), nil))
		})
		got, out := check(t, p.URL, "--timeout=1h", "--total=2s")
		if out.Code != 2 || got.Summary["fail"] != 0 || got.except()["error.parse"] != "skip" {
			t.Errorf("exit code %d, %v", out.Code, got.except())
		}
	})
	t.Run("it wants some time", func(t *testing.T) {
		t.Parallel()
		var asked atomic.Int32
		p := newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, body string) {
			if asked.Add(1)%20 == 3 {
				w.Header().Set("Retry-After", "0")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			_, _ = w.Write(jsonrpc.RPC{}.Call([]byte(body), nil))
		})
		if got, out := check(t, p.URL); out.Code != 0 || got.Summary["fail"]+got.Summary["warn"] != 0 {
			t.Errorf("exit code %d, %v", out.Code, got.except())
		}
	})
}
