package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
)

// wellFormed reads a drawing to its end.
func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
	}
	for _, bad := range []string{"NaN", "Inf", "%!"} {
		if bytes.Contains(svg, []byte(bad)) {
			t.Errorf("the drawing has %s", bad)
		}
	}
	if !bytes.Contains(svg, []byte("prefers-color-scheme: dark")) {
		t.Error("the drawing has no dark theme")
	}
}

func TestBars(t *testing.T) {
	panels := []Panel{
		{Title: "a <b> & c", Bars: []Bar{{"floor", "reference", 0.1}, {"ours", "ours", 1}, {"slow", "peer", 300}}},
		{Title: "d", Bars: []Bar{{"ours", "ours", 1}}},
	}
	for name, svg := range map[string][]byte{
		"ratios": Ratios("title", "axis", panels),
		"shares": Shares("title", "axis", panels),
		"empty":  Ratios("title", "axis", nil),
	} {
		t.Run(name, func(t *testing.T) {
			wellFormed(t, svg)
			if name != "empty" && !strings.Contains(string(svg), "a &lt;b&gt; &amp; c") {
				t.Error("a title is missing")
			}
		})
	}
}

func TestLines(t *testing.T) {
	p := Plot{XAxis: "x", YAxis: "y", Y: Duration, Lines: []Line{
		{"grows", []Point{{1, 10}, {10, 100}, {100, 1000}}},
		{"zero", []Point{{1, 0}, {10, 0}}},
		{"one", []Point{{1, 5}}},
	}}
	svg := Lines("title", p, p)
	wellFormed(t, svg)
	if n := strings.Count(string(svg), "<polyline"); n != 4 {
		t.Errorf("%d lines, want 4: zeros are not drawn", n)
	}
	wellFormed(t, Lines("title", Plot{Y: Size}))
}

func TestPowers(t *testing.T) {
	for _, tt := range []struct {
		values []float64
		base   float64
		ticks  []float64
	}{
		{[]float64{1, 1000}, 10, []float64{1, 10, 100, 1000}},
		{[]float64{15, 150}, 10, []float64{10, 100, 1000}},
		{[]float64{0.3, 3}, 2, []float64{0.25, 0.5, 1, 2, 4}},
		{[]float64{0, 10}, 10, []float64{10, 100}},
		{nil, 10, []float64{1, 10}},
	} {
		s, ticks := powers(tt.values, tt.base, 0, 100)
		if len(ticks) != len(tt.ticks) {
			t.Errorf("powers(%v) has ticks %v, want %v", tt.values, ticks, tt.ticks)
			continue
		}
		for i, tick := range ticks {
			if math.Abs(tick-tt.ticks[i]) > 1e-9*tick {
				t.Errorf("powers(%v) has ticks %v, want %v", tt.values, ticks, tt.ticks)
			}
		}
		if s.at(ticks[0]) != 0 || s.at(ticks[len(ticks)-1]) != 100 {
			t.Errorf("powers(%v) does not fill its place", tt.values)
		}
	}
}

func TestFormats(t *testing.T) {
	for _, tt := range []struct {
		format Format
		v      float64
		want   string
	}{
		{Duration, 0, "0 ns"}, {Duration, 19.04, "19 ns"}, {Duration, 1234, "1.23 µs"}, {Duration, 2.5e6, "2.5 ms"}, {Duration, 3e9, "3 s"},
		{Size, 80, "80 B"}, {Size, 1500, "1.5 kB"}, {Size, 2e6, "2 MB"}, {Size, 12.3e9, "12.3 GB"},
		{Count, 64, "64"}, {Count, 10_000, "10k"}, {Count, 1.5e6, "1.5M"},
		{Ratio, 1, "1×"}, {Ratio, 0.0512, "0.0512×"}, {Ratio, 1234.5, "1235×"},
		{Share, 0.925, "92%"}, {power, 0.25, "1/4"}, {power, 16, "16×"},
	} {
		if got := tt.format(tt.v); got != tt.want {
			t.Errorf("%v is written %q, want %q", tt.v, got, tt.want)
		}
	}
}

func TestThinned(t *testing.T) {
	_, ticks := powers([]float64{1.0 / 64, 512}, 2, 0, 1)
	got := thinned(ticks)
	if len(got) > 7 || len(got) < 3 {
		t.Errorf("%v are left of %v", got, ticks)
	}
}

func TestLabelsKeepApart(t *testing.T) {
	labels := apart([]label{{"a", "", 10}, {"b", "", 5}, {"c", "", 11}})
	for i := 1; i < len(labels); i++ {
		if labels[i].y-labels[i-1].y < labelHeight {
			t.Errorf("labels at %v cover each other", labels)
		}
	}
}
