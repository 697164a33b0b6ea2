package jsonrpc_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runrpc/jsonrpc"
)

// TestLazyIsMadeOnce calls from many goroutines while the factory is at work.
func TestLazyIsMadeOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var made atomic.Int64
		rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(context.Context) (func() string, error) {
			made.Add(1)
			time.Sleep(time.Second)
			return func() string { return "made" }, nil
		})}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		if made.Load() != 0 {
			t.Error("the factory ran before a call")
		}
		start := time.Now()
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { same(t, callApp(app, ask("m", "")), told(`"made"`)) })
			wg.Go(func() { same(t, string(rpc.Call([]byte(ask("m", "")), nil)), told(`"made"`)) })
		}
		wg.Wait()
		same(t, callApp(app, ask("m", "")), told(`"made"`))
		if n, d := made.Load(), time.Since(start); n != 1 || d != time.Second {
			t.Errorf("the factory ran %d times, the calls took %v", n, d)
		}
	})
}

// TestLazyWaiterGivesUp cancels one of two calls that wait.
func TestLazyWaiterGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var made atomic.Int64
		var factoryErr error
		rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(ctx context.Context) (func() string, error) {
			made.Add(1)
			time.Sleep(time.Second)
			factoryErr = ctx.Err()
			return func() string { return "made" }, nil
		})}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { same(t, string(app.CallContext(ctx, []byte(ask("m", "")), nil)), cancelled) })
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			same(t, string(rpc.CallContext(ctx, []byte(ask("m", "")), nil)), timedOut)
		})
		synctest.Wait()
		wg.Go(func() { same(t, callApp(app, ask("m", "")), told(`"made"`)) })
		time.AfterFunc(100*time.Millisecond, cancel)
		wg.Wait()
		if made.Load() != 1 || factoryErr != nil {
			t.Errorf("the factory ran %d times, its context said %v", made.Load(), factoryErr)
		}
	})
}

// TestLazyBackOff fails again and again, and asks all the time: no attempt comes before half of
// its delay has passed, and one does come by the delay's end.
func TestLazyBackOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		attempts, broken := 0, true
		rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(context.Context) (func() string, error) {
			if attempts++; broken {
				return nil, errBroken
			}
			return func() string { return "made" }, nil
		})}
		app, book := appOf(t, rpc, jsonrpc.Options{})
		call := func(want string) {
			t.Helper()
			start := time.Now()
			same(t, callApp(app, ask("m", "")), want)
			if d := time.Since(start); d != 0 {
				t.Errorf("the call took %v", d)
			}
		}
		call(unavailable)
		parts := map[int64]bool{}
		for delay := 100 * time.Millisecond; delay < 60*time.Second; delay *= 2 {
			most := min(delay, 30*time.Second)
			before, start := attempts, time.Now()
			for attempts == before && time.Since(start) <= most {
				time.Sleep(most / 100)
				call(unavailable)
			}
			if gap := time.Since(start); gap < most/2 || gap > most+most/100 {
				t.Errorf("attempt %d came after %v, want %v to %v", attempts, gap, most/2, most)
			}
			parts[int64(time.Since(start)*100/most)] = true
		}
		if len(parts) == 1 {
			t.Errorf("the delays have no jitter: all are %v of 100", parts)
		}
		book.wants(t, "broken")

		broken = false
		time.Sleep(30 * time.Second)
		call(told(`"made"`))
		call(told(`"made"`))
	})
}

// TestLazyFailureIsForgotten starts with the first delay again after a success.
func TestLazyFailureIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		attempts := 0
		var last *conn
		rpc := jsonrpc.RPC{"m": jsonrpc.LazyObject(func(context.Context) (*conn, error) {
			if attempts++; attempts != 4 {
				return nil, errBroken
			}
			last = new(conn)
			return last, nil
		})}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		for attempts < 4 {
			callApp(app, ask("m.ping", ""))
			time.Sleep(time.Second)
		}
		if err := app.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		if last.closed.Load() != 1 {
			t.Fatal("it was not closed")
		}
		same(t, string(rpc.Call([]byte(ask("m.ping", "")), nil)), unavailable)
		time.Sleep(100 * time.Millisecond)
		same(t, string(rpc.Call([]byte(ask("m.ping", "")), nil)), unavailable)
		if attempts != 6 {
			t.Errorf("there were %d attempts, want 6", attempts)
		}
	})
}

// TestLazyWaitersShareTheFailure waits for a factory that fails.
func TestLazyWaitersShareTheFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		attempts := 0
		rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
			attempts++
			time.Sleep(time.Second)
			return nil, errBroken
		})}
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { same(t, string(rpc.Call([]byte(ask("m.x", "")), nil)), unavailable) })
		}
		wg.Wait()
		if attempts != 1 {
			t.Errorf("there were %d attempts", attempts)
		}
	})
}

