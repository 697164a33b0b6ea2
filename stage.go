package jsonrpc

import (
	"bytes"
	"context"
)

// stage is how far a request has come on its way through the middlewares. It is part of the
// request, so that a middleware may pass the request on more than once, or at the same time.
type stage struct {
	call   *callContext
	target *target
	next   int  // the scope to pass next
	past   bool // the procedure's own middleware is passed too
}

// maxHops bounds the lazy entries and references between a name and its procedure.
const maxHops = 16

// proceed passes a request on to the next middleware, and behind the last to what was called.
func (st *stage) proceed(ctx context.Context, req *Request) (any, error) {
	return st.call.proceed(ctx, req, *st, nil)
}

// hop is what the next stage of a request is kept in.
type hop struct {
	request Request
	stage   stage
}

// proceed does so for st. The next stage goes into spare, where there is one.
func (c *callContext) proceed(ctx context.Context, req *Request, st stage, spare *hop) (any, error) {
	t, next := st.target, st.next
	if next == 1 && req.Method != t.name {
		t = c.x.root.find([]byte(req.Method), new(finding))
		if t.name == "" {
			t.name = req.Method
		}
		c.setFound(t)
	}
	for range maxHops {
		for ; next < len(t.path); next++ {
			if s := t.path[next]; s.fault != nil {
				return nil, &internalError{cause: s.fault}
			} else if s.use != nil {
				h := spare.next(req)
				h.stage = stage{call: c, target: t, next: next + 1}
				return s.use.serve(ctx, &h.request, &h.stage)
			}
		}
		switch v := t.value.(type) {
		case nil:
			return nil, errMethodNotFound
		case error:
			return nil, &internalError{cause: v}
		case *routine:
			if v.chain != nil && !st.past {
				h := spare.next(req)
				h.stage = stage{call: c, target: t, next: next, past: true}
				return v.chain.serve(ctx, &h.request, &h.stage)
			}
			return c.invoke(ctx, req, v)
		case Resolver:
			h, err := v.Lookup(ctx, t.rest)
			if err != nil {
				return nil, err
			}
			if h == nil {
				return nil, errMethodNotFound
			}
			return h.ServeRPC(ctx, req)
		case Handler:
			return v.ServeRPC(ctx, req)
		}
		var err error
		if t, err = c.resolve(ctx, t); err != nil {
			return nil, err
		}
	}
	return nil, internal("%q leads through more than %d lazy entries and references", req.Method, maxHops)
}

// next returns where the next stage goes, with a copy of the request.
func (h *hop) next(req *Request) *hop {
	if h == nil {
		h = new(hop)
	}
	if &h.request != req {
		h.request = *req
	}
	return h
}

// resolve follows a lazy entry or a reference to a package.
func (c *callContext) resolve(ctx context.Context, t *target) (*target, error) {
	entry, member := t.value.(*LazyEntry)
	if ref, ok := t.value.(packageRef); ok {
		if entry = c.x.root.packages()[ref.pkg]; entry == nil {
			return nil, internal("found the package %q, which is not one of %s", ref.pkg, Packages)
		}
		inner := *t
		inner.rest = ref.member
		if t.rest != "" {
			inner.rest += c.x.root.separator() + t.rest
		}
		t = &inner
	}
	m, err := entry.get(ctx, c.x.engine)
	if err != nil {
		return nil, err
	}
	next := m.target(t, c.x.root.separator(), !member)
	c.setFound(next)
	return next, nil
}

// invoke binds the params and calls a procedure.
func (c *callContext) invoke(ctx context.Context, req *Request, r *routine) (any, error) {
	p := r.plan
	if p.fault != nil {
		return nil, &internalError{cause: p.fault}
	}
	f := p.take()
	if err := c.input(&f.input, ctx, req); err != nil {
		return nil, err
	}
	if err := p.bind(f); err != nil {
		return nil, err
	}
	f.ctx = ctx
	if p.sig.http >= 0 {
		if f.http = c.httpRequest(ctx); f.http == nil {
			return nil, errNoHTTP
		}
	}
	if err := p.invoke(p, f, r.fn); err != nil {
		return nil, err
	}
	var v any
	if p.sig.result {
		v = f.out.Interface()
	}
	p.give(f)
	return v, nil
}

// input collects what the params are bound from. A middleware may have changed the request.
func (c *callContext) input(in *input, ctx context.Context, req *Request) error {
	*in = input{engine: c.x.engine, params: req.Params, ctx: ctx, extras: req.Extras, free: c.x.free && len(req.Extras) > 0}
	if len(req.Params) == 0 {
		in.params = nil
		return nil
	}
	if len(req.Params) == len(c.raw.params) && &req.Params[0] == &c.raw.params[0] {
		in.elements = c.raw.elements
		return nil
	}
	in.params = bytes.Trim(req.Params, " \t\r\n")
	if len(in.params) == 0 || in.params[0] != '[' && in.params[0] != '{' {
		return internal("the request has params that are no array or object")
	}
	s := scanner{text: in.params, maxDepth: c.x.engine.depth}
	var end int
	if in.elements, end = s.list(0, 0, nil, maxElements); end != len(in.params) {
		return internal("the request has params that are not JSON: %s", s.reason)
	}
	return nil
}
