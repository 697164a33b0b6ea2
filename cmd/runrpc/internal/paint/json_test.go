package paint_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/paint"
)

func TestJSON(t *testing.T) {
	t.Parallel()
	value := jsontext.Value(`{"a":[1,{},[],{"b":null}],"c":"ü` + "\u009b\u202e" + `","d":1.0e+2}`)
	want := `{
->  "a": [
->    1,
->    {},
->    [],
->    {
->      "b": null
->    }
->  ],
->  "c": "ü\u009b\u202e",
->  "d": 1.0e+2
->}`
	var plain paint.Palette
	if diff := cmp.Diff(want, plain.JSON(value, "->")); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if diff := cmp.Diff(`{"a": [1, {}, [], {"b": null}], "c": "ü\u009b\u202e", "d": 1.0e+2}`, plain.Line(value)); diff != "" {
		t.Error("on one line (-want +got):\n" + diff)
	}
}

func TestNoTerminal(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if got := paint.For(&out).In(paint.Red, "x"); got != "x" || paint.Terminal(&out) {
		t.Errorf("got %q", got)
	}
}

// What is laid out stays the same JSON, and steers no terminal.
func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"a":[1,{},[],{"b":null}],"c":"\u009b"}`))
	f.Add([]byte(`[[],[[]],"` + "\u009b\u202e" + `"]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		value := jsontext.Value(text)
		if !value.IsValid(jsontext.AllowDuplicateNames(true)) {
			return
		}
		want, err := canonical(value)
		if err != nil {
			return // a number beyond all limits
		}
		var plain paint.Palette
		for _, laid := range []string{plain.JSON(value, ""), plain.Line(value)} {
			got, err := canonical(jsontext.Value(laid))
			if err != nil || got != want {
				t.Errorf("%s: %v\ngot  %s\nwant %s", laid, err, got, want)
			}
			if strings.ContainsFunc(laid, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) {
				t.Errorf("found control characters in %q", laid)
			}
		}
	})
}

func canonical(value jsontext.Value) (string, error) {
	text := value.Clone()
	err := text.Compact(jsontext.PreserveRawStrings(false), jsontext.AllowDuplicateNames(true))
	return string(text), err
}
