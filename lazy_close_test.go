package jsonrpc_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runrpc/jsonrpc"
)

func goexit() { runtime.Goexit() }

// conn is a value that has something to close.
type conn struct {
	n      int64
	closed atomic.Int64
	err    error
}

func (c *conn) Ping() int64  { return c.n }
func (c *conn) Wait(ms int)  { time.Sleep(time.Duration(ms) * time.Millisecond) }
func (c *conn) Close() error { c.closed.Add(1); return c.err }

// dialer makes conns and keeps them.
type dialer struct {
	mu    sync.Mutex
	conns []*conn
}

func (d *dialer) dial(context.Context) (*conn, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := &conn{n: int64(len(d.conns) + 1)}
	d.conns = append(d.conns, c)
	return c, nil
}

// closed checks how often each conn has been closed.
func (d *dialer) closed(t *testing.T, want ...int64) {
	t.Helper()
	synctest.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.conns) != len(want) {
		t.Errorf("%d were made, want %d", len(d.conns), len(want))
		return
	}
	for i, c := range d.conns {
		if n := c.closed.Load(); n != want[i] {
			t.Errorf("conn %d was closed %d times, want %d", i+1, n, want[i])
		}
	}
}

func TestLazyCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d dialer
		rpc := jsonrpc.RPC{"db": jsonrpc.LazyObject(d.dial)}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		same(t, callApp(app, ask("db.ping", "")), told("1"))
		same(t, callApp(app, ask("db.close", "")), notFound)
		d.closed(t, 0)
		if err := app.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.closed(t, 1)
		same(t, string(rpc.Call([]byte(ask("db.ping", "")), nil)), told("2"))
		d.closed(t, 1, 0)
		again, _ := appOf(t, rpc, jsonrpc.Options{})
		same(t, callApp(again, ask("db.ping", "")), told("2"))
		if err := errors.Join(again.Shutdown(t.Context()), again.Shutdown(t.Context())); err != nil {
			t.Fatal(err)
		}
		d.closed(t, 1, 1)
	})
}

// TestLastApplicationCloses has two Applications with one entry.
func TestLastApplicationCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d dialer
		entry := jsonrpc.LazyObject(d.dial)
		a, _ := appOf(t, jsonrpc.RPC{"db": entry, "same": entry}, jsonrpc.Options{})
		b, _ := appOf(t, jsonrpc.RPC{"in": jsonrpc.RPC{"db": entry}}, jsonrpc.Options{})
		same(t, callApp(a, ask("db.ping", "")), told("1"))
		if err := a.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.closed(t, 0)
		same(t, callApp(b, ask("in.db.ping", "")), told("1"))
		if err := b.Replace(jsonrpc.RPC{}); err != nil {
			t.Fatal(err)
		}
		d.closed(t, 1)
	})
}

// TestReplaceClosesAfterItsCalls waits for the calls in flight, and keeps what the new registry
// has too.
func TestReplaceClosesAfterItsCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var kept, left dialer
		keep := jsonrpc.LazyObject(kept.dial)
		app, _ := appOf(t, jsonrpc.RPC{"keep": keep, "leave": jsonrpc.LazyObject(left.dial)}, jsonrpc.Options{})
		same(t, callApp(app, ask("keep.ping", "")), told("1"))
		var wg sync.WaitGroup
		wg.Go(func() { same(t, callApp(app, ask("leave.wait", "[1000]")), told("null")) })
		wg.Go(func() { _, body := postTo(app, ask("leave.wait", "[2000]")); same(t, body, told("null")) })
		postTo(app, `{"jsonrpc":"2.0","method":"leave.wait","params":[3000]}`)
		synctest.Wait()
		if err := app.Replace(jsonrpc.RPC{"keep": keep}); err != nil {
			t.Fatal(err)
		}
		same(t, callApp(app, ask("leave.ping", "")), notFound)
		left.closed(t, 0)
		wg.Wait()
		left.closed(t, 0)
		time.Sleep(time.Second)
		left.closed(t, 1)
		kept.closed(t, 0)
		same(t, callApp(app, ask("keep.ping", "")), told("1"))
	})
}

// TestCloseOfWhatIsStillBeingMade shuts down while the factory runs.
func TestCloseOfWhatIsStillBeingMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d dialer
		rpc := jsonrpc.RPC{"db": jsonrpc.LazyObject(func(ctx context.Context) (*conn, error) {
			time.Sleep(10 * time.Second)
			return d.dial(ctx)
		})}
		app, _ := appOf(t, rpc, jsonrpc.Options{Timeout: time.Second})
		same(t, callApp(app, ask("db.ping", "")), timedOut)
		if err := app.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.closed(t)
		time.Sleep(10 * time.Second)
		d.closed(t, 1)
		var wg sync.WaitGroup
		wg.Go(func() { same(t, string(rpc.Call([]byte(ask("db.ping", "")), nil)), told("2")) })
		wg.Wait()
		d.closed(t, 1, 0)
	})
}

