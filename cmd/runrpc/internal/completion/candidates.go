package completion

import (
	"strings"

	"github.com/alecthomas/kong"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/commandline"
)

// complete returns what may stand at the place of the current word. Not all of it begins as that does.
func complete(app *kong.Node, before []string, current string) []candidate {
	if len(before) == 0 && !strings.HasPrefix(current, "-") {
		return append(commands(app), packages(current)...)
	}
	line := commandline.Read(app, before)
	if line.Command == nil {
		line.Command = app.DefaultCmd
	}
	if line.Command == nil {
		return nil
	}
	if line.Open != nil {
		return valuesOf(line, line.Open, "", current)
	}
	if name, value, joined := strings.Cut(current, "="); joined && strings.HasPrefix(name, "--") && !line.Ended {
		return joinedValues(line, name, value)
	}
	if strings.HasPrefix(current, "-") && !line.Ended {
		return flags(line.Command)
	}
	positional := line.Command.Positional
	if len(positional) == 0 {
		return nil
	}
	last := positional[len(positional)-1]
	switch i := len(line.Positions); {
	case i < len(positional):
		return arguments(line, positional[i], current)
	case last.IsCumulative():
		return arguments(line, last, current)
	}
	return nil
}

func commands(app *kong.Node) []candidate {
	var found []candidate
	for _, child := range app.Children {
		if !child.Hidden {
			found = append(found, candidate{child.Name, child.Help})
		}
	}
	return found
}

func flags(node *kong.Node) []candidate {
	var found []candidate
	for _, group := range node.AllFlags(true) {
		for _, flag := range group {
			found = append(found, candidate{"--" + flag.Name, flag.Help})
		}
	}
	return found
}

// joinedValues completes --flag=value.
func joinedValues(line commandline.Line, name, value string) []candidate {
	for _, group := range line.Command.AllFlags(true) {
		for _, flag := range group {
			if "--"+flag.Name == name {
				return valuesOf(line, flag, name+"=", value)
			}
		}
	}
	return nil
}

// valuesOf completes the value of a flag, which may have something before it in the same word.
func valuesOf(line commandline.Line, flag *kong.Flag, before, current string) []candidate {
	switch {
	case flag.Enum != "":
		return words(before, flag.EnumSlice())
	case flag.Name == "method":
		return methods(line)
	case flag.PlaceHolder == "DIR":
		return paths(before, current, directories)
	case flag.PlaceHolder == "FILE":
		return paths(before, current, all)
	}
	return nil
}

// arguments completes an argument by what its name says.
func arguments(line commandline.Line, argument *kong.Positional, current string) []candidate {
	switch {
	case argument.Enum != "":
		return words("", argument.EnumSlice())
	case argument.Name == "package", argument.Name == "packages":
		return packages(current)
	case argument.Name == "method":
		return methods(line)
	case argument.Name == "args":
		return params(line, current)
	case argument.Name == "file":
		return paths("", current, all)
	}
	return nil
}

func words(before string, values []string) []candidate {
	found := make([]candidate, len(values))
	for i, value := range values {
		found[i] = candidate{before + value, ""}
	}
	return found
}
