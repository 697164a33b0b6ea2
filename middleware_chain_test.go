package jsonrpc_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runrpc/jsonrpc"
)

// limiter lets n calls pass, ever.
func limiter(n int64, built *atomic.Int64) jsonrpc.Middleware {
	return func(next jsonrpc.Handler) jsonrpc.Handler {
		built.Add(1)
		var passed atomic.Int64
		return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			if passed.Add(1) > n {
				return nil, jsonrpc.NewError(429, "limited", nil)
			}
			return next.ServeRPC(ctx, req)
		})
	}
}

// TestChainIsBuiltOnce limits across calls, and across the ways to call.
func TestChainIsBuiltOnce(t *testing.T) {
	ok := func() string { return "ok" }
	for name, registry := range map[string]func(jsonrpc.Middleware) jsonrpc.RPC{
		"root": func(mw jsonrpc.Middleware) jsonrpc.RPC {
			return jsonrpc.RPC{jsonrpc.Use: jsonrpc.Chain(mw), "in.ok": ok}
		},
		"inner": func(mw jsonrpc.Middleware) jsonrpc.RPC {
			return jsonrpc.RPC{"in": jsonrpc.RPC{jsonrpc.Use: jsonrpc.Chain(mw), "ok": ok}}
		},
		"own": func(mw jsonrpc.Middleware) jsonrpc.RPC {
			return jsonrpc.RPC{"in": jsonrpc.RPC{"ok": jsonrpc.Func(ok).With(mw)}}
		},
		"lazy": func(mw jsonrpc.Middleware) jsonrpc.RPC {
			return jsonrpc.RPC{"in": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
				return jsonrpc.RPC{jsonrpc.Use: jsonrpc.Chain(mw), "ok": ok}, nil
			})}
		},
	} {
		t.Run(name, func(t *testing.T) {
			var built atomic.Int64
			rpc := registry(limiter(5, &built))
			app, _ := appOf(t, rpc, jsonrpc.Options{BatchWorkers: 1})
			for range 2 {
				same(t, string(rpc.Call([]byte(ask("in.ok", "")), nil)), told(`"ok"`))
				same(t, callApp(app, ask("in.ok", "")), told(`"ok"`))
			}
			if err := app.Replace(rpc); err != nil {
				t.Fatal(err)
			}
			same(t, callApp(app, "["+ask("in.ok", "")+","+ask("in.ok", "")+"]"), "["+told(`"ok"`)+","+failed(429, "limited", "")+"]")
			same(t, string(rpc.Call([]byte(ask("in.ok", "")), nil)), failed(429, "limited", ""))
			if n := built.Load(); n != 1 {
				t.Errorf("the handler was built %d times", n)
			}
		})
	}
}

// TestGuardIsPassedByNoSpelling tries what a client might write for a method that a root
// middleware guards by its name.
func TestGuardIsPassedByNoSpelling(t *testing.T) {
	for _, sep := range []string{".", "::", "/"} {
		ran := ""
		guarded := jsonrpc.RPC{
			"delete": func(ctx context.Context) { ran = jsonrpc.RequestFrom(ctx).RawMethod },
			"deep":   jsonrpc.RPC{"delete": func(ctx context.Context) { ran = jsonrpc.RequestFrom(ctx).RawMethod }},
		}
		names := map[string]bool{}
		for _, prefix := range []string{"admin", "lazy", "object", "pkg", "resolver"} {
			names[prefix+sep+"delete"] = true
			names[prefix+sep+"deep"+sep+"delete"] = true
		}
		guard := wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
			if names[req.Method] {
				return nil, errRefused
			}
			return next.ServeRPC(ctx, req)
		})
		rpc := jsonrpc.RPC{
			jsonrpc.Use: jsonrpc.Chain(guard), jsonrpc.Separator: sep,
			jsonrpc.Errors:   jsonrpc.ErrorMap{errRefused: -32001},
			"admin":          guarded,
			"lazy":           jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) { return guarded, nil }),
			"object":         jsonrpc.LazyObject(func(context.Context) (deleter, error) { return deleter{&ran}, nil }),
			"pkg":            "p:deep",
			jsonrpc.Packages: jsonrpc.PackageMap{"p": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) { return guarded, nil })},
		}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		for name := range names {
			for _, spelling := range spellings(name, sep) {
				for _, call := range []func(string) string{
					func(msg string) string { return string(rpc.Call([]byte(msg), nil)) },
					func(msg string) string { return callApp(app, msg) },
				} {
					ran = ""
					answer := call(ask(spelling, ""))
					if ran != "" {
						t.Errorf("%q got past the guard: %s", ran, answer)
					}
					if answer != failed(-32001, "refused", "") && answer != notFound {
						t.Errorf("%q was answered with %s", spelling, answer)
					}
				}
			}
		}
	}
}

