package chart

import (
	"cmp"
	"fmt"
	"slices"
)

// Point is a measured value.
type Point struct{ X, Y float64 }

// Line is the curve of one contender.
type Line struct {
	Label  string
	Points []Point
}

// Plot has curves over two logarithmic axes. Points that are not positive are left out.
type Plot struct {
	XAxis, YAxis string
	Y            Format
	Lines        []Line
}

const (
	plotWidth   = 330.0
	plotHeight  = 240.0
	plotLeft    = 74.0 // the axis
	plotRight   = 84.0 // the labels of the lines
	labelHeight = 14.0
)

// Lines draws plots side by side.
func Lines(title string, plots ...Plot) []byte {
	each := plotLeft + plotWidth + plotRight
	c := newCanvas(2*margin+each*float64(len(plots)), headHeight+plotHeight+axisHeight+panelGap, title)
	for i, p := range plots {
		p.draw(c, spot{margin + each*float64(i) + plotLeft, headHeight + 4})
	}
	return c.end()
}

func (p Plot) draw(c *canvas, at spot) {
	var xs, ys []float64
	for _, l := range p.Lines {
		for _, pt := range l.Points {
			xs, ys = append(xs, pt.X), append(ys, pt.Y)
		}
	}
	x, xticks := powers(xs, 10, at.x, at.x+plotWidth)
	y, yticks := powers(ys, 10, at.y+plotHeight, at.y)
	for _, t := range xticks {
		c.line(x.at(t), at.y, x.at(t), at.y+plotHeight, "grid")
		c.text(x.at(t), at.y+plotHeight+14, "tick", "middle", Count(t))
	}
	for _, t := range yticks {
		c.line(at.x, y.at(t), at.x+plotWidth, y.at(t), "grid")
		c.text(at.x-6, y.at(t)+4, "tick", "end", p.Y(t))
	}
	c.text(at.x+plotWidth/2, at.y+plotHeight+30, "axis", "middle", p.XAxis)
	c.upright(at.x-plotLeft+14, at.y+plotHeight/2, "axis", p.YAxis)
	p.curves(c, x, y)
}

func (p Plot) curves(c *canvas, x, y scale) {
	var labels []label
	for i, l := range p.Lines {
		var spots []spot
		for _, pt := range l.Points {
			if pt.X > 0 && pt.Y > 0 {
				spots = append(spots, spot{x.at(pt.X), y.at(pt.Y)})
			}
		}
		if len(spots) == 0 {
			continue
		}
		class := fmt.Sprintf("line%d", i%lineColours)
		c.polyline(spots, class)
		labels = append(labels, label{l.Label, class, spots[len(spots)-1].y})
	}
	for _, l := range apart(labels) {
		c.text(x.end+8, l.y+4, l.class, "start", l.text)
	}
}

// label is a line's name at its end.
type label struct {
	text, class string
	y           float64
}

// apart moves labels down until none covers another.
func apart(labels []label) []label {
	slices.SortStableFunc(labels, func(a, b label) int { return cmp.Compare(a.y, b.y) })
	for i := 1; i < len(labels); i++ {
		labels[i].y = max(labels[i].y, labels[i-1].y+labelHeight)
	}
	return labels
}
