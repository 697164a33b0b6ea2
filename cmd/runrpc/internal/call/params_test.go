package call

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// holds is an opener of one file.
func holds(text string) opener {
	return func(name string) (io.ReadCloser, error) {
		if name == "none" {
			return nil, errors.New("no such file")
		}
		return io.NopCloser(strings.NewReader(text)), nil
	}
}

// Whatever the arguments and the files are, what is sent is one request with the params that they say.
func FuzzParams(f *testing.F) {
	f.Add("1\x00two\x00{}", "")
	f.Add("a=1\x00b:=[1]\x00c@=file\x00d:=@file", `{"x":1}`)
	f.Add("-", "[1]")
	f.Add("@file", `{"a":"\ud800"}`)
	f.Add("a:=1e99999\x00a=2", "\xff")
	f.Fuzz(func(t *testing.T, line, file string) {
		args := strings.Split(strings.ToValidUTF8(line, "?"), "\x00")
		value, err := params(args, holds(file))
		if err != nil {
			if text := err.Error(); text == "" {
				t.Error("found an error that says nothing")
			}
			return
		}
		if !json.Valid(value) {
			t.Fatalf("%q: %s is no JSON", args, value)
		}
		if kind := value.Kind(); kind != jsontext.KindBeginArray && kind != jsontext.KindBeginObject {
			t.Errorf("%q: found %s", args, value)
		}
		if isWhole(args[0]) {
			return
		}
		var array []json.RawMessage
		var object map[string]json.RawMessage
		if json.Unmarshal(value, &array) != nil && json.Unmarshal(value, &object) != nil {
			t.Fatalf("%q: found %s", args, value)
		}
		if len(array)+len(object) != len(args) {
			t.Errorf("%q: found %s, want %d values", args, value, len(args))
		}
	})
}

// Whatever a file of requests and an answer to them are, they are read or refused.
func FuzzBatch(f *testing.F) {
	f.Add("{\"method\":\"a\"}\n{\"method\":\"b\",\"id\":1}", `[{"result":1,"id":1},{"result":1,"id":null}]`)
	f.Add(`[{"method":"a","id":2},{"jsonrpc":"2.0","method":"b"}]`, `[]`)
	f.Fuzz(func(t *testing.T, file, answer string) {
		sent, err := readBatch("file", false, holds(file))
		if err != nil {
			return
		}
		var requests []struct{ Method *string }
		if err := json.Unmarshal(sent.text, &requests); err != nil || len(requests) < len(sent.ids) {
			t.Fatalf("%q: %v in %s", file, err, sent.text)
		}
		var values []jsontext.Value
		if json.Unmarshal([]byte(answer), &values) != nil {
			return
		}
		if got, err := sent.sort(values); err == nil && len(got.responses) != len(values) {
			t.Errorf("found %d answers, want %d", len(got.responses), len(values))
		}
	})
}
