package jsonrpc

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// exchange is one message being answered. It is used again for another once nothing refers to
// it any more.
type exchange struct {
	message
	engine   *engine
	ctx      context.Context // the caller's
	root     finder
	bare     bare // the root of a bare Call
	extras   Extras
	free     bool // extras are those of Call
	http     *http.Request
	deadline time.Time // zero: none
	refused  *Error    // why nothing of it runs
	first    call      // the call of the goroutine that started
	out      []byte
	items    []item      // of a batch
	kept     atomic.Bool // something may still refer to x
	expired  atomic.Bool // the deadline's answer went out, whatever the procedures still do
	exposed  atomic.Bool // somebody has been given a Request, which refers to the message's text
}

var exchanges = sync.Pool{New: func() any { return new(exchange) }}

func newExchange(eng *engine, root finder, ctx context.Context) *exchange {
	x := exchanges.Get().(*exchange)
	x.engine, x.root, x.ctx = eng, root, ctx
	return x
}

// arrived starts the time for the answer.
func (x *exchange) arrived() {
	if x.engine.timeout > 0 {
		x.deadline = time.Now().Add(x.engine.timeout)
	}
}

// recycle makes x available for another message.
func (x *exchange) recycle() {
	if x.kept.Load() || x.oversized() {
		return
	}
	x.message.reset()
	x.first.reset()
	clear(x.items)
	x.items = x.items[:0]
	x.engine, x.ctx, x.root, x.extras, x.free, x.http = nil, nil, nil, nil, false, nil
	x.bare, x.deadline, x.out, x.refused = bare{}, time.Time{}, x.out[:0], nil
	x.exposed.Store(false)
	x.expired.Store(false)
	exchanges.Put(x)
}

// The batch, and the parameters in it, up to which an exchange is kept for the next message.
const (
	maxPooledRequests = 1000
	maxPooledElements = 4000
)

// oversized tells whether a message has made x larger than what is worth keeping.
func (x *exchange) oversized() bool {
	return cap(x.out) > maxPooled || cap(x.requests) > maxPooledRequests || cap(x.elements) > maxPooledElements
}

// settled tells whether the answer is known without a call.
func (x *exchange) settled() bool {
	return x.fault != nil || !x.batch && x.requests[0].fault != nil
}

// answerHere answers the message on this goroutine, one request after the other.
func (x *exchange) answerHere() []byte {
	out := x.out[:0]
	switch {
	case x.fault != nil:
		out, _ = x.engine.appendError(out, x.fault, nil, false)
		x.engine.log.message(x.fault)
	case !x.batch:
		out = x.first.answer(out, x, &x.requests[0])
	default:
		out = x.answerEach(out)
	}
	x.out = out
	if len(out) == 0 {
		x.recycle()
		return nil
	}
	answer := make([]byte, len(out))
	copy(answer, out)
	x.recycle()
	return answer
}

func (x *exchange) answerEach(out []byte) []byte {
	out = append(out, '[')
	for i := range x.requests {
		mark := len(out)
		out = x.first.answer(out, x, &x.requests[i])
		if len(out) > mark {
			out = append(out, ',')
		}
	}
	if len(out) == 1 {
		return out[:0]
	}
	out[len(out)-1] = ']'
	return out
}

// refuse answers all requests that could be called with e.
func (x *exchange) refuse(e *Error) {
	x.refused = e
	for i := range x.requests {
		if r := &x.requests[i]; r.fault == nil {
			r.fault = e
		}
	}
}
