package report

import (
	"slices"

	"github.com/runrpc/jsonrpc/bench/chart"
	"github.com/runrpc/jsonrpc/bench/measure"
	"github.com/runrpc/jsonrpc/bench/result"
)

// dimension returns what is known about the group of a growth table.
func dimension(group string) (measure.Dimension, bool) {
	for _, d := range measure.Dimensions() {
		if d.Name == group {
			return d, true
		}
	}
	return measure.Dimension{}, false
}

// points returns where a curve was measured, in order.
func points(t *result.Table) []int {
	var xs []int
	for _, s := range t.Samples {
		xs = append(xs, s.X)
	}
	slices.Sort(xs)
	return slices.Compact(xs)
}

// growthTable has a line for each point, and two columns for each contender.
func growthTable(t *result.Table) string {
	d, _ := dimension(t.Group)
	names := t.Names()
	head := []string{d.Axis}
	for _, name := range names {
		head = append(head, name, "")
	}
	var m markdown
	m.head(head...)
	for _, x := range points(t) {
		rows := rowsOf(t, x)
		cells := []string{chart.Count(float64(x))}
		for _, name := range names {
			cells = append(cells, growthCells(find(rows, name), d.Unit)...)
		}
		m.row(cells...)
	}
	m.skipped(rowsOf(t, points(t)[0]))
	return m.String()
}

func growthCells(r row, unit string) []string {
	if len(r.used) == 0 {
		return []string{"–", "–"}
	}
	return []string{chart.Duration(r.median(result.NS)), chart.Size(r.median(unit))}
}

// growthChart draws the curves of time and memory.
func growthChart(t *result.Table, d measure.Dimension) []byte {
	memory := "memory per " + d.Per
	if d.Unit == result.Retained {
		memory = "heap that stays, per method"
	}
	return chart.Lines(d.Title,
		chart.Plot{XAxis: d.Axis, YAxis: "time per " + d.Per, Y: chart.Duration, Lines: curves(t, result.NS)},
		chart.Plot{XAxis: d.Axis, YAxis: memory, Y: chart.Size, Lines: curves(t, d.Unit)})
}

// curves keeps the order of the names, so that both charts colour them alike.
func curves(t *result.Table, unit string) []chart.Line {
	var lines []chart.Line
	for _, name := range t.Names() {
		l := chart.Line{Label: name}
		for _, x := range points(t) {
			if r := find(rowsOf(t, x), name); len(r.used) > 0 {
				l.Points = append(l.Points, chart.Point{X: float64(x), Y: r.median(unit)})
			}
		}
		lines = append(lines, l)
	}
	return lines
}
