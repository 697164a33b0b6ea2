// Package diagnosis shows what is wrong with the user's code where it is wrong.
package diagnosis

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/terminal"
)

// Style is how a Writer shows faults.
type Style struct {
	Paint terminal.Paint
	// Excerpt shows the source line of each fault below it, and a caret at the column.
	Excerpt bool
}

// A Writer passes on what the go command says of code, with the source that it is about.
type Writer struct {
	out   io.Writer
	style Style
	lines *console.Lines
	// excerpt belongs below the last fault, and behind the indented lines that go explains it with.
	excerpt string
	said    strings.Builder
}

// NewWriter returns a Writer to out. Close must be called.
func NewWriter(out io.Writer, style Style) *Writer {
	w := &Writer{out: out, style: style}
	w.lines = console.NewLines(w.line)
	return w
}

// Write takes what go says, in pieces of any size.
func (w *Writer) Write(text []byte) (int, error) {
	w.said.Write(text)
	return w.lines.Write(text)
}

// Close shows what has not been shown yet.
func (w *Writer) Close() error {
	if err := w.lines.Close(); err != nil {
		return err
	}
	return w.flush()
}

// Said returns all that was written.
func (w *Writer) Said() string { return w.said.String() }

// fault is the form "file:line:column: message".
var fault = regexp.MustCompile(`^(.+?):(\d+):(\d+): (.*)\n?$`)

// line passes on one line.
func (w *Writer) line(text []byte) error {
	if bytes.HasPrefix(text, []byte("\t")) || bytes.HasPrefix(text, []byte("  ")) {
		return w.pass(string(text))
	}
	if err := w.flush(); err != nil {
		return err
	}
	if bytes.HasPrefix(text, []byte("# ")) {
		return w.pass(w.style.Paint.Dim(strings.TrimSuffix(string(text), "\n")) + "\n")
	}
	match := fault.FindStringSubmatch(string(text))
	if match == nil {
		return w.pass(string(text))
	}
	if w.style.Excerpt {
		w.excerpt = w.excerptOf(match[1], match[2], match[3])
	}
	at := strings.Join(match[1:4], ":") + ":"
	return w.pass(w.style.Paint.Bold(at) + " " + w.style.Paint.Red(match[4]) + "\n")
}

func (w *Writer) flush() error {
	text := w.excerpt
	w.excerpt = ""
	return w.pass(text)
}

func (w *Writer) pass(text string) error {
	if text == "" {
		return nil
	}
	_, err := io.WriteString(w.out, text)
	return err
}

// excerptOf returns a line of a file with a caret below a column, "" where there is none to show.
func (w *Writer) excerptOf(file, line, column string) string {
	number, lineErr := strconv.Atoi(line)
	col, colErr := strconv.Atoi(column)
	if lineErr != nil || colErr != nil || filepath.Ext(file) != ".go" {
		return ""
	}
	source, ok := sourceLine(file, number)
	if !ok {
		return ""
	}
	before := source[:min(max(col-1, 0), len(source))] // columns count bytes
	indent := strings.Repeat(" ", utf8.RuneCountInString(spaced(before)))
	return fmt.Sprintf("%s%s\n%s%s\n",
		w.style.Paint.Dim(fmt.Sprintf("%5d | ", number)), spaced(source),
		w.style.Paint.Dim("      | "), indent+w.style.Paint.Red("^"))
}

// spaced makes tabs as wide as the caret's line takes them.
func spaced(text string) string { return strings.ReplaceAll(text, "\t", "    ") }

// longest is the longest source line that is shown.
const longest = 400

// sourceLine returns a line of a file, the first being 1.
func sourceLine(file string, number int) (string, bool) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", false
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		if n++; n == number {
			line = strings.TrimRight(line, "\r\n")
			return line, len(line) <= longest && utf8.ValidString(line)
		}
	}
	return "", false
}
