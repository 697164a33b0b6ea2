package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc"
)

// source is a Go package.
type source struct {
	path      string
	namespace string // empty: the top
	rpc       any    // its function RPC, if it has one
	functions []function
}

// function is an exported function and what the source says of it.
type function struct {
	name     string // the full name of the method
	at       string // "file:line: GoName"
	fn       any
	params   []string          // all of them; "" or "_" without a name
	defaults map[string]string // JSON by parameter
	doc      string
}

// registry builds what is served. A function that does not fit is left out, and misfit is told why.
func registry(misfit func(line string)) (jsonrpc.RPC, error) {
	rpc := jsonrpc.RPC{}
	served := 0
	for _, s := range sources() {
		own, err := ownRegistry(s.rpc)
		if err != nil {
			return nil, fmt.Errorf("%s: RPC: %w", s.path, err)
		}
		if own != nil {
			if err := mount(rpc, s, own); err != nil {
				return nil, err
			}
			served++
			continue
		}
		for _, f := range s.functions {
			if err := register(rpc, f); err != nil {
				misfit(fmt.Sprintf("%s: %v", f.at, err))
				continue
			}
			served++
		}
	}
	if served == 0 {
		return nil, errors.New("found nothing to serve: want an exported function " +
			"func([context.Context,] [*http.Request,] args...) ([result] [, error])")
	}
	if separator != "." {
		rpc[jsonrpc.Separator] = separator
	}
	return rpc, nil
}

// ownRegistry returns the registry that a package makes itself, nil if it makes none.
func ownRegistry(fn any) (jsonrpc.RPC, error) {
	switch fn := fn.(type) {
	case func() jsonrpc.RPC:
		if rpc := fn(); rpc != nil {
			return rpc, nil
		}
	case func() (jsonrpc.RPC, error):
		if rpc, err := fn(); err != nil || rpc != nil {
			return rpc, err
		}
	default:
		return nil, nil
	}
	return nil, errors.New("it returned nil, want a registry")
}

// mount puts a package's own registry into its namespace.
func mount(rpc jsonrpc.RPC, s source, own jsonrpc.RPC) error {
	entries := own
	if s.namespace != "" {
		entries = jsonrpc.RPC{s.namespace: own}
	}
	for name := range entries {
		if _, taken := rpc[name]; taken {
			return fmt.Errorf("%s: found %q in another package too", s.path, name)
		}
	}
	maps.Copy(rpc, entries)
	return nil
}

// register adds a function, unless it does not fit.
func register(rpc jsonrpc.RPC, f function) error {
	if _, taken := rpc[f.name]; taken {
		return fmt.Errorf("another function is %s already: name it with //rpc:name", f.name)
	}
	proc, err := jsonrpc.NewProcedure(f.fn, paramNames(f)...)
	if err != nil {
		return plain(err, "jsonrpc: ")
	}
	proc.Doc(f.doc)
	for param, value := range f.defaults {
		proc.Default(param, json.RawMessage(value))
	}
	alone := jsonrpc.RPC{jsonrpc.Separator: separator, f.name: proc}
	if err := alone.Check(); err != nil {
		return plain(err, fmt.Sprintf("jsonrpc: %q: ", f.name))
	}
	rpc[f.name] = proc
	return nil
}

// paramNames returns the names of what a client sends, none where one lacks its name.
func paramNames(f function) []string {
	t := reflect.TypeOf(f.fn)
	var names []string
	for i, name := range f.params {
		switch t.In(i) {
		case reflect.TypeFor[context.Context](), reflect.TypeFor[*http.Request]():
			continue
		}
		names = append(names, name)
	}
	if slices.Contains(names, "") || slices.Contains(names, "_") {
		return nil
	}
	return names
}

// plain leaves of an error's text what is particular to the function.
func plain(err error, prefix string) error {
	text := strings.ReplaceAll(strings.TrimPrefix(err.Error(), prefix), "\n"+prefix, "; ")
	text, _, _ = strings.Cut(text, "; want func(")
	return errors.New(text)
}
