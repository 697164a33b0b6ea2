// Package report makes tables, charts and the page of what was measured.
package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/result"
)

// median returns the middle of values, 0 where there are none.
func median(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return 0
	}
	v := slices.Sorted(slices.Values(values))
	if n%2 == 0 {
		return (v[n/2-1] + v[n/2]) / 2
	}
	return v[n/2]
}

// row is what a table knows about a contender at one point.
type row struct {
	name string
	kind contender.Kind
	via  string
	x    int
	all  []result.Sample
	used []result.Sample // those that are steady, or all where none is
	skip string          // why there are none

	unsteady bool // no sample is steady, where that matters
}

// values returns one value of each used sample.
func (r row) values(unit string) []float64 {
	var v []float64
	for _, s := range r.used {
		v = append(v, s.Values[unit])
	}
	return v
}

func (r row) median(unit string) float64 { return median(r.values(unit)) }

// ratios compares with other, sample by sample with that of the same round; where other has none
// in a round, with its median.
func (r row) ratios(other row, unit string) []float64 {
	rounds := map[int]float64{}
	for _, s := range other.used {
		rounds[s.Round] = s.Values[unit]
	}
	var ratios []float64
	for _, s := range r.used {
		base := cmp.Or(rounds[s.Round], other.median(unit))
		if base > 0 {
			ratios = append(ratios, s.Values[unit]/base)
		}
	}
	return ratios
}

// steady tells whether a sample can be trusted. Over many connections a server that got less
// than 95 % of its core was interrupted, or the load generator was the limit. Samples without that
// value are in-process, where only the median helps.
func steady(s result.Sample) bool {
	core, ok := s.Values[result.Core]
	return !ok || core >= 0.95
}

// manyConnections is how many keep a server busy.
const manyConnections = 16

// rowsOf sorts a table's samples by contender, at one point of a curve; x 0 is a table without.
func rowsOf(t *result.Table, x int) []row {
	var rows []row
	for _, name := range t.Names() {
		r := row{name: name, x: x}
		c, _ := contender.Find(name) // one that is gone has no kind
		r.kind, r.via = c.Kind, c.Via
		for _, s := range t.Samples {
			switch {
			case s.Name != name || s.X != x:
			case s.Skip != "":
				r.skip = s.Skip
			default:
				r.all = append(r.all, s)
			}
		}
		r.used = r.all
		if connections(t) >= manyConnections {
			r.trust()
		}
		rows = append(rows, r)
	}
	return rows
}

// trust leaves out samples that are not steady, for every contender alike.
func (r *row) trust() {
	good := slices.DeleteFunc(slices.Clone(r.all), func(s result.Sample) bool { return !steady(s) })
	if len(good) == 0 {
		r.unsteady = len(r.all) > 0
		return
	}
	r.used = good
}

// connections reads the second part of a group like "tiny:64"; 0 is in-process.
func connections(t *result.Table) int {
	_, n, _ := strings.Cut(t.Group, ":")
	connections, err := strconv.Atoi(n)
	if err != nil {
		return 0
	}
	return connections
}

// find returns the row of that name. A row without samples compares to nothing.
func find(rows []row, name string) row {
	for _, r := range rows {
		if r.name == name {
			return r
		}
	}
	return row{}
}

// measured leaves out who was skipped, and sorts by the median of unit.
func measured(rows []row, unit string) []row {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return len(r.used) == 0 })
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.median(unit), b.median(unit)) })
	return rows
}

// bestPeer is the fastest of those that are neither ours nor a reference.
func bestPeer(rows []row, unit string) row {
	for _, r := range measured(rows, unit) {
		if r.kind == contender.Peer {
			return r
		}
	}
	return row{}
}
