package jsonrpc_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runrpc/jsonrpc"
)

type callerKey struct{}

// inCall runs f as a procedure of an Application with a Timeout, with a context that the test
// can cancel, and returns the answer.
func inCall(t *testing.T, timeout time.Duration, f func(ctx context.Context, cancel context.CancelCauseFunc) error) string {
	t.Helper()
	ctx, cancel := context.WithCancelCause(context.WithValue(t.Context(), callerKey{}, "the caller's"))
	defer cancel(nil)
	app := newApp(t, jsonrpc.RPC{"f": func(ctx context.Context) error { return f(ctx, cancel) }}, &jsonrpc.Options{Timeout: timeout})
	return string(app.CallContext(ctx, []byte(`{"jsonrpc":"2.0","method":"f","id":1}`), nil))
}

var (
	calledOff = because(-32800, "Cancelled", "cancelled", "1")
	fine      = resultFor("null", "1")
)

func TestContextWhileTheCallRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var kept context.Context
		start := time.Now()
		sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, _ context.CancelCauseFunc) error {
			kept = ctx
			if d, ok := ctx.Deadline(); !ok || !d.Equal(start.Add(time.Minute)) {
				t.Errorf("Deadline: %v, %t", d, ok)
			}
			if v := ctx.Value(callerKey{}); v != "the caller's" {
				t.Errorf("Value: %v", v)
			}
			if v := ctx.Value("no such key"); v != nil {
				t.Errorf("Value of a key that is not there: %v", v)
			}
			if err := ctx.Err(); err != nil {
				t.Errorf("Err: %v", err)
			}
			select {
			case <-ctx.Done():
				t.Error("Done is closed")
			default:
			}
			if first := ctx.Done(); first != ctx.Done() {
				t.Error("Done is another channel each time")
			}
			return nil
		}), fine)
		<-kept.Done() // it ends with the call
		if err := kept.Err(); err != context.Canceled {
			t.Errorf("Err after the call: %v", err)
		}
		if v := kept.Value(callerKey{}); v != "the caller's" {
			t.Errorf("Value after the call: %v", v)
		}
		if req := jsonrpc.RequestFrom(kept); req != nil {
			t.Errorf("RequestFrom after the call: %v", req)
		}
	})
}

// A context that nobody has asked for Done ends all the same.
func TestContextThatNobodyWatched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, _ context.CancelCauseFunc) error {
			<-time.After(time.Minute)
			return ctx.Err()
		}), timedOutFor("1"))
		sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, cancel context.CancelCauseFunc) error {
			cancel(errMapped)
			if err := ctx.Err(); err != context.Canceled {
				t.Errorf("Err: %v", err)
			}
			return errors.New("whatever")
		}), calledOff)
		// an error that comes before the end is no matter of the context
		sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, _ context.CancelCauseFunc) error {
			<-time.After(time.Minute - 1)
			return context.DeadlineExceeded
		}), faultFor(`{"code":-32000,"message":"Server error","data":{"incident":"#"}}`, "1"))
		// nor is a result
		sameAnswer(t, inCall(t, time.Minute, func(context.Context, context.CancelCauseFunc) error {
			<-time.After(time.Hour)
			return nil
		}), fine)
	})
}

// children are the ways to derive a context.
var children = map[string]func(ctx context.Context) (context.Context, context.CancelFunc){
	"itself":     func(ctx context.Context) (context.Context, context.CancelFunc) { return ctx, func() {} },
	"WithCancel": context.WithCancel,
	"WithTimeout": func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(ctx, time.Hour)
	},
	"WithValue": func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithValue(ctx, callerKey{}, 1), func() {}
	},
	"both": func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(context.WithValue(ctx, callerKey{}, 1))
		ctx, again := context.WithTimeout(ctx, time.Hour)
		return ctx, func() { again(); cancel() }
	},
}

