package measure

import (
	"errors"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/result"
	"github.com/runrpc/jsonrpc/bench/work"
)

// The groups that ask for a registry of work.Large methods.
const (
	Register10k = "register10k"
	Lookup10k   = "lookup10k"
)

// inproc has each contender at each workload.
func inproc() []Task {
	var tasks []Task
	for _, w := range work.All() {
		for _, c := range contender.All() {
			tasks = append(tasks, callTask(result.Inproc, w.Name, 0, c, contender.Setup{}, w))
		}
	}
	for _, c := range contender.All() {
		tasks = append(tasks, registerTask(result.Inproc, Register10k, 0, c, work.Large))
	}
	for _, c := range contender.All() {
		tasks = append(tasks, lookupTask(result.Inproc, Lookup10k, 0, c, work.Large))
	}
	return tasks
}

var (
	errHTTPAlone  = errors.New("HTTP alone")
	errNoRegistry = errors.New("no registry: dispatch is the user's code")
)

// callTask has a contender answer one message again and again.
func callTask(suite, group string, x int, c contender.Contender, s contender.Setup, w work.Workload) Task {
	return Task{suite, group, c.Name, x, func() (job, error) {
		if reason := c.Skip[w.Name]; reason != "" {
			return job{}, errors.New(reason)
		}
		in, err := instance(c, s)
		if err != nil {
			return job{}, err
		}
		msg := w.Body(c.Wire)
		if err := w.Check(in.Do(msg)); err != nil {
			in.Stop()
			return job{}, wrong(err)
		}
		run := func(b *testing.B) {
			for b.Loop() {
				in.Do(msg)
			}
		}
		return job{run: run, stop: in.Stop}, nil
	}}
}

// instance makes a server that answers bytes.
func instance(c contender.Contender, s contender.Setup) (contender.Instance, error) {
	if s.Methods > 0 && c.NoRegistry {
		return contender.Instance{}, errNoRegistry
	}
	in, err := c.New(s)
	if err == nil && in.Do == nil {
		in.Stop()
		err = errHTTPAlone
	}
	return in, err
}

func wrong(err error) error { return errors.New("wrong answer: " + err.Error()) }

// registerTask makes a server with n methods again and again: the time and garbage of a start,
// and the heap that stays.
func registerTask(suite, group string, x int, c contender.Contender, n int) Task {
	setup := contender.Setup{Methods: n}
	return Task{suite, group, c.Name, x, func() (job, error) {
		in, err := instance(c, setup)
		if err != nil {
			return job{}, err
		}
		in.Stop()
		run := func(b *testing.B) {
			for b.Loop() {
				in, err := c.New(setup)
				if err != nil {
					b.Fatal(err)
				}
				in.Stop()
			}
		}
		after := func(v map[string]float64) { v[result.Retained] = retained(c, setup) }
		return job{run: run, after: after, stop: func() {}}, nil
	}}
}

// retained returns the heap that a server holds for each of its additional methods.
func retained(c contender.Contender, s contender.Setup) float64 {
	before := heap()
	in, err := c.New(s)
	if err != nil {
		return 0
	}
	defer in.Stop()
	bytes := heap() - before
	runtime.KeepAlive(in)
	return max(0, bytes) / float64(s.Methods)
}

func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what pools held
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// lookupTask spreads tiny calls at random over n methods. Each is called once before, so that the
// answers are checked, and what a library makes at a method's first call is made.
func lookupTask(suite, group string, x int, c contender.Contender, n int) Task {
	return Task{suite, group, c.Name, x, func() (job, error) {
		in, err := instance(c, contender.Setup{Methods: n})
		if err != nil {
			return job{}, err
		}
		msgs := make([][]byte, n)
		for i, method := range rand.New(rand.NewPCG(1, 1)).Perm(n) {
			w := work.Lookup(method)
			msgs[i] = w.Body(c.Wire)
			if err := w.Check(in.Do(msgs[i])); err != nil {
				in.Stop()
				return job{}, wrong(err)
			}
		}
		run := func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				in.Do(msgs[i%n])
			}
		}
		return job{run: run, stop: in.Stop}, nil
	}}
}
