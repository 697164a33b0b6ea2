package jsonrpc

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"runtime/debug"
	"time"
)

// call answers one request after the other, on one goroutine.
type call struct {
	x       *exchange
	raw     *rawRequest
	scratch finding
	found   *target
	ctx     *callContext // made when somebody needs it
	spare   *frame       // of the last plan, for the next call of it
	start   time.Time
	exit    []byte // the answer of a procedure that ended this goroutine
	abort   bool   // the procedure panicked with http.ErrAbortHandler
	over    bool   // the answer was over the limit
}

// reset forgets what the last call was about.
func (c *call) reset() {
	c.x, c.raw, c.found, c.ctx, c.exit = nil, nil, nil, nil, nil
	c.scratch.value = nil
}

// answer answers a request: it appends the answer to dst, or nothing to a notification.
func (c *call) answer(dst []byte, x *exchange, raw *rawRequest) []byte {
	c.x, c.raw, c.found, c.ctx, c.abort, c.over = x, raw, nil, nil, false, false
	if x.engine.log.calls() {
		c.start = time.Now()
	}
	out, err := c.run(dst)
	if err == nil {
		err = c.tooLong(len(out) - len(dst))
	}
	if err != nil {
		return c.fail(dst, err)
	}
	c.finish(nil, nil, "")
	return out
}

// tooLong checks an answer against its limit.
func (c *call) tooLong(n int) error {
	if limit := c.x.engine.limit; limit > 0 && n > limit {
		return errTooLong
	}
	return nil
}

// run performs the call and contains what happens in it.
func (c *call) run(dst []byte) (out []byte, err error) {
	returned := false
	defer func() {
		if returned {
			return
		}
		switch p := recover(); p {
		case nil: // runtime.Goexit, which nothing can stop
			c.exit = c.fail(nil, &internalError{cause: errors.New("the procedure ended its goroutine"), stack: debug.Stack()})
		case http.ErrAbortHandler:
			c.abort = c.x.http != nil
			fallthrough
		default:
			out, err = dst, &internalError{cause: fmt.Errorf("panic: %v", p), stack: debug.Stack()}
		}
	}()
	out, err = c.perform(dst)
	returned = true
	return out, err
}

func (c *call) perform(dst []byte) ([]byte, error) {
	if c.raw.fault != nil {
		return dst, c.raw.fault
	}
	c.found = c.x.root.find(c.raw.method, &c.scratch)
	staged := false
	for _, s := range c.found.path {
		if s.fault != nil {
			return dst, &internalError{cause: s.fault}
		}
		staged = staged || s.use != nil
	}
	if staged {
		return c.stages(dst)
	}
	switch v := c.found.value.(type) {
	case nil:
		return dst, errMethodNotFound
	case *routine:
		if v.chain == nil {
			return c.direct(dst, v)
		}
	}
	return c.stages(dst)
}

// direct calls a procedure that no middleware is around: nothing is made for it that it does
// not ask for.
func (c *call) direct(dst []byte, r *routine) ([]byte, error) {
	p := r.plan
	if p.fault != nil {
		return dst, &internalError{cause: p.fault}
	}
	x := c.x
	f := c.take(p)
	f.input = input{x.engine, c.raw.params, c.raw.elements, x.ctx, x.extras, x.free && len(x.extras) > 0}
	if err := p.bind(f); err != nil {
		c.give(f)
		return dst, err
	}
	if p.sig.context >= 0 {
		f.ctx = c.context()
	}
	if p.sig.http >= 0 {
		if f.http = c.context().httpRequest(c.ctx); f.http == nil {
			return dst, errNoHTTP
		}
	}
	err := p.invoke(p, f, r.fn)
	if err == nil {
		dst, err = c.result(dst, f.out, p.encoder)
	}
	c.give(f)
	return dst, err
}

// take returns a frame for p: the last one, where that was p's too.
func (c *call) take(p *plan) *frame {
	f := c.spare
	if f == nil || f.plan != p {
		return p.take()
	}
	c.spare = nil
	return f
}

// give takes a frame back.
func (c *call) give(f *frame) {
	if !f.renew() {
		return
	}
	if c.spare != nil {
		c.spare.plan.frames.Put(c.spare)
	}
	c.spare = f
}

var errNoHTTP = &internalError{cause: errors.New("the procedure takes an *http.Request and was not called over HTTP")}

// stages calls what is found by way of its middleware.
func (c *call) stages(dst []byte) ([]byte, error) {
	s := new(staged)
	ctx := &s.context
	c.ctx = ctx
	*ctx = callContext{parent: c.x.ctx, engine: c.x.engine, deadline: c.x.deadline, x: c.x, raw: c.raw}
	if c.found == &c.scratch.target {
		c.found = c.scratch.keep(&s.target, &c.x.bare.scope)
		c.found.name = string(canonical(c.raw.method, c.x.root.separator()))
	}
	ctx.found = c.found
	ctx.fill(&s.hop.request)
	ctx.req = &s.hop.request
	v, err := ctx.proceed(ctx, ctx.req, stage{call: ctx, target: c.found}, &s.hop)
	if err != nil {
		return dst, err
	}
	return c.result(dst, reflect.ValueOf(v), nil)
}

// staged is what a call by way of middleware or a Handler needs, in one piece.
type staged struct {
	context callContext
	target  finding
	hop     hop
}