func TestContextsDerivedFromACalls(t *testing.T) {
	for name, derive := range children {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, _ context.CancelCauseFunc) error {
					child, release := derive(ctx)
					defer release()
					<-child.Done()
					if child.Err() != context.DeadlineExceeded {
						t.Errorf("Err at the deadline: %v", child.Err())
					}
					return child.Err()
				}), timedOutFor("1"))
				if took := time.Since(start); took != time.Minute {
					t.Errorf("it took %v, want a minute", took)
				}
				sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, cancel context.CancelCauseFunc) error {
					child, release := derive(ctx)
					defer release()
					cancel(nil)
					<-child.Done()
					if child.Err() != context.Canceled {
						t.Errorf("Err when the caller gives up: %v", child.Err())
					}
					return child.Err()
				}), calledOff)
				var kept context.Context
				sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, _ context.CancelCauseFunc) error {
					kept, _ = derive(ctx)
					return kept.Err()
				}), fine)
				if <-kept.Done(); kept.Err() != context.Canceled {
					t.Errorf("Err after the call: %v", kept.Err())
				}
			})
		})
	}
}

// Contexts derived from a call's need no goroutine of their own that waits for its end.
func TestDerivedContextsStartNoGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, _ context.CancelCauseFunc) error {
			before := runtime.NumGoroutine()
			for range 100 {
				_, cancel := context.WithCancel(ctx)
				defer cancel()
				_, cancel = context.WithTimeout(ctx, time.Hour)
				defer cancel()
				defer context.AfterFunc(ctx, func() {})()
			}
			if n := runtime.NumGoroutine() - before; n > 10 { // other tests' may come and go
				t.Errorf("%d goroutines wait", n)
			}
			return nil
		}), fine)
	})
}

func TestAfterFunc(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ran := make(chan string, 10)
		sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, cancel context.CancelCauseFunc) error {
			stop := context.AfterFunc(ctx, func() { ran <- "stopped" })
			if !stop() || stop() {
				t.Error("stop is true once, while the function waits")
			}
			stop = context.AfterFunc(ctx, func() { ran <- "first" })
			cancel(nil)
			if got := <-ran; got != "first" || stop() {
				t.Errorf("%q ran; stop afterwards is true: %t", got, stop())
			}
			stop = context.AfterFunc(ctx, func() { ran <- "late" })
			if got := <-ran; got != "late" || stop() {
				t.Errorf("%q ran on a context that had ended; stop afterwards is true: %t", got, stop())
			}
			return ctx.Err()
		}), calledOff)
		sameAnswer(t, inCall(t, time.Minute, func(ctx context.Context, _ context.CancelCauseFunc) error {
			context.AfterFunc(ctx, func() { ran <- "with the call" })
			return nil
		}), fine)
		if got := <-ran; got != "with the call" {
			t.Errorf("%q ran", got)
		}
		synctest.Wait()
		if len(ran) > 0 {
			t.Errorf("%q ran too", <-ran)
		}
	})
}

// A caller's own deadline that is earlier wins, and its cause is told.
func TestCallersDeadlineAndCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		app := newApp(t, jsonrpc.RPC{"f": func(ctx context.Context) (string, error) {
			d, _ := ctx.Deadline()
			<-ctx.Done()
			return d.Sub(start).String() + " " + context.Cause(ctx).Error(), nil
		}}, &jsonrpc.Options{Timeout: time.Minute})
		msg := []byte(`{"jsonrpc":"2.0","method":"f","id":1}`)
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, errMapped)
		defer cancel()
		sameAnswer(t, string(app.CallContext(ctx, msg, nil)), resultFor(`"1s application failure"`, "1"))
		start = time.Now()
		ctx, cancel = context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		sameAnswer(t, string(app.CallContext(ctx, msg, nil)), resultFor(`"1m0s context deadline exceeded"`, "1"))
	})
}

// What a procedure leaves behind finds its context ended, also when calls go on.
func TestContextsOfMembersAreTheirOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var all []context.Context
		r := jsonrpc.RPC{"keep": func(ctx context.Context, i int) (string, error) {
			for _, other := range all {
				if other == ctx || other.Err() != context.Canceled {
					t.Errorf("member %d: the context of one before it: %v", i, other.Err())
				}
				if req := jsonrpc.RequestFrom(other); req != nil {
					t.Errorf("member %d: a context leads to another's request", i)
				}
			}
			all = append(all, ctx)
			return string(jsonrpc.RequestFrom(ctx).ID), ctx.Err()
		}}
		app := newApp(t, r, nil)
		want := numbered(10, func(i int) string { return resultFor(fmt.Sprintf("%q", fmt.Sprint(i)), fmt.Sprint(i)) })
		sameAnswer(t, string(app.CallContext(t.Context(), []byte(members("keep", 10)), nil)), want)
		all = nil
		sameAnswer(t, string(r.Call([]byte(members("keep", 10)), nil)), want)
	})
}
