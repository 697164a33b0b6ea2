package openrpc_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// FuzzParse reads what another server may say: it is refused, or a document that means the same
// when it is written and read again, and that can stand in another.
func FuzzParse(f *testing.F) {
	f.Add([]byte(foreign))
	f.Add([]byte(`{"openrpc":"1.4.1","info":{"title":"","version":""},"methods":[]}`))
	f.Add([]byte(`{"openrpc":"1.0","methods":[{"name":"m","params":[{"name":"p","schema":{"type":["null"],"items":[{}],"x":1}}]}]}`))
	f.Add([]byte(`{"openrpc":"1.4.1","methods":[{"name":"m","params":[],"tags":[{"$ref":"#/components/tags/a~1b"}]}],"components":{"tags":{"a/b":{"name":"t"}}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := openrpc.Parse(text)
		if err != nil {
			return
		}
		first := jsonOf(t, doc)
		again, err := openrpc.Parse([]byte(first))
		if err != nil {
			t.Fatalf("it is read, and not again: %v\n%s", err, first)
		}
		if diff := cmp.Diff(first, jsonOf(t, again)); diff != "" {
			t.Errorf("it is read in another way again (-want +got):\n%s", diff)
		}
		rpc := jsonrpc.RPC{
			"rpc.discover": openrpc.Discover(info, nil),
			"far":          remote{func(context.Context) (json.RawMessage, error) { return text, nil }},
		}
		if answer := rpc.Call(ask("rpc.discover"), nil); !json.Valid(answer) {
			t.Errorf("found %s", answer)
		}
	})
}
