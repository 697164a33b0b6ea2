package cli

import (
	"io"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

// The help of each command has an example, and tells of each flag what it is for and what its default is.
func TestHelp(t *testing.T) {
	t.Parallel()
	parser, err := newParser(console.Streams{Stdout: io.Discard, Stderr: io.Discard}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Children {
		if command.Hidden {
			continue
		}
		if !strings.HasSuffix(command.Help, ".") || !strings.Contains(command.Detail, "\n\n    runrpc ") && !strings.HasPrefix(command.Detail, "    runrpc ") {
			t.Errorf("%s: found no sentence and example in %q, %q", command.Name, command.Help, command.Detail)
		}
		for _, value := range append(values(command.Flags), command.Positional...) {
			if !strings.HasSuffix(value.Help, ".") {
				t.Errorf("%s: %s: found no sentence in %q", command.Name, value.Name, value.Help)
			}
			if value.HasDefault && !value.IsBool() && !strings.Contains(value.OrigHelp, "${default}") {
				t.Errorf("%s: %s: found no default in %q", command.Name, value.Name, value.Help)
			}
		}
	}
}

func values(flags []*kong.Flag) []*kong.Value {
	found := make([]*kong.Value, len(flags))
	for i, flag := range flags {
		found[i] = flag.Value
	}
	return found
}
