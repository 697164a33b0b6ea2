// Package lines writes source code.
package lines

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// A Writer writes indented lines.
type Writer struct {
	text  bytes.Buffer
	unit  string
	depth int
}

// New returns a Writer with what stands for one step to the right.
func New(unit string) *Writer { return &Writer{unit: unit} }

// Bytes returns what was written.
func (w *Writer) Bytes() []byte { return w.text.Bytes() }

// Line writes a line.
func (w *Writer) Line(format string, args ...any) { w.Raw(fmt.Sprintf(format, args...)) }

// Raw writes a line as it is.
func (w *Writer) Raw(line string) {
	if line != "" {
		w.text.WriteString(strings.Repeat(w.unit, w.depth))
		w.text.WriteString(line)
	}
	w.text.WriteByte('\n')
}

// Blank writes an empty line.
func (w *Writer) Blank() { w.Raw("") }

// In writes lines a step to the right.
func (w *Writer) In(write func()) {
	w.depth++
	write()
	w.depth--
}

// Block writes a line, others a step to the right, and a last one.
func (w *Writer) Block(open, end string, write func()) {
	w.Raw(open)
	w.In(write)
	w.Raw(end)
}

// Left returns how many columns of 80 a line still has here.
func (w *Writer) Left() int { return 80 - w.depth*len(strings.ReplaceAll(w.unit, "\t", "    ")) }

// Text returns the lines of a text of the document, without anything that an editor or a compiler does more with than
// to show it. None is empty at the beginning and at the end.
func Text(text string) []string {
	text = strings.TrimSpace(message.PrintableLines(strings.ReplaceAll(text, "\ufeff", "")))
	if text == "" {
		return nil
	}
	list := strings.Split(text, "\n")
	for i, line := range list {
		list[i] = strings.TrimRight(line, " ")
	}
	return list
}

// OneLine returns a text of the document as one line.
func OneLine(text string) string {
	return strings.Join(strings.Fields(strings.Join(Text(text), " ")), " ")
}

// Quote makes a string literal, of TypeScript and Python alike, of a text.
func Quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == ' ' || unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != '\ufffd':
			b.WriteRune(r)
		case r > 0xffff: // both spell UTF-16 surrogates differently: it is shown as it is
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
