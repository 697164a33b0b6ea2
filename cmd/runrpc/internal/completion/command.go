// Package completion completes command lines in bash, zsh and fish: a script for each shell asks runrpc what fits.
package completion

import (
	"embed"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

// Command is the command line of runrpc completion.
type Command struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Help tells where the script belongs.
func (*Command) Help() string {
	return `Commands, flags, packages and files are completed, and behind the URL of a server the names of its methods and their params, which the server is asked for.

    runrpc completion fish > ~/.config/fish/completions/runrpc.fish
    source <(runrpc completion bash)   # in ~/.bashrc
    source <(runrpc completion zsh)    # in ~/.zshrc, behind compinit`
}

//go:embed scripts
var scripts embed.FS

// Run prints the script.
func (c *Command) Run(streams console.Streams) error {
	script, err := scripts.ReadFile("scripts/runrpc." + c.Shell)
	if err != nil {
		return err
	}
	_, err = streams.Stdout.Write(script)
	return err
}
