package nearest_test

import (
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/nearest"
)

func TestTo(t *testing.T) {
	t.Parallel()
	names := []string{"hello.add", "hello.divide", "hello.greeting", "größe", "x"}
	for word, want := range map[string]string{
		"hello.ad":       "hello.add",
		"helo.greting":   "hello.greeting",
		"hello.divides":  "hello.divide",
		"grösse":         "größe",
		"y":              "",
		"":               "",
		"something.else": "",
		"hello.add":      "hello.add",
	} {
		if got := nearest.To(word, names); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}
