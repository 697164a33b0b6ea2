package lines_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/lines"
)

func TestWriter(t *testing.T) {
	t.Parallel()
	w := lines.New("  ")
	w.Block("a {", "}", func() {
		w.Line("%d%%", 5)
		w.Blank()
		w.In(func() { w.Raw("%d") })
		if left := w.Left(); left != 78 {
			t.Errorf("%d columns are left, want 78", left)
		}
	})
	if diff := cmp.Diff("a {\n  5%\n\n    %d\n}\n", string(w.Bytes())); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                                   nil,
		" \n\n":                              nil,
		"\n a \r\n\r\n  b\t\n":               {"a", "", "  b"},
		"a\rb\u2028c\u2029d\u0085e\vf\fg":    {"a b c d e f g"},
		"\ufeffa\x00\x1b[31m\u202eb\u200f\n": {"a��[31m�b�"},
	} {
		if diff := cmp.Diff(want, lines.Text(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	if got := lines.OneLine(" a\n\n b  c "); got != "a b c" {
		t.Errorf("got %q", got)
	}
}

// A literal is one of JSON too, for texts that JSON can have, and nothing in it ends it or its line.
func FuzzQuote(f *testing.F) {
	for _, text := range []string{"", `"\`, "\n\r\t\x00", "\u2028\u2029\u0085\ufeff\u202e", "é宠😀", "\U000e0001", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		literal := lines.Quote(text)
		var back string
		if err := json.Unmarshal([]byte(literal), &back); err != nil || back != text {
			t.Errorf("%q becomes %s, which is %q (%v)", text, literal, back, err)
		}
		if strings.ContainsFunc(literal, func(r rune) bool { return unicode.IsControl(r) || r != ' ' && unicode.IsSpace(r) || r == '\ufeff' }) {
			t.Errorf("%q becomes %q", text, literal)
		}
	})
}
