// Package measure has the measurements inside a process: calls to each contender, and how the
// project's costs grow. Each is a benchmark of package testing, which go test runs for profiles
// and Run in a process of its own for tables.
package measure

import (
	"errors"
	"flag"
	"fmt"
	"testing"

	"github.com/runrpc/jsonrpc/bench/result"
)

// Task is one benchmark: a contender at a workload, or at a point of a growth curve.
type Task struct {
	Suite, Group, Name string
	X                  int // 0: no point

	// prepare makes what the benchmark needs and checks the answer. An error says why there
	// is nothing to measure.
	prepare func() (job, error)
}

// job is a benchmark that is ready to run.
type job struct {
	run   func(*testing.B)
	after func(values map[string]float64) // adds values that are no matter of time; nil: none
	stop  func()
}

// String is the task's name as go test writes it.
func (t Task) String() string {
	s := t.Group + "/" + t.Name
	if t.X > 0 {
		s = fmt.Sprintf("%s/%s/%d", t.Group, t.Name, t.X)
	}
	return s
}

// Benchmark runs the task under go test.
func (t Task) Benchmark(b *testing.B) {
	j, err := t.prepare()
	if err != nil {
		b.Skip(err)
	}
	defer j.stop()
	b.ReportAllocs()
	j.run(b)
}

// Run measures the task for about the given time, a duration or a number of calls like
// -benchtime's.
func (t Task) Run(benchtime string) (result.Sample, error) {
	s := result.Sample{Name: t.Name, X: t.X}
	restore, err := setBenchtime(benchtime)
	if err != nil {
		return s, err
	}
	defer restore()
	j, err := t.prepare()
	if err != nil {
		s.Skip = err.Error()
		return s, nil
	}
	defer j.stop()
	r := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		j.run(b)
	})
	if r.N == 0 {
		return s, errors.New("the benchmark failed")
	}
	s.Values = values(r)
	if j.after != nil {
		j.after(s.Values)
	}
	return s, nil
}

// setBenchtime sets the only way to tell package testing how long to measure: a flag.
func setBenchtime(s string) (restore func(), err error) {
	testing.Init()
	f := flag.Lookup("test.benchtime")
	old := f.Value.String()
	if err := f.Value.Set(s); err != nil {
		return nil, fmt.Errorf("a time or a number like 100x is wanted: %w", err)
	}
	return func() { _ = f.Value.Set(old) }, nil // it was valid before
}

func values(r testing.BenchmarkResult) map[string]float64 {
	v := map[string]float64{
		result.NS:     float64(r.T.Nanoseconds()) / float64(r.N),
		result.Bytes:  float64(r.AllocedBytesPerOp()),
		result.Allocs: float64(r.AllocsPerOp()),
	}
	for unit, x := range r.Extra {
		v[unit] = x
	}
	return v
}

// Tasks returns all tasks of a suite, those of a group one after the other.
func Tasks(suite string) []Task {
	if suite == result.Growth {
		return growth()
	}
	return inproc()
}
