package diff

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/openrpc"
)

// A kind is a type of JSON Schema.
type kind string

const (
	null    kind = "null"
	boolean kind = "boolean"
	integer kind = "integer"
	number  kind = "number"
	text    kind = "string"
	array   kind = "array"
	object  kind = "object"
)

// kinds are those that have all values between them.
var kinds = [...]kind{null, boolean, number, text, array, object}

// has tells whether all values of kind l are of kind k.
func (k kind) has(l kind) bool { return k == l || k == number && l == integer }

// An alternative is what values of one kind may be.
type alternative struct {
	kind   kind
	values []string // canonical JSON, sorted; nil: all

	low, high bound // of a number
	least     int   // characters, elements or members
	most      limit

	format     string   // of a string or a number
	assertions []string // keywords that can only be compared as they are written, sorted

	tuple []all // the first elements of an array
	rest  all   // the others, and those of an array that is no tuple

	members []member // of an object
	others  all      // the members that are not named
	places  map[string]int
}

// A member is one that an object has by name.
type member struct {
	name     string
	schemas  all
	required bool
}

// named returns the member with a name, nil where there is none. There may be more members when it is asked again.
func (a *alternative) named(name string) *member {
	if len(a.places) != len(a.members) {
		a.places = make(map[string]int, len(a.members))
		for i, m := range a.members {
			a.places[m.name] = i
		}
	}
	if i, ok := a.places[name]; ok {
		return &a.members[i]
	}
	return nil
}

// own returns the shape of what a schema says itself, without what it is combined of.
func own(s *openrpc.Schema) shape {
	if s.Not != nil && allows(s.Not) {
		return nil
	}
	said := kinds[:]
	if len(s.Type) > 0 {
		said = nil
	}
	for _, name := range s.Type {
		said = append(said, kind(name))
	}
	values := canonicalValues(s)
	var found shape
	for _, k := range said {
		a := &alternative{kind: k}
		if values != nil {
			a.values = slices.Clone(values)
		}
		a.constrain(s)
		if a.possible() {
			found = append(found, a)
		}
	}
	return found
}

// allows tells whether a schema plainly allows any value.
func allows(s *openrpc.Schema) bool { return reflect.ValueOf(*s).IsZero() }

// free tells whether any value of the kind will do.
func (a *alternative) free() bool { return a.same(&alternative{kind: a.kind}) }

// same tells whether two alternatives of one document are one.
func (a *alternative) same(b *alternative) bool {
	return a.kind == b.kind && (a.values == nil) == (b.values == nil) && slices.Equal(a.values, b.values) &&
		a.low.same(b.low) && a.high.same(b.high) && a.least == b.least && a.most == b.most &&
		a.format == b.format && slices.Equal(a.assertions, b.assertions) &&
		slices.EqualFunc(a.tuple, b.tuple, slices.Equal) && slices.Equal(a.rest, b.rest) &&
		slices.EqualFunc(a.members, b.members, member.same) && slices.Equal(a.others, b.others)
}

func (m member) same(n member) bool {
	return m.name == n.name && m.required == n.required && slices.Equal(m.schemas, n.schemas)
}

// and returns what both allow, nil where that is nothing.
func (a *alternative) and(b *alternative) *alternative {
	if !a.kind.has(b.kind) {
		a, b = b, a
	}
	if !a.kind.has(b.kind) {
		return nil
	}
	both := &alternative{
		kind:       b.kind,
		values:     common(a.values, b.values),
		low:        a.low.higher(b.low),
		high:       a.high.lower(b.high),
		least:      max(a.least, b.least),
		most:       a.most.lower(b.most),
		format:     cmp.Or(b.format, a.format),
		assertions: union(a.assertions, b.assertions),
		rest:       a.rest.and(b.rest),
		others:     a.others.and(b.others),
	}
	if !both.possible() {
		return nil
	}
	for i := range max(len(a.tuple), len(b.tuple)) {
		both.tuple = append(both.tuple, a.element(i).and(b.element(i)))
	}
	for _, m := range a.members {
		other := b.named(m.name)
		if other != nil {
			m = member{m.name, m.schemas.and(other.schemas), m.required || other.required}
		} else {
			m.schemas = m.schemas.and(b.others)
		}
		both.members = append(both.members, m)
	}
	for _, m := range b.members {
		if a.named(m.name) == nil {
			m.schemas = m.schemas.and(a.others)
			both.members = append(both.members, m)
		}
	}
	return both
}

// possible leaves out values that the other constraints exclude, and tells whether any is left.
func (a *alternative) possible() bool {
	if a.values == nil {
		return true
	}
	a.values = slices.DeleteFunc(slices.Clone(a.values), func(v string) bool { return !a.takes(v) })
	return len(a.values) > 0
}

// element returns what is said of the element at a place of an array.
func (a *alternative) element(i int) all {
	if i < len(a.tuple) {
		return a.tuple[i]
	}
	return a.rest
}

// and returns the schemas of both, each once: of a recursive type there would be more at every step.
func (a all) and(b all) all {
	both := a
	for _, s := range b {
		if !slices.Contains(a, s) {
			both = append(both[:len(both):len(both)], s)
		}
	}
	return both
}

// common returns what stands in both of two sorted lists, of which nil has everything.
func common(a, b []string) []string {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return slices.DeleteFunc(slices.Clone(a), func(v string) bool { return !listed(b, v) })
}

// listed tells whether a value stands in a sorted list.
func listed(sorted []string, value string) bool {
	_, found := slices.BinarySearch(sorted, value)
	return found
}

func union(a, b []string) []string {
	if a == nil && b == nil {
		return nil
	}
	list := slices.Concat(a, b)
	slices.Sort(list)
	return slices.Compact(list)
}

// kindOf returns the kind of a value in canonical JSON.
func kindOf(value string) kind {
	switch jsontext.Value(value).Kind() {
	case jsontext.KindNull:
		return null
	case jsontext.KindTrue, jsontext.KindFalse:
		return boolean
	case jsontext.KindString:
		return text
	case jsontext.KindBeginArray:
		return array
	case jsontext.KindBeginObject:
		return object
	}
	if strings.ContainsAny(value, ".e") {
		return number
	}
	return integer
}
