package document

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/runrpc/jsonrpc/openrpc"
)

// check looks at everything that a reader of the document relies on.
func (d *Document) check() error {
	c := checker{refs: d.refs, height: map[*openrpc.Schema]int{}}
	names := map[string]bool{}
	for i := range d.Methods {
		m := &d.Methods[i]
		if names[m.Name] {
			return fmt.Errorf("found two methods with the name %q", m.Name)
		}
		names[m.Name] = true
		if err := c.method(m); err != nil {
			return fmt.Errorf("the method %q: %w", m.Name, err)
		}
	}
	if d.Components == nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		if err := c.schema(d.Components.Schemas[name]); err != nil {
			return fmt.Errorf("components.schemas.%s: %w", name, err)
		}
	}
	return nil
}

// A checker goes over schemas, each once.
type checker struct {
	refs   *references
	height map[*openrpc.Schema]int // of what says something of the same value; open while it is looked at
	later  []*openrpc.Schema       // parts of values: a circle by way of them is fine
}

const (
	open      = -1
	maxHeight = 100
)

func (c *checker) method(m *openrpc.Method) error {
	names := map[string]bool{}
	for i := range m.Params {
		p := &m.Params[i]
		if names[p.Name] {
			return fmt.Errorf("found two params with the name %q", p.Name)
		}
		names[p.Name] = true
		if err := c.schema(p.Schema); err != nil {
			return fmt.Errorf("the param %q: %w", p.Name, err)
		}
	}
	if m.Result == nil {
		return nil
	}
	if m.Result.Schema == nil {
		m.Result.Schema = new(openrpc.Schema)
	}
	if err := c.schema(m.Result.Schema); err != nil {
		return fmt.Errorf("the result: %w", err)
	}
	return nil
}

// schema looks at a schema and at all that it leads to.
func (c *checker) schema(s *openrpc.Schema) error {
	c.later = append(c.later, s)
	for len(c.later) > 0 {
		next := c.later[len(c.later)-1]
		c.later = c.later[:len(c.later)-1]
		if err := c.value(next, 1); err != nil {
			return err
		}
	}
	return nil
}

// value follows a schema to all those that say something of the same value, depth steps from where it began.
func (c *checker) value(s *openrpc.Schema, depth int) error {
	if s == nil {
		return errors.New("found null, want a schema")
	}
	if s.List != nil {
		return errors.New("found an array, want a schema")
	}
	if depth+max(c.height[s], 0) > maxHeight {
		return fmt.Errorf("found a schema that is made of others over more than %d steps", maxHeight)
	}
	if c.height[s] != 0 {
		return nil
	}
	c.height[s] = open
	same, err := c.same(s)
	if err != nil {
		return err
	}
	height := 1
	for _, part := range same {
		if err := c.value(part, depth+1); err != nil {
			return err
		}
		height = max(height, c.height[part]+1)
	}
	c.height[s] = height
	c.parts(s)
	return nil
}

// same returns the schemas that say something of the same value as s.
func (c *checker) same(s *openrpc.Schema) ([]*openrpc.Schema, error) {
	if s.Ref == "" {
		same := slices.Concat(s.AllOf, s.AnyOf, s.OneOf)
		if s.Not != nil {
			same = append(same, s.Not)
		}
		return same, nil
	}
	target, err := c.refs.resolve(s.Ref)
	if err != nil {
		return nil, err
	}
	if c.height[target] == open {
		return nil, fmt.Errorf("the $ref %q leads in a circle", s.Ref)
	}
	return []*openrpc.Schema{target}, nil
}

// parts notes the schemas of what a value is made of.
func (c *checker) parts(s *openrpc.Schema) {
	for _, p := range s.Properties {
		c.later = append(c.later, p.Schema)
	}
	parts := []*openrpc.Schema{s.AdditionalProperties, s.PropertyNames, s.AdditionalItems, s.Items}
	if s.Items != nil && s.Items.List != nil {
		parts = append(parts[:3], s.Items.List...)
	}
	for _, part := range parts {
		if part != nil {
			c.later = append(c.later, part)
		}
	}
}
