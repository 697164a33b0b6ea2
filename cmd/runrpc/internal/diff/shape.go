package diff

import (
	"slices"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
	"github.com/runrpc/jsonrpc/openrpc"
)

// all are schemas of one document that all say something of one value. None allow any value.
type all []*openrpc.Schema

// A shape is what a value may be: one of its alternatives. None allow nothing.
type shape []*alternative

// maxAlternatives bounds how far combinations are multiplied out.
const maxAlternatives = 32

// A shaper makes shapes of the schemas of a document.
type shaper struct {
	doc    *document.Document
	budget *int
}

// shape returns what all schemas allow together.
func (r shaper) shape(schemas all) shape {
	allowed := anything()
	for _, s := range schemas {
		allowed = r.narrow(allowed, s)
	}
	return allowed
}

// narrow returns what a schema leaves of a shape.
func (r shaper) narrow(allowed shape, s *openrpc.Schema) shape {
	s, _ = r.doc.Follow(s)
	said := own(s)
	if *r.budget--; *r.budget < 0 {
		return allowed
	}
	if allowed.any() {
		allowed = said
	} else {
		*r.budget -= 4 * len(allowed) * len(said)
		allowed = intersect(allowed, said)
	}
	for _, part := range s.AllOf {
		allowed = r.narrow(allowed, part)
	}
	for _, union := range [][]*openrpc.Schema{s.AnyOf, s.OneOf} {
		if union != nil {
			allowed = r.either(allowed, union)
		}
	}
	return allowed
}

// either returns what is left of a shape by any of some schemas. That oneOf wants exactly one of them says little
// more: who writes it has schemas in mind that exclude each other.
func (r shaper) either(allowed shape, union []*openrpc.Schema) shape {
	var left shape
	for _, part := range union {
		left = append(left, r.narrow(allowed, part)...)
	}
	return left.simplify()
}

// anything is the shape of any value.
func anything() shape {
	s := make(shape, len(kinds))
	for i, k := range kinds {
		s[i] = &alternative{kind: k}
	}
	return s
}

// any tells whether any value is allowed.
func (s shape) any() bool {
	for i, k := range kinds {
		if len(s) != len(kinds) || s[i].kind != k || !s[i].free() {
			return false
		}
	}
	return true
}

// intersect returns what both shapes allow.
func intersect(a, b shape) shape {
	var both shape
	for _, x := range a {
		for _, y := range b {
			if z := x.and(y); z != nil {
				both = append(both, z)
			}
		}
	}
	return both.simplify()
}

// simplify leaves out what another alternative allows already, and what is too much to look at.
func (s shape) simplify() shape {
	var kept shape
	for i, a := range s {
		redundant := slices.ContainsFunc(s, func(b *alternative) bool { return b != a && b.kind.has(a.kind) && b.free() && !a.free() }) ||
			slices.ContainsFunc(s[:i], func(b *alternative) bool { return b.kind == a.kind && b.same(a) })
		if !redundant {
			kept = append(kept, a)
		}
	}
	return kept[:min(len(kept), maxAlternatives)]
}

// of returns the alternatives that may have values of a kind.
func (s shape) of(k kind) []*alternative {
	var found []*alternative
	for _, a := range s {
		if a.kind == k || a.kind == number && k == integer || a.kind == integer && k == number {
			found = append(found, a)
		}
	}
	return found
}