// TestBareCallHoldsNothing makes a value that no Application has.
func TestBareCallHoldsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d dialer
		rpc := jsonrpc.RPC{"db": jsonrpc.LazyObject(d.dial)}
		for range 3 {
			same(t, string(rpc.Call([]byte(ask("db.ping", "")), nil)), told("1"))
		}
		d.closed(t, 0)
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		if err := app.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.closed(t, 1)
	})
}

// TestLazyWithNothingToClose is kept for good.
func TestLazyWithNothingToClose(t *testing.T) {
	made := 0
	rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(context.Context) (func() int, error) { made++; return func() int { return made }, nil })}
	for range 3 {
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		same(t, callApp(app, ask("m", "")), told("1"))
		if err := app.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLazyInLazyCloses has a registry made lazily with another entry in it.
func TestLazyInLazyCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d dialer
		rpc := jsonrpc.RPC{"in": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
			return jsonrpc.RPC{"db": jsonrpc.LazyObject(d.dial)}, nil
		})}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		same(t, callApp(app, ask("in.db.ping", "")), told("1"))
		d.closed(t, 0)
		if err := app.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.closed(t, 1)
		same(t, string(rpc.Call([]byte(ask("in.db.ping", "")), nil)), told("2"))
	})
}

func TestCloseErrorIsLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rpc := jsonrpc.RPC{"db": jsonrpc.LazyObject(func(context.Context) (*conn, error) { return &conn{err: errBroken}, nil })}
		app, book := appOf(t, rpc, jsonrpc.Options{})
		callApp(app, ask("db.ping", ""))
		if err := app.Shutdown(t.Context()); err != nil {
			t.Errorf("Shutdown returned %v", err)
		}
		book.wants(t, "broken", "db")
	})
}

// TestWarm makes all, also what is in them, and names each that fails.
func TestWarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var made atomic.Int64
		entry := func(v any, err error) *jsonrpc.LazyEntry {
			return jsonrpc.Lazy(func(context.Context) (any, error) { made.Add(1); time.Sleep(time.Second); return v, err })
		}
		rpc := jsonrpc.RPC{
			"a":              entry(func() {}, nil),
			"in":             jsonrpc.RPC{"b": entry(func() {}, nil), "bad1": entry(nil, errBroken)},
			"c":              entry(jsonrpc.RPC{"d": entry(func() {}, nil), "bad2": entry(7, nil)}, nil),
			"e":              "pkg:F",
			jsonrpc.Packages: jsonrpc.PackageMap{"pkg": entry(jsonrpc.RPC{"f": func() string { return "f" }}, nil)},
		}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		err := app.Warm(t.Context())
		if err == nil {
			t.Fatal("Warm found nothing")
		}
		for _, text := range []string{`"in.bad1": broken`, `"c"`, `"bad2": found int`} {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("the error has no %s: %v", text, err)
			}
		}
		if n := made.Load(); n != 7 {
			t.Errorf("%d factories ran, want 7", n)
		}
		start := time.Now()
		same(t, callApp(app, ask("a", "")), told("null"))
		same(t, callApp(app, ask("c.d", "")), told("null"))
		same(t, callApp(app, ask("e", "")), told(`"f"`))
		if d := time.Since(start); d != 0 || made.Load() != 7 {
			t.Errorf("the calls took %v, %d factories ran", d, made.Load())
		}
		delete(rpc, "in")
		delete(rpc, "c")
		if err := app.Replace(rpc); err != nil {
			t.Fatal(err)
		}
		if err := app.Warm(t.Context()); err != nil {
			t.Errorf("Warm returned %v", err)
		}
		if err := app.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := app.Warm(t.Context()); err == nil {
			t.Error("Warm went through after Shutdown")
		}
	})
}

// TestWarmSaysWhy nothing was made, in one line.
func TestWarmSaysWhy(t *testing.T) {
	for name, test := range map[string]struct {
		factory func(context.Context) (func(), error)
		want    string
	}{
		"error":   {func(context.Context) (func(), error) { return nil, errBroken }, `jsonrpc: "m": broken`},
		"panic":   {func(context.Context) (func(), error) { panic("help") }, `jsonrpc: "m": the factory panicked: help`},
		"Goexit":  {func(context.Context) (func(), error) { goexit(); return nil, nil }, `jsonrpc: "m": the factory ended its goroutine`},
		"timeout": {func(context.Context) (func(), error) { time.Sleep(time.Minute); return nil, nil }, `jsonrpc: "m": the factory has not returned: context deadline exceeded`},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				app, _ := appOf(t, jsonrpc.RPC{"m": jsonrpc.Lazy(test.factory)}, jsonrpc.Options{})
				for range 2 { // the second is told of the first
					if err := app.Warm(t.Context()); err == nil || err.Error() != test.want {
						t.Errorf("Warm returned %v, want %s", err, test.want)
					}
				}
				time.Sleep(time.Minute)
			})
		})
	}
}

func TestWarmGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(context.Context) (func(), error) { time.Sleep(time.Minute); return func() {}, nil })}
		app, _ := appOf(t, rpc, jsonrpc.Options{LazyTimeout: time.Hour})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := app.Warm(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Warm returned %v", err)
		}
		time.Sleep(time.Minute)
		same(t, callApp(app, ask("m", "")), told("null"))
	})
}
