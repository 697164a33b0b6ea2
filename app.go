package jsonrpc

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// Application serves a registry: over HTTP, where it is an http.Handler that mounts anywhere, and
// in-process with CallContext. It works on a checked copy of the registry, which Replace
// exchanges for another. Its methods can be called by many goroutines at once.
type Application struct {
	engine        *engine
	admission     admission
	extras        func(*http.Request) (Extras, error)
	docs          http.Handler // nil: there are none
	maxBody       int
	readTimeout   time.Duration
	notifications *semaphore.Weighted // nil: no limit
	table         atomic.Pointer[table]
	posts         sync.Pool

	end    context.CancelFunc // of engine.life
	change sync.Mutex         // held by Replace and Shutdown
	down   bool
	tables sync.WaitGroup // those that are in use
}

var errDown = errors.New("jsonrpc: the Application is shut down")

// NewApplication makes an Application of a registry. The error is that of Check, or tells of
// options that cannot be. opts may be nil.
func NewApplication(r RPC, opts *Options) (*Application, error) {
	if opts == nil {
		opts = &Options{}
	}
	life, end := context.WithCancel(context.Background())
	a := &Application{
		engine:      opts.engine(life),
		admission:   newAdmission(opts.Hosts, opts.Origins),
		extras:      opts.Extras,
		maxBody:     limit(opts.MaxBody, defaultMaxBody),
		readTimeout: limit(opts.ReadTimeout, defaultTimeout),
		end:         end,
	}
	if n := limit(opts.MaxNotifications, defaultMaxNotifications); n > 0 {
		a.notifications = semaphore.NewWeighted(int64(n))
	}
	if err := errors.Join(opts.check(), a.Replace(r)); err != nil {
		end()
		return nil, err
	}
	if opts.Docs != nil {
		a.docs = opts.Docs(a)
	}
	return a, nil
}

// Replace exchanges the registry for another, all at once: calls under way finish on the old
// one. The error is that of Check; the old registry stays then.
func (a *Application) Replace(r RPC) error {
	tb, err := compile(r, "")
	if err != nil {
		return err
	}
	a.change.Lock()
	defer a.change.Unlock()
	if a.down {
		return errDown
	}
	for e := range tb.lazies {
		e.hold()
	}
	tb.users.Store(1)
	tb.closed = func() {
		defer a.tables.Done()
		for e, name := range tb.lazies {
			if err := e.release(); err != nil {
				a.engine.log.failure("closing "+name, err)
			}
		}
	}
	a.tables.Add(1)
	if old := a.table.Swap(tb); old != nil {
		old.release()
	}
	return nil
}

// acquire takes a share of the current table; nil after Shutdown.
func (a *Application) acquire() *table {
	for {
		tb := a.table.Load()
		if tb == nil || tb.acquire() {
			return tb
		}
	}
}

// CallContext answers a message in-process like RPC.CallContext, with the Application's
// options: on the caller's goroutine, and members of a batch beside it when they are slow.
func (a *Application) CallContext(ctx context.Context, msg []byte, extras Extras) []byte {
	tb := a.acquire()
	x := newExchange(a.engine, tb, ctx)
	x.extras, x.free = extras, true
	x.arrived()
	x.parse(msg, a.engine.limits)
	if tb == nil {
		x.refuse(errShutdown)
		return x.answerHere()
	}
	defer tb.release()
	switch {
	case x.settled():
	case x.batch:
		return newBatch(x, x.requests).answer()
	case a.engine.enter() || x.requests[0].notification && a.engine.wait(x):
		defer a.engine.leave()
	default:
		x.refuse(errOverloaded)
	}
	return x.answerHere()
}

// Warm makes all lazy entries that the registry holds, and those in what they make. The error
// names each that failed, and why: a readiness probe or a CI job can ask for it.
func (a *Application) Warm(ctx context.Context) error {
	tb := a.acquire()
	if tb == nil {
		return errDown
	}
	defer tb.release()
	return a.warm(ctx, tb, "")
}

func (a *Application) warm(ctx context.Context, tb *table, prefix string) error {
	var mu sync.Mutex
	var faults []error
	var wg sync.WaitGroup
	for e, name := range tb.lazies {
		wg.Go(func() {
			if err := a.warmOne(ctx, tb, e, prefix+name+": "); err != nil {
				mu.Lock()
				defer mu.Unlock()
				faults = append(faults, fmt.Errorf("jsonrpc: %s%q: %w", prefix, name, err))
			}
		})
	}
	wg.Wait()
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}

// warmOne makes an entry, and the entries in what it makes.
func (a *Application) warmOne(ctx context.Context, tb *table, e *LazyEntry, prefix string) error {
	m, err := e.get(ctx, a.engine)
	switch {
	case err == errUnavailable:
		return e.why()
	case err != nil:
		return err
	}
	switch v := m.entry.(type) {
	case error:
		if tb.stands(e) { // not only some of its methods
			return v
		}
	case RPC:
		return a.warm(ctx, m.table(v, tb.sep), prefix)
	}
	return nil
}

// Shutdown stops taking messages, which are answered with Unavailable from then on, waits for
// the calls and notifications under way, and closes what the lazy entries have made. When ctx
// ends first, it cancels the calls that are left and returns the context's error.
func (a *Application) Shutdown(ctx context.Context) error {
	defer a.end()
	a.stop()
	done := make(chan struct{})
	go func() {
		a.tables.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stop takes the registry away from new messages.
func (a *Application) stop() {
	a.change.Lock()
	defer a.change.Unlock()
	a.down = true
	if old := a.table.Swap(nil); old != nil {
		old.release()
	}
}

// Server returns an http.Server for the Application with time limits for headers and idle
// connections; Options.ReadTimeout limits the bodies. Its Shutdown stops the Application from
// taking messages too; Application.Shutdown, called next, waits for notifications and closes
// what the lazy entries have made.
func (a *Application) Server(addr string) *http.Server {
	s := &http.Server{
		Addr:              addr,
		Handler:           a,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	s.RegisterOnShutdown(a.stop)
	return s
}
