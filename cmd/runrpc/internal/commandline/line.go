// Package commandline reads command lines as far as kong does not: flags anywhere between the arguments, numbers that
// begin with a minus, and lines that somebody is still typing.
package commandline

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/kong"
)

// A Line is a command line, taken apart.
type Line struct {
	Command   *kong.Node // nil where none is named
	Given     []Given
	Positions []string
	Open      *kong.Flag // the last word is this flag, whose value is to come
	Ended     bool       // behind --, where there are no flags
}

// Given is a flag on a command line.
type Given struct {
	Flag  *kong.Flag // nil where there is no such flag, or for several in one word
	Text  string     // in one word
	Value string
}

// Read takes a command line apart.
func Read(app *kong.Node, args []string) Line {
	node, rest := command(app, args)
	line := Line{Command: node}
	if node == nil {
		return line
	}
	for i := 0; i < len(rest); i++ {
		arg := rest[i]
		if arg == "--" {
			line.Positions = append(line.Positions, rest[i+1:]...)
			line.Ended = true
			return line
		}
		if !IsFlag(arg) {
			line.Positions = append(line.Positions, arg)
			continue
		}
		given, wants := read(node, arg)
		if wants {
			if i++; i == len(rest) {
				line.Open = given.Flag
				return line
			}
			given.Value = rest[i]
			given.Text += rest[i]
		}
		line.Given = append(line.Given, given)
	}
	return line
}

// Order puts the flags of a command line before its arguments, where kong wants them, and keeps it from taking a
// negative number for flags. It refuses what kong would change without a word, or refuse with words of its own.
func Order(app *kong.Node, args []string) ([]string, error) {
	for _, arg := range args {
		if !utf8.ValidString(arg) {
			return nil, fmt.Errorf("%q is not UTF-8", arg)
		}
	}
	line := Read(app, args)
	switch {
	case line.Command == nil:
		return args, nil
	case line.Open != nil:
		return nil, fmt.Errorf("--%s: found nothing behind it, want %s", line.Open.Name, line.Open.FormatPlaceHolder())
	}
	ordered := []string{line.Command.Name}
	for _, given := range line.Given {
		ordered = append(ordered, given.Text)
	}
	return append(append(ordered, "--"), line.Positions...), nil
}

// command finds the command that args name, and what stands behind its name.
func command(app *kong.Node, args []string) (*kong.Node, []string) {
	if len(args) == 0 || IsFlag(args[0]) || args[0] == "--" {
		return nil, nil
	}
	for _, child := range app.Children {
		if child.Name == args[0] {
			if !child.Leaf() || child.Passthrough {
				return nil, nil
			}
			return child, args[1:]
		}
	}
	return app.DefaultCmd, args
}

// IsFlag tells flags from arguments: - and numbers are arguments.
func IsFlag(arg string) bool {
	return len(arg) > 1 && arg[0] == '-' && !strings.ContainsRune("0123456789.", rune(arg[1]))
}

// read reads a word that is a flag, or several. wants tells whether the next word is its value, which is then appended
// to the text.
func read(node *kong.Node, arg string) (given Given, wants bool) {
	if name, long := strings.CutPrefix(arg, "--"); long {
		name, value, joined := strings.Cut(name, "=")
		flag := find(node, func(f *kong.Flag) bool { return f.Name == name })
		if flag == nil || joined || isSwitch(flag) {
			return Given{flag, arg, value}, false
		}
		return Given{flag, arg + "=", ""}, true
	}
	for i, short := range arg[1:] { // -vk is -v -k
		flag := find(node, func(f *kong.Flag) bool { return f.Short == short })
		if flag == nil {
			return Given{Text: arg}, false
		}
		if !isSwitch(flag) {
			value := arg[1+i+len(string(short)):]
			return Given{flag, arg, value}, value == ""
		}
	}
	return Given{Text: arg}, false
}

func isSwitch(flag *kong.Flag) bool { return flag.IsBool() || flag.IsCounter() }

func find(node *kong.Node, is func(*kong.Flag) bool) *kong.Flag {
	for _, group := range node.AllFlags(false) {
		for _, flag := range group {
			if is(flag) {
				return flag
			}
		}
	}
	return nil
}
