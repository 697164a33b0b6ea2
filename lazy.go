package jsonrpc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/runrpc/jsonrpc/internal/names"
)

// LazyEntry is an entry that is made at its first call, from Lazy or LazyObject. Its state lives
// in it, so one that stands in several registries is made once.
//
// However many callers wait, one factory runs at a time, on a goroutine of its own; a caller
// that gives up does not stop it. Its context carries no caller's values and ends after
// Options.LazyTimeout or with the Application. What it makes is kept. A failure, or a panic,
// is kept for 100 ms, doubling up to 30 s, and calls get Unavailable meanwhile. A value that no
// registry can hold is an Internal error and stays one.
//
// A value that is an io.Closer is closed when the last Application with this entry has let go
// of it, by Replace or Shutdown; the next call makes a new one.
type LazyEntry struct {
	make   func(context.Context) (any, error)
	typ    reflect.Type
	object bool
	fault  error // why no value of the type can ever fit

	made     atomic.Pointer[made] // written with mu
	mu       sync.Mutex
	running  bool          // a factory is at work
	waiting  chan struct{} // closed when there is something to tell; nil: nobody is to wait
	failure  error         // why nothing is made, of the last attempt
	failures int
	until    time.Time // no factory starts before
	holders  int       // Applications
	deserted bool      // the last holder left while the factory was at work
}

// PackageMap gives packages the names that strings "pkg:Name" in a registry call them by.
type PackageMap map[string]*LazyEntry

// made is what a factory has made.
type made struct {
	value  any // of LazyObject: what has the methods, nil for none
	entry  any // as entryOf returns it
	closer io.Closer

	mu     sync.Mutex
	tables map[string]*table // of a registry, by separator
}

// Lazy makes an entry of a factory, which may return any value that a registry can hold.
func Lazy[T any](factory func(context.Context) (T, error)) *LazyEntry {
	return newLazy(factory, false)
}

// LazyObject makes a namespace of a factory's value: its methods are served as Object says.
func LazyObject[T any](factory func(context.Context) (T, error)) *LazyEntry {
	return newLazy(factory, true)
}

func newLazy[T any](factory func(context.Context) (T, error), object bool) *LazyEntry {
	e := &LazyEntry{typ: reflect.TypeFor[T](), object: object}
	if factory == nil {
		e.fault = errors.New("found a nil factory")
		return e
	}
	e.make = func(ctx context.Context) (any, error) { return factory(ctx) }
	e.fault = e.unfit()
	return e
}

// unfit says why no value of the factory's type can stand in a registry.
func (e *LazyEntry) unfit() error {
	switch {
	case e.typ.Kind() == reflect.Interface:
		return nil
	case e.object && e.typ.NumMethod() == 0:
		return fmt.Errorf("found LazyObject of %v, which has no exported methods", e.typ)
	case e.object || e.namespace():
		return nil
	case e.typ.Implements(reflect.TypeFor[Handler]()) || e.typ == reflect.TypeFor[func(context.Context, *Request) (any, error)]():
		return nil
	case e.typ.Kind() == reflect.Func:
		sig, err := signatureOf(e.typ)
		if err == nil {
			err = planOf(sig, nil).fault
		}
		return err
	case e.callable():
		return nil
	}
	return fmt.Errorf("found Lazy of %v, %s", e.typ, wantEntry)
}

// namespace tells whether the value may have members.
func (e *LazyEntry) namespace() bool {
	switch e.typ {
	case reflect.TypeFor[RPC](), reflect.TypeFor[*ObjectEntry](), reflect.TypeFor[*LazyEntry](), reflect.TypeFor[string]():
		return true
	}
	return e.object || e.typ.Kind() == reflect.Interface || e.typ.Implements(reflect.TypeFor[Resolver]())
}

// callable tells whether the value itself may be called.
func (e *LazyEntry) callable() bool {
	switch e.typ {
	case reflect.TypeFor[*Procedure](), reflect.TypeFor[*LazyEntry](), reflect.TypeFor[string]():
		return true
	case reflect.TypeFor[RPC]():
		return false
	}
	return !e.object && (e.typ.Kind() == reflect.Interface || e.typ.Kind() == reflect.Func || e.typ.Implements(reflect.TypeFor[Handler]()))
}

// get returns what the factory has made, and has it made where it has not been.
func (e *LazyEntry) get(ctx context.Context, eng *engine) (*made, error) {
	if m := e.peek(); m != nil {
		return m, nil
	}
	e.mu.Lock()
	m := e.peek()
	switch {
	case m != nil:
		defer e.mu.Unlock()
		return m, nil
	case e.fault != nil:
		defer e.mu.Unlock()
		return nil, &internalError{cause: e.fault}
	case !e.running && time.Now().Before(e.until), e.running && e.waiting == nil:
		defer e.mu.Unlock()
		return nil, errUnavailable
	case !e.running:
		e.startLocked(eng)
	}
	waiting := e.waiting
	e.mu.Unlock()
	select {
	case <-waiting:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if m = e.peek(); m == nil {
		return nil, errUnavailable
	}
	return m, nil
}

// peek returns what the factory has made, nil where it has not been.
func (e *LazyEntry) peek() *made { return e.made.Load() }

// why says why an entry is unavailable, for those who run the server.
func (e *LazyEntry) why() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.failure == nil {
		return errUnavailable
	}
	return e.failure
}

