package jsonrpc_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/rs/zerolog"

	"github.com/runrpc/jsonrpc"
)

// fuzzService has parameters of many kinds and always the same answers.
func fuzzService() jsonrpc.RPC {
	type point struct {
		X, Y int
		Name *string `json:"name"`
	}
	r := wireService()
	r["echo"] = jsonrpc.Func(func(v any) any { return v }, "value")
	r["same"] = jsonrpc.Func(func(v json.RawMessage) json.RawMessage { return v }, "value")
	r["point"] = func(p point) (point, error) {
		if p.X == p.Y {
			return p, jsonrpc.ServerError(p.X, "on the diagonal", p)
		}
		return p, nil
	}
	r["points"] = jsonrpc.Func(func(p []point, by map[string]float64) any { return map[string]any{"p": p, "by": by} }, "p", "by").Default("by", map[string]float64{"x": 1})
	r["kinds"] = jsonrpc.Func(func(a int8, b uint64, c float64, d bool, e string, f ...byte) []any { return []any{a, b, c, d, e, f} }, "a", "b", "c", "d", "e", "f")
	r["typed"] = jsonrpc.Typed(func(_ context.Context, p struct {
		N int    `json:"n" rpc:"default=3"`
		S string `json:"s,omitempty"`
	}) (string, error) {
		return p.S + strconv.Itoa(p.N), nil
	})
	r["rest"] = func(_ context.Context, req *jsonrpc.Request) (any, error) { return req.Params, nil }
	r["deep"] = jsonrpc.RPC{"er": jsonrpc.RPC{"sum": sumAll}}
	return r
}

func FuzzCall(f *testing.F) {
	for _, c := range specExamples {
		f.Add([]byte(c.msg))
	}
	for _, msg := range []string{
		`{"jsonrpc":"2.0","method":"echo","params":[{"a":[1,2.5,"x",null,true,{}]}],"id":"\u0061"}`,
		`{"jsonrpc":"2.0","method":"same","params":["\ud800"],"id":1.0}`,
		`{"jsonrpc":"2.0","method":"rest","params":{"a":1, "a":"\udfff"},"id":null}`,
		`{"jsonrpc":"2.0","method":"rest","params":{"a":1, "a":"\tdfff"},"id":null}`,
		`{"jsonrpc":"2.0","method":"point","params":{"X":1,"Y":2,"name":"é"},"id":-0}`,
		`{"jsonrpc":"2.0","method":"point","params":[1,1,null],"id":1e400}`,
		`{"jsonrpc":"2.0","method":"points","params":[[{"X":1,"Y":2},{"x":1}],{"y":2}],"id":9007199254740993}`,
		`{"jsonrpc":"2.0","method":"kinds","params":[-128,18446744073709551615,1e-7,true,"\"",1,255],"id":[]}`,
		`{"jsonrpc":"2.0","method":"kinds","params":{"f":[1],"e":"","d":false,"c":1e400,"b":-1,"a":128},"id":1}`,
		`{"jsonrpc":"2.0","method":"typed","params":{"n":null,"s":"x"},"id":1}`,
		`{"jsonrpc":"2.0","method":"typed","params":{"z":1},"id":{"id":1}}`,
		`{"jsonrpc":"2.0","method":"deep.er.sum","params":[1,2],"id":1}`,
		`{"jsonrpc":"2.0","method":"boom","id":true}`, `{"method":"sum","params":[1],"id":7}`,
		`[{"jsonrpc":"2.0","method":"hide","id":"a"},{"jsonrpc":"2.0","method":"boom","id":"b"},{"jsonrpc":"2.0","method":"sum"},{"id":1,"id":2},[],{}]`,
		`{"jsonrpc":"2.0","method":"sum","params":3,"id":1}`, `[[[]]]`, "\xff", `{"a":1}}`,
	} {
		f.Add([]byte(msg))
	}
	r := fuzzService()
	app, err := jsonrpc.NewApplication(r, &jsonrpc.Options{MaxBatch: -1, MaxResponse: -1, Logger: new(zerolog.Nop())})
	if err != nil {
		f.Fatal(err)
	}
	old, err := jsonrpc.NewApplication(r, &jsonrpc.Options{V1: true, Logger: new(zerolog.Nop())})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, msg []byte) {
		before := bytes.Clone(msg)
		answer := r.Call(msg, nil)
		if !bytes.Equal(msg, before) {
			t.Errorf("Call has written to its message: %q", before)
		}
		if err := checkAnswer(msg, answer); err != nil {
			t.Errorf("%q: %q: %v", msg, answer, err)
		}
		if other := app.CallContext(t.Context(), msg, nil); levelled(string(other)) != levelled(string(answer)) {
			t.Errorf("%q: Call: %q, Application: %q", msg, answer, other)
		}
		old.CallContext(t.Context(), msg, nil) // in yet another form: it must not panic
	})
}

