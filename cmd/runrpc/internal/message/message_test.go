package message_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

func TestSame(t *testing.T) {
	t.Parallel()
	classes := [][]string{
		{`1`, `1.0`, `1e0`, `10e-1`, `0.1E+1`},
		{`0`, `-0`, `0.00`, `0e5`},
		{`-1`, `-1.0`},
		{`100`, `1e2`},
		{`1.5`, `15e-1`},
		{`9007199254740993`},
		{`9007199254740992`},
		{`1e400`, `10e399`},
		{`1e99999999999`},
		{`"1"`, `"\u0031"`},
		{`"a\/b"`, `"a/b"`},
		{`""`},
		{`null`},
		{`true`},
		{``},
	}
	for i, class := range classes {
		for _, a := range class {
			for j, other := range classes {
				for _, b := range other {
					if got := message.Same(jsontext.Value(a), jsontext.Value(b)); got != (i == j) {
						t.Errorf("%s and %s: got %t", a, b, got)
					}
				}
			}
		}
	}
}

func TestIsInteger(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`1`: true, `-32600`: true, `0`: true, `1.0`: true, `1e2`: true, `15e-1`: false, `0.5`: false, `1e-400`: false,
		`"1"`: false, `null`: false, ``: false, `[1]`: false, `1e99999999999`: false,
	} {
		if got := message.IsInteger(jsontext.Value(text)); got != want {
			t.Errorf("%s: got %t", text, got)
		}
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                        "",
		" a \n b ":                "a   b",
		"a\x1b[31m\u009b\u202eb":  "a\ufffd[31m\ufffd\ufffdb",
		"\xff":                    "\ufffd",
		strings.Repeat("ü", 80):   strings.Repeat("ü", 80),
		strings.Repeat("ü", 81):   strings.Repeat("ü", 79) + "…",
		strings.Repeat("x", 1000): strings.Repeat("x", 79) + "…",
	} {
		if got := message.Short(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestRequest(t *testing.T) {
	t.Parallel()
	got := string(message.Request{Method: "a\"b", Params: jsontext.Value(`[1]`), ID: jsontext.Value(`"x"`)}.Text())
	if diff := cmp.Diff(`{"jsonrpc":"2.0","method":"a\"b","params":[1],"id":"x"}`, got); diff != "" {
		t.Error(diff)
	}
}

// Whatever a server sends is read or refused, and what is read of it is as it was sent.
func FuzzReadResponse(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","result":1.0,"id":1}`, `{"result":null,"error":null,"id":1}`, `[`, `{"error":{"code":1e2,"message":"x","data":[]}}`,
		`{"jsonrpc":"2.0","error":{"code":-32600,"message":""},"id":null}`, "{\"a\":\"\xff\"}", `{"id":1,"id":2,"result":0}`, `5 5`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		value, err := message.Parse(text)
		if err != nil {
			return
		}
		if !json.Valid(text) {
			t.Fatalf("%q is no JSON", text)
		}
		if short := message.Short(value); strings.ContainsFunc(short, unicode.IsControl) || len([]rune(short)) > 80 {
			t.Errorf("%q is not short", short)
		}
		response, err := message.ReadResponse(value)
		if err != nil {
			return
		}
		if (response.Error == nil) == (response.Result == nil) {
			t.Errorf("%s: found %v and %v", value, response.Result, response.Error)
		}
		if response.Error != nil && !message.IsInteger(response.Error.Code) {
			t.Errorf("%s: found the code %s", value, response.Error.Code)
		}
		if !message.Same(response.ID, response.ID) || !strings.Contains(string(value), string(response.Result)) {
			t.Errorf("%s: found %s with the id %s", value, response.Result, response.ID)
		}
	})
}
