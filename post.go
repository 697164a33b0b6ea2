package jsonrpc

import (
	"net/http"
	"reflect"
	"sync"
	"time"
)

// post is one POST being answered. The procedures run on the goroutine of ServeHTTP where a
// timer can still answer for it at the deadline: on HTTP/1 with nothing wrapped around the
// ResponseWriter. Elsewhere the answer is complete only when ServeHTTP returns, so they run on
// a goroutine of their own.
type post struct {
	app     *Application
	w       http.ResponseWriter
	r       *http.Request
	x       *exchange
	table   *table
	batch   *batch
	calls   []rawRequest // the requests to answer
	body    []byte
	timer   *time.Timer // made once, then used again
	armed   bool        // the timer may fire, or has fired unseen
	spoiled bool        // the timer has fired: another POST must not have it

	mu       sync.Mutex
	phase    phase
	answered chan struct{} // closed when the timer has answered
}

type phase int

const (
	reading   phase = iota // the body
	tardy                  // the body did not come in time
	idle                   // nothing for the timer to do
	running                // the timer answers at the deadline
	elsewhere              // running on another goroutine
	replied
	expired // the timer has answered
)

func (a *Application) takePost(w http.ResponseWriter, r *http.Request) *post {
	p, _ := a.posts.Get().(*post)
	if p == nil {
		p = &post{app: a}
	}
	p.w, p.r, p.phase = w, r, reading
	return p
}

// give makes p available for another POST.
func (p *post) give() {
	if !p.disarm() {
		return // tick may be on its way
	}
	body := p.body
	if p.x.exposed.Load() || p.x.kept.Load() || cap(body) > maxPooled {
		body = nil
	}
	p.x.recycle()
	*p = post{app: p.app, timer: p.timer, body: body[:0]}
	p.app.posts.Put(p)
}

// arm starts the timer, d from now on; 0 is never.
func (p *post) arm(d time.Duration) {
	switch {
	case d <= 0:
		p.disarm()
	case p.timer == nil:
		p.timer, p.armed = time.AfterFunc(d, p.tick), true
	default:
		// Where the timer had fired, its tick may still be on its way, to whom it is no business of.
		p.spoiled = p.armed && !p.timer.Reset(d) || p.spoiled
		if !p.armed {
			p.timer.Reset(d)
		}
		p.armed = true
	}
}

// disarm stops the timer, and returns false when it has fired.
func (p *post) disarm() bool {
	if p.armed && !p.timer.Stop() {
		p.spoiled = true
	}
	p.armed = false
	return !p.spoiled
}

// tick is what the timer does.
func (p *post) tick() {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.phase {
	case reading:
		p.phase = tardy
		_ = http.NewResponseController(p.w).SetReadDeadline(time.Unix(1, 0))
	case running:
		if p.x.deadline.IsZero() || time.Now().Before(p.x.deadline) {
			return // this was for the body
		}
		p.phase = expired
		p.w.Header().Set("Connection", "close") // the next request would have to wait
		send(p.w, http.StatusOK, p.late(), true)
		_ = http.NewResponseController(p.w).Flush()
		close(p.answered)
	}
}

// enter changes the phase, and returns false when the timer has been first.
func (p *post) enter(from, to phase) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.phase != from {
		return false
	}
	p.phase = to
	return true
}

// serve answers the message.
func (p *post) serve(extras Extras) {
	a := p.app
	p.x = newExchange(a.engine, nil, p.r.Context())
	if !p.read() {
		return
	}
	x := p.x
	x.extras, x.http = extras, p.r
	x.parse(p.body, a.engine.limits)
	if p.table = a.acquire(); p.table == nil {
		x.refuse(errShutdown)
		p.send(http.StatusServiceUnavailable)
		return
	}
	x.root = p.table
	if x.settled() {
		p.table.release()
		p.send(http.StatusOK)
		return
	}
	if !p.admit() {
		p.table.release()
		x.refuse(errOverloaded)
		p.send(http.StatusServiceUnavailable)
		return
	}
	switch {
	case len(p.calls) == 0:
		p.table.release()
		send(p.w, http.StatusNoContent, nil, false)
		p.give()
	case direct(p.w, p.r):
		p.inline()
	default:
		p.detached()
	}
}

// send answers with what can be said without calling anything.
func (p *post) send(status int) {
	p.disarm()
	refused := p.x.refused
	body := p.x.answerHere()
	if body == nil && refused != nil { // notifications alone
		body, _ = p.app.engine.appendError(nil, refused, nil, false)
	}
	send(p.w, status, body, false)
}

// admit takes the places that the message needs and sets its notifications going; when there is
// not enough room, it does nothing and returns false.
func (p *post) admit() bool {
	a, x := p.app, p.x
	notes := 0
	for i := range x.requests {
		if x.requests[i].notification {
			notes++
		}
	}
	if notes > 0 && a.notifications != nil && !a.notifications.TryAcquire(int64(notes)) {
		return false
	}
	if !x.batch && notes == 0 && !a.engine.enter() {
		return false
	}
	p.calls = x.requests
	if notes > 0 {
		p.notify(notes)
	}
	return true
}

// notify runs the notifications in the background.
func (p *post) notify(n int) {
	x := p.x
	x.kept.Store(true)
	ctx := background(p.r)
	bg := &exchange{engine: x.engine, root: x.root, ctx: ctx, extras: x.extras, http: p.r.Clone(ctx), deadline: x.deadline}
	bg.kept.Store(true)
	var notes, calls []rawRequest
	for _, r := range x.requests {
		if r.notification {
			notes = append(notes, r)
		} else {
			calls = append(calls, r)
		}
	}
	p.calls = calls
	p.table.acquire()
	go func(a *Application, tb *table) {
		b := newBatch(bg, notes)
		defer func() {
			<-b.done
			b.workers.Wait()
			if a.notifications != nil {
				a.notifications.Release(int64(n))
			}
			tb.release()
		}()
		b.run()
	}(p.app, p.table)
}

// inline runs the calls on this goroutine.
func (p *post) inline() {
	exited := true
	defer func() {
		if exited { // a procedure ended this goroutine, which answers on its way out
			p.w.Header().Set("Connection", "close") // net/http closes it when the handler does not return
			body, abort := p.exitAnswer()
			p.done()
			p.reply(body, abort)
		}
	}()
	p.start(running)
	p.arm(p.app.engine.timeout)
	body, abort := p.run()
	exited = false
	p.done()
	defer p.give()
	p.reply(body, abort)
}

// detached runs the calls on another goroutine and answers at the deadline without it.
func (p *post) detached() {
	p.disarm()
	p.start(elsewhere)
	p.x.kept.Store(true)
	type answer struct {
		body  []byte
		abort bool
	}
	done := make(chan answer, 1)
	go func() {
		var out answer
		exited := true
		defer func() {
			if exited {
				out.body, out.abort = p.exitAnswer()
			}
			p.done()
			done <- out
		}()
		out.body, out.abort = p.run()
		exited = false
	}()
	var late <-chan time.Time
	if d := p.app.engine.timeout; d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		late = timer.C
	}
	var out answer
	select {
	case out = <-done:
	case <-late:
		out.body = p.late()
	}
	p.enter(elsewhere, running)
	p.reply(out.body, out.abort)
}

// start makes ready for the calls.
func (p *post) start(next phase) {
	if p.x.batch {
		p.batch = newBatch(p.x, p.calls)
	}
	p.answered = make(chan struct{})
	p.enter(idle, next)
}

// run runs the calls and returns the answer.
func (p *post) run() (body []byte, abort bool) {
	if p.batch != nil {
		p.batch.run()
		return p.batch.compose()
	}
	c := &p.x.first
	p.x.out = c.answer(p.x.out[:0], p.x, &p.calls[0])
	return p.x.out, c.abort
}

// exitAnswer returns the answer when a procedure has ended the goroutine.
func (p *post) exitAnswer() ([]byte, bool) {
	p.x.kept.Store(true)
	if p.batch == nil {
		return p.x.first.exit, false
	}
	<-p.batch.done
	return p.batch.compose()
}

// late returns the answer at the deadline.
func (p *post) late() []byte {
	p.x.kept.Store(true)
	if p.batch != nil {
		p.batch.expire(errTimeout)
		body, _ := p.batch.compose()
		return body
	}
	p.x.expired.Store(true)
	r := &p.calls[0]
	body, _ := p.app.engine.appendError(nil, errTimeout, r.id, r.v1)
	return body
}

// reply sends the answer, where the timer has not.
func (p *post) reply(body []byte, abort bool) {
	if !p.enter(running, replied) {
		<-p.answered
		return
	}
	if abort {
		panic(http.ErrAbortHandler)
	}
	send(p.w, http.StatusOK, body, p.x.kept.Load())
	if p.x.kept.Load() {
		_ = http.NewResponseController(p.w).Flush()
	}
}

// done gives back what the calls held once all of them have returned.
func (p *post) done() {
	if p.batch != nil {
		p.batch.workers.Wait()
	} else {
		p.app.engine.leave()
	}
	p.table.release()
}

// direct tells whether an answer can be completed while ServeHTTP still runs.
func direct(w http.ResponseWriter, r *http.Request) bool {
	t := reflect.TypeOf(w)
	return r.ProtoMajor == 1 && t.Kind() == reflect.Pointer && t.Elem().PkgPath() == "net/http" && t.Elem().Name() == "response"
}
