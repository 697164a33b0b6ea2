// Package diff is the command that tells what has changed between two OpenRPC documents, and whom it breaks.
package diff

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/paint"
)

// Command is the command line of runrpc diff.
type Command struct {
	Old            string `arg:"" help:"The OpenRPC document as it was: a file, - for standard input, its URL, or the address of a server that has it."`
	New            string `arg:"" help:"The document as it is."`
	JSON           bool   `name:"json" help:"Print the changes as JSON."`
	document.Flags `embed:""`
}

// Help tells the rules.
func (*Command) Help() string {
	return `A change is breaking where callers that follow the old document send what the new one does not take, or where readers that follow the old document get what it does not tell of. The exit code is 1 if there is one, 0 if there is none, and 2 if a document cannot be read.

    runrpc diff openrpc.json :8080
    git show main:openrpc.json | runrpc diff - openrpc.json`
}

// Run compares the documents.
func (c *Command) Run(streams console.Streams) error {
	older, err := c.Load(c.Old, streams.Stdin)
	if err != nil {
		return err
	}
	newer, err := c.Load(c.New, streams.Stdin)
	if err != nil {
		return err
	}
	report, err := Compare(older, newer)
	if err != nil {
		return console.Fault{Err: err}
	}
	if err := c.print(streams, report); err != nil {
		return err
	}
	if len(report.Breaking) > 0 {
		return console.Exit(1)
	}
	return nil
}

func (c *Command) print(streams console.Streams, report *Report) error {
	if !c.JSON {
		_, err := streams.Stdout.Write(report.text(paint.For(streams.Stdout)))
		return err
	}
	text, err := json.Marshal(report, jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	_, err = streams.Stdout.Write(append(text, '\n'))
	return err
}
