package measure_test

import (
	"testing"

	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/measure"
	"github.com/runrpc/jsonrpc/bench/result"
)

// BenchmarkInproc is for looking at one contender, with a profile for example:
//
//	go test ./measure -run '^$' -bench 'Inproc/tiny/ours$' -cpuprofile cpu.out
func BenchmarkInproc(b *testing.B) { benchmark(b, result.Inproc) }

// BenchmarkGrowth is the same for a point of a growth curve.
func BenchmarkGrowth(b *testing.B) { benchmark(b, result.Growth) }

func benchmark(b *testing.B, suite string) {
	for _, t := range measure.Tasks(suite) {
		b.Run(t.String(), t.Benchmark)
	}
}

// quick tells whether a task is cheap enough to be tried in a test.
func quick(t measure.Task) bool {
	return t.Group != measure.Register10k && t.Group != measure.Lookup10k && t.X <= 100
}

func TestTasksRun(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every small benchmark once")
	}
	for _, suite := range []string{result.Inproc, result.Growth} {
		for _, task := range measure.Tasks(suite) {
			if !quick(task) {
				continue
			}
			s, err := task.Run("1x")
			if err != nil {
				t.Errorf("%v: %v", task, err)
			}
			if s.Skip == "" && s.Values[result.NS] <= 0 {
				t.Errorf("%v took no time", task)
			}
			if c, _ := contender.Find(task.Name); s.Skip != "" && c.Kind == contender.Ours {
				t.Errorf("%v is skipped: %s", task, s.Skip)
			}
		}
	}
}

func TestTasksAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, suite := range []string{result.Inproc, result.Growth} {
		for _, task := range measure.Tasks(suite) {
			name := suite + "/" + task.String()
			if seen[name] {
				t.Errorf("two tasks are %s", name)
			}
			seen[name] = true
		}
	}
}
