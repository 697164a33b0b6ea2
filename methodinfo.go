package jsonrpc

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
)

// MethodInfo describes one method of a registry. It is shared: nothing in it may be changed.
type MethodInfo struct {
	Name       string        // the canonical full name
	Doc        string        // as given to Procedure.Doc
	Deprecated bool          // a paragraph of Doc begins with "Deprecated:"
	Tags       []string      // the namespace that it is in, then those of Procedure.Tags
	Params     []ParamInfo   // in order; those that are injected are left out
	Named      bool          // params may be an object too, with the parameters' names
	Result     reflect.Type  // nil: none, or not known
	ResultDoc  string        // as given to Procedure.Returns
	Errors     []ErrorInfo   // of Procedure.Errors and each ErrorMap around it, by code
	Examples   []ExampleInfo // of Procedure.Example
	Raw        bool          // a Handler: what it takes is not known
	Lazy       bool          // a lazy entry that is not made yet, or a namespace that finds its own members
	Describer  Describer     // of such a namespace, nil where it does not describe itself
}

// ParamInfo describes one parameter.
type ParamInfo struct {
	Name     string // "" where it has a position only
	Doc      string // as given to Procedure.Param, or by its field's tag doc
	Type     reflect.Type
	Required bool
	Default  json.RawMessage // nil: none
	Variadic bool            // takes all that is left
	Keywords bool            // takes all named parameters
}

// ErrorInfo describes an error that a method is known to answer with. No two of a method have
// one code.
type ErrorInfo struct {
	Code    int
	Message string          // of a sentinel, or the name of an error's type
	Data    json.RawMessage // an example; nil: none is known
}

// ExampleInfo is an example of a call.
type ExampleInfo struct {
	Name   string
	Params json.RawMessage // an array or an object
	Result json.RawMessage
}

// Describer is a Resolver that knows its members: the registry of another server, for example.
type Describer interface {
	// Describe returns an OpenRPC document of the members, which have their names inside of the
	// namespace. It is called by many goroutines at once and each time that somebody asks for a
	// description of the registry around, so it should keep what is costly to find out.
	Describe(ctx context.Context) (json.RawMessage, error)
}

// Methods lists the registry's methods by name, those of lazy entries as far as they are made.
// Faulty entries are left out.
func (r RPC) Methods() []MethodInfo { return r.Describe().Methods }

// Methods lists the methods that the Application serves, as RPC.Methods does.
func (a *Application) Methods() []MethodInfo {
	if d := a.Describe(); d != nil {
		return d.Methods
	}
	return nil
}

// describe describes a procedure.
func (r *routine) describe(name, sep string, path []*scope, scoped []ErrorInfo) MethodInfo {
	m := MethodInfo{
		Name: name, Tags: namespaceTag(name, sep), Params: r.plan.describe(), Named: r.plan.named(),
		Result: r.plan.sig.resultType(), Errors: scoped,
	}
	if r.notes != nil {
		r.notes.tell(&m, r.plan, path)
	}
	return m
}

// namespaceTag returns the tag that a method has from its namespace, as a list.
func namespaceTag(name, sep string) []string {
	if i := strings.LastIndex(name, sep); i > 0 {
		return []string{name[:i]}
	}
	return nil
}

func (p *plan) describe() []ParamInfo {
	list := make([]ParamInfo, 0, len(p.order))
	for _, i := range p.order {
		q := &p.params[i]
		info := ParamInfo{Name: q.name, Doc: p.fieldDoc(q), Type: q.typ, Required: !q.optional, Variadic: q.rest, Keywords: p.kwargs}
		if q.def.IsValid() {
			info.Default, _ = newCoder(nil, 0).encode(nil, q.def)
		}
		list = append(list, info)
	}
	return list
}

// fieldDoc returns the doc of a parameter that is a field.
func (p *plan) fieldDoc(q *param) string {
	if q.index == nil {
		return ""
	}
	t := p.sig.typ.In(p.sig.params[q.root])
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.FieldByIndex(q.index).Tag.Get("doc")
}

// named tells whether params may be an object.
func (p *plan) named() bool {
	for _, i := range p.order {
		if p.params[i].name == "" && !p.kwargs {
			return false
		}
	}
	return true
}
