package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNullable(t *testing.T) {
	t.Parallel()
	type fields struct {
		A Nullable[int64] `json:"a,omitzero"`
		B Nullable[[]any] `json:"b,omitzero"`
	}
	for text, want := range map[string]fields{
		`{}`:                            {},
		`{"a":null,"b":null}`:           {Null[int64](), Null[[]any]()},
		`{"a":0,"b":[]}`:                {Some[int64](0), Some([]any{})},
		`{"b":[9007199254740993,null]}`: {B: Some([]any{json.Number("9007199254740993"), nil})},
	} {
		var got fields
		if err := decode([]byte(text), &got); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(Nullable[int64]{}, Nullable[[]any]{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
		if back, err := encode(got); err != nil || string(back) != text {
			t.Errorf("%s: got %s (%v)", text, back, err)
		}
		_, isSome := got.A.Get()
		if isSome == (got.A.IsNull() || got.A.IsZero()) {
			t.Errorf("%s: a value is what it is not", text)
		}
	}
}

func TestObject(t *testing.T) {
	t.Parallel()
	text, err := encodeObject([]member{
		{"a,b", 1, false}, {"\"", (*int)(nil), true}, {"n", (*int)(nil), false}, {"<", "&", true}, {"any", nil, true},
	}, map[string]int{"x": 2})
	if want := `{"<":"&","a,b":1,"n":null,"x":2}`; err != nil || string(text) != want {
		t.Errorf("got %s (%v), want %s", text, err, want)
	}
	var a int
	var others map[string]int
	if err := decodeObject([]byte(`{"a,b":1,"x":2,"y":3}`), map[string]any{"a,b": &a}, &others); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(map[string]int{"x": 2, "y": 3}, others); diff != "" || a != 1 {
		t.Errorf("got %d, (-want +got):\n%s", a, diff)
	}
	for _, text := range []string{`[]`, `{"a":"text"}`, `{"x":"text"}`, ``} {
		if decodeObject([]byte(text), map[string]any{"a": &a}, &others) == nil {
			t.Errorf("found no error in %s", text)
		}
	}
}

func TestPositional(t *testing.T) {
	t.Parallel()
	one := 1
	for want, got := range map[string][]any{
		`[]`:       positional(nil),
		`[1]`:      positional([]member{{"a", 1, false}, {"b", (*int)(nil), true}}),
		`[null,1]`: positional([]member{{"a", (*int)(nil), true}, {"b", &one, true}}),
		`[null,2]`: positional([]member{{"a", (*int)(nil), true}}, spread([]int{2})...),
		`[null]`:   positional([]member{{"a", nil, false}}),
		`[[],{}]`:  positional([]member{{"a", list([]int(nil)), false}, {"b", dict(map[string]int(nil)), false}}),
	} {
		if text, err := encode(got); err != nil || string(text) != want {
			t.Errorf("got %s (%v), want %s", text, err, want)
		}
	}
}

// What a server answers, and what becomes of a call.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		want   string // the result, or the beginning of the error
	}{
		"a result":              {200, ` {"jsonrpc":"2.0","result":7,"id":1} `, "7"},
		"an id as a string":     {200, `{"jsonrpc":"2.0","result":7,"id":"1"}`, "7"},
		"an error":              {200, `{"jsonrpc":"2.0","error":{"code":-1,"message":"no"},"id":1}`, "m: no (-1)"},
		"an error about it all": {503, `{"jsonrpc":"2.0","error":{"code":-32812,"message":"overloaded"},"id":null}`, "m: overloaded (-32812)"},
		"another result":        {200, `{"jsonrpc":"2.0","result":"text","id":1}`, "m: the result is not what it should be"},
		"a result for another":  {200, `{"jsonrpc":"2.0","result":7,"id":2}`, "the answer says nothing of a call"},
		"nothing":               {204, ``, "the answer is empty"},
		"a page":                {200, `<html>`, "the answer is no JSON-RPC"},
		"a login page":          {302, `<html>`, `HTTP 302 Found: "<html>"`},
		"a long answer":         {200, strings.Repeat(" ", 1001), "the answer is longer than 1000 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Content-Type") != "application/json" || r.Header.Get("X") != "y" {
					t.Errorf("got the headers %v", r.Header)
				}
				if c.status == 302 {
					w.Header().Set("Location", "/login")
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			}))
			t.Cleanup(server.Close)
			connection := newConnection(server.URL, &Options{MaxAnswer: 1000})
			got, err := newRequest[int](call{connection: connection, method: "m"}).Send(t.Context(), Header("X", "y"))
			switch {
			case err == nil && c.want != "7", err != nil && !strings.HasPrefix(err.Error(), c.want):
				t.Errorf("got %d, %v, want %s", got, err, c.want)
			}
		})
	}
}

// The time is over even where a transport does not look at it, but for what it does itself.
func TestTimeout(t *testing.T) {
	t.Parallel()
	waits := func(ctx context.Context, _ []byte, _ http.Header) ([]byte, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	connection := newConnection("", &Options{Transport: waits, Timeout: time.Millisecond})
	r := newRequest[Nothing](call{connection: connection, method: "m", notification: true})
	_, err := r.Send(t.Context())
	if _, ok := errors.AsType[*TransportError](err); !ok || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
