package chart

import (
	"math"
	"slices"
)

// Bar is one contender's value.
type Bar struct {
	Label string
	Class string // ours, peer or reference
	Value float64
}

// Panel is the bars of one group.
type Panel struct {
	Title string
	Bars  []Bar
}

const (
	margin      = 20.0
	headHeight  = 44.0 // the title
	barHeight   = 12.0
	barStep     = 17.0
	panelWidth  = 430.0
	labelWidth  = 122.0
	valueWidth  = 56.0
	panelHead   = 20.0
	axisHeight  = 36.0
	panelGap    = 14.0
	textDescent = 10.0 // from a bar's top to its label's baseline
)

// Ratios draws bars to both sides of 1, on one logarithmic scale for all panels.
func Ratios(title, axis string, panels []Panel) []byte {
	values := []float64{0.5, 2}
	for _, p := range panels {
		for _, b := range p.Bars {
			values = append(values, b.Value)
		}
	}
	s, ticks := powers(values, 2, 0, panelWidth-labelWidth-valueWidth)
	return bars(title, axis, panels, barDrawing{s: s, ticks: thinned(ticks), base: 1, format: Ratio, tick: power})
}

// thinned leaves out powers of 2 until there is room for the rest; 1 stays.
func thinned(ticks []float64) []float64 {
	step := 1.0
	for float64(len(ticks))/step > 7 {
		step *= 2
	}
	return slices.DeleteFunc(ticks, func(t float64) bool { return math.Mod(math.Log2(t), step) != 0 })
}

// Shares draws bars from 0 to the whole.
func Shares(title, axis string, panels []Panel) []byte {
	s := scale{0, 1, 0, panelWidth - labelWidth - valueWidth, false}
	return bars(title, axis, panels, barDrawing{s: s, ticks: []float64{0, 0.25, 0.5, 0.75, 1}, format: Share, tick: Share})
}

// bars draws panels in two columns, each as d says.
func bars(title, axis string, panels []Panel, d barDrawing) []byte {
	places, height := layout(panels)
	d.canvas = newCanvas(2*panelWidth+3*margin, height, title)
	d.legend(2*panelWidth+2*margin, "ours", "peer", "reference")
	for i, p := range panels {
		at := d
		at.s.start += places[i].x + labelWidth
		at.s.end += places[i].x + labelWidth
		at.panel(p, places[i], axis)
	}
	return d.end()
}

// legend explains the colours, up to the right margin.
func (d barDrawing) legend(right float64, classes ...string) {
	const each = 90
	for i, class := range classes {
		x := right - each*float64(len(classes)-i)
		d.rect(x, 16, barHeight, barHeight, class)
		d.text(x+barHeight+5, 16+textDescent, "tick", "start", class)
	}
}

// layout gives each panel a place in the shorter column.
func layout(panels []Panel) ([]spot, float64) {
	var places []spot
	bottom := [2]float64{headHeight, headHeight}
	for _, p := range panels {
		column := 0
		if bottom[1] < bottom[0] {
			column = 1
		}
		places = append(places, spot{margin + float64(column)*(panelWidth+margin), bottom[column]})
		bottom[column] += panelHead + float64(len(p.Bars))*barStep + axisHeight + panelGap
	}
	return places, max(bottom[0], bottom[1])
}

// barDrawing draws the bars of one panel.
type barDrawing struct {
	*canvas
	s      scale
	ticks  []float64
	base   float64 // where bars begin
	format Format  // of values
	tick   Format
}

func (d barDrawing) panel(p Panel, at spot, axis string) {
	top := at.y + panelHead
	bottom := top + float64(len(p.Bars))*barStep
	d.text(at.x, at.y+textDescent, "panel", "start", p.Title)
	for _, t := range d.ticks {
		class := "grid"
		if t == d.base {
			class = "base"
		}
		d.line(d.s.at(t), top-3, d.s.at(t), bottom, class)
		d.text(d.s.at(t), bottom+13, "tick", "middle", d.tick(t))
	}
	d.text((d.s.start+d.s.end)/2, bottom+28, "axis", "middle", axis)
	for i, b := range p.Bars {
		d.bar(b, at.x, top+float64(i)*barStep)
	}
}

func (d barDrawing) bar(b Bar, x, y float64) {
	from, to := d.s.at(d.base), d.s.at(b.Value)
	d.text(x+labelWidth-6, y+textDescent, b.Class, "end", b.Label)
	d.rect(min(from, to), y, max(1, math.Abs(to-from)), barHeight, b.Class)
	d.text(max(from, to)+5, y+textDescent, "tick", "start", d.format(b.Value))
}
