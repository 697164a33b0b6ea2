package main_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// subtract are the flags that name the method that the servers here have.
var subtract = []string{"--method", "subtract", "--params", "[42, 23]", "--named", `{"minuend": 42, "subtrahend": 23}`, "--expect", "19", "--invalid", `["x"]`}

// A verdict is one line of what runrpc check --json prints.
type verdict struct {
	Name, Verdict, Title, Section, Says, Reason string
	Exchanges                                   []struct{ Sent, Got string }
}

type report struct {
	URL, Method string
	Summary     map[string]int
	Cases       []verdict
	Notes       []string
}

// check checks a server, which must be possible.
func check(t *testing.T, url string, args ...string) (report, outcome) {
	t.Helper()
	got := client{}.run(t, append([]string{"check", url, "--json"}, args...)...)
	var r report
	if err := json.Unmarshal([]byte(got.Stdout), &r); err != nil {
		t.Fatalf("%v in %#v", err, got)
	}
	return r, got
}

// except returns the verdicts that are none of pass and note, by case.
func (r report) except() map[string]string {
	found := map[string]string{}
	for _, c := range r.Cases {
		if c.Verdict != "pass" && c.Verdict != "note" {
			found[c.Name] = c.Verdict
		}
	}
	return found
}

// never is what no server can be brought to from outside.
var never = map[string]string{"error.internal": "skip"}

// The service for conformance suites passes all.
func TestCheckSpecservice(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "specservice.exe")
	if out, err := exec.Command("go", "build", "-o", binary, "../../examples/specservice").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	addr := freeAddr(t)
	cmd := exec.Command(binary, "-addr", addr)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for limit := time.Now().Add(patience); (client{}).run(t, "call", addr, "get_data").Code != 0; { // it is starting
		if time.Now().After(limit) {
			t.Fatal("the service does not start")
		}
	}
	got, _ := check(t, addr, subtract...)
	if diff := cmp.Diff(never, got.except()); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

// So do functions that runrpc serves.
func TestCheckHello(t *testing.T) {
	t.Parallel()
	p := serve(t, "../..", "./examples/hello")
	got, _ := check(t, p.url, "--method=hello.add", "--params=[2,3]", "--named", `{"a":2,"b":3}`, "--expect=5", "--invalid", `{"a":"x"}`)
	if diff := cmp.Diff(never, got.except()); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

// sound is a server that keeps to the specification. A change turns what it answers to a body into something else.
func sound(t *testing.T, change func(body, answer string) string) *peer {
	t.Helper()
	rpc := jsonrpc.RPC{"subtract": jsonrpc.Func(func(minuend, subtrahend int) int { return minuend - subtrahend }, "minuend", "subtrahend")}
	return newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, body string) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, change(body, string(rpc.Call([]byte(body), nil))))
	})
}

func replaced(pairs ...string) func(string, string) string {
	return func(_, answer string) string { return strings.NewReplacer(pairs...).Replace(answer) }
}

func matched(pattern, by string) func(string, string) string {
	re := regexp.MustCompile(pattern)
	return func(_, answer string) string { return re.ReplaceAllString(answer, by) }
}

// where changes the answers to some bodies alone.
func where(body, answer string) func(string, string) string {
	re := regexp.MustCompile(body)
	return func(sent, right string) string {
		if re.MatchString(sent) {
			return answer
		}
		return right
	}
}

const (
	notFoundError = `"error":{"code":-32601,"message":"Method not found"}`
	batchOfOne    = `^\[\{[^}]*\}\]$`
)

