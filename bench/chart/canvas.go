// Package chart draws the page's charts as SVG. Colours follow the reader's light or dark theme.
package chart

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"slices"
)

// style is shared by all charts. Colours come from the themes.
const style = `
text { font: 12px system-ui, sans-serif; }
text.title { font-size: 16px; font-weight: 600; }
text.panel, text.ours { font-weight: 600; }
text.tick, text.axis { font-size: 11px; }
line { stroke-width: 1; }
polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
`

// theme is the colours for light or dark surroundings.
type theme struct {
	back, text, faint, grid string
	bars                    map[string]string   // by class: ours, peer, reference
	lines                   [lineColours]string // of the classes line0, line1, ...
}

func light() theme {
	return theme{
		back: "#ffffff", text: "#1f2328", faint: "#59636e", grid: "#d8dee4",
		bars:  map[string]string{"ours": "#0969da", "peer": "#8c959f", "reference": "#c69026"},
		lines: [lineColours]string{"#0969da", "#8250df", "#bc4c00", "#1a7f37", "#bf3989", "#9a6700"},
	}
}

func dark() theme {
	return theme{
		back: "#0d1117", text: "#e6edf3", faint: "#9198a1", grid: "#30363d",
		bars:  map[string]string{"ours": "#4493f8", "peer": "#6e7681", "reference": "#d29922"},
		lines: [lineColours]string{"#4493f8", "#ab7df8", "#f0883e", "#3fb950", "#f778ba", "#d29922"},
	}
}

// css writes the theme without variables, which not every program that shows SVG knows.
func (t theme) css() string {
	s := fmt.Sprintf(".back { fill: %s; } text { fill: %s; } text.tick, text.axis { fill: %s; } .grid { stroke: %s; } .base { stroke: %s; }\n",
		t.back, t.text, t.faint, t.grid, t.faint)
	for _, class := range slices.Sorted(maps.Keys(t.bars)) {
		s += fmt.Sprintf("rect.%s { fill: %s; } ", class, t.bars[class])
	}
	for i, colour := range t.lines {
		s += fmt.Sprintf("\npolyline.line%d { stroke: %s; } circle.line%d, text.line%d { fill: %s; }", i, colour, i, i, colour)
	}
	return s
}

// lineColours is how many classes lines have.
const lineColours = 6

// canvas collects elements.
type canvas struct{ bytes.Buffer }

// newCanvas begins a drawing with a title.
func newCanvas(width, height float64, title string) *canvas {
	c := new(canvas)
	fmt.Fprintf(c, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" role="img">`+"\n",
		width, height, width, height)
	fmt.Fprintf(c, "<title>%s</title>\n<style>%s%s\n@media (prefers-color-scheme: dark) {\n%s\n}\n</style>\n",
		html.EscapeString(title), style, light().css(), dark().css())
	c.rect(0, 0, width, height, "back")
	c.text(margin, 26, "title", "start", title)
	return c
}

// end returns the drawing.
func (c *canvas) end() []byte {
	c.WriteString("</svg>\n")
	return c.Bytes()
}

// text writes s at a baseline; anchor is start, middle or end.
func (c *canvas) text(x, y float64, class, anchor, s string) {
	fmt.Fprintf(c, `<text class="%s" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", class, x, y, anchor, html.EscapeString(s))
}

// upright writes s from below to above, around a point.
func (c *canvas) upright(x, y float64, class, s string) {
	fmt.Fprintf(c, `<text class="%s" x="%.1f" y="%.1f" text-anchor="middle" transform="rotate(-90 %.1f %.1f)">%s</text>`+"\n",
		class, x, y, x, y, html.EscapeString(s))
}

func (c *canvas) line(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(c, `<line class="%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`+"\n", class, x1, y1, x2, y2)
}

func (c *canvas) rect(x, y, width, height float64, class string) {
	fmt.Fprintf(c, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`+"\n", class, x, y, width, height)
}

// spot is a place on the canvas.
type spot struct{ x, y float64 }

// polyline joins spots, and marks each.
func (c *canvas) polyline(spots []spot, class string) {
	fmt.Fprintf(c, `<polyline class="%s" points="`, class)
	for _, s := range spots {
		fmt.Fprintf(c, "%.1f,%.1f ", s.x, s.y)
	}
	c.WriteString("\"/>\n")
	for _, s := range spots {
		fmt.Fprintf(c, `<circle class="%s" cx="%.1f" cy="%.1f" r="3"/>`+"\n", class, s.x, s.y)
	}
}
