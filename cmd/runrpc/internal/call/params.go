package call

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// named is an argument that gives a parameter by its name. What is no name, as in http://host/?a=b, makes a position.
var named = regexp.MustCompile(`(?s)^([\p{L}_$][\p{L}\p{N}_$.-]*)(=|:=|@=)(.*)$`)

// params returns what the arguments of a call say; nil where there are none.
func params(args []string, open opener) (jsontext.Value, error) {
	switch {
	case len(args) == 0:
		return nil, nil
	case len(args) == 1 && isWhole(args[0]):
		return whole(args[0], open)
	}
	names := 0
	for _, arg := range args {
		switch {
		case isWhole(arg):
			return nil, fmt.Errorf(`%s stands for all params, so nothing can stand beside it: '"%s"' is the text`, arg, arg)
		case named.MatchString(arg):
			names++
		}
	}
	switch names {
	case 0:
		return positions(args, jsonOrText), nil
	case len(args):
		return members(args, open)
	}
	return nil, mixed(args)
}

// mixed says which arguments do not go together.
func mixed(args []string) error {
	var first [2]string // by position, by name
	for _, arg := range args {
		i := 0
		if named.MatchString(arg) {
			i = 1
		}
		if first[i] == "" {
			first[i] = arg
		}
	}
	return fmt.Errorf(`%s is given by position and %s by name: params are all one or all the other; '"%s"' is the text`,
		first[0], first[1], first[1])
}

// isWhole tells whether an argument names where all params stand.
func isWhole(arg string) bool { return arg == "-" || len(arg) > 1 && arg[0] == '@' }

// whole reads all params from a file or, for - and @-, from standard input.
func whole(arg string, open opener) (jsontext.Value, error) {
	name := arg
	if arg[0] == '@' {
		name = arg[1:]
	}
	value, err := open.json(name)
	if err != nil {
		return nil, err
	}
	if kind := value.Kind(); kind != jsontext.KindBeginArray && kind != jsontext.KindBeginObject {
		return nil, fmt.Errorf("%s: found %s, want params: an array or an object", called(name), message.Kind(value))
	}
	return value, nil
}

// positions returns the array of arguments.
func positions(args []string, value func(string) jsontext.Value) jsontext.Value {
	list := []byte{'['}
	for i, arg := range args {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, value(arg)...)
	}
	return append(list, ']')
}

// jsonOrText takes as such what is JSON, and all else as a string.
func jsonOrText(arg string) jsontext.Value {
	value, err := message.Parse([]byte(arg))
	if err != nil {
		return quote(arg)
	}
	return value
}

// members returns the object of arguments, in their order.
func members(args []string, open opener) (jsontext.Value, error) {
	object, seen := []byte{'{'}, map[string]bool{}
	for i, arg := range args {
		parts := named.FindStringSubmatch(arg)
		name, operator, text := parts[1], parts[2], parts[3]
		if seen[name] {
			return nil, fmt.Errorf("%s is given twice", name)
		}
		seen[name] = true
		value, err := member(operator, text, open)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if i > 0 {
			object = append(object, ',')
		}
		object = append(append(append(object, quote(name)...), ':'), value...)
	}
	return append(object, '}'), nil
}

// member returns the value that a named argument gives.
func member(operator, text string, open opener) (jsontext.Value, error) {
	switch {
	case operator == "=":
		return quote(text), nil
	case text == "":
		return nil, errors.New("found nothing behind " + operator)
	case operator == "@=":
		return open.text(text)
	case isWhole(text):
		return open.json(text[1:])
	}
	value, err := message.Parse([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("%s is no JSON (%w): a string is given with =", message.Short(text), err)
	}
	return value, nil
}

func quote(text string) jsontext.Value {
	quoted, _ := jsontext.AppendQuote(nil, text) // it is UTF-8, which is checked where text comes in
	return quoted
}
