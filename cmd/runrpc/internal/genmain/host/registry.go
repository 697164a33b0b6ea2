package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	generated string // the file that RPC stands in, if runrpc gen wrote it
	new       any    // its function New, if that makes a service
	service   *jsonrpc.LazyEntry
	functions []function
}

// function is an exported function, or a method of the service, and what the source says of it.
type function struct {
	name   string // the full name of the method
	at     string // "file:line: GoName"
	fn     any
	method string  // the Go name where it is one of the service, which fn is nil for
	params []param // all of them
	doc    string
	result string // what is said of it
}

// typeDoc is what the source says of a type.
type typeDoc struct {
	path, name string
	doc        string
	fields     map[string]string // by their JSON names
	enum       []string          // all values, in JSON
}

// param is a parameter in the widest sense.
type param struct {
	name string // "" or "_" without a name
	def  string // JSON; "" without a default
	doc  string
}

// builder puts the registry together.
type builder struct {
	rpc    jsonrpc.RPC
	at     map[string]string // where each name comes from
	served int
	misfit func(line string) // is told what is left out, and why
}

// registry builds what is served. A function that does not fit is left out, and misfit is told why.
func registry(misfit func(line string)) (jsonrpc.RPC, error) {
	b := builder{rpc: jsonrpc.RPC{}, at: map[string]string{}, misfit: misfit}
	for _, s := range sources() {
		if err := b.add(s); err != nil {
			return nil, err
		}
	}
	if b.served == 0 {
		return nil, errors.New("found nothing to serve: want an exported function " +
			"func([context.Context,] [*http.Request,] args...) ([result] [, error])")
	}
	if separator != "." {
		b.rpc[jsonrpc.Separator] = separator
	}
	return b.rpc, nil
}

// add adds a package.
func (b *builder) add(s source) error {
	own, err := ownRegistry(s.rpc)
	if err != nil {
		return fmt.Errorf("%s: RPC: %w", s.path, err)
	}
	if own != nil {
		b.served++
		b.compare(s, own)
		return b.mount(s, own)
	}
	for _, f := range s.functions {
		if err := b.register(s, f); err != nil {
			b.misfit(fmt.Sprintf("%s: %v", f.at, err))
			continue
		}
		b.served++
	}
	return nil
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

// compare tells of the functions that a generated registry does not know yet.
func (b *builder) compare(s source, own jsonrpc.RPC) {
	if s.generated == "" {
		return
	}
	for _, f := range s.functions {
		name := f.name
		if s.namespace != "" {
			name = strings.TrimPrefix(name, s.namespace+separator)
		}
		if _, known := own[name]; !known {
			b.misfit(fmt.Sprintf("%s: it is not in %s yet, which is served: run go generate", f.at, s.generated))
		}
	}
}

// mount puts a package's own registry into its namespace.
func (b *builder) mount(s source, own jsonrpc.RPC) error {
	entries := own
	if s.namespace != "" {
		entries = jsonrpc.RPC{s.namespace: own}
	}
	for name, entry := range entries {
		if at, taken := b.at[name]; taken {
			return fmt.Errorf("%s: found %q in another package too: %s", s.path, name, at)
		}
		b.rpc[name], b.at[name] = entry, s.path
	}
	return nil
}

// register adds a function, unless it does not fit.
func (b *builder) register(s source, f function) error {
	if at, taken := b.at[f.name]; taken {
		return fmt.Errorf("another function is %s already, %s: name one of the two with //rpc:name", f.name, at)
	}
	proc, names, err := s.procedure(f)
	if err != nil {
		return plain(err, "jsonrpc: ")
	}
	proc.Doc(f.doc).Returns(f.result)
	for _, p := range f.params {
		if p.doc != "" && slices.Contains(names, p.name) {
			proc.Param(p.name, p.doc)
		}
		if p.def != "" {
			proc.Default(p.name, json.RawMessage(p.def))
		}
	}
	alone := jsonrpc.RPC{jsonrpc.Separator: separator, f.name: proc}
	if err := alone.Check(); err != nil {
		return plain(err, fmt.Sprintf("jsonrpc: %q: ", f.name))
	}
	b.rpc[f.name], b.at[f.name] = proc, f.at
	return nil
}

// procedure makes a procedure of a function or method, and returns what its parameters are called.
func (s source) procedure(f function) (proc *jsonrpc.Procedure, names []string, err error) {
	if f.method == "" {
		names = paramNames(f.params, reflect.TypeOf(f.fn), 0)
		proc, err = jsonrpc.NewProcedure(f.fn, names...)
		return proc, names, err
	}
	made := reflect.TypeOf(s.new).Out(0)
	method, ok := made.MethodByName(f.method)
	if !ok {
		return nil, nil, fmt.Errorf("found no such method of the %v that New returns", made)
	}
	receivers := 1
	if made.Kind() == reflect.Interface {
		receivers = 0
	}
	names = paramNames(f.params, method.Type, receivers)
	proc, err = s.service.NewMethod(f.method, names...)
	return proc, names, err
}

// paramNames returns the names of what a client sends, none where one lacks its name. The first of a
// method's arguments is its receiver.
func paramNames(params []param, t reflect.Type, receivers int) []string {
	var names []string
	for i, p := range params {
		switch t.In(receivers + i) {
		case reflect.TypeFor[context.Context](), reflect.TypeFor[*http.Request]():
			continue
		}
		names = append(names, p.name)
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
