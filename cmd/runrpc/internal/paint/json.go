package paint

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// JSON returns a value over as many lines as it needs, each but the first behind an indent. It stays the same JSON:
// what would steer the terminal is escaped.
func (p Palette) JSON(value jsontext.Value, indent string) string {
	w := writer{palette: p, indent: indent}
	return w.write(value)
}

// Line is JSON on one line.
func (p Palette) Line(value jsontext.Value) string {
	w := writer{palette: p, flat: true}
	return w.write(value)
}

// A writer writes the tokens of a value.
type writer struct {
	text    strings.Builder
	palette Palette
	indent  string
	flat    bool
	named   bool // a member's name has just been written
}

func (w *writer) write(value jsontext.Value) string {
	dec := jsontext.NewDecoder(bytes.NewReader(value), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for w.next(dec) == nil {
	}
	return w.text.String()
}

// next writes the next token, until an error says that there is none.
func (w *writer) next(dec *jsontext.Decoder) error {
	switch kind := dec.PeekKind(); kind {
	case jsontext.KindBeginObject, jsontext.KindBeginArray:
		w.separate(dec)
		_, err := dec.ReadToken()
		w.text.WriteByte(byte(kind))
		return err
	case jsontext.KindEndObject, jsontext.KindEndArray:
		_, count := dec.StackIndex(dec.StackDepth())
		_, err := dec.ReadToken()
		if count > 0 {
			w.line(dec.StackDepth())
		}
		w.text.WriteByte(byte(kind))
		return err
	default:
		isName := !w.named && w.inObject(dec)
		w.separate(dec)
		raw, err := dec.ReadValue()
		if err != nil {
			return err
		}
		w.scalar(raw, isName)
		return nil
	}
}

func (w *writer) inObject(dec *jsontext.Decoder) bool {
	kind, _ := dec.StackIndex(dec.StackDepth())
	return kind == jsontext.KindBeginObject
}

// separate writes what stands before a value or a name.
func (w *writer) separate(dec *jsontext.Decoder) {
	switch depth := dec.StackDepth(); {
	case w.named:
		w.text.WriteString(": ")
		w.named = false
	case depth > 0:
		if _, count := dec.StackIndex(depth); count > 0 {
			w.text.WriteString(w.comma())
		}
		w.line(depth)
	}
}

func (w *writer) comma() string {
	if w.flat {
		return ", "
	}
	return ","
}

// line begins a line of a depth.
func (w *writer) line(depth int) {
	if w.flat {
		return
	}
	w.text.WriteByte('\n')
	w.text.WriteString(w.indent)
	for range depth {
		w.text.WriteString("  ")
	}
}

func (w *writer) scalar(raw jsontext.Value, isName bool) {
	style := Magenta
	switch {
	case isName:
		style, w.named = Cyan, true
	case raw.Kind() == jsontext.KindString:
		style = Green
	case raw.Kind() == jsontext.KindNumber:
		style = Yellow
	}
	w.text.WriteString(w.palette.In(style, escape(string(raw))))
}

// escape writes what steers a terminal, and is allowed in a JSON string, as \u and its number.
func escape(text string) string {
	if strings.IndexFunc(text, message.Steers) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if message.Steers(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
