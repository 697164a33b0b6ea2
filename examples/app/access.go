package main

import (
	"context"
	"net/http"
	"strings"

	"github.com/runrpc/jsonrpc"
)

// tokens are the readers by their secret; a real program asks its database.
var tokens = map[string]string{"ada-token": "ada", "bob-token": "bob"}

// reader finds out who calls. A request without a token is a guest's, one with a wrong token is
// refused before anything runs.
func reader(r *http.Request) (jsonrpc.Extras, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return jsonrpc.Extras{"reader": ""}, nil
	}
	token, _ := strings.CutPrefix(header, "Bearer ")
	name, ok := tokens[token]
	if !ok {
		return nil, &jsonrpc.HTTPError{Status: http.StatusUnauthorized, Message: "unknown token"}
	}
	return jsonrpc.Extras{"reader": name}, nil
}

var errGuest = jsonrpc.NewError(-32003, "log in first", nil)

// readersOnly keeps guests out of a namespace.
func readersOnly(next jsonrpc.Handler) jsonrpc.Handler {
	return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
		if req.Extras["reader"] == "" {
			return nil, errGuest
		}
		return next.ServeRPC(ctx, req)
	})
}
