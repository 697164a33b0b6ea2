package jsonrpc

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Handler answers a request. It is the raw shape: it sees the request as it came and decodes
// the params itself. Everything that can answer a call can be seen as one, an RPC included, and
// every feature is a wrapper around one.
//
// The result is encoded by the codec; a json.RawMessage is checked and sent as it is. An error
// is translated as Error and ErrorMap say. ServeRPC is called by many goroutines at once.
type Handler interface {
	ServeRPC(ctx context.Context, req *Request) (any, error)
}

// HandlerFunc is a function that is a Handler.
type HandlerFunc func(ctx context.Context, req *Request) (any, error)

// ServeRPC calls f.
func (f HandlerFunc) ServeRPC(ctx context.Context, req *Request) (any, error) { return f(ctx, req) }

// Middleware wraps a Handler. It is called once, at the first request, so what it keeps beside
// the Handler it returns (a limiter, a cache) is kept across calls.
type Middleware func(next Handler) Handler

// Resolver is a namespace that finds its own members. Lookup returns the Handler for a name
// inside the namespace, or nil where there is none; an error answers the call. It is called by
// many goroutines at once and at each call.
type Resolver interface {
	Lookup(ctx context.Context, name string) (Handler, error)
}

// Request is one call or notification on its way to a procedure. It is valid during the call;
// Params and ID must be copied to be kept. A middleware may pass on a changed copy; in the
// middleware of the root a changed Method leads to that method.
type Request struct {
	Method    string          // the canonical full name
	RawMethod string          // what the client wrote
	Params    json.RawMessage // an array or an object; nil: none
	ID        json.RawMessage // a string, a number or null; nil: a notification
	Extras    Extras          // from the call or Options.Extras; not to be written to

	stage *stage
}

// Notification tells whether nobody waits for an answer.
func (r *Request) Notification() bool { return r.ID == nil }

// MiddlewareChain is a list of middlewares as a registry holds it under Use.
type MiddlewareChain struct {
	middlewares []Middleware
	once        sync.Once
	handler     Handler
}

// Chain makes a chain; the first middleware is the outermost. The chain builds its handler
// once, around the registry that it stands in, and so belongs into one registry only.
func Chain(middlewares ...Middleware) *MiddlewareChain {
	return &MiddlewareChain{middlewares: middlewares}
}

// serve passes a request, which is the caller's to change, through the chain. Behind its end
// goes on what st says.
func (c *MiddlewareChain) serve(ctx context.Context, req *Request, st *stage) (any, error) {
	c.once.Do(func() { c.handler = c.build() })
	if c.handler == nil {
		return nil, internal("a middleware panicked when its chain was built, or returned nil: calls in its scope are refused")
	}
	req.stage = st
	return c.handler.ServeRPC(ctx, req)
}

func (c *MiddlewareChain) build() Handler {
	var h Handler = endOfChain{}
	for _, mw := range slices.Backward(c.middlewares) {
		if h = mw(h); h == nil {
			break
		}
	}
	return h
}

// check reports a chain that cannot be built.
func (c *MiddlewareChain) check() error {
	for i, mw := range c.middlewares {
		if mw == nil {
			return fmt.Errorf("found nil as middleware %d, want a function", i+1)
		}
	}
	return nil
}

// endOfChain is the innermost handler of every chain: what comes next stands in the request.
type endOfChain struct{}

func (endOfChain) ServeRPC(ctx context.Context, req *Request) (any, error) {
	st := req.stage
	if st == nil {
		return nil, internal("a middleware passed on a request of its own making: it must pass on the one that it was given, or a copy")
	}
	if !st.call.enter() {
		return nil, internal("a middleware passed on the request %q after its call was over", req.Method)
	}
	defer st.call.leave()
	return st.proceed(ctx, req)
}
