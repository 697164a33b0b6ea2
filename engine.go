package jsonrpc

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// engine is what answers messages: an Application's options compiled, or the defaults that a
// bare Call runs with.
type engine struct {
	coder
	limits
	log         logger
	lazyTimeout time.Duration
	timeout     time.Duration       // 0: none
	life        context.Context     // ends with the Application
	running     *semaphore.Weighted // procedures; nil: no limit
	workers     int                 // of a batch
}

const (
	defaultDepth       = 1024
	maxDepthLimit      = 10_000
	defaultLazyTimeout = 30 * time.Second
)

// bareEngine is what RPC.Call runs with.
var bareEngine = sync.OnceValue(func() *engine {
	return &engine{
		coder:       newCoder(nil, 0),
		limits:      limits{depth: defaultDepth},
		log:         newLogger(nil, false),
		lazyTimeout: defaultLazyTimeout,
		life:        context.Background(),
	}
})

// finder is what a message is dispatched on: an RPC as it is, or a table.
type finder interface {
	// find returns the target for a name. It may be t's, which the caller can use again.
	find(name []byte, t *finding) *target
	separator() string
	packages() PackageMap
}

// enter takes a place among the running procedures, and returns false when there is none.
func (e *engine) enter() bool { return e.running == nil || e.running.TryAcquire(1) }

// wait takes a place as soon as there is one, and returns false when there is none before the
// deadline, or before the caller gives up.
func (e *engine) wait(x *exchange) bool {
	if e.enter() {
		return true
	}
	ctx := x.ctx
	if !x.deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, x.deadline)
		defer cancel()
	}
	return e.running.Acquire(ctx, 1) == nil
}

// leave gives the place back.
func (e *engine) leave() {
	if e.running != nil {
		e.running.Release(1)
	}
}
