package jsonrpc_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// members writes a batch of n calls with the numbers from 0 on as params and ids.
func members(method string, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":[%d],"id":%d}`, method, i, i)
	}
	return "[" + strings.Join(all, ",") + "]"
}

// numbered writes the answers with what value has for each number.
func numbered(n int, value func(i int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = value(i)
	}
	return enclose(all...)
}

func echoed(i int) string { return resultFor(fmt.Sprint(i), fmt.Sprint(i)) }

func TestBatchLimit(t *testing.T) {
	var ran atomic.Int64
	r := jsonrpc.RPC{"echo": func(i int) int { ran.Add(1); return i }}
	for _, c := range []struct {
		name      string
		maxBatch  int
		msg, want string
	}{
		{"default", 0, members("echo", 100), numbered(100, echoed)},
		{"over the default", 0, members("echo", 101), tooLarge("batch", 100, "null")},
		{"set", 3, members("echo", 3), numbered(3, echoed)},
		{"over the set", 3, members("echo", 4), tooLarge("batch", 3, "null")},
		{"one", 1, members("echo", 1), numbered(1, echoed)},
		{"lifted", -1, members("echo", 500), numbered(500, echoed)},
		{"what is no request counts", 2, "[1,2,3]", tooLarge("batch", 2, "null")},
		{"so do notifications", 1, `[{"jsonrpc":"2.0","method":"echo","params":[1]},{"jsonrpc":"2.0","method":"echo","params":[1]}]`, tooLarge("batch", 1, "null")},
		{"broken behind the limit", 1, `[1,2,3,`, broken("the text ends where a value is due", 7)},
		{"empty", 1, "[]", refused("a batch has at least one member", "null")},
	} {
		for _, way := range routes(t, r, &jsonrpc.Options{MaxBatch: c.maxBatch}) {
			t.Run(way.name+"/"+c.name, func(t *testing.T) {
				ran.Store(0)
				sameAnswer(t, way.send(t, c.msg), c.want)
				if n := ran.Load(); int(n) != strings.Count(c.want, `"result"`) {
					t.Errorf("%d calls ran", n)
				}
			})
		}
	}
	// a bare Call has no limit
	sameAnswer(t, string(r.Call([]byte(members("echo", 500)), nil)), numbered(500, echoed))
}

// goroutine returns the number of the goroutine that it is called on.
func goroutine() string {
	text := make([]byte, 64)
	return string(bytes.Fields(text[:runtime.Stack(text, false)])[1])
}

// In a bubble no time passes while goroutines work: a member is fast that waits for nothing.
func TestFastMembersStartNoGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := jsonrpc.RPC{"where": func(int) string { return goroutine() }}
		here := goroutine()
		want := numbered(100, func(i int) string { return resultFor(`"`+here+`"`, fmt.Sprint(i)) })
		app := newApp(t, r, nil)
		sameAnswer(t, string(app.CallContext(t.Context(), []byte(members("where", 100)), nil)), want)
		sameAnswer(t, string(r.Call([]byte(members("where", 100)), nil)), want)
	})
}

// A bare Call takes one member after the other, slow or not.
func TestBareCallStaysOnItsGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here := goroutine()
		r := jsonrpc.RPC{"where": func(int) string {
			<-time.After(time.Second)
			return goroutine()
		}}
		sameAnswer(t, string(r.Call([]byte(members("where", 5)), nil)), numbered(5, func(i int) string { return resultFor(`"`+here+`"`, fmt.Sprint(i)) }))
	})
}

// Members that end in the reverse order are answered in the order of the requests.
func TestAnswersInTheOrderOfTheRequests(t *testing.T) {
	const n = 20
	var done [n + 1]chan struct{}
	r := jsonrpc.RPC{"last": func(i int) int {
		<-done[i+1]
		close(done[i])
		return i
	}}
	for _, way := range routes(t, r, &jsonrpc.Options{}) {
		for i := range done {
			done[i] = make(chan struct{})
		}
		close(done[n])
		sameAnswer(t, way.send(t, members("last", n)), numbered(n, echoed))
	}
}

func TestBatchWorkers(t *testing.T) {
	for _, c := range []struct{ workers, concurrent, want int }{
		{0, 0, 32}, {1, 0, 1}, {4, 0, 4}, {100, 0, 100}, {1000, 0, 100}, {-1, 0, 100},
		{0, 5, 5}, {4, 5, 4}, {4, 1, 1}, {-1, -1, 100},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var running, most atomic.Int64
				r := jsonrpc.RPC{"slow": func(i int) int {
					most.Store(max(most.Load(), running.Add(1)))
					defer running.Add(-1)
					<-time.After(10 * time.Millisecond)
					return i
				}}
				app := newApp(t, r, &jsonrpc.Options{BatchWorkers: c.workers, MaxConcurrent: c.concurrent, Timeout: -1})
				start := time.Now()
				sameAnswer(t, string(app.CallContext(t.Context(), []byte(members("slow", 100)), nil)), numbered(100, echoed))
				if got := most.Load(); int(got) != c.want {
					t.Errorf("%d members ran side by side, want %d", got, c.want)
				}
				rounds := time.Duration((100 + c.want - 1) / c.want)
				if took := time.Since(start).Truncate(10 * time.Millisecond); took != rounds*10*time.Millisecond {
					t.Errorf("it took %v, want %d rounds", took, rounds)
				}
			})
		})
	}
}

