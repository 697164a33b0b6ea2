// Package cli is the command line of runrpc: which commands there are, and how they report errors.
package cli

import (
	"errors"
	"fmt"

	"github.com/alecthomas/kong"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/build"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/call"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/check"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/commandline"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/completion"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/config"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/diff"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/list"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/manual"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/scaffold"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/serve"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/version"
)

// commands are what runrpc can do. Each has a package of its own with its flags and a method Run.
type commands struct {
	Serve      serve.Command       `cmd:"" default:"withargs" help:"Serve the exported functions of Go packages over HTTP JSON-RPC; what runrpc does when no command is named."`
	New        scaffold.Command    `cmd:"" help:"Make a new project: a service with its tests and a page that calls it."`
	Gen        gen.Command         `cmd:"" help:"Write Go bindings for a package, which need no reflection."`
	Build      build.Command       `cmd:"" help:"Build a binary that serves the exported functions of Go packages, and needs nothing else."`
	Call       call.Command        `cmd:"" help:"Call a method of a server."`
	List       list.Command        `cmd:"" help:"List the methods of a server, with their params and docs."`
	Check      check.Command       `cmd:"" help:"Check a server against the JSON-RPC 2.0 specification."`
	Client     client.Command      `cmd:"" help:"Write a typed client, in TypeScript, Go or Python, for what an OpenRPC document describes."`
	Diff       diff.Command        `cmd:"" help:"Tell what has changed between two OpenRPC documents, and whom it breaks."`
	Completion completion.Command  `cmd:"" help:"Print the script that completes runrpc's command lines in a shell."`
	Manual     manual.Command      `cmd:"" help:"Write the manual, as a man page or in Markdown."`
	Complete   completion.Complete `cmd:"" name:"__complete" hidden:""`
	Version    version.Command     `cmd:"" help:"Tell which runrpc this is."`
}

// usageError is the exit code for a command line that says nothing runrpc understands.
const usageError = 2

// Main runs the command that args name and returns the exit code.
func Main(args []string, streams console.Streams) int {
	code := -1
	parser, err := newParser(streams, func(c int) { code = c })
	if err != nil {
		return report(streams, err)
	}
	var chosen *kong.Context
	if args, err = commandline.Order(parser.Model.Node, args); err == nil {
		chosen, err = parser.Parse(args)
	}
	if code >= 0 { // --help has been answered
		return code
	}
	if fault, ok := errors.AsType[*config.Error](err); ok {
		return report(streams, fault)
	}
	if err != nil {
		fmt.Fprintf(streams.Stderr, "runrpc: %v (runrpc --help tells the usage)\n", err)
		return usageError
	}
	return report(streams, chosen.Run())
}

func newParser(streams console.Streams, exit func(int)) (*kong.Kong, error) {
	return kong.New(&commands{},
		kong.Name("runrpc"),
		kong.Description("Serves Go functions over JSON-RPC 2.0, as they are.\n\n"+
			"\"runrpc hello\" serves the exported functions of the package in the directory hello, or in hello.go."),
		kong.Writers(streams.Stdout, streams.Stderr),
		kong.Exit(exit),
		kong.Bind(streams),
		config.Variables("RUNRPC"),
	)
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
	if _, ok := errors.AsType[console.Fault](err); ok {
		return 2
	}
	return 1
}
