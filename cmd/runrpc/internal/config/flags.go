// Package config gives flags the values that stand in a configuration file and in environment variables.
// Which keys and variables there are follows from the flags alone: a flag --max-body is the key max-body
// and the variable RUNRPC_MAX_BODY, and a list of arguments called packages is the key packages. What the
// command line says comes first, then the environment, then the file, then the flag's default.
package config

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Name is the file that is read where no other is named.
const Name = "runrpc.toml"

// Flags makes a command that embeds it read a configuration file before it runs.
type Flags struct {
	Config string `placeholder:"FILE" help:"Configuration file: each flag is a key of it. Without one runrpc.toml is read, in the directory that is served or the current one."`

	file    *File // nil: none was found
	origins map[string]origin
	again   func() error
}

// File returns the absolute path of the file that was read, empty without one. Its changes are read by
// Reload.
func (f *Flags) File() string {
	if f.file == nil {
		return ""
	}
	return f.file.path
}

// FileName returns the name of the file that was read, as the user knows it, empty without one.
func (f *Flags) FileName() string {
	if f.file == nil {
		return ""
	}
	return f.file.name
}

// Base returns the directory that the values of a flag or argument are relative to where those are no paths
// to the flag: empty, the current one, unless they come from a file.
func (f *Flags) Base(flag string) string {
	if f.origins[flag].file == "" {
		return ""
	}
	return filepath.Dir(f.file.path)
}

// Reload reads the command line, the environment and the file anew, into the command that f is part of.
// With an error the command stays as it was. It is not safe for use while the command is read.
func (f *Flags) Reload() error { return f.again() }

// BeforeResolve is called by kong when it has read the command line and the environment.
func (f *Flags) BeforeResolve(ctx *kong.Context) error {
	f.file, f.origins = nil, given(ctx)
	if err := splitVariables(ctx); err != nil {
		return err
	}
	f.again = func() error { return reload(ctx, f) }
	name, ok := f.find(ctx)
	if !ok {
		return nil
	}
	file, err := Read(name)
	if err != nil {
		return err
	}
	f.file = file
	return f.apply(ctx)
}

// find returns the file to read: the one that is named, or else the one beside what is served, or else the
// one in the current directory.
func (f *Flags) find(ctx *kong.Context) (string, bool) {
	for _, flag := range ctx.Flags() {
		if named, ok := ctx.FlagValue(flag).(string); ok && flag.Name == "config" && named != "" {
			if strings.HasPrefix(named, "~") {
				named = kong.ExpandPath(named)
			}
			return named, true
		}
	}
	for _, dir := range []string{served(ctx), "."} {
		name := filepath.Join(dir, Name)
		if _, err := os.Lstat(name); err == nil && dir != "" {
			return name, true
		}
	}
	return "", false
}

// served returns the directory that the command's only argument names, or the directory of a file; it is
// empty where the argument is an import path, and where there are none or several.
func served(ctx *kong.Context) string {
	args := arguments(ctx)
	if len(args) != 1 {
		return ""
	}
	arg := strings.TrimSuffix(args[0], "/...")
	if info, err := os.Stat(arg); err == nil && info.IsDir() {
		return arg
	}
	for _, file := range []string{arg, arg + ".go"} {
		if _, err := os.Stat(file); err == nil {
			return filepath.Dir(file)
		}
	}
	return ""
}

// arguments returns the list of arguments that the command line has, or else the environment.
func arguments(ctx *kong.Context) []string {
	var args []string
	if node := ctx.Selected(); node != nil {
		for _, arg := range node.Positional {
			args, _ = arg.Target.Interface().([]string)
		}
	}
	for _, path := range ctx.Path {
		if path.Positional != nil {
			args, _ = ctx.Value(path).Interface().([]string)
		}
	}
	return args
}

// reload parses the command line of ctx anew.
func reload(ctx *kong.Context, f *Flags) error {
	before := *f
	old := map[*kong.Value]reflect.Value{}
	for _, value := range values(ctx) {
		old[value] = reflect.ValueOf(value.Target.Interface())
	}
	_, err := ctx.Kong.Parse(ctx.Args)
	if err == nil {
		return nil
	}
	for value, was := range old {
		value.Target.Set(was)
	}
	*f = before
	return err
}

// reads reports whether a command reads configuration files.
func reads(node *kong.Node) bool {
	return slices.ContainsFunc(node.Flags, func(f *kong.Flag) bool { return f.Name == "config" })
}

// keys returns the flags and lists of arguments that may stand in a file: those of all commands that read
// it, since they share it.
func keys(ctx *kong.Context) map[string]*kong.Value {
	found := map[string]*kong.Value{}
	for _, node := range slices.Concat(ctx.Model.Leaves(false), []*kong.Node{ctx.Model.Node}) {
		for _, flag := range node.Flags {
			if reads(node) || node == ctx.Model.Node {
				found[flag.Name] = flag.Value
			}
		}
		for _, arg := range node.Positional {
			if reads(node) && arg.IsCumulative() {
				found[arg.Name] = arg
			}
		}
	}
	maps.DeleteFunc(found, func(name string, _ *kong.Value) bool { return name == "help" || name == "config" })
	return found
}