type deleter struct{ ran *string }

func (d deleter) Delete(ctx context.Context) { *d.ran = jsonrpc.RequestFrom(ctx).RawMethod }

// spellings are ways to write a name, in JSON.
func spellings(name, sep string) []string {
	list := []string{
		name, sep + name, sep + sep + name, name + sep, "." + name, ":" + name, "/" + name, `\/` + name,
		fmt.Sprintf(`\u%04x`, name[0]) + name[1:], " " + name, name + " ", `\u0000` + name, name + `\u0000`,
	}
	for i := range len(name) - len(sep) + 1 {
		if name[i:i+len(sep)] != sep {
			continue
		}
		head, tail := name[:i], name[i+len(sep):]
		list = append(list, head+sep+sep+tail, head+sep+sep+sep+tail, head+sep+" "+tail,
			head+sep+string(tail[0]-32)+tail[1:], string(head[0]-32)+head[1:]+sep+tail)
	}
	return list
}

// TestNextTwice retries, and calls next from two goroutines.
func TestNextTwice(t *testing.T) {
	retry := wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (v any, err error) {
		for range 3 {
			if v, err = next.ServeRPC(ctx, req); err == nil {
				return v, nil
			}
		}
		return nil, err
	})
	race := wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
		var wg sync.WaitGroup
		var sum atomic.Int64
		for range 8 {
			wg.Go(func() {
				if v, err := next.ServeRPC(ctx, req); err == nil {
					sum.Add(int64(v.(int)))
				}
			})
		}
		wg.Wait()
		return sum.Load(), nil
	})
	for name, registry := range map[string]func(fn any, mw jsonrpc.Middleware) jsonrpc.RPC{
		"root": func(fn any, mw jsonrpc.Middleware) jsonrpc.RPC {
			return jsonrpc.RPC{"m": fn, jsonrpc.Use: jsonrpc.Chain(mw)}
		},
		"chain": func(fn any, mw jsonrpc.Middleware) jsonrpc.RPC {
			return jsonrpc.RPC{"m": fn, jsonrpc.Use: jsonrpc.Chain(mw, func(next jsonrpc.Handler) jsonrpc.Handler { return next })}
		},
		"own": func(fn any, mw jsonrpc.Middleware) jsonrpc.RPC { return jsonrpc.RPC{"m": jsonrpc.Func(fn).With(mw)} },
		"lazy": func(fn any, mw jsonrpc.Middleware) jsonrpc.RPC {
			return jsonrpc.RPC{"m": jsonrpc.Lazy(func(context.Context) (any, error) { return fn, nil }), jsonrpc.Use: jsonrpc.Chain(mw)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			var tries atomic.Int64
			third := func(n int, more ...string) (int, error) {
				if tries.Add(1)%3 != 0 {
					return 0, errBroken
				}
				return n + len(more), nil
			}
			answers(t, registry(third, retry), ask("m", `[7,"a","b"]`), told("9"))
			sum := func(n int, more ...string) int { return n + len(more) }
			answers(t, registry(sum, race), ask("m", `[7,"a","b"]`), told("72"))
		})
	}
}

// TestNextTwicePassesAllThatIsInside retries, and calls at the same time, around other middlewares.
func TestNextTwicePassesAllThatIsInside(t *testing.T) {
	twice := wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
		if _, err := next.ServeRPC(ctx, req); err != nil {
			return nil, err
		}
		return next.ServeRPC(ctx, req)
	})
	parallel := wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { next.ServeRPC(ctx, req) })
		}
		wg.Wait()
		return nil, nil
	})
	for name, test := range map[string]struct {
		mw    jsonrpc.Middleware
		times int
	}{"twice": {twice, 2}, "parallel": {parallel, 8}} {
		for _, nth := range []string{"outer", "last"} {
			t.Run(name+"/"+nth, func(t *testing.T) {
				var d diary
				pass := func(next jsonrpc.Handler) jsonrpc.Handler { return next }
				root := jsonrpc.Chain(test.mw, pass, d.note("root"))
				if nth == "last" {
					root = jsonrpc.Chain(pass, test.mw)
				}
				call := jsonrpc.Func(func(n int) { d.add("call") }, "n").With(d.note("own"))
				rpc := jsonrpc.RPC{
					jsonrpc.Use: root,
					"in": jsonrpc.RPC{
						jsonrpc.Use: jsonrpc.Chain(d.note("in")), "m": call,
						"lazy": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
							return jsonrpc.RPC{jsonrpc.Use: jsonrpc.Chain(d.note("lazy")), "m": call}, nil
						}),
					},
				}
				for method, names := range map[string][]string{"in.m": {"in", "own", "call"}, "in.lazy.m": {"in", "lazy", "own", "call"}} {
					for _, w := range ways(t, rpc) {
						d.take()
						same(t, w.call(ask(method, "[1]")), told("null"))
						count := map[string]int{}
						for _, line := range d.take() {
							count[line]++
						}
						for _, n := range names {
							if count[n] != test.times {
								t.Errorf("%s of %s: %s was passed %d times, want %d", w.name, method, n, count[n], test.times)
							}
						}
					}
				}
			})
		}
	}
}

