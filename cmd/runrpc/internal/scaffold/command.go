// Package scaffold is the command that makes a new project: a service with its tests, a page that calls it
// and all that is needed to run it. What it makes stands in the directory template, which is a program of
// this module: it is compiled and tested like any other.
package scaffold

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
)

// Command is the command line of runrpc new.
type Command struct {
	Name    string `arg:"" help:"Directory to make, or an empty one; its last part is the project's name."`
	Module  string `placeholder:"PATH" help:"Path of the project's Go module (default: its name)."`
	Toolkit string `env:"RUNRPC_TOOLKIT" type:"path" placeholder:"DIR" help:"Source of github.com/runrpc/jsonrpc that the project is to use, instead of the version that this binary came from."`
}

// Help shows examples.
func (*Command) Help() string {
	return `    runrpc new shop
    runrpc new ./services/shop --module example.com/shop`
}

// Run makes the project and says what to do next.
func (c *Command) Run(streams console.Streams) error {
	tool, err := gotool.Find()
	if err != nil {
		return err
	}
	ctx := context.Background()
	p, err := newProject(ctx, tool, c.Name, c.Module)
	if err != nil {
		return err
	}
	require, err := newRequirement(ctx, tool, c.Toolkit)
	if err != nil {
		return err
	}
	files, err := p.files(require)
	if err != nil {
		return err
	}
	if err := write(p.dir, files); err != nil {
		return err
	}
	c.tell(streams, p, require)
	return nil
}

// tell says what there is now and what to do with it.
func (c *Command) tell(streams console.Streams, p project, require requirement) {
	w := streams.Stdout
	fmt.Fprintf(w, "Made %s: a service with its tests, a page that calls it, and a README.md that says more.\n\n", p.name)
	if here, err := os.Getwd(); err != nil || here != p.dir {
		fmt.Fprintf(w, "  cd %s\n", shown(c.Name))
	}
	if p.workspace != "" {
		fmt.Fprintf(w, "  go work use .   # since %s is in force there\n", p.workspace)
	}
	fmt.Fprint(w, "  go test ./...   # its tests\n  runrpc          # serve what runrpc.toml names\n  go run .        # serve the same from main.go\n")
	if require.dir != "" {
		fmt.Fprintf(w, "\nIts go.mod replaces the toolkit by %s, since this runrpc has no released version.\n", require.dir)
	}
}

// shown returns a path as it is typed into a shell.
func shown(path string) string {
	path = filepath.Clean(path)
	if strings.ContainsAny(path, " \t\n'\"\\$&|;<>()*?[]{}#~!`") {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}
