package source

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// directives are the //rpc: lines of a doc comment.
type directives struct {
	name     string
	defaults []Default
	skip     bool
}

// readDirectives reads the directives of a function with the given parameters. A line that is wrong is
// an error, since a server that quietly ignores one is another than its author meant.
func readDirectives(doc *ast.CommentGroup, params []string) (directives, error) {
	var d directives
	if doc == nil {
		return d, nil
	}
	for _, c := range doc.List {
		line, ok := strings.CutPrefix(c.Text, "//rpc:")
		if !ok {
			continue
		}
		if err := d.read(line, params); err != nil {
			return d, err
		}
	}
	return d, nil
}

// read reads one directive, the part after "//rpc:".
func (d *directives) read(line string, params []string) error {
	verb, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch strings.TrimSpace(verb) {
	case "skip":
		d.skip = true
	case "name":
		if len(strings.Fields(rest)) != 1 {
			return fmt.Errorf("//rpc:name wants one name, found %q", rest)
		}
		d.name = rest
	case "default":
		return d.readDefault(rest, params)
	default:
		return fmt.Errorf("found the directive //rpc:%s: want //rpc:name, //rpc:default or //rpc:skip", verb)
	}
	return nil
}

// readDefault reads PARAM=JSON.
func (d *directives) readDefault(text string, params []string) error {
	param, value, ok := strings.Cut(text, "=")
	param, value = strings.TrimSpace(param), strings.TrimSpace(value)
	switch {
	case !ok:
		return fmt.Errorf("//rpc:default wants PARAM=JSON, found %q", text)
	case param == "_" || !slices.Contains(params, param):
		return fmt.Errorf("//rpc:default names %q, which is none of the parameters (%s)",
			param, strings.Join(params, ", "))
	case slices.ContainsFunc(d.defaults, func(have Default) bool { return have.Param == param }):
		return fmt.Errorf("//rpc:default gives %s a second time", param)
	case !json.Valid([]byte(value)):
		return fmt.Errorf("//rpc:default of %s wants JSON, found %s (a string needs its quotes)", param, value)
	}
	d.defaults = append(d.defaults, Default{param, value})
	return nil
}
