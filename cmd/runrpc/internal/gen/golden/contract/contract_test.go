package contract_test

import (
	"testing"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/cache"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/contract"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/internal/hidden"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/tagged"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/value"
)

// TestForms calls what the other forms of New make.
func TestForms(t *testing.T) {
	rpc := jsonrpc.RPC{
		"contract": contract.Procedures(),
		"cache":    cache.RPC(),
		"value":    value.RPC(),
		"tagged":   tagged.RPC(),
		"hidden":   hidden.RPC(),
	}
	if err := rpc.Check(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ method, params, want string }{
		{"contract.charge", `{"amount":5}`, `"result":{"text":"5EUR"}`},
		{"contract.charge", `[5,"USD"]`, `"result":{"text":"5USD"}`},
		{"contract.charge", `{"text":5}`, `"error":{"code":-32602,"message":"Invalid params","data":[` +
			`{"param":"/text","expected":"one of: amount, currency","got":"unknown"},{"param":"/amount","expected":"integer","got":"missing"}]}`},
		{"contract.ping", `{}`, `"result":null`},
		{"contract.owe", `{"to":"you","cents":5}`, `"result":"you5"`},
		{"contract.two", `[5,"x"]`, `"result":"5x"`},
		{"contract.labels", `{"a":"b","c":"d"}`, `"result":2`},
		{"contract.close", `[]`, `"error":{"code":-32601,"message":"Method not found"}`},
		{"contract.more", `[]`, `"error":{"code":-32601,"message":"Method not found"}`},
		{"cache.put", `{"key":"a","value":[1]}`, `"result":[]`},
		{"cache.put", `["a",[2]]`, `"result":[1]`},
		{"value.n", `[]`, `"result":7`},
		{"value.add", `{"n":1}`, `"result":8`},
		{"tagged.nowhere", `[]`, `"error":{"code":-32601,"message":"Method not found"}`},
		{"hidden.open", `[]`, `"result":"open"`},
	} {
		got := string(rpc.Call([]byte(`{"jsonrpc":"2.0","method":"`+test.method+`","params":`+test.params+`,"id":1}`), nil))
		if want := `{"jsonrpc":"2.0",` + test.want + `,"id":1}`; got != want {
			t.Errorf("%s %s\n got %s\nwant %s", test.method, test.params, got, want)
		}
	}
	if both, everywhere := tagged.Both(), tagged.Everywhere(); both != everywhere {
		t.Errorf("Both is %s and Everywhere %s", both, everywhere)
	}
}
