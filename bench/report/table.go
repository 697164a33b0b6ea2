package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/bench/chart"
	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/result"
)

// Table returns a table as Markdown.
func Table(t *result.Table) string {
	switch t.Suite {
	case result.HTTP:
		return httpTable(t)
	case result.Growth:
		return growthTable(t)
	}
	return inprocTable(t)
}

// markdown writes the lines of a table.
type markdown struct{ strings.Builder }

func (m *markdown) row(cells ...string) { m.WriteString("| " + strings.Join(cells, " | ") + " |\n") }

// head writes the heading: the first column is text, others are numbers.
func (m *markdown) head(cells ...string) {
	m.row(cells...)
	m.WriteString("|---|" + strings.Repeat("---:|", len(cells)-1) + "\n")
}

// skipped says which library is not in the table, and why.
func (m *markdown) skipped(rows []row) {
	var reasons []string
	for _, r := range rows {
		if len(r.all) == 0 && r.skip != "" && r.kind != contender.Reference {
			reasons = append(reasons, fmt.Sprintf("%s (%s)", r.name, strings.ReplaceAll(r.skip, "\n", " ")))
		}
	}
	if len(reasons) > 0 {
		m.WriteString("\nNot measured: " + strings.Join(reasons, ", ") + ".\n")
	}
}

func label(r row) string {
	if r.kind == contender.Ours {
		return "**" + r.name + "**"
	}
	return r.name
}

func inprocTable(t *result.Table) string {
	var m markdown
	rows := rowsOf(t, 0)
	floor, peer := find(rows, "floor"), bestPeer(rows, result.NS)
	head := []string{"contender", "time", "min..max", "of floor", "of best peer", "memory", "allocations"}
	keeps := slices.ContainsFunc(rows, func(r row) bool { return r.median(result.Retained) > 0 })
	if keeps {
		head = append(head, "stays per method")
	}
	m.head(head...)
	for _, r := range measured(rows, result.NS) {
		cells := []string{
			label(r), chart.Duration(r.median(result.NS)), spread(r.values(result.NS), chart.Duration),
			ratio(r, floor, result.NS), ratio(r, peer, result.NS),
			chart.Size(r.median(result.Bytes)), chart.Count(r.median(result.Allocs)),
		}
		if keeps {
			cells = append(cells, chart.Size(r.median(result.Retained)))
		}
		m.row(cells...)
	}
	m.skipped(rows)
	return m.String()
}

func httpTable(t *result.Table) string {
	var m markdown
	rows := rowsOf(t, 0)
	limit, peer := find(rows, "limit"), bestPeer(rows, result.CPU)
	m.head("contender", "req/s", "of limit", "min..max", "of best peer", "CPU", "× limit's CPU", "p50", "p99", "errors", "samples")
	for _, r := range measured(rows, result.CPU) {
		m.row(
			label(r)+star(r), chart.Count(r.median(result.Rate)),
			share(r, limit), spread(r.ratios(limit, result.Rate), chart.Share), share(r, peer),
			chart.Duration(1e3*r.median(result.CPU)), ratio(r, limit, result.CPU),
			chart.Duration(1e3*r.median(result.P50)), chart.Duration(1e3*r.median(result.P99)),
			chart.Count(r.median(result.Errors)), fmt.Sprintf("%d/%d", len(r.used), len(r.all)))
	}
	m.skipped(rows)
	return m.String()
}

// star marks who has no steady sample.
func star(r row) string {
	if r.unsteady {
		return " \\*"
	}
	return ""
}

// ratio is the median of the ratios to other; a dash where there is nothing to compare with.
func ratio(r, other row, unit string) string {
	if ratios := r.ratios(other, unit); len(ratios) > 0 {
		return chart.Ratio(median(ratios))
	}
	return "–"
}

// share is the same for requests per second.
func share(r, other row) string {
	if ratios := r.ratios(other, result.Rate); len(ratios) > 0 {
		return chart.Share(median(ratios))
	}
	return "–"
}

// spread is the least and the most.
func spread(values []float64, format chart.Format) string {
	if len(values) == 0 {
		return "–"
	}
	return format(slices.Min(values)) + ".." + format(slices.Max(values))
}