// checkAnswer checks an answer with a parser that is not the package's own: it is none, one
// response, or an array of some; each with an id that stands in the message.
func checkAnswer(msg, answer []byte) error {
	if answer == nil {
		return nil
	}
	ids := idsOf(msg)
	dec := jsontext.NewDecoder(bytes.NewBuffer(answer), jsontext.AllowDuplicateNames(true)) // inside a raw result they may stand
	most := 1
	if dec.PeekKind() == '[' {
		_, _ = dec.ReadToken()
		most = len(ids)
		if dec.PeekKind() == ']' {
			return errors.New("an empty array")
		}
	}
	n := 0
	for ; dec.PeekKind() != ']'; n++ {
		if dec.PeekKind() == 0 {
			if _, err := dec.ReadToken(); err != io.EOF || n != 1 {
				return fmt.Errorf("after %d responses: %v", n, err)
			}
			return nil
		}
		response, err := dec.ReadValue()
		if err != nil {
			return err
		}
		if err := checkResponse(response.Clone(), ids); err != nil {
			return err
		}
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	if _, err := dec.ReadToken(); err != io.EOF || n > most {
		return fmt.Errorf("%d responses to %d members, then %v", n, most, err)
	}
	return nil
}

func checkResponse(response jsontext.Value, ids map[string]int) error {
	var r struct {
		Version *string         `json:"jsonrpc"`
		Result  json.RawMessage `json:"result"`
		Error   *struct {
			Code    *int            `json:"code"`
			Message *string         `json:"message"`
			Data    json.RawMessage `json:"data"`
		} `json:"error"`
		ID json.RawMessage `json:"id"`
	}
	if err := json.Unmarshal(response, &r); err != nil {
		return err
	}
	names := memberNames(response)
	switch {
	case names != "jsonrpc result id" && names != "jsonrpc error id":
		return errors.New("the members are " + names)
	case r.Version == nil || *r.Version != "2.0":
		return errors.New("no version")
	case (r.Result == nil) == (r.Error == nil):
		return errors.New("want one of result and error")
	case r.Error != nil && (r.Error.Code == nil || r.Error.Message == nil):
		return errors.New("half an error")
	case r.ID == nil:
		return errors.New("no id")
	}
	if string(r.ID) != "null" {
		if ids[string(r.ID)]--; ids[string(r.ID)] < 0 {
			return fmt.Errorf("the id %s is none of the message's", r.ID)
		}
	}
	return nil
}

// memberNames lists the names of an object's members, in their order.
func memberNames(object jsontext.Value) string {
	dec := jsontext.NewDecoder(bytes.NewReader(object), jsontext.AllowDuplicateNames(true))
	_, _ = dec.ReadToken()
	var names []string
	for dec.PeekKind() == '"' {
		name, _ := dec.ReadToken()
		names = append(names, name.String())
		_ = dec.SkipValue()
	}
	return strings.Join(names, " ")
}

// idsOf counts the ids of a message's requests, "" where one has none.
func idsOf(msg []byte) map[string]int {
	ids := map[string]int{}
	var members []json.RawMessage
	if json.Unmarshal(msg, &members) != nil {
		members = []json.RawMessage{msg}
	}
	for i, m := range members {
		ids[fmt.Sprint("member ", i)] = 1
		dec := jsontext.NewDecoder(bytes.NewReader(m), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
		if dec.PeekKind() != '{' {
			continue
		}
		_, _ = dec.ReadToken()
		for dec.PeekKind() == '"' {
			name, err := dec.ReadToken()
			if err != nil {
				break
			}
			is := name.String() == "id"
			value, err := dec.ReadValue()
			if err != nil {
				break
			}
			if is {
				ids[string(value)] = 1 + ids[string(value)]
			}
		}
	}
	return ids
}
