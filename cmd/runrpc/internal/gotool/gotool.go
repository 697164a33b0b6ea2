// Package gotool runs the go command.
package gotool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

// killDelay is how long an interrupted go command has for removing its own files.
const killDelay = 5 * time.Second

// A Tool is the go command found on PATH. It is safe for concurrent use.
type Tool struct {
	// Downloading is told what go downloads, as "example.com/module v1.2.3"; nil: nobody is.
	Downloading func(module string)

	path string
}

// Find looks the go command up on PATH.
func Find() (*Tool, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return nil, errors.New("found no go command on PATH, and it is what builds the server: " +
			"install Go (https://go.dev/dl) or add its bin directory to PATH")
	}
	return &Tool{path: path}, nil
}

// A Command is one run of the go command.
type Command struct {
	Args   []string
	Dir    string    // empty: the current one
	Env    []string  // added to the environment
	Stderr io.Writer // nil: what is written there becomes the error
}

// Output runs c and returns what it printed, with an error too. It interrupts the command when ctx ends.
func (t *Tool) Output(ctx context.Context, c Command) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, t.path, c.Args...)
	cmd.Dir = c.Dir
	// GO111MODULE=off, from go env -w too, would turn workspaces off.
	cmd.Env = append(append(os.Environ(), "GO111MODULE=on"), c.Env...)
	cmd.Stdout = &stdout
	if c.Stderr == nil {
		c.Stderr = &stderr
	}
	said := console.NewLines(func(line []byte) error { return t.hear(line, c.Stderr) })
	cmd.Stderr = said
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = killDelay
	err := errors.Join(cmd.Run(), said.Close())
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if text := strings.TrimSpace(stderr.String()); err != nil && text != "" {
		err = errors.New(text)
	}
	if err != nil {
		err = fmt.Errorf("go %s: %w", c.Args[0], err)
	}
	return stdout.Bytes(), err
}

// hear takes one line of what go says on standard error.
func (t *Tool) hear(line []byte, rest io.Writer) error {
	if module, ok := strings.CutPrefix(string(line), "go: downloading "); ok {
		if t.Downloading != nil {
			t.Downloading(strings.TrimSpace(module))
		}
		return nil
	}
	_, err := rest.Write(line)
	return err
}
