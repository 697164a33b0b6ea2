package check

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// A run checks one server.
type run struct {
	ctx       context.Context
	transport Transport
	procedure *procedure // nil: none is known
	unknown   string     // a method that no server has
	ping      string     // a message that was answered
	picky     bool       // the server calls even a plain request invalid
	whyNot    string     // no procedure is known
	batches   known      // whether batches are answered with an Array
	exchanges []*exchange
	stopped   string // why no more cases can be tried
}

// A Result is what a case came to.
type Result struct {
	Case

	Verdict   Verdict
	Reason    string
	exchanges []*exchange
}

func newRun(ctx context.Context, transport Transport) *run {
	return &run{ctx: ctx, transport: transport, unknown: "runrpc.check." + strings.ToLower(rand.Text()[:12])}
}

// send sends a message to which an answer is due.
func (r *run) send(text string) *exchange { return r.exchange(text, true) }

// tell sends a message to which nothing may be answered.
func (r *run) tell(text string) *exchange { return r.exchange(text, false) }

func (r *run) exchange(text string, due bool) *exchange {
	e := &exchange{sent: text, due: due}
	e.reply, e.err = r.transport.Exchange(r.ctx, []byte(text))
	if e.err == nil {
		e.value, _ = message.Parse(e.reply.Text)
	}
	r.exchanges = append(r.exchanges, e)
	return e
}

// begin makes sure that a JSON-RPC server is there.
func (r *run) begin() error {
	first := r.send(request(r.unknown, nil, "1"))
	for _, e := range []*exchange{first, r.second(first)} {
		if speaks(e) {
			r.ping = e.sent
			response, err := first.single()
			r.picky = err == nil && response.code() == "-32600"
			return nil
		}
	}
	if _, err := first.single(); err != nil {
		return err
	}
	return errors.New("the answer is JSON, but no Response of JSON-RPC: " + first.shown())
}

// second tries what is no call, where a call of an unknown method came to nothing.
func (r *run) second(first *exchange) *exchange {
	if speaks(first) {
		return first
	}
	return r.send("[]")
}

func speaks(e *exchange) bool {
	for _, r := range e.responses() {
		if r.looks() {
			return true
		}
	}
	return false
}

// choose takes the first procedure that answers with a result.
func (r *run) choose(candidates []*procedure, why string) {
	r.whyNot = why
	for _, p := range candidates {
		response, err := r.send(p.call("1")).single()
		right := err == nil && !response.failed() && response.members["result"] != nil
		if right || p.named && p.expect != nil {
			r.procedure = p
			return
		}
		r.whyNot = p.String() + " does not answer with a result: " + r.exchanges[len(r.exchanges)-1].shown()
	}
}

// all judges case by case, and hands on each result as soon as it is there.
func (r *run) all(cases []Case, report func(Result)) {
	for _, c := range cases {
		report(r.one(c))
	}
}

func (r *run) one(c Case) Result {
	if r.stopped != "" {
		return Result{Case: c, Verdict: Skip, Reason: r.stopped}
	}
	before := len(r.exchanges)
	found := c.judge(r)
	mine := r.exchanges[before:]
	if r.ctx.Err() != nil {
		r.stopped = "the time for all of it is up: --total allows more"
		return Result{Case: c, Verdict: Skip, Reason: r.stopped}
	}
	if broken(mine) && !speaks(r.send(r.ping)) {
		r.stopped = "the server has stopped answering at " + c.Name
		found = fail("%s, and then the server has stopped answering", found.reason)
	}
	return Result{c, found.verdict, found.reason, mine}
}

// broken tells whether an exchange came to nothing at all.
func broken(exchanges []*exchange) bool {
	for _, e := range exchanges {
		if e.err != nil {
			return true
		}
	}
	return false
}

// needs judges only where a procedure is known.
func needs(judge func(*run, *procedure) finding) func(*run) finding {
	return func(r *run) finding {
		if r.procedure == nil {
			return skip("no procedure is known, --method names one")
		}
		return judge(r, r.procedure)
	}
}
