// Package cli is the command line of runrpc: which commands there are, and how they report errors.
package cli

import (
	"errors"
	"fmt"

	"github.com/alecthomas/kong"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/build"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/serve"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/version"
)

// commands are what runrpc can do. Each has a package of its own with its flags and a method Run.
type commands struct {
	Serve   serve.Command   `cmd:"" default:"withargs" help:"Serve the exported functions of Go packages over HTTP JSON-RPC; what runrpc does when no command is named."`
	Build   build.Command   `cmd:"" help:"Build a binary that serves the exported functions of Go packages, and needs nothing else."`
	Version version.Command `cmd:"" help:"Tell which runrpc this is."`
}

// usageError is the exit code for a command line that says nothing runrpc understands.
const usageError = 2

// Main runs the command that args name and returns the exit code.
func Main(args []string, streams console.Streams) int {
	code := -1
	parser, err := kong.New(&commands{},
		kong.Name("runrpc"),
		kong.Description("Serves Go functions over JSON-RPC 2.0, as they are.\n\n"+
			"\"runrpc hello\" serves the exported functions of the package in the directory hello, or in hello.go."),
		kong.Writers(streams.Stdout, streams.Stderr),
		kong.Exit(func(c int) { code = c }),
		kong.Bind(streams),
	)
	if err != nil {
		return report(streams, err)
	}
	chosen, err := parser.Parse(args)
	if code >= 0 { // --help has been answered
		return code
	}
	if err != nil {
		fmt.Fprintf(streams.Stderr, "runrpc: %v (runrpc --help tells the usage)\n", err)
		return usageError
	}
	return report(streams, chosen.Run())
}

// report tells an error, unless the command has done so, and returns the exit code.
func report(streams console.Streams, err error) int {
	if err == nil {
		return 0
	}
	if exit, ok := errors.AsType[console.Exit](err); ok {
		return int(exit)
	}
	fmt.Fprintln(streams.Stderr, "runrpc:", err)
	return 1
}