// Each fault of a server is found, and nothing else is.
func TestCheckFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(body, answer string) string
		want   map[string]string // beside what no server can be brought to
	}{
		{"no version", replaced(`"jsonrpc":"2.0",`, ``), map[string]string{"response.version": "fail"}},
		{"another version", replaced(`"jsonrpc":"2.0"`, `"jsonrpc":2.0`), map[string]string{"response.version": "fail"}},
		{"no version in a batch", func(body, answer string) string {
			if strings.HasPrefix(answer, "[") {
				return strings.ReplaceAll(answer, `"jsonrpc":"2.0",`, "")
			}
			return answer
		}, map[string]string{"response.version": "fail"}},
		{"an error beside a result", matched(`"result":(-?\d+)`, `"result":$1,"error":null`), map[string]string{"response.no-error": "fail"}},
		{"a result beside an error", replaced(`"error":`, `"result":null,"error":`), map[string]string{"response.no-result": "fail"}},
		{"an error that is a text", matched(`"error":\{"code":-32601[^}]*\}`, `"error":"no such method"`), map[string]string{
			"response.error": "fail", "response.code": "fail", "response.message": "fail", "error.method-not-found": "fail", "request.reserved": "fail",
		}},
		{"a code that is a text", replaced(`-32601`, `"-32601"`), map[string]string{"response.code": "fail", "error.method-not-found": "fail", "request.reserved": "fail"}},
		{"no message", replaced(`"message":"Method not found"`, `"text":"Method not found"`), map[string]string{"response.message": "fail"}},
		{"a reserved code", where(`"params":"bar"`, `{"jsonrpc":"2.0","error":{"code":-32500,"message":"x"},"id":1}`), map[string]string{
			"response.reserved": "warn", "request.params-primitive": "warn", "request.method-number": "fail", "error.invalid-id": "fail",
		}},
		{"an unknown method is an internal error", replaced(`-32601`, `-32603`), map[string]string{"error.method-not-found": "fail", "request.reserved": "fail"}},
		{"an unknown method has a code of its own", replaced(`-32601`, `-32001`), map[string]string{"error.method-not-found": "fail", "request.reserved": "fail"}},
		{"the id as a text", matched(`"id":(-?\d+)`, `"id":"$1"`), map[string]string{
			"id.number": "fail", "id.zero": "fail", "id.negative": "fail", "id.fraction": "fail", "id.large": "warn", "request.method-missing": "fail",
			"request.version": "warn", "request.version-number": "warn", "request.member-case": "warn", "batch.one": "warn", "batch.each": "warn", "batch.ids": "fail", "batch.result": "warn",
		}},
		{"0 is taken for no id", replaced(`"id":0}`, `"id":null}`), map[string]string{"id.zero": "fail", "batch.ids": "fail"}},
		{"an empty id is taken for none", replaced(`"id":""`, `"id":null`), map[string]string{"id.string-empty": "fail"}},
		{"ids are rounded", replaced(`9007199254740993`, `9007199254740992`, `"id":1.5`, `"id":1`), map[string]string{"id.large": "warn", "id.fraction": "fail"}},
		{"ids are cut", matched(`x{100,}`, `xxx`), map[string]string{"id.string-long": "fail"}},
		{"no id", matched(`,"id":[^}]*\}`, `}`), map[string]string{
			"id.string": "fail", "id.string-empty": "fail", "id.string-digits": "fail", "id.string-unicode": "fail", "id.string-long": "fail",
			"id.number": "fail", "id.zero": "fail", "id.negative": "fail", "id.fraction": "fail", "id.large": "warn", "id.null": "fail", "id.result": "fail",
			"id.object": "warn", "id.array": "warn", "id.boolean": "warn", "response.id": "fail", "error.parse": "fail", "error.parse-id": "fail",
			"error.parse-end": "fail", "error.parse-rest": "warn", "error.invalid-id": "fail", "request.method-missing": "fail", "request.method-number": "fail",
			"request.object": "fail", "request.primitive": "fail", "request.version": "warn", "request.version-number": "warn", "request.member-case": "warn",
			"batch.parse": "fail", "batch.empty": "fail", "batch.one": "warn", "batch.each": "warn", "batch.ids": "fail", "batch.invalid": "warn",
			"batch.invalid-all": "warn", "batch.mixed": "warn", "batch.result": "warn",
		}},
		{"a null id makes a notification", where(`"id":null`, ``), map[string]string{"id.null": "fail"}},
		{"any version goes", where(`"jsonrpc":("1.9"|2.0)`, `{"jsonrpc":"2.0",`+notFoundError+`,"id":1}`), map[string]string{"request.version": "warn", "request.version-number": "warn"}},
		{"members in any case", where(`METHOD`, `{"jsonrpc":"2.0",`+notFoundError+`,"id":1}`), map[string]string{"request.member-case": "warn"}},
		{"any params go", where(`"params":"bar","id"`, `{"jsonrpc":"2.0","result":0,"id":1}`), map[string]string{"request.params-primitive": "warn"}},
		{"notifications are answered", where(`^\{"jsonrpc":"2.0","method":"[^"]*"(,"params":\[[^]]*\])?\}$`, `{"jsonrpc":"2.0","result":null,"id":null}`), map[string]string{
			"notification.unknown": "fail", "notification.params": "fail", "notification.known": "fail", "notification.error": "fail",
		}},
		{"notifications that fail are answered", where(`"params":\["x"\]\}$`, `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params"},"id":null}`), map[string]string{"notification.error": "fail"}},
		{"notifications are answered with a text", where(`"params":\[1,2,3,4,5\]\}$`, `OK`), map[string]string{"notification.params": "warn"}},
		{"notifications in a batch are answered", where(`^\[\{[^}]*"id":1\},\{[^}]*"method":"[^"]*"\}\]$`, `[{"jsonrpc":"2.0",`+notFoundError+`,"id":1},{"jsonrpc":"2.0",`+notFoundError+`,"id":null}]`), map[string]string{"batch.notification": "fail"}},
		{"an empty array for notifications", where(`^\[\{[^}]*"method":"[^"]*"\},\{[^}]*\[7\]\}\]$`, `[]`), map[string]string{"batch.notifications": "fail"}},
		{"no batches", func(body, answer string) string {
			if strings.HasPrefix(body, "[") && json.Valid([]byte(body)) {
				return `{"jsonrpc":"2.0","error":{"code":-32600,"message":"no batches"},"id":null}`
			}
			return answer
		}, map[string]string{
			"batch.array": "warn", "batch.one": "skip", "batch.each": "skip", "batch.ids": "skip", "batch.notification": "skip", "batch.notifications": "skip",
			"batch.invalid": "skip", "batch.invalid-all": "skip", "batch.mixed": "skip", "batch.result": "skip",
		}},
		{"a batch of one gets an object", where(batchOfOne, `{"jsonrpc":"2.0",`+notFoundError+`,"id":1}`), map[string]string{"batch.one": "warn"}},
		{"an empty array for an empty array", where(`^\[\]$`, `[]`), map[string]string{"batch.empty": "fail"}},
		{"one object for invalid members", where(`^\[1(,2,3)?\]$`, `{"jsonrpc":"2.0","error":{"code":-32600,"message":"x"},"id":null}`), map[string]string{"batch.invalid": "warn", "batch.invalid-all": "warn"}},
		{"a batch loses answers", matched(`,\{[^{]*\{[^}]*\},"id":(3|"b")\}\]`, `]`), map[string]string{"batch.each": "warn", "batch.mixed": "warn"}},
		{"a parse error is a page", where(`garbage|foobar|"method"\]`, `<html>Bad Request</html>`), map[string]string{
			"error.parse": "fail", "error.parse-id": "skip", "error.parse-end": "fail", "error.parse-rest": "warn", "batch.parse": "fail",
		}},
		{"a parse error has another code", replaced(`-32700`, `-32603`), map[string]string{"error.parse": "fail", "error.parse-end": "fail", "error.parse-rest": "warn", "batch.parse": "fail"}},
		{"a parse error in an array", where(`"method"\]$`, `[{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}]`), map[string]string{"batch.parse": "fail"}},
		{"an invalid request has another code", replaced(`-32600`, `-32601`), map[string]string{
			"request.version": "warn", "request.version-number": "warn", "request.method-missing": "fail", "request.method-number": "fail", "request.object": "fail",
			"request.primitive": "fail", "request.member-case": "warn", "id.object": "warn", "id.array": "warn", "id.boolean": "warn", "batch.empty": "fail",
			"batch.invalid": "warn", "batch.invalid-all": "warn", "request.params-primitive": "",
		}},
		{"invalid params have another code", replaced(`-32602`, `-1`), map[string]string{"error.invalid-params": "warn", "request.params-primitive": "warn"}},
		{"a wrong result", replaced(`"result":19`, `"result":20`), map[string]string{"params.position": "fail", "params.name": "fail", "params.name-order": "fail", "batch.result": "fail"}},
		{"positions alone", where(`"params":\{"(min|subtr)`, `{"jsonrpc":"2.0","error":{"code":-32602,"message":"array, please"},"id":1}`), map[string]string{"params.name": "warn", "params.name-order": "warn", "params.name-case": "skip"}},
		{"names in their order", where(`"params":\{"subtrahend"`, `{"jsonrpc":"2.0","result":-19,"id":1}`), map[string]string{"params.name-order": "fail"}},
		{"names in any case", where(`MINUEND`, `{"jsonrpc":"2.0","result":19,"id":1}`), map[string]string{"params.name-case": "warn"}},
		{"results are errors", matched(`"result":-?\d+`, `"error":{"code":-32603,"message":"Internal error"}`), map[string]string{
			"params.position": "fail", "params.name": "warn", "params.name-order": "warn", "params.name-case": "skip", "batch.result": "fail", "response.no-error": "",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			want := maps.Clone(never)
			code := 0
			for name, verdict := range test.want {
				if verdict != "" {
					want[name] = verdict
				}
				if verdict == "fail" {
					code = 1
				}
			}
			got, out := check(t, sound(t, test.change).URL, subtract...)
			if diff := cmp.Diff(want, got.except()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
			if out.Code != code {
				t.Errorf("exit code %d, want %d", out.Code, code)
			}
			for _, c := range got.Cases {
				if (c.Verdict == "fail" || c.Verdict == "warn") && (c.Reason == "" || c.Says == "") {
					t.Errorf("%s: found no reason, or no sentence", c.Name)
				}
			}
		})
	}
}

