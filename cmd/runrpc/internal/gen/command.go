// Package gen is the command that writes a Go file with bindings for a package: its exported functions, and
// the methods of what its function New makes, as procedures that are called without reflection.
package gen

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// Command is the command line of runrpc gen.
type Command struct {
	Package string `arg:"" optional:"" default:"." help:"The package to bind: a directory or an import path of your module (${default})."`
	Output  string `short:"o" default:"rpc_gen.go" placeholder:"FILE" help:"The file to write, in the package's directory (${default})."`
	Func    string `default:"RPC" placeholder:"NAME" help:"The function that the file declares, which returns the registry (${default})."`
	Check   bool   `help:"Write nothing: fail if the file is not up to date."`
}

// Help adds to what --help says.
func (c *Command) Help() string {
	return "    runrpc gen ./billing\n" +
		"    runrpc gen ./billing --check\n\n" +
		"For go generate, put this into a file of the package:\n\n" +
		"    //go:generate go run " + toolkit.Path + "/cmd/runrpc gen .\n\n" +
		"Read are the files that go builds here: GOOS, GOARCH and the tags in GOFLAGS say which. A function that only some " +
		"systems have is bound on those, and the file compiles there alone."
}

// Run writes the file.
func (c *Command) Run(streams console.Streams) error {
	tool, err := gotool.Find()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	output, text, err := c.text(ctx, tool, streams)
	if fault, ok := errors.AsType[*source.SyntaxError](err); ok {
		fmt.Fprintln(streams.Stderr, fault)
		return console.Exit(1)
	}
	if err != nil {
		return err
	}
	return c.write(output, text)
}

// text returns the file that is to be written, and what stands in it.
func (c *Command) text(ctx context.Context, tool *gotool.Tool, streams console.Streams) (output string, text []byte, err error) {
	if !token.IsIdentifier(c.Func) || c.Func == "_" || c.Func == "init" || c.Func == "main" {
		return "", nil, fmt.Errorf("--func: found %q, want a name for a Go function", c.Func)
	}
	dir, err := locate(ctx, tool, c.Package)
	if err != nil {
		return "", nil, err
	}
	if output, err = place(c.Output, dir); err != nil {
		return "", nil, err
	}
	if err := replaceable(output); err != nil {
		return "", nil, err
	}
	l := loader{tool: tool, dir: dir, output: output, function: c.Func}
	s, err := l.load(ctx)
	if err != nil {
		return "", nil, err
	}
	if !s.toolkit {
		fmt.Fprintf(streams.Stderr, "runrpc: your module does not require %[1]s, which the file imports: go get %[1]s\n", toolkit.Path)
	}
	bindings, faults := bind(s)
	described := s.describedTypes(bindings)
	for _, name := range []string{c.Func, c.Func + typesSuffix} {
		pos, taken := s.declared[name]
		if !taken || name != c.Func && described == nil {
			continue
		}
		faults = append(faults, fault{pos, name, "found it declared already: want another name for the generated function, by --func"})
	}
	if err := together(faults); err != nil {
		return "", nil, err
	}
	if len(bindings) == 0 {
		return "", nil, fmt.Errorf("found no exported function to bind in %s", c.Package)
	}
	text, err = render(s, bindings, described, c.Func)
	return output, text, err
}

// place returns the absolute path of the output. A name alone means a file of the package, whose directory
// is dir; it can stand nowhere else.
func place(output, dir string) (string, error) {
	name := filepath.Base(output)
	if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return "", fmt.Errorf("-o: found %q, want the name of a .go file that is no test", output)
	}
	if name != output {
		if in, err := source.Locate(filepath.Dir(output)); err != nil || in.Place.Dir != dir || in.Place.Import {
			return "", fmt.Errorf("-o: found %q, want a file in %s: it is part of the package", output, source.Short(dir))
		}
	}
	return filepath.Join(dir, name), nil
}

// replaceable refuses to write over a file that is not generated.
func replaceable(path string) error {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	if !bytes.HasPrefix(text, []byte(source.Mark)) {
		return fmt.Errorf("%s was not written by runrpc gen, and is left as it is: want another name, by -o", source.Short(path))
	}
	return nil
}

// write writes the file, unless it is up to date.
func (c *Command) write(path string, text []byte) error {
	have, err := os.ReadFile(path)
	switch {
	case err == nil && bytes.Equal(have, text):
		return nil
	case c.Check:
		return fmt.Errorf("%s is not up to date: run go generate, or runrpc gen %s", source.Short(path), c.Package)
	}
	return os.WriteFile(path, text, 0o644)
}