// TestChainThatCannotBeBuilt stays closed.
func TestChainThatCannotBeBuilt(t *testing.T) {
	for name, broken := range map[string]jsonrpc.Middleware{
		"panic": func(jsonrpc.Handler) jsonrpc.Handler { panic("no configuration") },
		"nil":   func(jsonrpc.Handler) jsonrpc.Handler { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			pass := func(next jsonrpc.Handler) jsonrpc.Handler { return next }
			for _, rpc := range []jsonrpc.RPC{
				{jsonrpc.Use: jsonrpc.Chain(pass, broken, pass), "m": func() {}},
				{jsonrpc.Use: jsonrpc.Chain(broken), "m": func() {}},
				{"m": jsonrpc.Func(func() {}).With(pass, broken, pass)},
			} {
				app, _ := appOf(t, rpc, jsonrpc.Options{})
				for range 3 {
					same(t, callApp(app, ask("m", "")), internalErr)
				}
			}
		})
	}
}

// TestNextAfterTheCallIsRefused keeps next and calls it when the call is over.
func TestNextAfterTheCallIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ran := 0
		var late func() (any, error)
		keep := wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
			late = func() (any, error) { return next.ServeRPC(ctx, req) }
			return "early", nil
		})
		rpc := jsonrpc.RPC{jsonrpc.Use: jsonrpc.Chain(keep), "m": func(string) { ran++ }}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		for name, call := range map[string]func(string) string{
			"RPC.Call": func(msg string) string { return string(rpc.Call([]byte(msg), nil)) },
			"app":      func(msg string) string { return callApp(app, msg) },
			"HTTP":     func(msg string) string { _, body := postTo(app, msg); return body },
		} {
			same(t, call(ask("m", `["x"]`)), told(`"early"`))
			if v, err := late(); err == nil || ran > 0 {
				t.Errorf("%s: next answered %v after the call, and the procedure ran %d times", name, v, ran)
			}
		}
	})
}

// TestNextThatIsLeftBehind answers while the procedure still runs, which keeps its arguments.
func TestNextThatIsLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		impatient := wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
			done := make(chan error, 1)
			go func() { _, err := next.ServeRPC(ctx, req); done <- err }()
			select {
			case err := <-done:
				return nil, err
			case <-time.After(time.Second):
				return nil, errRefused
			}
		})
		release := make(chan struct{})
		seen := make(chan string, 10)
		rpc := jsonrpc.RPC{
			jsonrpc.Use:    jsonrpc.Chain(impatient),
			jsonrpc.Errors: jsonrpc.ErrorMap{errRefused: -32001},
			"slow": jsonrpc.HandlerFunc(func(_ context.Context, req *jsonrpc.Request) (any, error) {
				<-release
				seen <- string(req.Params)
				return nil, nil
			}),
			"fast": func(string) {},
		}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		same(t, callApp(app, ask("slow", `["kept"]`)), failed(-32001, "refused", ""))
		_, body := postTo(app, ask("slow", `["kept"]`))
		same(t, body, failed(-32001, "refused", ""))
		for range 10 {
			_, body = postTo(app, ask("fast", `["overwrites"]`))
			same(t, body, told("null"))
		}
		close(release)
		for range 2 {
			same(t, <-seen, `["kept"]`)
		}
	})
}

func TestRequestOfAMiddlewaresOwnMakingIsRefused(t *testing.T) {
	rpc := jsonrpc.RPC{
		"m": func() {},
		jsonrpc.Use: jsonrpc.Chain(wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
			_, err := next.ServeRPC(ctx, &jsonrpc.Request{Method: req.Method})
			if err == nil {
				return nil, errors.New("it was passed on")
			}
			return nil, err
		})),
	}
	answers(t, rpc, ask("m", ""), internalErr)
}