// What the specification leaves open is held against nobody.
func TestCheckChoices(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(body, answer string) string
	}{
		{"none", replaced()},
		{"space", func(_, answer string) string {
			var b bytes.Buffer
			_ = json.Indent(&b, []byte(answer), "\t", "\r\n ")
			return b.String()
		}},
		{"another order of members", matched(`\{"jsonrpc":"2.0",("(?:result|error)":.*?),"id":("[^"]*"|[^,}\]]*)\}`, `{"id":$2,$1,"jsonrpc":"2.0"}`)},
		{"more members", replaced(`"jsonrpc":"2.0"`, `"jsonrpc":"2.0","server":{"name":"x"}`)},
		{"no data", matched(`,"data":(\[[^]]*\]|\{"reason":"(?:[^"\\]|\\.)*"(?:,"offset":\d+)?\})`, ``)},
		{"other messages", matched(`"message":"[^"]*"`, `"message":"no"`)},
		{"numbers in another form", replaced(`"id":1}`, `"id":1.0}`, `"id":42}`, `"id":4.2e1}`, `"result":19`, `"result":1.9E+1`)},
		{"texts with escapes", replaced(`an id`, `\u0061n id`, `é`, `\u00e9`)},
		{"answers of a batch in reverse", func(_, answer string) string {
			var batch []json.RawMessage
			if json.Unmarshal([]byte(answer), &batch) != nil {
				return answer
			}
			slices.Reverse(batch)
			text, _ := json.Marshal(batch)
			return string(text)
		}},
		{"the id of an invalid request is null", func(body, answer string) string {
			return regexp.MustCompile(`(-32600.*"id":)1\}`).ReplaceAllString(answer, `${1}null}`)
		}},
		{"a primitive is a parse error", where(`^1$`, `{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}`)},
		{"primitive params are an invalid request", where(`"params":"bar","id"`, `{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":1}`)},
		{"null params are refused", where(`"params":null`, `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params"},"id":1}`)},
		{"JSON-RPC 1.0 is answered", where(`^\{"method"`, `{"result":null,"error":{"code":1,"message":"x"},"id":1}`)},
		{"unknown members are refused", where(`"runrpc":true`, `{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":1}`)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, out := check(t, sound(t, test.change).URL, append(slices.Clone(subtract), "--strict")...)
			if diff := cmp.Diff(never, got.except()); diff != "" || out.Code != 0 {
				t.Errorf("exit code %d (-want +got):\n%s", out.Code, diff)
			}
		})
	}
}

// Without a method that may be called, all is checked that needs none.
func TestCheckWithoutMethod(t *testing.T) {
	t.Parallel()
	want := maps.Clone(never)
	for _, name := range []string{
		"id.result", "notification.known", "notification.error", "params.position", "params.name", "params.name-order", "params.name-case",
		"error.invalid-params", "batch.result",
	} {
		want[name] = "skip"
	}
	got, out := check(t, sound(t, replaced()).URL)
	if diff := cmp.Diff(want, got.except()); diff != "" || out.Code != 0 {
		t.Errorf("exit code %d (-want +got):\n%s", out.Code, diff)
	}
}
