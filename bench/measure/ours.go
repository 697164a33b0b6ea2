package measure

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/runrpc/jsonrpc"

	"github.com/runrpc/jsonrpc/bench/result"
	"github.com/runrpc/jsonrpc/bench/work"
)

// way is one of the two ways into the project, named as the contender that takes it.
type way struct {
	name string
	make func(jsonrpc.RPC) (func(msg []byte) []byte, error)
}

func ways() []way {
	return []way{{"ours", bare}, {"ours-app", application}}
}

func bare(r jsonrpc.RPC) (func([]byte) []byte, error) {
	return func(msg []byte) []byte { return r.Call(msg, nil) }, nil
}

func application(r jsonrpc.RPC) (func([]byte) []byte, error) {
	app, err := jsonrpc.NewApplication(r, &jsonrpc.Options{MaxConcurrent: -1}) // 10,000 callers are over the default
	return func(msg []byte) []byte { return app.CallContext(context.Background(), msg, nil) }, err
}

// ourTasks makes a task for each way at each point.
func (d Dimension) ourTasks(prepare func(w way, x int) (job, error)) []Task {
	var tasks []Task
	for _, x := range d.Points {
		for _, w := range ways() {
			tasks = append(tasks, Task{result.Growth, d.Name, w.name, x, func() (job, error) { return prepare(w, x) }})
		}
	}
	return tasks
}

func subtract() *jsonrpc.Procedure { return jsonrpc.Func(work.Subtract, "minuend", "subtrahend") }

// checked returns the way into r and the tiny message to method, once the answer is right.
func checked(w way, r jsonrpc.RPC, method string) (call func([]byte) []byte, msg []byte, err error) {
	if call, err = w.make(r); err != nil {
		return nil, nil, err
	}
	tiny, _ := work.Find("tiny")
	msg = tiny.Body(func(string) string { return method })
	if err := tiny.Check(call(msg)); err != nil {
		return nil, nil, wrong(err)
	}
	return call, msg, nil
}

func callerTasks(d Dimension) []Task {
	return d.ourTasks(func(w way, callers int) (job, error) {
		call, msg, err := checked(w, jsonrpc.RPC{"subtract": subtract()}, "subtract")
		run := func(b *testing.B) {
			together(callers, func(i int) {
				for range share(b.N, callers, i) {
					call(msg)
				}
			})
		}
		return job{run: run, stop: func() {}}, err
	})
}

// together runs f(0) to f(n-1), each on a goroutine of its own.
func together(n int, f func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}

// share is the i-th of n parts of total.
func share(total, n, i int) int {
	if i < total%n {
		return total/n + 1
	}
	return total / n
}

func depthTasks(d Dimension) []Task {
	return d.ourTasks(func(w way, depth int) (job, error) {
		r := jsonrpc.RPC{"subtract": subtract()}
		for range depth {
			r = jsonrpc.RPC{"n": r}
		}
		call, msg, err := checked(w, r, strings.Repeat("n.", depth)+"subtract")
		run := func(b *testing.B) {
			for b.Loop() {
				call(msg)
			}
		}
		return job{run: run, stop: func() {}}, err
	})
}

func lazyTasks(d Dimension) []Task {
	return d.ourTasks(func(w way, callers int) (job, error) {
		if err := firstUse(w, callers, func() {}, func() {}); err != nil {
			return job{}, err
		}
		run := func(b *testing.B) {
			b.StopTimer()
			for range b.N {
				if err := firstUse(w, callers, b.StartTimer, b.StopTimer); err != nil {
					b.Fatal(err)
				}
			}
		}
		return job{run: run, stop: func() {}}, nil
	})
}

// firstUse has callers wait for a lazy entry whose factory returns when all have begun. Only
// what is between start and stop counts.
func firstUse(w way, callers int, start, stop func()) error {
	var begun sync.WaitGroup
	begun.Add(callers)
	runs := 0 // one at a time: the entry sees to it
	entry := jsonrpc.Lazy(func(context.Context) (*jsonrpc.Procedure, error) {
		begun.Wait()
		runs++
		return subtract(), nil
	})
	call, err := w.make(jsonrpc.RPC{"lazy": entry})
	if err != nil {
		return err
	}
	tiny, _ := work.Find("tiny")
	msg := tiny.Body(func(string) string { return "lazy" })
	answers := make([][]byte, callers)
	start()
	together(callers, func(i int) {
		begun.Done()
		answers[i] = call(msg)
	})
	stop()
	for _, answer := range answers {
		if err := tiny.Check(answer); err != nil {
			return wrong(err)
		}
	}
	if runs != 1 {
		return fmt.Errorf("the factory ran %d times", runs)
	}
	return nil
}
