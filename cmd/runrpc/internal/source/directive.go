package source

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

const wantDirective = "want //rpc:name, //rpc:default, //rpc:extra or //rpc:skip"

// direct follows the directives of a function, the //rpc: lines of its doc comment, and reports whether
// one of them leaves it out. A line that is wrong is an error, since a server that quietly ignores one is
// another than its author meant.
func (f *Function) direct(doc *ast.CommentGroup) (skip bool, err error) {
	if doc == nil {
		return false, nil
	}
	for _, c := range doc.List {
		line, ok := strings.CutPrefix(c.Text, "//rpc:")
		if !ok {
			continue
		}
		verb, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		switch strings.TrimSpace(verb) {
		case "skip":
			skip = true
		case "name":
			if len(strings.Fields(rest)) != 1 {
				return skip, fmt.Errorf("//rpc:name wants one name, found %q", rest)
			}
			f.Method = rest
		case "default":
			err = f.readDefault(rest)
		case "extra":
			err = f.readExtra(rest)
		default:
			err = fmt.Errorf("found the directive //rpc:%s: %s", verb, wantDirective)
		}
		if err != nil {
			return skip, err
		}
	}
	return skip, nil
}

// readDefault reads PARAM=JSON.
func (f *Function) readDefault(text string) error {
	name, value, ok := strings.Cut(text, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok {
		return fmt.Errorf("//rpc:default wants PARAM=JSON, found %q", text)
	}
	param, err := f.param("//rpc:default", name)
	switch {
	case err != nil:
		return err
	case param.Default != "":
		return fmt.Errorf("//rpc:default gives %s a second time", name)
	case param.Extra:
		return fmt.Errorf("//rpc:default names %s, which is injected", name)
	case !json.Valid([]byte(value)):
		return fmt.Errorf("//rpc:default of %s wants JSON, found %s (a string needs its quotes)", name, value)
	}
	param.Default = value
	return nil
}

// readExtra reads the names of injected parameters.
func (f *Function) readExtra(text string) error {
	if text == "" {
		return fmt.Errorf("//rpc:extra wants the name of a parameter, found none")
	}
	for _, name := range strings.Fields(text) {
		param, err := f.param("//rpc:extra", name)
		switch {
		case err != nil:
			return err
		case param.Extra:
			return fmt.Errorf("//rpc:extra names %s a second time", name)
		case param.Default != "":
			return fmt.Errorf("//rpc:extra names %s, which has a default", name)
		}
		param.Extra = true
	}
	return nil
}

// param finds the parameter that a directive names.
func (f *Function) param(directive, name string) (*Param, error) {
	i := slices.IndexFunc(f.Params, func(p Param) bool { return p.Named() && p.Name == name })
	if i < 0 {
		var names []string
		for _, p := range f.Params {
			names = append(names, p.Name)
		}
		return nil, fmt.Errorf("%s names %q, which is none of the parameters (%s)", directive, name, strings.Join(names, ", "))
	}
	return &f.Params[i], nil
}
