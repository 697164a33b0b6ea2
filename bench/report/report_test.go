package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/bench/result"
)

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		in   []float64
		want float64
	}{
		{nil, 0},
		{[]float64{3}, 3},
		{[]float64{3, 1}, 2},
		{[]float64{9, 1, 5}, 5},
		{[]float64{4, 1, 100, 2}, 3},
	} {
		if got := median(tt.in); got != tt.want {
			t.Errorf("median(%v) = %v, want %v", tt.in, got, tt.want)
		}
	}
}

// times makes in-process samples, one a round.
func times(name string, ns ...float64) []result.Sample {
	var samples []result.Sample
	for i, v := range ns {
		samples = append(samples, result.Sample{Name: name, Round: i + 1, Values: map[string]float64{result.NS: v, result.Bytes: 80, result.Allocs: 2}})
	}
	return samples
}

// loads makes HTTP samples, one a round: requests per second and the part of the core.
func loads(name string, rateAndCore ...float64) []result.Sample {
	var samples []result.Sample
	for i := 0; i+1 < len(rateAndCore); i += 2 {
		samples = append(samples, result.Sample{Name: name, Round: i/2 + 1, Values: map[string]float64{
			result.Rate: rateAndCore[i], result.Core: rateAndCore[i+1], result.CPU: 1e6 * rateAndCore[i+1] / rateAndCore[i],
		}})
	}
	return samples
}

func table(suite, group string, samples ...[]result.Sample) *result.Table {
	t := &result.Table{Suite: suite, Group: group, Date: "2026-01-02", Time: "1s"}
	for _, s := range samples {
		t.Samples = append(t.Samples, s...)
	}
	return t
}

func TestRatiosAreWithinTheRound(t *testing.T) {
	// The machine is half as fast in the second round, for both.
	rows := rowsOf(table(result.Inproc, "tiny", times("ours", 100, 200, 110), times("floor", 50, 100)), 0)
	got := find(rows, "ours").ratios(find(rows, "floor"), result.NS)
	if diff := cmp.Diff([]float64{2, 2, 110.0 / 75}, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnsteadySamples(t *testing.T) {
	for _, tt := range []struct {
		group    string
		samples  []float64
		used     int
		unsteady bool
	}{
		{"tiny:64", []float64{1000, 1, 500, 0.5, 1010, 0.96}, 2, false},
		{"tiny:64", []float64{500, 0.5, 400, 0.4}, 2, true},
		{"tiny:1", []float64{500, 0.5, 400, 0.4}, 2, false}, // one connection never fills a core
	} {
		r := find(rowsOf(table(result.HTTP, tt.group, loads("ours", tt.samples...)), 0), "ours")
		if len(r.used) != tt.used || r.unsteady != tt.unsteady {
			t.Errorf("%s %v: %d used, unsteady %v", tt.group, tt.samples, len(r.used), r.unsteady)
		}
	}
}

func TestTables(t *testing.T) {
	skipped := []result.Sample{{Name: "gorilla", Round: 1, Skip: "no batches"}, {Name: "limit", Round: 1, Skip: "HTTP alone"}}
	for _, tt := range []struct {
		name string
		in   *result.Table
		want string
	}{
		{"inproc", table(result.Inproc, "tiny", times("ours", 100, 120, 110), times("zenrpc", 400, 480, 440), times("floor", 50, 60, 55), skipped),
			`| contender | time | min..max | of floor | of best peer | memory | allocations |
|---|---:|---:|---:|---:|---:|---:|
| floor | 55 ns | 50 ns..60 ns | 1× | 0.125× | 80 B | 2 |
| **ours** | 110 ns | 100 ns..120 ns | 2× | 0.25× | 80 B | 2 |
| zenrpc | 440 ns | 400 ns..480 ns | 8× | 1× | 80 B | 2 |

Not measured: gorilla (no batches).
`},
		{"http", table(result.HTTP, "tiny:64", loads("limit", 1000, 1), loads("ours", 800, 1, 900, 1), loads("geth", 400, 0.5)),
			`| contender | req/s | of limit | min..max | of best peer | CPU | × limit's CPU | p50 | p99 | errors | samples |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
| limit | 1k | 100% | 100%..100% | 250% | 1 ms | 1× | 0 ns | 0 ns | 0 | 1/1 |
| **ours** | 850 | 85% | 80%..90% | 212% | 1.18 ms | 1.18× | 0 ns | 0 ns | 0 | 2/2 |
| geth \* | 400 | 40% | 40%..40% | 100% | 1.25 ms | 1.25× | 0 ns | 0 ns | 0 | 1/1 |
`},
		{"growth", table(result.Growth, "depth", at(10, times("ours", 20)), at(1, times("ours", 10), times("ours-app", 5))),
			`| namespaces around the method | ours |  | ours-app |  |
|---|---:|---:|---:|---:|
| 1 | 10 ns | 80 B | 5 ns | 80 B |
| 10 | 20 ns | 80 B | – | – |
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Table(tt.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// at puts samples at a point of a curve.
func at(x int, samples ...[]result.Sample) []result.Sample {
	var all []result.Sample
	for _, s := range samples {
		all = append(all, s...)
	}
	for i := range all {
		all[i].X = x
	}
	return all
}

// write makes the page in dir and returns it.
func write(t *testing.T, dir string, tables ...*result.Table) string {
	t.Helper()
	all := map[string]map[string]*result.Table{result.Inproc: {}, result.HTTP: {}, result.Growth: {}}
	for _, tb := range tables {
		all[tb.Suite][tb.Group] = tb
	}
	if err := Write(dir, all); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "benchmarks.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPage(t *testing.T) {
	dir := t.TempDir()
	page := write(t, dir,
		table(result.Inproc, "tiny", times("ours", 100), times("geth", 400)),
		table(result.HTTP, "tiny:64", loads("ours", 100, 1), loads("limit", 400, 1)),
		table(result.Growth, "depth", at(1, times("ours", 10)), at(100, times("ours", 20))))
	for _, want := range []string{"### tiny\n", "### tiny, 64 connections\n", "### Depth of namespaces\n", "1 round of 1s a sample", "<!-- profile -->"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	if strings.Contains(page, "Not measured yet") {
		t.Error("something is said not to be measured")
	}
	for _, chart := range []string{"inproc.svg", "http.svg", "growth-depth.svg"} {
		if !strings.Contains(page, "(benchmarks/"+chart+")") {
			t.Errorf("the page does not show %s", chart)
		}
		if _, err := os.Stat(filepath.Join(dir, "benchmarks", chart)); err != nil {
			t.Error(err)
		}
	}
}

func TestPageWithoutResults(t *testing.T) {
	if n := strings.Count(write(t, t.TempDir()), "Not measured yet"); n != 3 {
		t.Errorf("%d parts are said not to be measured, want 3", n)
	}
}

func TestPageKeepsTheProfile(t *testing.T) {
	dir := t.TempDir()
	page := write(t, dir)
	const kept = "<!-- profile -->\n\nMost of it in `scan`: $100 % {{.}}\n\n<!-- /profile -->"
	page = strings.Replace(page, "<!-- profile -->\n\n<!-- /profile -->", kept, 1)
	path := filepath.Join(dir, "benchmarks.md")
	if err := os.WriteFile(path, []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	if again := write(t, dir); again != page {
		t.Errorf("the page changed: %s", cmp.Diff(page, again))
	}
	if err := os.WriteFile(path, []byte("no marks"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, nil); err == nil {
		t.Error("a page without the marks was written over")
	}
}
