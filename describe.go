package jsonrpc

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// notes are what a Procedure says for people.
type notes struct {
	doc      string
	params   map[string]string
	result   string
	tags     []string
	errors   []error
	examples []example
}

// example is an example of a call as it was given.
type example struct {
	name           string
	params, result any
}

// Doc gives the procedure a text for its description, with paragraphs and lists as in a Go doc
// comment. Its first sentence is the summary, and a paragraph that begins with "Deprecated:"
// says that the procedure should no longer be called.
func (p *Procedure) Doc(text string) *Procedure {
	return p.tell(func(n *notes) { n.doc = text })
}

// Param gives a parameter a text for its description. A field of a struct that is the parameter
// list can have its text in the tag doc instead.
func (p *Procedure) Param(name, doc string) *Procedure {
	return p.tell(func(n *notes) {
		if n.params = maps.Clone(n.params); n.params == nil {
			n.params = map[string]string{}
		}
		n.params[name] = doc
	})
}

// Returns gives the result a text for its description.
func (p *Procedure) Returns(doc string) *Procedure {
	return p.tell(func(n *notes) { n.result = doc })
}

// Tags adds tags to the one that the procedure has from its namespace.
func (p *Procedure) Tags(names ...string) *Procedure {
	return p.tell(func(n *notes) { n.tags = slices.Concat(n.tags, names) })
}

// Errors declares errors that the procedure may return, each as it would return it: one of
// NewError or ServerError, or one that an ErrorMap around it maps. It is for descriptions alone.
// What the ErrorMaps have is described without it, with a type's name for its message.
func (p *Procedure) Errors(errs ...error) *Procedure {
	return p.tell(func(n *notes) { n.errors = slices.Concat(n.errors, errs) })
}

// Example adds an example of a call to the description. Params are a Go value whose JSON is an
// array or an object, or nil for none, and result is a Go value that converts to the type of the
// result; both can be JSON as a json.RawMessage. Check reports an example that the procedure
// would not take.
func (p *Procedure) Example(name string, params, result any) *Procedure {
	return p.tell(func(n *notes) { n.examples = append(slices.Clone(n.examples), example{name, params, result}) })
}

// tell changes a copy of what p says.
func (p *Procedure) tell(change func(*notes)) *Procedure {
	var n notes
	if p.notes != nil {
		n = *p.notes
	}
	change(&n)
	p.notes = &n
	p.compiled.Store(nil)
	return p
}

// check reports what does not fit the procedure, whose plan has no fault; path leads to it.
func (n *notes) check(p *plan, path []*scope) error {
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(n.params)) {
		if name == "" || !slices.ContainsFunc(p.params, func(q param) bool { return q.name == name && !q.injected }) {
			faults = append(faults, fmt.Errorf("found Param for %q, want the name of a parameter: %s", name, p.names()))
		}
	}
	for _, ex := range n.examples {
		_, err := ex.describe(p)
		faults = append(faults, err)
	}
	_, err := declared(n.errors, path)
	return errors.Join(append(faults, err)...)
}

// tell adds what n says to a method's description.
func (n *notes) tell(m *MethodInfo, p *plan, path []*scope) {
	m.Doc, m.ResultDoc, m.Deprecated = n.doc, n.result, deprecated(n.doc)
	m.Tags = append(m.Tags, n.tags...)
	for i := range m.Params {
		q := &m.Params[i]
		q.Doc = cmp.Or(n.params[q.Name], q.Doc)
	}
	own, _ := declared(n.errors, path)
	m.Errors = override(m.Errors, own)
	for _, ex := range n.examples {
		if info, err := ex.describe(p); err == nil {
			m.Examples = append(m.Examples, info)
		}
	}
}

// deprecated tells whether a paragraph of a doc says so, as Go's own tools do.
func deprecated(doc string) bool {
	return slices.ContainsFunc(strings.Split(doc, "\n\n"), func(paragraph string) bool {
		return strings.HasPrefix(strings.TrimSpace(paragraph), "Deprecated:")
	})
}

// describe makes an example's JSON, and says what is wrong with it.
func (ex example) describe(p *plan) (ExampleInfo, error) {
	params, err := ex.encodeParams(p)
	if err != nil {
		return ExampleInfo{}, fmt.Errorf("the params of the example %q: %w", ex.name, err)
	}
	result, err := ex.encodeResult(p.sig.resultType())
	if err != nil {
		return ExampleInfo{}, fmt.Errorf("the result of the example %q: %w", ex.name, err)
	}
	return ExampleInfo{Name: ex.name, Params: params, Result: result}, nil
}

// encodeParams encodes the params and binds them as a call would.
func (ex example) encodeParams(p *plan) (json.RawMessage, error) {
	if ex.params == nil {
		ex.params = json.RawMessage("[]")
	}
	raw, err := newCoder(nil, 0).encode(nil, reflect.ValueOf(ex.params))
	if err != nil {
		return nil, err
	}
	if raw[0] != '[' && raw[0] != '{' {
		return nil, fmt.Errorf("found %s, want an array or an object", jsonType(raw[0]))
	}
	s := scanner{text: raw, maxDepth: defaultDepth}
	elements, end := s.list(0, 0, nil, maxElements)
	if end < 0 {
		return nil, errors.New(s.reason)
	}
	f := p.take()
	defer p.give(f)
	f.input = input{engine: bareEngine(), params: raw, elements: elements, ctx: context.Background(), extras: p.zeroExtras()}
	var invalid *Error
	if err := p.bind(f); errors.As(err, &invalid) {
		return nil, fmt.Errorf("the procedure would not take them: %s", faultsOf(invalid))
	} else if err != nil {
		return nil, err
	}
	return raw, nil
}

// zeroExtras supplies the injected parameters of an example.
func (p *plan) zeroExtras() Extras {
	extras := Extras{}
	for _, q := range p.params {
		if q.injected {
			extras[q.name] = reflect.Zero(q.typ).Interface()
		}
	}
	return extras
}

// faultsOf spells the faults of Invalid params out.
func faultsOf(e *Error) string {
	faults, _ := e.Data.([]ParamFault)
	var words []string
	for _, f := range faults {
		words = append(words, fmt.Sprintf("%s: found %s, want %s", f.Param, f.Got, f.Expected))
	}
	return strings.Join(words, "; ")
}

// encodeResult encodes the result, which has to be a t; nil is no result.
func (ex example) encodeResult(t reflect.Type) (json.RawMessage, error) {
	v := reflect.ValueOf(ex.result)
	switch _, raw := ex.result.(json.RawMessage); {
	case t == nil && ex.result != nil:
		return nil, errors.New("found one, and the procedure has none")
	case t != nil && !raw:
		var err error
		if v, err = convert(ex.result, t); err != nil {
			return nil, err
		}
	}
	return newCoder(nil, 0).encode(nil, v)
}
