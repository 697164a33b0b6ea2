package config

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Variables gives each flag an environment variable: PREFIX_MAX_BODY for --max-body of a command that reads
// configuration files, PREFIX_CALL_TIMEOUT for --timeout of the command call, so that what is said for the
// server does not change what others do. A flag whose tag env names another keeps that, and env:"-" is none.
func Variables(prefix string) kong.Option {
	return kong.PostBuild(func(k *kong.Kong) error {
		name(k.Model.Node, prefix)
		return nil
	})
}

func name(node *kong.Node, prefix string) {
	for _, flag := range node.Flags {
		switch envs := flag.Tag.Envs; {
		case slices.Equal(envs, []string{"-"}):
			flag.Tag.Envs = nil
		case len(envs) == 0 && flag.Name != "help":
			flag.Tag.Envs = []string{variable(prefix, flag.Name)}
		}
		flag.Envs = flag.Tag.Envs
	}
	for _, arg := range node.Positional {
		if reads(node) && len(arg.Tag.Envs) == 0 {
			arg.Tag.Envs = []string{variable(prefix, arg.Name)}
		}
	}
	for _, child := range node.Children {
		if reads(child) {
			name(child, prefix)
		} else {
			name(child, variable(prefix, child.Name))
		}
	}
}

// variable returns PREFIX_FLAG_NAME.
func variable(prefix, name string) string {
	return prefix + "_" + strings.ToUpper(strings.NewReplacer("-", "_", ".", "_").Replace(name))
}

// splitVariables makes lists of the variables of arguments, as kong does with those of flags.
func splitVariables(ctx *kong.Context) error {
	node := ctx.Selected()
	if node == nil {
		return nil
	}
	for _, arg := range node.Positional {
		for _, name := range arg.Tag.Envs {
			text, ok := os.LookupEnv(name)
			if !ok || !arg.IsSlice() {
				continue
			}
			list := kong.ScanAsType(kong.FlagValueToken, kong.SplitEscaped(text, arg.Tag.Sep)...)
			arg.Target.SetZero()
			if err := arg.Parse(list, arg.Target); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}
