// Package console is what all commands of runrpc share: where they write and how they end.
package console

import (
	"fmt"
	"io"
	"os"
)

// Streams are where a command reads and writes.
type Streams struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// Watched reports whether standard error is a terminal, where a word on what takes long is welcome.
func (s Streams) Watched() bool {
	file, ok := s.Stderr.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Exit is the exit code of a command that has said already what there was to say.
type Exit int

// Error implements error.
func (e Exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }
