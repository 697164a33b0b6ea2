package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/bench/chart"
	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/result"
)

// base is whom the in-process chart compares with.
const base = "ours"

// inprocChart draws each contender's time relative to ours.
func inprocChart(tables []*result.Table) []byte {
	var panels []chart.Panel
	for _, t := range tables {
		rows := rowsOf(t, 0)
		ours := find(rows, base)
		p := chart.Panel{Title: t.Group}
		for _, r := range measured(rows, result.NS) {
			if r.name == "limit-pipe" {
				continue
			}
			p.Bars = appendBar(p.Bars, r, r.ratios(ours, result.NS))
		}
		panels = appendPanel(panels, p)
	}
	return chart.Ratios("In-process: time relative to ours", "time, 1× is ours; further left is faster", panels)
}

// httpChart draws each contender's share of what net/http alone can do.
func httpChart(tables []*result.Table) []byte {
	var panels []chart.Panel
	for _, t := range tables {
		rows := rowsOf(t, 0)
		limit := find(rows, "limit")
		p := chart.Panel{Title: httpTitle(t)}
		for _, r := range measured(rows, result.CPU) {
			if r.name != "limit" {
				p.Bars = appendBar(p.Bars, r, r.ratios(limit, result.Rate))
			}
		}
		slices.SortStableFunc(p.Bars, func(a, b chart.Bar) int { return cmp.Compare(b.Value, a.Value) })
		panels = appendPanel(panels, p)
	}
	return chart.Shares("HTTP: requests per second, as a share of net/http alone", "share of the limit", panels)
}

// appendBar leaves out who has nothing to compare with.
func appendBar(bars []chart.Bar, r row, ratios []float64) []chart.Bar {
	if len(ratios) == 0 {
		return bars
	}
	return append(bars, chart.Bar{Label: r.name, Class: string(cmp.Or(r.kind, contender.Peer)), Value: median(ratios)})
}

func appendPanel(panels []chart.Panel, p chart.Panel) []chart.Panel {
	if len(p.Bars) == 0 {
		return panels
	}
	return append(panels, p)
}

func httpTitle(t *result.Table) string {
	workload, _, _ := strings.Cut(t.Group, ":")
	if connections(t) == 1 {
		return workload + ", one connection"
	}
	return workload + ", " + chart.Count(float64(connections(t))) + " connections"
}
