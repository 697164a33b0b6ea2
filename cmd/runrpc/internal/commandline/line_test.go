package commandline_test

import (
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/commandline"
)

// app is a program with a command of each kind.
func app(t testing.TB) *kong.Node {
	t.Helper()
	type flags struct {
		Words   []string `arg:"" optional:""`
		Addr    string   `short:"a"`
		Header  []string `short:"H"`
		Quiet   bool     `short:"q"`
		Verbose int      `short:"v" type:"counter"`
	}
	parser, err := kong.New(&struct {
		Serve flags `cmd:"" default:"withargs"`
		Call  flags `cmd:""`
	}{})
	if err != nil {
		t.Fatal(err)
	}
	return parser.Model.Node
}

func TestOrder(t *testing.T) {
	t.Parallel()
	tests := []struct{ args, want []string }{
		{nil, nil},
		{[]string{"--help"}, []string{"--help"}},
		{[]string{"--addr", "x", "dir"}, []string{"--addr", "x", "dir"}},
		{[]string{"--", "call"}, []string{"--", "call"}},
		{[]string{"call"}, []string{"call", "--"}},
		{[]string{"dir"}, []string{"serve", "--", "dir"}},
		{[]string{"dir", "--addr", "x", "other"}, []string{"serve", "--addr=x", "--", "dir", "other"}},
		{[]string{"call", "m", "-1", "-q", "2", "-.5", "-"}, []string{"call", "-q", "--", "m", "-1", "2", "-.5", "-"}},
		{[]string{"call", "--addr=x", "m"}, []string{"call", "--addr=x", "--", "m"}},
		{[]string{"call", "m", "--addr", "-5"}, []string{"call", "--addr=-5", "--", "m"}},
		{[]string{"call", "m", "--addr", ""}, []string{"call", "--addr=", "--", "m"}},
		{[]string{"call", "m", "-a", "x", "-ay", "-vqa", "z"}, []string{"call", "-ax", "-ay", "-vqaz", "--", "m"}},
		{[]string{"call", "m", "-H", "a: b", "n"}, []string{"call", "-Ha: b", "--", "m", "n"}},
		{[]string{"call", "m", "--", "-q", "--", "x"}, []string{"call", "--", "m", "-q", "--", "x"}},
		{[]string{"call", "m", "--nope", "x", "-z"}, []string{"call", "--nope", "-z", "--", "m", "x"}},
	}
	node := app(t)
	for _, test := range tests {
		got, err := commandline.Order(node, test.args)
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%q: %v (-want +got):\n%s", test.args, err, diff)
		}
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"call", "m", "--addr"}, "--addr: found nothing behind it, want STRING"},
		{[]string{"call", "m", "-qa"}, "--addr: found nothing behind it, want STRING"},
		{[]string{"call", "\xff"}, `"\xff" is not UTF-8`},
	} {
		if _, err := commandline.Order(node, test.args); err == nil || err.Error() != test.want {
			t.Errorf("%q: got %v, want %s", test.args, err, test.want)
		}
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	type typed = commandline.Typed
	tests := []struct {
		line string
		want typed
	}{
		{``, typed{[]string{""}, "", 0}},
		{`runrpc`, typed{[]string{"runrpc"}, "runrpc", 0}},
		{`runrpc `, typed{[]string{"runrpc", ""}, "", 0}},
		{"  runrpc \t call :80 a", typed{[]string{"runrpc", "call", ":80", "a"}, "a", 0}},
		{`a 'b c' "d \"e\" \n" f\ g`, typed{[]string{"a", "b c", `d "e" \n`, "f g"}, `f\ g`, 0}},
		{`a 'b c`, typed{[]string{"a", "b c"}, `'b c`, '\''}},
		{`a x"b c`, typed{[]string{"a", "xb c"}, `x"b c`, '"'}},
		{`a '' `, typed{[]string{"a", "", ""}, ``, 0}},
		{`a b\`, typed{[]string{"a", `b\`}, `b\`, 0}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, commandline.Split(test.line)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.line, diff)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add(`a 'b c' "d \"e" f\ g`)
	f.Add("\\")
	f.Fuzz(func(t *testing.T, line string) {
		got := commandline.Split(line)
		if len(got.Words) == 0 || len(got.Raw) > len(line) || line[len(line)-len(got.Raw):] != got.Raw {
			t.Errorf("%q: got %#v", line, got)
		}
	})
}
