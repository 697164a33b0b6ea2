package suggest_test

import (
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/suggest"
)

func TestNearest(t *testing.T) {
	keys := []string{"addr", "max-body", "max-batch", "path", "timeout", "v1"}
	for word, want := range map[string]string{
		"max-bdy":   "max-body",
		"max_body":  "max-body",
		"maxbody":   "max-body",
		"adrr":      "addr",
		"Addr":      "addr",
		"address":   "addr",
		"batch":     "max-batch",
		"m":         "",
		"timeuot":   "timeout",
		"max-batch": "max-batch",
		"x":         "",
		"v2":        "v1",
		"":          "",
		"listen":    "",
		"päth":      "path",
	} {
		if got := suggest.Nearest(word, keys); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}

func TestMeant(t *testing.T) {
	if got, want := suggest.Meant("ad", []string{"sub", "add"}), `: did you mean "add"?`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := suggest.Meant("multiply", []string{"sub", "add"}); got != "" {
		t.Errorf("got %q, want none", got)
	}
}
