//go:build !race

package jsonrpc_test

import (
	"context"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// TestMethodAllocations: a method of a lazily made value costs what the same function costs alone.
func TestMethodAllocations(t *testing.T) {
	made := &ledger{sum: 100}
	service := jsonrpc.LazyObject(func(context.Context) (*ledger, error) { return made, nil })
	rpc := jsonrpc.RPC{
		"typed":  jsonrpc.Typed(made.Total),
		"method": jsonrpc.TypedMethod(service, (*ledger).Total),
	}
	allocs := func(method string) float64 {
		msg := []byte(ask(method, `[1,2]`))
		return testing.AllocsPerRun(200, func() { rpc.Call(msg, nil) })
	}
	if got, want := allocs("method"), allocs("typed"); got > want {
		t.Errorf("%v allocations, want %v as Typed has", got, want)
	}
}
