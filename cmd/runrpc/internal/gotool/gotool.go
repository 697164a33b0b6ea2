// Package gotool runs the go command.
package gotool

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// killDelay is how long an interrupted go command has for removing its own files.
const killDelay = 5 * time.Second

// A Tool is the go command found on PATH. It is safe for concurrent use.
type Tool struct {
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
	cmd.Stderr = c.Stderr
	if c.Stderr == nil {
		cmd.Stderr = &stderr
	}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = killDelay
	err := cmd.Run()
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

// A Package is what go list says of one.
type Package struct {
	ImportPath     string
	Name           string
	Dir            string
	GoFiles        []string
	CgoFiles       []string
	IgnoredGoFiles []string
	Standard       bool
	Module         *Module
	Error          *PackageError
	Export         string // the file with its exported types, of ListExported alone
}

// A Module is what go list says of the module that holds a package.
type Module struct {
	Path string
	Dir  string
	Main bool
}

// A PackageError is why go list could not read a package.
type PackageError struct {
	Pos string
	Err string
}

// List runs go list -e -find on the patterns, without looking at what the packages import.
func (t *Tool) List(ctx context.Context, c Command, patterns ...string) ([]Package, error) {
	return t.list(ctx, c, []string{"-find", "-json=ImportPath,Name,Dir,GoFiles,CgoFiles,IgnoredGoFiles,Standard,Module,Error"}, patterns)
}

// ListExported runs go list -e -export on the patterns and all that they import, which builds what is not
// built. A package that cannot be has no Export.
func (t *Tool) ListExported(ctx context.Context, c Command, patterns ...string) ([]Package, error) {
	return t.list(ctx, c, []string{"-export", "-deps", "-json=ImportPath,Name,Dir,GoFiles,CgoFiles,Standard,Error,Export"}, patterns)
}

func (t *Tool) list(ctx context.Context, c Command, flags, patterns []string) ([]Package, error) {
	c.Args = slices.Concat([]string{"list", "-e"}, flags, c.Args, []string{"--"}, patterns)
	out, err := t.Output(ctx, c)
	if err != nil {
		return nil, err
	}
	var pkgs []Package
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p Package
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		pkgs = append(pkgs, p)
	}
}
