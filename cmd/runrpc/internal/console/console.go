// Package console is what all commands of runrpc share: where they write, what they know of the terminal
// and how they end.
package console

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/terminal"
)

// Streams are where a command reads and writes.
type Streams struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// Watched reports whether standard error is a terminal, where a word on what takes long is welcome.
func (s Streams) Watched() bool { return Terminal(s.Stderr) }

// Terminal reports whether what is written to w goes to a terminal.
func Terminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// Paint returns what colours text for w, or leaves it as it is where colours are not wanted.
func Paint(w io.Writer) terminal.Paint {
	file, ok := w.(*os.File)
	return terminal.Paint(ok && terminal.Colour(file))
}

// Width returns how many characters a line of the terminal w has, 0 where that is not known.
func Width(w io.Writer) int {
	file, ok := w.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// Exit is the exit code of a command that has said already what there was to say.
type Exit int

// Error implements error.
func (e Exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }
