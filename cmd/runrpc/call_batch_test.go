package main_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a file of requests sends, byte by byte.
func TestCallBatchRequests(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file string
		args       []string
		want       string
	}{
		{
			"lines", "{\"method\":\"a\"}\n\n  {\"method\": \"b\", \"params\": [ 1.0 ]}  \r\n{\"params\":{\"x\":1},\"method\":\"c\"}", nil,
			`[{"jsonrpc":"2.0","method":"a","id":1},{"jsonrpc":"2.0","method":"b","params":[1.0],"id":2},{"jsonrpc":"2.0","method":"c","params":{"x":1},"id":3}]`,
		},
		{
			"ids of their own", "{\"method\":\"a\"}\n{\"method\":\"b\",\"id\":1.0}\n{\"method\":\"c\",\"id\":\"2\"}\n{\"method\":\"d\"}\n{\"method\":\"e\",\"id\":null}\n", nil,
			`[{"jsonrpc":"2.0","method":"a","id":2},{"jsonrpc":"2.0","method":"b","id":1.0},{"jsonrpc":"2.0","method":"c","id":"2"},{"jsonrpc":"2.0","method":"d","id":3},{"jsonrpc":"2.0","method":"e","id":null}]`,
		},
		{
			"whole requests", "{\"id\": 7, \"jsonrpc\": \"2.0\", \"method\": \"a\", \"extra\": 1}\n{\"jsonrpc\":\"2.0\",\"method\":\"b\"}\n", nil,
			`[{"id":7,"jsonrpc":"2.0","method":"a","extra":1},{"jsonrpc":"2.0","method":"b"}]`,
		},
		{
			"notifications", "{\"method\":\"a\"}\n{\"method\":\"b\",\"id\":5}\n", []string{"--notify"},
			`[{"jsonrpc":"2.0","method":"a"},{"jsonrpc":"2.0","method":"b","id":5}]`,
		},
		{
			"an array", "[\n  {\"method\": \"a\"},\n  {\"method\": \"b\"}\n]\n", nil,
			`[{"jsonrpc":"2.0","method":"a","id":1},{"jsonrpc":"2.0","method":"b","id":2}]`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, `[]`)
			client{stdin: test.file}.run(t, append([]string{"call", p.URL, "--batch", "-"}, test.args...)...)
			client{dir: write(t, files{"b.jsonl": test.file})}.run(t, append([]string{"call", p.URL, "--batch=b.jsonl"}, test.args...)...)
			if diff := cmp.Diff([]string{test.want, test.want}, p.received()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

func TestCallBatchFiles(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, want string }{
		{"empty", " \n\n", "found no request, want one a line"},
		{"an empty array", "[]", "found no request, want one a line"},
		{"no JSON", "{\"method\":\"a\"}\nhello\n", "2: no JSON: "},
		{"an array that breaks off", "[{", "no JSON: "},
		{"no object", "{\"method\":\"a\"}\n5\n", "2: found a number, want an object"},
		{"no object in an array", "[1]", ", request 1: found a number, want an object"},
		{"no method", "{\"params\":[]}", "1: method: found nothing, want a string"},
		{"another method", "{\"method\":5}", "1: method: found a number, want a string"},
		{"another id", "{\"method\":\"a\",\"id\":[]}", "1: id: found an array, want a string, a number or null"},
		{"an id twice", "{\"method\":\"a\",\"id\":1}\n{\"method\":\"a\",\"id\":1.0}", "2: the id 1.0 is that of 1, too"},
		{"another member", "{\"method\":\"a\",\"param\":[]}", `1: found a member "param", want method, params and id`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, `[]`)
			got := client{stdin: test.file}.run(t, "call", p.URL, "--batch", "-")
			text, ok := strings.CutPrefix(got.Stderr, "runrpc: standard input")
			if text = strings.TrimLeft(text, ": "); got.Code != 2 || got.Stdout != "" || !ok || !strings.HasPrefix(text, strings.TrimLeft(test.want, ": ")) {
				t.Errorf("got  %#v\nwant %s", got, test.want)
			}
			if sent := p.received(); sent != nil {
				t.Errorf("sent %q", sent)
			}
		})
	}
	got := client{}.run(t, "call", ":1", "--batch", "nope.jsonl")
	if diff := cmp.Diff(outcome{2, "", "runrpc: nope.jsonl: no such file or directory\n"}, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestCallBatchAnswers(t *testing.T) {
	t.Parallel()
	const (
		one   = `{"jsonrpc":"2.0","result":"one","id":1}`
		two   = `{"jsonrpc":"2.0","result":2.00,"id":2}`
		wrong = `{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":2}`
		lost  = `{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null}`
	)
	tests := []struct {
		name, answer string
		want         outcome
	}{
		{"in order", "[" + one + ", " + two + "]", outcome{0, one + "\n" + two + "\n", ""}},
		{"in another order", "[" + two + "," + one + "]", outcome{0, one + "\n" + two + "\n", ""}},
		{"an error", "[" + wrong + "," + one + "]", outcome{1, one + "\n" + wrong + "\n", ""}},
		{"one that belongs to none", "[" + lost + "," + one + "," + two + "]", outcome{1, one + "\n" + two + "\n" + lost + "\n", ""}},
		{"one missing", "[" + two + "]", outcome{2, two + "\n", "runrpc: URL/: found no answer to the call with the id 1\n"}},
		{"none", "[]", outcome{2, "", "runrpc: URL/: found no answer to the call with the id 1, 2\n"}},
		{"one twice", "[" + one + "," + one + "]", outcome{2, one + "\n" + one + "\n", "runrpc: URL/: found no answer to the call with the id 2\n"}},
		{"refused as a whole", lost, outcome{1, "", "runrpc: the batch: the server answers with an error\n  code     -32600\n  message  Invalid Request\n"}},
		{"something else", "[1]", outcome{2, "", "runrpc: URL/: the answer is no JSON-RPC batch: found a number, want an object in 1\n"}},
		{"nothing", "", outcome{2, "", "runrpc: URL/: the answer is empty (HTTP 200 OK), and a call is due one\n"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, test.answer)
			c := client{stdin: "{\"method\":\"a\"}\n{\"method\":\"b\"}\n"}
			got := c.run(t, "call", p.URL, "--batch", "-")
			got.Stderr = strings.ReplaceAll(got.Stderr, p.URL, "URL")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
			if raw := c.run(t, "call", p.URL, "--batch", "-", "--raw"); raw.Stdout != test.answer || raw.Code != test.want.Code {
				t.Errorf("--raw: got %#v", raw)
			}
		})
	}
	p := newPeer(t, "")
	if got := (client{stdin: `{"method":"a"}`}).run(t, "call", p.URL, "--batch", "-", "--notify"); got != (outcome{}) {
		t.Errorf("notifications: got %#v", got)
	}
}
