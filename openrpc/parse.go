package openrpc

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
)

// Parse reads an OpenRPC document of any version 1. References other than those of schemas are
// replaced by what they lead to.
func Parse(text []byte) (*Document, error) {
	doc := new(Document)
	if err := json.Unmarshal(text, doc); err != nil {
		return nil, fmt.Errorf("openrpc: found no OpenRPC document: %w", err)
	}
	switch {
	case doc.OpenRPC == "":
		return nil, errors.New(`openrpc: found no member "openrpc", want an OpenRPC document`)
	case !strings.HasPrefix(doc.OpenRPC, "1."):
		return nil, fmt.Errorf("openrpc: found the version %q, want 1.x", doc.OpenRPC)
	}
	for i := range doc.Methods {
		m := &doc.Methods[i]
		if m.Name == "" {
			return nil, fmt.Errorf("openrpc: methods[%d]: found no name", i)
		}
		if err := doc.resolve(m); err != nil {
			return nil, fmt.Errorf("openrpc: the method %q: %w", m.Name, err)
		}
	}
	if doc.Components != nil {
		doc.Components = &Components{Schemas: doc.Components.Schemas}
	}
	return doc, nil
}

// resolve replaces the references of a method.
func (d *Document) resolve(m *Method) error {
	c := d.Components
	if c == nil {
		c = new(Components)
	}
	var faults []error
	note := func(err error) { faults = append(faults, err) }
	for i := range m.Params {
		note(follow(&m.Params[i], "contentDescriptors", c.ContentDescriptors, func(d *ContentDescriptor) string { return d.Ref }))
		note(complete(&m.Params[i]))
	}
	if m.Result != nil {
		note(follow(m.Result, "contentDescriptors", c.ContentDescriptors, func(d *ContentDescriptor) string { return d.Ref }))
	}
	for i := range m.Tags {
		note(follow(&m.Tags[i], "tags", c.Tags, func(t *Tag) string { return t.Ref }))
	}
	for i := range m.Errors {
		note(follow(&m.Errors[i], "errors", c.Errors, func(e *Error) string { return e.Ref }))
	}
	for i := range m.Examples {
		pair := &m.Examples[i]
		note(follow(pair, "examplePairings", c.ExamplePairings, func(p *ExamplePairing) string { return p.Ref }))
		for n := range pair.Params {
			note(follow(&pair.Params[n], "examples", c.Examples, func(e *Example) string { return e.Ref }))
		}
		if pair.Result != nil {
			note(follow(pair.Result, "examples", c.Examples, func(e *Example) string { return e.Ref }))
		}
	}
	return errors.Join(faults...)
}

// complete checks what a parameter has to have.
func complete(d *ContentDescriptor) error {
	switch {
	case d.Ref == "" && d.Name == "":
		return errors.New("found a parameter without a name")
	case d.Ref == "" && d.Schema == nil:
		return fmt.Errorf("found the parameter %q without a schema", d.Name)
	}
	return nil
}

// maxFollowed bounds the references between a place and what they lead to.
const maxFollowed = 16

// follow replaces v by what its reference leads to.
func follow[T any](v *T, kind string, known map[string]T, ref func(*T) string) error {
	first := ref(v)
	for range maxFollowed {
		to := ref(v)
		if to == "" {
			return nil
		}
		name, local := strings.CutPrefix(to, "#/components/"+kind+"/")
		target, ok := known[unescapeName.Replace(name)]
		if !local || !ok {
			return fmt.Errorf("the reference %q leads nowhere in components.%s", to, kind)
		}
		*v = target
	}
	return fmt.Errorf("the reference %q leads in a circle", first)
}

var unescapeName = strings.NewReplacer("~1", "/", "~0", "~")