// A place that a member needs may come free while the batch is at work.
func TestBatchWaitsForCapacity(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		app := newApp(t, g.registry(), &jsonrpc.Options{MaxConcurrent: 1})
		first, second := make(chan string), make(chan string)
		go func() { first <- string(app.CallContext(t.Context(), []byte(waitMsg), nil)) }()
		synctest.Wait()
		go func() {
			second <- string(app.CallContext(t.Context(), []byte("["+countMsg+","+countAdd+","+countMsg+"]"), nil))
		}()
		<-time.After(29 * time.Second) // of 30
		if g.ran.Load() != 0 {
			t.Error("the batch ran without capacity")
		}
		close(g.open)
		sameAnswer(t, <-first, resultFor(`"waited"`, "1"))
		sameAnswer(t, <-second, enclose(resultFor("1", "1"), resultFor("3", "1")))
	})
}

func TestBatchWithoutCapacityUpToTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		app := newApp(t, g.registry(), &jsonrpc.Options{MaxConcurrent: 1, Timeout: time.Second})
		go app.CallContext(t.Context(), []byte(waitMsg), nil)
		synctest.Wait()
		start := time.Now()
		got := app.CallContext(t.Context(), []byte("["+countMsg+","+countAdd+",7]"), nil)
		sameAnswer(t, string(got), enclose(because(-32811, "Timeout", "timeout", "1"), refused("a request is an object", "null")))
		if took := time.Since(start); took != time.Second {
			t.Errorf("it took %v, want a second", took)
		}

		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Millisecond, cancel)
		got = app.CallContext(ctx, []byte("["+countMsg+"]"), nil)
		sameAnswer(t, string(got), enclose(because(-32800, "Cancelled", "cancelled", "1")))
		if g.ran.Load() != 0 {
			t.Error("a member ran without capacity")
		}
		close(g.open)
	})
}

func TestPanicInsideABatch(t *testing.T) {
	for _, value := range []any{"boom", error(nil), http.ErrAbortHandler, new(runtime.PanicNilError)} {
		r := jsonrpc.RPC{"echo": func(i int) int { return i }, "boom": func(int) { panic(value) }}
		msg := `[{"jsonrpc":"2.0","method":"echo","params":[1],"id":1},{"jsonrpc":"2.0","method":"boom","params":[2],"id":2},` +
			`{"jsonrpc":"2.0","method":"boom","params":[2]},{"jsonrpc":"2.0","method":"echo","params":[3],"id":3}]`
		want := enclose(echoed(1), faultFor(`{"code":-32603,"message":"Internal error","data":{"incident":"#"}}`, "2"), echoed(3))
		sameAnswer(t, string(r.Call([]byte(msg), nil)), want)
		app := newApp(t, r, nil)
		sameAnswer(t, string(app.CallContext(t.Context(), []byte(msg), nil)), want)
		if value != any(http.ErrAbortHandler) {
			sameAnswer(t, answerOf(t, postMsg(t, serve(t, app).URL, msg)), want)
		}
	}
}

// Every member passes the same middleware as a single call, with a Request of its own.
func TestMembersPassTheMiddleware(t *testing.T) {
	var seen []string
	r := jsonrpc.RPC{
		jsonrpc.Use: jsonrpc.Chain(func(next jsonrpc.Handler) jsonrpc.Handler {
			return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
				seen = append(seen, fmt.Sprintf("%s %s %s", req.Method, req.Params, req.ID))
				if req.Method == "secret" {
					return nil, jsonrpc.ServerError(3, "no", nil)
				}
				return next.ServeRPC(ctx, req)
			})
		}),
		"echo":   func(i int) int { return i },
		"secret": func() int { t.Error("the procedure was called"); return 0 },
	}
	msg := `[{"jsonrpc":"2.0","method":"echo","params":[1],"id":1},{"jsonrpc":"2.0","method":"secret","id":"s"},7,{"jsonrpc":"2.0","method":"echo","params":[1]},` + pingMsg + `]`
	want := enclose(echoed(1), faultFor(`{"code":-32003,"message":"no"}`, `"s"`), refused("a request is an object", "null"), pingAnswer)
	app := newApp(t, r, nil)
	for name, call := range map[string]func([]byte) []byte{
		"call": func(msg []byte) []byte { return r.Call(msg, nil) },
		"app":  func(msg []byte) []byte { return app.CallContext(t.Context(), msg, nil) },
	} {
		seen = nil
		sameAnswer(t, string(call([]byte(msg))), want)
		if diff := cmp.Diff([]string{"echo [1] 1", `secret  "s"`, "echo [1] ", `no.such  "ping"`}, seen); diff != "" {
			t.Errorf("%s: the middleware saw: -want +got:\n%s", name, diff)
		}
	}
}
