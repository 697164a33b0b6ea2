package jsonrpc

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// ServeRPC calls one method in-process, with the Application's middleware, limits, deadline and
// log, and returns its result as the Go value that it is: the Application is a Handler. The error
// is an *Error, with what a client would get to know. It runs on the caller's goroutine, and a
// procedure that ends its goroutine ends the caller's.
//
// A call that is made to answer an HTTP request, from a procedure or from the handler of
// Options.Docs, comes over HTTP too: HTTPRequest returns that request.
func (a *Application) ServeRPC(ctx context.Context, req *Request) (any, error) {
	tb := a.acquire()
	if tb == nil {
		return nil, errShutdown
	}
	defer tb.release()
	if !a.engine.enter() {
		return nil, errOverloaded
	}
	defer a.engine.leave()
	x := newExchange(a.engine, tb, ctx)
	defer x.recycle()
	x.arrived()
	own := *req
	x.origin(ctx, &own)
	v, e := x.first.value(x, &own)
	if e != nil {
		return nil, e
	}
	return v, nil
}

// origin notes the HTTP request that a call is made to answer.
func (x *exchange) origin(ctx context.Context, req *Request) {
	if outer, ok := ctx.Value(callKey{}).(*callContext); ok {
		_, x.http = outer.origin()
	} else if d, ok := ctx.Value(docsKey{}).(*docsRequest); ok {
		x.http = d.http
		if req.Extras == nil {
			req.Extras = d.extras
		}
	}
}

// value performs a call whose result is not to be encoded.
func (c *call) value(x *exchange, req *Request) (v any, e *Error) {
	c.x, c.raw = x, &rawRequest{method: []byte(req.Method), id: req.ID}
	if x.engine.log.calls() {
		c.start = time.Now()
	}
	v, err := c.contained(req)
	var inc string
	if err != nil {
		v = nil
		e, inc = c.told(err)
	}
	c.finish(e, err, inc)
	return v, e
}

// contained does it and contains what happens in it.
func (c *call) contained(req *Request) (v any, err error) {
	returned := false
	defer func() {
		if returned {
			return
		}
		p := recover()
		if p == nil { // runtime.Goexit, which nothing can stop
			e, inc := c.told(&internalError{cause: errors.New("the procedure ended its goroutine"), stack: debug.Stack()})
			c.finish(e, nil, inc)
			return
		}
		err = &internalError{cause: fmt.Errorf("panic: %v", p), stack: debug.Stack()}
	}()
	v, err = c.pass(req)
	returned = true
	return v, err
}

// pass passes a request on to what it calls, by way of its middleware.
func (c *call) pass(req *Request) (any, error) {
	t := c.x.root.find([]byte(req.Method), new(finding))
	for _, s := range t.path {
		if s.fault != nil {
			return nil, &internalError{cause: s.fault}
		}
	}
	if req.RawMethod == "" {
		req.RawMethod = req.Method
	}
	if t.name == "" {
		t.name = string(canonical([]byte(req.Method), c.x.root.separator()))
	}
	req.Method = t.name
	h := &hop{request: *req}
	c.found = t
	c.ctx = &callContext{
		parent: c.x.ctx, engine: c.x.engine, deadline: c.x.deadline,
		x: c.x, raw: &rawRequest{}, found: t, req: &h.request,
	}
	return c.ctx.proceed(c.ctx, c.ctx.req, stage{call: c.ctx, target: t}, h)
}

// told is translate for errors whose own methods may panic too.
func (c *call) told(err error) (e *Error, inc string) {
	defer func() {
		if p := recover(); p != nil {
			e, inc = c.private(&internalError{cause: fmt.Errorf("panic in an error of type %T: %v", err, p), stack: debug.Stack()})
		}
	}()
	return c.translate(err)
}
