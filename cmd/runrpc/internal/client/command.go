// Package client is the command that writes typed clients for the methods that an OpenRPC document describes.
package client

import (
	"fmt"
	"path/filepath"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
)

// Command is the command line of runrpc client.
type Command struct {
	Document       string `arg:"" name:"document" help:"The OpenRPC document: a file, - for standard input, its URL, or the address of a server that has it."`
	Lang           string `required:"" enum:"ts,go,python" placeholder:"ts|go|python" help:"The language of the client."`
	Out            string `short:"o" required:"" type:"path" placeholder:"DIR" help:"Where to write it. Files that runrpc has not written are left alone."`
	Package        string `placeholder:"NAME" help:"Name of the Go package (that of DIR)."`
	Separator      string `default:"." help:"What stands between the parts of a method's name (${default}): they become namespaces."`
	document.Flags `embed:""`
}

// Help tells what is written.
func (*Command) Help() string {
	return `A client has a method for each method of the document, in namespaces, with the types of params and results, and an error for each declared code. It needs nothing but the language's own library: fetch and ES2022, Go 1.24, or Python 3.11. All of it is in client.ts, in client.py, or in the files client.go, types.go, rpc.go and value.go of a Go package, which needs a module around it.

    runrpc client :8080 --lang ts -o web/src/petshop
    runrpc client openrpc.json --lang go -o internal/petshop
    runrpc client https://example.com/openrpc.json --lang python -o petshop`
}

// Run writes the client.
func (c *Command) Run(streams console.Streams) error {
	language, err := c.language()
	if err != nil {
		return console.Fault{Err: err}
	}
	doc, err := c.Load(c.Document, streams.Stdin)
	if err != nil {
		return err
	}
	a, err := api.Build(doc, c.Separator, reserved)
	if err != nil {
		return console.Faultf("%s: %w", c.Document, err)
	}
	files, err := language(a)
	if err != nil {
		return err
	}
	if err := files.write(c.Out); err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintln(streams.Stdout, filepath.Join(c.Out, f.name))
	}
	return nil
}
