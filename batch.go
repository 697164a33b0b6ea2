package jsonrpc

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// stallAfter is how long the goroutine of a batch may be at one member before others help.
const stallAfter = 200 * time.Microsecond

// maxPause is how long it may take until a stall is noticed, or a place that has become free.
const maxPause = 5 * time.Millisecond

// batch answers members of one message. The goroutine that brought it takes them one after the
// other; when it has stalled at one, helpers start, all at once, and take the rest. So fast
// members cost no goroutine, and slow ones run side by side.
type batch struct {
	x      *exchange
	engine *engine
	timer  *time.Timer
	done   chan struct{} // closed when all members are answered

	workers sync.WaitGroup

	mu       sync.Mutex
	items    []item
	next     int // the first member that nobody has taken
	answered int
	seen     int // answered at the last look for a stall
	helpers  int
	pause    time.Duration // until the next look
	total    int           // bytes of the answers kept
	closed   bool
	abort    bool
}

// item is one member and its answer.
type item struct {
	raw  *rawRequest
	out  []byte
	done bool
	cut  bool // there was no room for the answer
}

func newBatch(x *exchange, requests []rawRequest) *batch {
	x.items = slices.Grow(x.items[:0], len(requests))[:len(requests)]
	b := &batch{x: x, engine: x.engine, items: x.items, done: make(chan struct{})}
	for i := range requests {
		b.items[i].raw = &requests[i]
	}
	return b
}

// answer runs the batch on this goroutine and returns the answer.
func (b *batch) answer() []byte {
	b.run()
	out, _ := b.compose()
	b.x.recycle()
	return out
}

// run runs the batch and returns when all members are answered.
func (b *batch) run() {
	if !b.engine.wait(b.x) {
		b.expire(noPlace(b.x.ctx))
		return
	}
	b.mu.Lock()
	i := b.takeLocked()
	if len(b.items) > 1 && b.engine.workers != 1 {
		b.pause = stallAfter
		b.timer = time.AfterFunc(b.pause, b.look)
	}
	b.mu.Unlock()
	b.workers.Add(1)
	b.x.out = b.work(&b.x.first, i, b.x.out[:0])
	<-b.done
	if b.timer != nil {
		b.timer.Stop()
	}
}

// takeLocked takes the next member, -1 when there is none left.
func (b *batch) takeLocked() int {
	if b.closed || b.next == len(b.items) {
		return -1
	}
	b.next++
	return b.next - 1
}

// work answers members from i on until none is left, in the place that the caller took. The
// answers are kept in buf, which it returns.
func (b *batch) work(c *call, i int, buf []byte) []byte {
	defer func() {
		if i >= 0 { // a procedure ended this goroutine: another takes its place
			b.x.kept.Store(true)
			if i, _ = b.store(i, c.exit, false); i >= 0 {
				go b.work(new(call), i, nil)
				return
			}
		}
		b.engine.leave()
		b.workers.Done()
	}()
	for i >= 0 {
		start := len(buf)
		buf = c.answer(buf, b.x, b.items[i].raw)
		b.aborted(c)
		var kept bool
		if i, kept = b.store(i, buf[start:len(buf):len(buf)], c.over); !kept {
			buf = buf[:start]
		}
		if len(buf) > maxPooled {
			buf = nil
		}
	}
	return buf
}

func (b *batch) aborted(c *call) {
	if c.abort {
		b.mu.Lock()
		b.abort = true
		b.mu.Unlock()
	}
}

// store keeps the answer of a member, and takes the next. Where the answers are over the limit,
// the last ones are cut: in the order of the requests they would have no room anyway.
func (b *batch) store(i int, out []byte, over bool) (next int, kept bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return -1, true
	}
	b.items[i].out, b.items[i].done, b.items[i].cut = out, true, over
	b.total += len(out)
	for last := len(b.items) - 1; b.engine.limit > 0 && b.total > b.engine.limit && last >= 0; last-- {
		if it := &b.items[last]; it.done && !it.cut && len(it.out) > 0 {
			b.total -= len(it.out)
			it.out, it.cut = nil, true
		}
	}
	if b.answered++; b.answered == len(b.items) {
		b.closed = true
		close(b.done)
	}
	return b.takeLocked(), b.items[i].out != nil
}

// look starts helpers when nothing has been answered since the last look.
func (b *batch) look() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	if b.answered == b.seen {
		for b.wantsHelpLocked() && b.engine.enter() {
			b.helpers++
			b.workers.Add(1)
			go b.work(new(call), b.takeLocked(), nil)
		}
		b.pause = min(2*b.pause, maxPause) // there is no place free, or it goes on slowly
	}
	if b.seen = b.answered; b.wantsHelpLocked() {
		b.timer.Reset(b.pause)
	}
}

// wantsHelpLocked tells whether there is a member to take, and may be one more to take it.
func (b *batch) wantsHelpLocked() bool {
	return b.next < len(b.items) && (b.engine.workers == 0 || b.helpers < b.engine.workers-1)
}

// expire answers all members that are not answered yet with e.
func (b *batch) expire(e *Error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.closed = true
	b.x.kept.Store(true)
	b.x.expired.Store(true)
	for i := range b.items {
		it := &b.items[i]
		if it.done {
			continue
		}
		e := cmp.Or(it.raw.fault, e)
		if i >= b.next {
			b.engine.log.unrun(it.raw, e)
		}
		if !it.raw.notification {
			it.out, _ = b.engine.appendError(nil, e, it.raw.id, it.raw.v1)
		}
	}
	close(b.done)
}

// noPlace says why a caller stopped to wait for a place.
func noPlace(ctx context.Context) *Error {
	if ctx.Err() == context.Canceled {
		return errCancelled
	}
	return errTimeout
}

// compose puts the answers together in the order of the requests, nil where there is none.
func (b *batch) compose() (out []byte, abort bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	full := false
	for i := range b.items {
		it := &b.items[i]
		if full = full || it.cut || b.engine.limit > 0 && len(out)+len(it.out)+2 > b.engine.limit; full && !it.raw.notification {
			it.out, _ = b.engine.appendError(nil, errTooLarge("response", b.engine.limit), it.raw.id, it.raw.v1)
		}
		if len(it.out) == 0 {
			continue
		}
		if out == nil {
			out = make([]byte, 0, b.total+2*len(b.items))
		}
		out = append(append(out, ','), it.out...)
	}
	if out != nil {
		out[0] = '['
		out = append(out, ']')
	}
	return out, b.abort
}
