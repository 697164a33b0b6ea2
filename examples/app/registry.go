package main

import (
	"context"
	"maps"
	"sync"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/examples/app/books"
	"github.com/runrpc/jsonrpc/examples/app/loans"
	"github.com/runrpc/jsonrpc/examples/app/stats"
)

// registry returns all methods of the library.
func registry() jsonrpc.RPC {
	shelf := books.NewShelf("Emma", "Dracula", "Middlemarch", "Walden")
	desk := loans.NewDesk(shelf.Has)
	calls := new(counter)

	lending := desk.RPC()
	lending[jsonrpc.Use] = jsonrpc.Chain(readersOnly)
	lending["popular"] = "stats:Popular"

	return jsonrpc.RPC{
		jsonrpc.Use:    jsonrpc.Chain(calls.middleware),
		jsonrpc.Errors: jsonrpc.ErrorMap{books.ErrUnknown: -32004},
		jsonrpc.Packages: jsonrpc.PackageMap{
			"stats": jsonrpc.LazyObject(func(ctx context.Context) (*stats.Stats, error) { return stats.Open(ctx, desk, shelf) }),
		},
		"books": jsonrpc.Object(shelf).Skip("Has"),
		"loans": lending,
		"calls": jsonrpc.Func(calls.snapshot).Doc("Tells how often each method was called."),
	}
}

// counter counts calls by method.
type counter struct {
	mu     sync.Mutex
	counts map[string]int
}

// middleware counts each call that succeeds: names that clients make up would fill the map.
func (c *counter) middleware(next jsonrpc.Handler) jsonrpc.Handler {
	return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
		result, err := next.ServeRPC(ctx, req)
		if err == nil {
			c.count(req.Method)
		}
		return result, err
	})
}

func (c *counter) count(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil {
		c.counts = map[string]int{}
	}
	c.counts[method]++
}

func (c *counter) snapshot() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.counts)
}