// TestLazyPanicIsAFailure goes on after a panic and a Goexit in a factory.
func TestLazyPanicIsAFailure(t *testing.T) {
	for name, end := range map[string]func(){
		"panic": func() { panic("help") }, "nil": func() { panic(nil) }, "Goexit": func() { goexit() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				attempts := 0
				rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(context.Context) (func() string, error) {
					if attempts++; attempts == 1 {
						end()
					}
					return func() string { return "made" }, nil
				})}
				app, book := appOf(t, rpc, jsonrpc.Options{})
				same(t, callApp(app, ask("m", "")), unavailable)
				same(t, callApp(app, ask("m", "")), unavailable)
				time.Sleep(100 * time.Millisecond)
				same(t, callApp(app, ask("m", "")), told(`"made"`))
				if name == "panic" {
					book.wants(t, "help", "lazy_test.go")
				}
			})
		})
	}
}

// TestLazyValueThatCannotBe is an Internal error that is not retried.
func TestLazyValueThatCannotBe(t *testing.T) {
	for name, value := range map[string]any{
		"number": 42, "nil": nil, "text": "text", "struct": struct{}{}, "error": errBroken,
		"function": func() (int, int) { return 1, 2 }, "nil function": (func())(nil), "nil Procedure": (*jsonrpc.Procedure)(nil),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				attempts := 0
				rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(context.Context) (any, error) { attempts++; return value, nil })}
				app, book := appOf(t, rpc, jsonrpc.Options{})
				same(t, callApp(app, ask("m", "")), internalErr)
				time.Sleep(time.Hour)
				same(t, callApp(app, ask("m", "")), internalErr)
				same(t, masked(rpc.Call([]byte(ask("m", "")), nil)), internalErr)
				if attempts != 1 {
					t.Errorf("the factory ran %d times", attempts)
				}
				book.wants(t, "found")
				if err := app.Warm(t.Context()); err == nil {
					t.Error("Warm found nothing")
				}
			})
		})
	}
}

// TestLazyTimeout is about a factory that takes too long, and may not listen.
func TestLazyTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var attempts atomic.Int64
		rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(ctx context.Context) (func() string, error) {
			if attempts.Add(1) == 1 {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			time.Sleep(time.Minute)
			return func() string { return "made" }, nil
		})}
		app, _ := appOf(t, rpc, jsonrpc.Options{LazyTimeout: 5 * time.Second})
		start := time.Now()
		same(t, callApp(app, ask("m", "")), unavailable)
		if d := time.Since(start); d != 5*time.Second {
			t.Errorf("the first call took %v", d)
		}
		time.Sleep(time.Second)
		start = time.Now()
		same(t, callApp(app, ask("m", "")), unavailable)
		if d := time.Since(start); d != 5*time.Second {
			t.Errorf("the second call took %v", d)
		}
		same(t, callApp(app, ask("m", "")), unavailable)
		time.Sleep(50 * time.Second)
		same(t, callApp(app, ask("m", "")), unavailable)
		if d := time.Since(start); d != 55*time.Second || attempts.Load() != 2 {
			t.Errorf("calls waited for a factory that is late, or ran another: %v, %d", d, attempts.Load())
		}
		time.Sleep(6 * time.Second)
		same(t, callApp(app, ask("m", "")), told(`"made"`))
	})
	synctest.Test(t, func(t *testing.T) {
		rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(ctx context.Context) (func(), error) { <-ctx.Done(); return nil, ctx.Err() })}
		start := time.Now()
		same(t, string(rpc.Call([]byte(ask("m", "")), nil)), unavailable)
		if d := time.Since(start); d != 30*time.Second {
			t.Errorf("the default is %v", d)
		}
	})
}

// TestLazyContext carries nothing of the caller's and ends with the Application.
func TestLazyContext(t *testing.T) {
	type key struct{}
	synctest.Test(t, func(t *testing.T) {
		var value any
		var req *jsonrpc.Request
		ended := make(chan error, 1)
		rpc := jsonrpc.RPC{"m": jsonrpc.Lazy(func(ctx context.Context) (func(), error) {
			value, req = ctx.Value(key{}), jsonrpc.RequestFrom(ctx)
			<-ctx.Done()
			ended <- ctx.Err()
			return nil, ctx.Err()
		})}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		var wg sync.WaitGroup
		wg.Go(func() {
			ctx := context.WithValue(t.Context(), key{}, "caller's")
			if got := string(app.CallContext(ctx, []byte(ask("m", "")), nil)); got != unavailable && got != cancelled {
				t.Errorf("got %s", got)
			}
		})
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := app.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Shutdown returned %v", err)
		}
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("the factory's context ended with %v", err)
		}
		wg.Wait()
		if value != nil || req != nil {
			t.Errorf("the factory saw %v, %v of the caller's", value, req)
		}
	})
}

// TestLazyInTwoRegistries is one entry.
func TestLazyInTwoRegistries(t *testing.T) {
	attempts := 0
	entry := jsonrpc.Lazy(func(context.Context) (func() int, error) {
		attempts++
		return func() int { return attempts }, nil
	})
	a, b := jsonrpc.RPC{"m": entry, "again": entry}, jsonrpc.RPC{"in": jsonrpc.RPC{"n": entry}}
	app, _ := appOf(t, b, jsonrpc.Options{})
	same(t, string(a.Call([]byte(ask("m", "")), nil)), told("1"))
	same(t, string(a.Call([]byte(ask("again", "")), nil)), told("1"))
	same(t, string(b.Call([]byte(ask("in.n", "")), nil)), told("1"))
	same(t, callApp(app, ask("in.n", "")), told("1"))
}