// result appends an answer with a result.
func (c *call) result(dst []byte, v reflect.Value, short encodeFunc) (out []byte, err error) {
	if c.raw.notification {
		return dst, nil
	}
	out = appendResultHead(dst, c.raw.v1)
	ok := false
	if c.x.engine.strict && short != nil {
		out, ok = short(out, v)
	}
	if !ok {
		if out, err = c.x.engine.encode(appendResultHead(dst, c.raw.v1), v); err != nil {
			if errors.Is(err, errTooLong) {
				return dst, errTooLong
			}
			return dst, internal("the result of type %v cannot be encoded: %w", typeOf(v), err)
		}
	}
	return appendResultTail(out, c.raw.id, c.raw.v1), nil
}

func typeOf(v reflect.Value) any {
	if v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return nil
	}
	return v.Type()
}

// context makes the call's context.
func (c *call) context() *callContext {
	if c.ctx == nil {
		c.ctx = &callContext{parent: c.x.ctx, engine: c.x.engine, deadline: c.x.deadline, x: c.x, raw: c.raw, found: c.found}
	}
	return c.ctx
}

// fail translates an error and appends its answer. The error's own methods, and the encoding
// of its data, may panic too.
func (c *call) fail(dst []byte, err error) (out []byte) {
	defer func() {
		if p := recover(); p != nil {
			e, inc := c.private(&internalError{cause: fmt.Errorf("panic in an error of type %T: %v", err, p), stack: debug.Stack()})
			if out = dst; !c.raw.notification {
				out, _ = c.x.engine.appendError(dst, e, c.raw.id, c.raw.v1)
			}
			c.finish(e, nil, inc)
		}
	}()
	e, inc := c.translate(err)
	if c.raw.notification {
		c.finish(e, err, inc)
		return dst
	}
	var encodeErr error
	out, encodeErr = c.x.engine.appendError(dst, e, c.raw.id, c.raw.v1)
	if encodeErr == nil {
		encodeErr = c.tooLong(len(out) - len(dst))
	}
	if errors.Is(encodeErr, errTooLong) {
		e, c.over = errTooLarge("response", c.x.engine.limit), true
		out, _ = c.x.engine.appendError(dst, e, c.raw.id, c.raw.v1)
	} else if encodeErr != nil {
		e, inc = c.private(internal("the data of the error %d cannot be encoded: %w", e.Code, encodeErr))
		out, _ = c.x.engine.appendError(dst, e, c.raw.id, c.raw.v1)
	}
	c.finish(e, err, inc)
	return out
}

// translate says what the client gets to know of an error; inc is the incident's id where that
// is not all.
func (c *call) translate(err error) (e *Error, inc string) {
	if err == errTooLong {
		c.over = true
		return errTooLarge("response", c.x.engine.limit), ""
	}
	found := c.found
	if c.ctx != nil {
		found = c.ctx.target()
	}
	var path []*scope
	if found != nil {
		path = found.path
	}
	e = translate(err, path)
	if e == errInternal {
		return c.private(err)
	}
	if e == nil {
		if e = c.context().ended(); e == nil {
			return c.private(err)
		}
	}
	return e, ""
}

// private hides an error behind an incident.
func (c *call) private(err error) (*Error, string) {
	id := newIncident()
	data := incident{Incident: id}
	if c.x.engine.log.expose {
		data.Error = validText(err.Error())
	}
	if own := findInternal(err); own != nil {
		c.x.engine.log.incident(id, c.name(), err, own.stack)
		return &Error{Code: CodeInternalError, Message: "Internal error", Data: data, cause: err}, id
	}
	c.x.engine.log.incident(id, c.name(), err, nil)
	return &Error{Code: CodeServerError, Message: "Server error", Data: data, cause: err}, id
}

// name returns the method's name for the log.
func (c *call) name() string {
	if c.found != nil && c.found.name != "" {
		return c.found.name
	}
	return string(c.raw.method)
}

// finish ends the call's context and logs the call: e is what the client got, nil for a success,
// and err what it was made of.
func (c *call) finish(e *Error, err error, inc string) {
	if c.ctx != nil && c.ctx.finish() {
		c.x.kept.Store(true)
	}
	if c.x.expired.Load() {
		e = errTimeout
	}
	c.x.engine.log.call(c, e, err, inc)
}

// serveNested answers a request that comes from a Handler of somebody's, by way of registry r.
func serveNested(ctx context.Context, req *Request, r RPC) (any, error) {
	outer, _ := ctx.Value(callKey{}).(*callContext)
	root := new(bare)
	root.read(r)
	t := root.find([]byte(req.Method), new(finding))
	if outer != nil {
		defer func() { outer.enclose(t.path) }()
	}
	for _, s := range t.path {
		if s.fault != nil {
			return nil, &internalError{cause: s.fault}
		}
	}
	t.name = req.Method
	x := &exchange{engine: bareEngine(), ctx: ctx, root: root}
	if outer != nil {
		x.engine, x.http = outer.origin()
	}
	c := &callContext{parent: ctx, engine: x.engine, x: x, raw: &rawRequest{}, found: t}
	defer func() { t = c.target(); c.finish() }()
	var h hop
	h.request = *req
	c.req = &h.request
	return c.proceed(c, c.req, stage{call: c, target: t}, &h)
}
