package config

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

// An origin is where a flag has its value from.
type origin struct {
	by      string // "--path", "RUNRPC_PATH", or "path" in a file
	file    string // empty: none
	line    int
	members map[string]int // the lines of what stands in a table
}

// At tells where the flag has its value from, for an error about it: "--path", "RUNRPC_PATH" or
// "runrpc.toml:3: path". Of a table it tells so for one member.
func (f *Flags) At(flag string, member ...string) string {
	o, ok := f.origins[flag]
	if !ok {
		o = origin{by: "--" + flag}
	}
	line := o.line
	for _, name := range member {
		if at, ok := o.members[name]; ok {
			line = at
		}
		o.by += fmt.Sprintf(" %q", name)
	}
	if o.file == "" {
		return o.by
	}
	return fmt.Sprintf("%s:%d: %s", o.file, line, o.by)
}

// given returns the origins of what a command line and the environment say.
func given(ctx *kong.Context) map[string]origin {
	origins := map[string]origin{}
	for _, value := range values(ctx) {
		for _, name := range value.Tag.Envs {
			if _, ok := os.LookupEnv(name); ok {
				origins[value.Name] = origin{by: name}
				break
			}
		}
	}
	for _, path := range ctx.Path {
		switch {
		case path.Flag != nil:
			origins[path.Flag.Name] = origin{by: "--" + path.Flag.Name}
		case path.Positional != nil:
			origins[path.Positional.Name] = origin{by: path.Positional.Name}
		}
	}
	return origins
}

// values returns the flags of the chosen command and its arguments.
func values(ctx *kong.Context) []*kong.Value {
	var all []*kong.Value
	for _, flag := range ctx.Flags() {
		all = append(all, flag.Value)
	}
	if node := ctx.Selected(); node != nil {
		all = append(all, node.Positional...)
	}
	return all
}
