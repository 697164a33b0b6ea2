// Package manual is the command that writes the manual of runrpc, out of what --help shows.
package manual

import (
	"io"
	"os"

	"github.com/alecthomas/kong"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

// Command is the command line of runrpc manual.
type Command struct {
	Format string `default:"man" enum:"man,markdown" placeholder:"man|markdown" help:"How it is written: man or markdown (${default})."`
	Output string `short:"o" placeholder:"FILE" help:"Where it is written to, instead of standard output."`
}

// Help shows where the manual belongs.
func (*Command) Help() string {
	return `Everything stands in it that --help tells of the commands.

    runrpc manual | man -l -
    runrpc manual -o /usr/local/share/man/man1/runrpc.1
    runrpc manual --format markdown -o runrpc.md`
}

// Run writes the manual.
func (c *Command) Run(k *kong.Kong, streams console.Streams) error {
	text := man(k.Model)
	if c.Format == "markdown" {
		text = markdown(k.Model)
	}
	if c.Output != "" {
		if err := os.WriteFile(c.Output, []byte(text), 0o644); err != nil { //nolint:gosec // it is for everyone to read
			return console.Faultf("--output: %w", err)
		}
		return nil
	}
	_, err := io.WriteString(streams.Stdout, text)
	return err
}

// commands returns what there is to tell of.
func commands(app *kong.Application) []*kong.Node {
	var found []*kong.Node
	for _, node := range app.Children {
		if !node.Hidden {
			found = append(found, node)
		}
	}
	return found
}

// flags returns the flags of a command, in groups as --help shows them.
func flags(node *kong.Node) []group {
	var groups []group
	for _, flag := range node.Flags {
		if flag.Hidden {
			continue
		}
		title := "Flags"
		if flag.Group != nil {
			title = flag.Group.Title
		}
		i := 0
		for i < len(groups) && groups[i].title != title {
			i++
		}
		if i == len(groups) {
			groups = append(groups, group{title: title})
		}
		groups[i].flags = append(groups[i].flags, flag)
	}
	return groups
}

// A group is what --help shows under one title.
type group struct {
	title string
	flags []*kong.Flag
}
