package jsonrpc_test

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// backwards is a codec that nobody would take for another: it turns strings around.
type backwards struct {
	jsonrpc.StrictCodec
	write func(w io.Writer, v any) error // where it is set, in place of MarshalWrite
}

func (c backwards) MarshalWrite(w io.Writer, v any) error {
	if c.write != nil {
		return c.write(w, v)
	}
	if s, ok := v.(string); ok {
		v = turned(s)
	}
	return c.StrictCodec.MarshalWrite(w, v)
}

func (c backwards) Unmarshal(data []byte, v any) error {
	err := c.StrictCodec.Unmarshal(data, v)
	if s, ok := v.(*string); ok {
		*s = turned(*s)
	}
	return err
}

func turned(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// A user's codec is for params, results and an error's data; ids, names and our own errors are
// not its business.
func TestOwnCodec(t *testing.T) {
	r := wireService()
	r["join"] = jsonrpc.Func(func(a, b string) string { return a + b + "!" }, "a", "b")
	r["tell"] = func(s string) error { return jsonrpc.ServerError(1, s, "data") }
	runWires(t, r, &jsonrpc.Options{Codec: backwards{}}, []wire{
		{"by position", `{"jsonrpc":"2.0","method":"join","params":["ab","cd"],"id":"id"}`, resultFor(`"!cdab"`, `"id"`)},
		{"by name", `{"jsonrpc":"2.0","method":"join","params":{"b":"cd","a":"ab"},"id":"id"}`, resultFor(`"!cdab"`, `"id"`)},
		{"error data", `{"jsonrpc":"2.0","method":"tell","params":["ab"],"id":"id"}`, faultFor(`{"code":-32001,"message":"ba","data":"atad"}`, `"id"`)},
		{"incident", `{"jsonrpc":"2.0","method":"hide","id":"id"}`, faultFor(`{"code":-32000,"message":"Server error","data":{"incident":"#"}}`, `"id"`)},
		{"invalid params", `{"jsonrpc":"2.0","method":"join","params":["ab",1],"id":"id"}`, faultFor(`{"code":-32602,"message":"Invalid params","data":[{"param":"/1","expected":"string","got":"number"}]}`, `"id"`)},
		{"invalid request", `{}`, refused("method is missing or no string", "null")},
	})
}

func TestCodecThatFails(t *testing.T) {
	for name, write := range map[string]func(w io.Writer, v any) error{
		"writes nothing":     func(io.Writer, any) error { return nil },
		"writes white space": func(w io.Writer, _ any) error { _, err := io.WriteString(w, "\n\n"); return err },
		"refuses":            func(io.Writer, any) error { return errors.New("no") },
		"writes and refuses": func(w io.Writer, _ any) error { _, _ = io.WriteString(w, `{"half":`); return errors.New("no") },
		"panics":             func(io.Writer, any) error { panic("no") },
		"writes and panics":  func(w io.Writer, _ any) error { _, _ = io.WriteString(w, `[`); panic("no") },
	} {
		t.Run(name, func(t *testing.T) {
			runWires(t, wireService(), &jsonrpc.Options{Codec: backwards{write: write}}, []wire{
				{"result", getData, faultFor(internalFault, "1")},
				{"scalar result", `{"jsonrpc":"2.0","method":"sum","id":1}`, faultFor(internalFault, "1")},
				{"notification", `{"jsonrpc":"2.0","method":"get_data"}`, ""},
				{"no method", pingMsg, pingAnswer},
			})
		})
	}
}

// What a codec writes behind its value as a line's end is not sent, and the limit of the answer
// is the codec's too.
func TestCodecOfLines(t *testing.T) {
	var refused error
	codec := backwards{write: func(w io.Writer, v any) error {
		refused = json.NewEncoder(w).Encode(v)
		return refused
	}}
	app := newApp(t, fillers(), &jsonrpc.Options{Codec: codec, MaxResponse: 1000})
	sameAnswer(t, string(app.CallContext(t.Context(), []byte(fillMsg(10, 1)), nil)), filled(10, 1))
	sameAnswer(t, string(app.CallContext(t.Context(), []byte(fillMsg(2000, 1)), nil)), tooLarge("response", 1000, "1"))
	if refused == nil {
		t.Error("the codec could write on behind the limit")
	}
}
