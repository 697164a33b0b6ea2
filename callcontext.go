package jsonrpc

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

// callContext is the context of one call. Its deadline costs nothing until somebody waits for
// it: only Done starts a timer. It ends with the call at the latest.
//
// It is never used again for another call, so that a goroutine which the procedure left behind
// can not come upon another's request.
type callContext struct {
	parent   context.Context
	engine   *engine
	deadline time.Time // zero: none

	mu      sync.Mutex
	x       *exchange // nil: the call is over
	raw     *rawRequest
	found   *target
	running int // procedures and handlers at work
	err     error
	watch   *watch // made when somebody waits for the end
	req     *Request
}

// watch is what a context needs that somebody waits on.
type watch struct {
	done   chan struct{}
	timer  *time.Timer
	unhook []func() bool
	after  map[*func()]struct{}
}

// callKey is what a callContext answers with itself to.
type callKey struct{}

// Deadline returns the earlier of the call's and the caller's.
func (c *callContext) Deadline() (time.Time, bool) {
	d, ok := c.parent.Deadline()
	if !c.deadline.IsZero() && (!ok || c.deadline.Before(d)) {
		return c.deadline, true
	}
	return d, ok
}

// Value returns the caller's value.
func (c *callContext) Value(key any) any {
	if key == (callKey{}) {
		return c
	}
	return c.parent.Value(key)
}

// Done returns a channel that is closed at the deadline, when the caller gives up, and when the
// call is over.
func (c *callContext) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.watch == nil {
		c.watch = &watch{done: make(chan struct{})}
		if c.err != nil {
			close(c.watch.done)
		} else {
			c.watchLocked()
		}
	}
	return c.watch.done
}

// watchLocked sees to it that the context ends when it must.
func (c *callContext) watchLocked() {
	w := c.watch
	if !c.deadline.IsZero() {
		w.timer = time.AfterFunc(time.Until(c.deadline), func() { c.end(context.DeadlineExceeded) })
	}
	for _, outer := range []context.Context{c.parent, c.engine.life} {
		if outer.Done() != nil {
			w.unhook = append(w.unhook, context.AfterFunc(outer, func() { c.end(outer.Err()) }))
		}
	}
}

// Err says why Done is closed, nil while it is not.
func (c *callContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		switch {
		case c.parent.Err() != nil:
			c.endLocked(c.parent.Err())
		case c.engine.life.Err() != nil:
			c.endLocked(c.engine.life.Err())
		case !c.deadline.IsZero() && !time.Now().Before(c.deadline):
			c.endLocked(context.DeadlineExceeded)
		}
	}
	return c.err
}

func (c *callContext) end(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.endLocked(err)
}

func (c *callContext) endLocked(err error) {
	if c.err != nil {
		return
	}
	c.err = err
	w := c.watch
	if w == nil {
		return
	}
	close(w.done)
	if w.timer != nil {
		w.timer.Stop()
	}
	for _, unhook := range w.unhook {
		unhook()
	}
	for f := range w.after {
		go (*f)()
	}
	w.after = nil
}

// AfterFunc runs f in a goroutine when the context ends: package context asks for it, so that a
// context derived from this one needs no goroutine that waits.
func (c *callContext) AfterFunc(f func()) (stop func() bool) {
	c.Done()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		go f()
		return func() bool { return false }
	}
	w := c.watch
	if w.after == nil {
		w.after = map[*func()]struct{}{}
	}
	key := &f
	w.after[key] = struct{}{}
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		_, waiting := w.after[key]
		delete(w.after, key)
		return waiting
	}
}

// enter notes that a middleware has passed the request on. It returns false when the call is
// over and its memory another's.
func (c *callContext) enter() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.x == nil {
		return false
	}
	c.running++
	return true
}

func (c *callContext) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running--
}

// finish ends the context with the call, and tells whether something is still at work in it:
// a middleware may have given up on what it called.
func (c *callContext) finish() (busy bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.endLocked(context.Canceled)
	c.x = nil
	return c.running > 0
}

// ended returns the error for a context that has ended by itself, nil while it has not.
func (c *callContext) ended() *Error {
	switch c.Err() {
	case nil:
		return nil
	case context.DeadlineExceeded:
		return errTimeout
	}
	return errCancelled
}

// setFound notes where the call has come to, for its errors' translation.
func (c *callContext) setFound(t *target) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.found = t
}

func (c *callContext) target() *target {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.found
}

// enclose notes that the call has come through the registries of path too, whose ErrorMaps
// translate its errors.
func (c *callContext) enclose(path []*scope) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.x != nil && c.found != nil {
		t := *c.found
		t.path = slices.Concat(t.path, path)
		c.found = &t
	}
}

// origin returns what a request that comes out of this call is answered with.
func (c *callContext) origin() (*engine, *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.x == nil {
		return bareEngine(), nil
	}
	return c.x.engine, c.x.http
}

// request makes the call's Request for those who ask for it.
func (c *callContext) request() *Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.x == nil {
		return nil
	}
	return c.requestLocked()
}

func (c *callContext) requestLocked() *Request {
	if c.req == nil {
		c.req = new(Request)
		c.fill(c.req)
	}
	return c.req
}

// fill makes req the call's request, which refers to the message's text from then on.
func (c *callContext) fill(req *Request) {
	c.x.exposed.Store(true)
	req.Params, req.ID, req.Extras = c.raw.params, c.raw.id, c.x.extras
	if c.found != nil {
		req.Method = c.found.name
	}
	if req.Method == "" {
		req.Method = string(canonical(c.raw.method, c.x.root.separator()))
	}
	if req.RawMethod = req.Method; string(c.raw.method) != req.Method {
		req.RawMethod = string(c.raw.method)
	}
}

// httpRequest returns the caller's own copy of the HTTP request, nil where there is none.
func (c *callContext) httpRequest(ctx context.Context) *http.Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.x == nil || c.x.http == nil {
		return nil
	}
	r := c.x.http.Clone(ctx)
	r.Body, r.ContentLength, r.GetBody = http.NoBody, 0, nil
	return r
}
