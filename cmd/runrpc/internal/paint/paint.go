// Package paint makes what goes to a terminal pleasant to read, and leaves alone what goes elsewhere.
package paint

import (
	"io"
	"os"
)

// A Style is how a word looks.
type Style string

// The styles that there are.
const (
	Plain   Style = ""
	Bold    Style = "1"
	Dim     Style = "2"
	Red     Style = "31"
	Green   Style = "32"
	Yellow  Style = "33"
	Magenta Style = "35"
	Cyan    Style = "36"
)

// A Palette colours words, or with its zero value does not.
type Palette struct{ on bool }

// For returns the palette for a stream: one with colours for a terminal, unless NO_COLOR is set or TERM is dumb.
func For(w io.Writer) Palette {
	return Palette{Terminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

// Terminal tells whether somebody looks at a stream.
func Terminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// In returns a text in a style.
func (p Palette) In(style Style, text string) string {
	if !p.on || style == Plain || text == "" {
		return text
	}
	return "\x1b[" + string(style) + "m" + text + "\x1b[0m"
}