// startLocked starts the factory.
func (e *LazyEntry) startLocked(eng *engine) {
	waiting := make(chan struct{})
	e.running, e.waiting = true, waiting
	ctx, cancel := context.WithTimeout(eng.life, eng.lazyTimeout)
	giveUp := context.AfterFunc(ctx, func() { e.giveUp(waiting, ctx.Err()) })
	go func() {
		var v any
		var stack []byte
		err := errors.New("the factory ended its goroutine")
		defer func() {
			if p := recover(); p != nil {
				err, stack = fmt.Errorf("the factory panicked: %v", p), debug.Stack()
			}
			giveUp()
			cancel()
			if err != nil { // logged first, so that who is answered finds the reason in the log
				eng.log.failure("a lazy entry was not made", withStack(err, stack))
			}
			e.finish(v, err)
		}()
		v, err = e.make(ctx)
	}()
}

// withStack adds the stack of a panic to an error, for the log.
func withStack(err error, stack []byte) error {
	if stack == nil {
		return err
	}
	return fmt.Errorf("%w\n%s", err, stack)
}

// giveUp lets those go who wait for a factory that does not return in time.
func (e *LazyEntry) giveUp(waiting chan struct{}, why error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.waiting == waiting {
		e.failure = fmt.Errorf("the factory has not returned: %w", why)
		e.waiting = nil
		close(waiting)
	}
}

// finish takes what a factory returned.
func (e *LazyEntry) finish(v any, err error) {
	e.mu.Lock()
	if e.failure = err; err != nil {
		delay := min(100*time.Millisecond<<min(e.failures, 10), 30*time.Second)
		e.failures++
		e.until = time.Now().Add(delay/2 + rand.N(delay/2))
	} else {
		e.failures = 0
		e.made.Store(newMade(v, e.object))
	}
	e.running = false
	if e.waiting != nil {
		close(e.waiting)
		e.waiting = nil
	}
	var left *made
	if e.deserted {
		e.deserted = false
		left = e.forgetLocked()
	}
	e.mu.Unlock()
	left.close()
}

func newMade(v any, object bool) *made {
	m := &made{}
	m.closer, _ = v.(io.Closer)
	if object {
		if rv := reflect.ValueOf(v); rv.IsValid() && (rv.Kind() != reflect.Pointer || !rv.IsNil()) {
			m.value = v
		}
		v = Object(v)
	}
	m.entry = entryOf(v, new(routine))
	return m
}

// hold is called once by each Application that has the entry, release when it lets go.
func (e *LazyEntry) hold() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.holders++
	e.deserted = false
}

func (e *LazyEntry) release() error {
	e.mu.Lock()
	e.holders--
	var left *made
	if e.holders == 0 {
		e.deserted = e.running
		left = e.forgetLocked()
	}
	e.mu.Unlock()
	return left.close()
}

// forgetLocked gives up a value that has something to close.
func (e *LazyEntry) forgetLocked() *made {
	m := e.peek()
	if m == nil || m.closer == nil && len(m.inner()) == 0 {
		return nil
	}
	e.made.Store(nil)
	return m
}

// close closes the value and lets go of the lazy entries in it.
func (m *made) close() error {
	if m == nil {
		return nil
	}
	var faults []error
	for e := range m.inner() {
		faults = append(faults, e.release())
	}
	if m.closer != nil {
		faults = append(faults, m.closer.Close())
	}
	return errors.Join(faults...)
}

// inner returns the lazy entries of a registry that a factory made.
func (m *made) inner() map[*LazyEntry]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, tb := range m.tables {
		return tb.lazies
	}
	return nil
}

// target looks for what t's rest names in the value, or for the value itself.
func (m *made) target(t *target, sep string, member bool) *target {
	next := &target{name: t.name, path: t.path}
	switch e := m.entry.(type) {
	case RPC:
		if t.rest == "" {
			return next
		}
		tb := m.table(e, sep)
		found := tb.search([]byte(t.rest), new(finding))
		if found.value == nil && member {
			found = tb.search([]byte(names.LowerCamel(t.rest)), new(finding))
		}
		next.path = append(next.path[:len(next.path):len(next.path)], found.path...)
		next.value, next.rest = found.value, found.rest
	case error:
		next.value = e
	case *LazyEntry, packageRef, Resolver:
		next.value, next.rest = e, t.rest
	default:
		if t.rest == "" {
			next.value = e
		}
	}
	return next
}

// table compiles a registry that a factory made. Its faults answer the calls that meet them.
func (m *made) table(r RPC, sep string) *table {
	m.mu.Lock()
	defer m.mu.Unlock()
	tb := m.tables[sep]
	if tb == nil {
		tb, _ = compile(r, sep)
		if m.tables == nil {
			m.tables = map[string]*table{}
			for e := range tb.lazies {
				e.hold()
			}
		}
		m.tables[sep] = tb
	}
	return tb
}
