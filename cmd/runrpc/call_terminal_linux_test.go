package main_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// On a terminal a result is laid out and coloured.
func TestCallTerminal(t *testing.T) {
	t.Parallel()
	p := newPeer(t, `{"jsonrpc":"2.0","result":{"a":[1,"two",null]},"id":1}`)
	fault := newPeer(t, `{"jsonrpc":"2.0","error":{"code":-32001,"message":"no money","data":5},"id":1}`)
	tests := []struct {
		name, url string
		env       []string
		want      string
	}{
		{"colours", p.URL, nil, "{\n  \x1b[36m\"a\"\x1b[0m: [\n    \x1b[33m1\x1b[0m,\n    \x1b[32m\"two\"\x1b[0m,\n    \x1b[35mnull\x1b[0m\n  ]\n}\n"},
		{"NO_COLOR", p.URL, []string{"NO_COLOR=1"}, "{\n  \"a\": [\n    1,\n    \"two\",\n    null\n  ]\n}\n"},
		{"a dumb terminal", p.URL, []string{"TERM=dumb"}, "{\n  \"a\": [\n    1,\n    \"two\",\n    null\n  ]\n}\n"},
		{"an error", fault.URL, nil, "runrpc: m: the server answers with an error\n  code     \x1b[31m-32001\x1b[0m\n  message  \x1b[1mno money\x1b[0m\n  data     \x1b[33m5\x1b[0m\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(runrpc, "call", test.url, "m")
			cmd.Env = append(append(os.Environ(), "TERM=xterm", "NO_COLOR=", "NO_PROXY=*"), test.env...)
			term := inTerminal(t, cmd)
			if diff := cmp.Diff(test.want, strings.ReplaceAll(term.wait(cmd), "\r\n", "\n")); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}
