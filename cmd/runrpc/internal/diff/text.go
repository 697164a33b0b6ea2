package diff

import (
	"bytes"
	"cmp"
	"fmt"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/paint"
)

// text is the report for people, a line for each change.
func (r *Report) text(p paint.Palette) []byte {
	var b bytes.Buffer
	for _, group := range []struct {
		title   string
		style   paint.Style
		changes []Change
	}{
		{"Breaking", paint.Red, r.Breaking},
		{"Compatible", paint.Green, r.Compatible},
		{"Notes", paint.Dim, r.Notes},
	} {
		if len(group.changes) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n", p.In(group.style, fmt.Sprintf("%s (%d)", group.title, len(group.changes))))
		for _, c := range group.changes {
			fmt.Fprintf(&b, "  %s\n", c.line(p))
		}
	}
	if r.Empty() {
		b.WriteString("Nothing has changed.\n")
	}
	return b.Bytes()
}

// line tells a change: pets.get /params/id: type was integer, is string (breaks callers: what they send may be refused).
func (c Change) line(p paint.Palette) string {
	place := c.Method
	if c.Path != "" {
		place = string(bytes.TrimSpace([]byte(c.Method + " " + c.Path)))
	}
	line := p.In(paint.Bold, short(place)) + ": " + c.What
	switch {
	case c.Was != "" && c.Is != "":
		line += " was " + short(c.Was) + ", is " + short(c.Is)
	case cmp.Or(c.Was, c.Is) != "":
		line += " (" + short(cmp.Or(c.Was, c.Is)) + ")"
	}
	if c.Breaks != "" {
		line += p.In(paint.Dim, " - breaks "+c.Breaks+": "+c.Why)
	}
	return line
}

// short keeps what documents say on one line.
func short(text string) string {
	const most = 120
	runes := []rune(message.Printable(text))
	if len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return string(runes)
}
