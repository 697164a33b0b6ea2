package main

import (
	"net"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

func methodsOf(t *testing.T) []jsonrpc.MethodInfo {
	t.Helper()
	rpc := jsonrpc.RPC{
		"add": jsonrpc.Func(func(a, b int) int { return a + b }, "a", "b").Doc("Add adds. It adds two numbers."),
		"greet": jsonrpc.Func(func(name string, titles ...string) string { return name }, "name", "titles").
			Doc("Greet says more than there is room for in a line of a narrow terminal, since it goes on and on and on."),
		"put": jsonrpc.Func(func(data []byte, any any, limit int) {}, "data", "any", "limit").Default("limit", 10).Doc("Put puts."),
	}
	return rpc.Methods()
}

func TestScreen(t *testing.T) {
	tests := []struct {
		name   string
		screen screen
		want   string
	}{
		{
			name: "as wide as it takes",
			want: `
add(a int, b int)                          Add adds.
greet(name string, titles ...string)       Greet says more than there is room for in a line of a narrow terminal, since it…
put(data []byte, any any, limit int = 10)  Put puts.

Serving at http://localhost:8080/rpc, Ctrl-C stops.
Docs at http://localhost:8080/rpc/
`,
		},
		{
			name:   "eighty characters",
			screen: screen{width: 80, watching: true},
			want: `
add(a int, b int)                          Add adds.
greet(name string, titles ...string)       Greet says more than there is room f…
put(data []byte, any any, limit int = 10)  Put puts.

Serving at http://localhost:8080/rpc, Ctrl-C stops.
Docs at http://localhost:8080/rpc/
Edits are served as you save them.
`,
		},
		{
			name:   "one that takes too much",
			screen: screen{width: 66},
			want: `
add(a int, b int)                     Add adds.
greet(name string, titles ...string)  Greet says more than there…
put(data []byte, any any, limit int = 10)
                                      Put puts.

Serving at http://localhost:8080/rpc, Ctrl-C stops.
Docs at http://localhost:8080/rpc/
`,
		},
		{
			name:   "narrow",
			screen: screen{width: 40},
			want: `
add(a int, b int)
    Add adds.
greet(name string, titles ...string)
    Greet says more than there is room…
put(data []byte, any any, limit int = 10)
    Put puts.

Serving at http://localhost:8080/rpc, Ctrl-C stops.
Docs at http://localhost:8080/rpc/
`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := show(t, test.screen)
			if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), got); diff != "" {
				t.Error("screen (-want +got):\n" + diff)
			}
			for line := range strings.Lines(got) {
				if n := utf8.RuneCountInString(line); test.screen.width > 52 && n > test.screen.width+1 {
					t.Errorf("a line has %d characters: %s", n, line)
				}
			}
		})
	}
}

func show(t *testing.T, s screen) string {
	t.Helper()
	var out strings.Builder
	s.out, s.settings = &out, settings.Settings{Addr: ":0", Path: "/rpc"}
	s.show(methodsOf(t), "/rpc/", &net.TCPAddr{IP: net.IPv6zero, Port: 8080})
	return out.String()
}

func TestScreenInColour(t *testing.T) {
	got := show(t, screen{paint: true, width: 100})
	for _, want := range []string{
		"\x1b[1madd\x1b[0m(a int, b int)  ", "\x1b[2mAdd adds.\x1b[0m\n", "Serving at \x1b[36mhttp://localhost:8080/rpc\x1b[0m, Ctrl-C stops.\n",
		"Docs at \x1b[36mhttp://localhost:8080/rpc/\x1b[0m\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("found no %q in:\n%s", want, got)
		}
	}
}

func TestOrigin(t *testing.T) {
	bound := &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1), Port: 81}
	for addr, want := range map[string]string{
		"":               "http://localhost:81",
		":80":            "http://localhost:81",
		"0.0.0.0:80":     "http://localhost:81",
		"[::]:80":        "http://localhost:81",
		"[::1]:80":       "http://[::1]:81",
		"10.0.0.1:80":    "http://10.0.0.1:81",
		"api.example:80": "http://api.example:81",
	} {
		if got := origin(settings.Settings{Addr: addr}, bound); got != want {
			t.Errorf("%q: got %s, want %s", addr, got, want)
		}
	}
}
