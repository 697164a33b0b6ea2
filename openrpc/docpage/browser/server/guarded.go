package main

import (
	"context"
	"encoding/json"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// guarded lets those in who say a word.
func guarded() jsonrpc.RPC {
	return jsonrpc.RPC{
		"open": jsonrpc.Func(func() string { return "sesame" }),
		jsonrpc.Use: jsonrpc.Chain(func(next jsonrpc.Handler) jsonrpc.Handler {
			return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
				if r := jsonrpc.HTTPRequest(ctx); r == nil || r.Header.Get("Authorization") != "Bearer sesame" {
					return nil, jsonrpc.NewError(401, "say the word", nil)
				}
				return next.ServeRPC(ctx, req)
			})
		}),
	}
}

// broken describes itself with something else.
func broken() jsonrpc.RPC {
	return jsonrpc.RPC{openrpc.MethodName: jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) {
		return json.RawMessage(`{"swagger": "2.0"}`), nil
	})}
}
