// Package version is the command that tells which runrpc this is.
package version

import (
	"fmt"
	"runtime"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// Command is the command line of runrpc version.
type Command struct{}

// Help shows an example.
func (*Command) Help() string {
	return `Prints the version, the version of Go and the system that it was built for.

    runrpc version`
}

// Run prints the version.
func (c *Command) Run(streams console.Streams) error {
	_, err := fmt.Fprintf(streams.Stdout, "runrpc %s (%s %s/%s)\n",
		toolkit.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
