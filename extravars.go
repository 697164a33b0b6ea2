package jsonrpc

import (
	"context"
	"net/http"
)

// Extras are variables that the server puts into a call, by the name of the parameter that they
// are for. A parameter takes its extra variable where a Procedure declares it with Extra, or a
// struct's field with the tag rpc:"extra": it is no position and stands in no description, and
// a client that names it gets Invalid params. A call without it is an Internal error.
//
// There are three sources, of which the later wins: WithExtra, Options.Extras, and the extras
// of Call. Those of Call also fill parameters that are not declared, where the client left them
// out; where it did not, the answer is Invalid params.
type Extras map[string]any

type extraKey struct{ name string }

// WithExtra returns a context that carries an extra variable for the calls made with it. Any
// net/http middleware, and any Middleware of this package, can use it.
func WithExtra(ctx context.Context, name string, value any) context.Context {
	return context.WithValue(ctx, extraKey{name}, extraValue{value})
}

// extraValue tells an extra variable that is nil from none.
type extraValue struct{ v any }

func contextExtra(ctx context.Context, name string) (any, bool) {
	e, ok := ctx.Value(extraKey{name}).(extraValue)
	return e.v, ok
}

// RequestFrom returns the JSON-RPC request that ctx belongs to, nil outside of a call. It is
// valid during the call.
func RequestFrom(ctx context.Context) *Request {
	if c, ok := ctx.Value(callKey{}).(*callContext); ok {
		return c.request()
	}
	return nil
}

// HTTPRequest returns a copy of the HTTP request that brought the call, with the call's context
// and an empty body; nil over any other transport. A procedure can also ask for it with a
// parameter.
func HTTPRequest(ctx context.Context) *http.Request {
	if c, ok := ctx.Value(callKey{}).(*callContext); ok {
		return c.httpRequest(ctx)
	}
	return nil
}

// RequireHTTP is HTTPRequest for a procedure that cannot do without: over any other transport it
// returns the error that a parameter *http.Request is answered with there, an Internal error.
func RequireHTTP(ctx context.Context) (*http.Request, error) {
	if r := HTTPRequest(ctx); r != nil {
		return r, nil
	}
	return nil, errNoHTTP
}
