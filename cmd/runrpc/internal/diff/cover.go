package diff

import (
	"fmt"
	"slices"
	"strings"
)

// A comparison asks whether all that one side sends is something that the other side expects. A param is sent by a
// caller who knows the old document and expected by a server with the new one; a result is sent by the new server
// and expected by a reader of the old document. Asked the other way round, it finds what has become wider for a param
// or narrower for a result, which breaks nobody.
type comparison struct {
	sent, expected shaper
	sentIsOld      bool
	breaking       bool                  // the sender and the receiver are of different times, as above
	known          map[string][]mismatch // what was found of two lists of schemas, with paths from there; nil while it is looked for
	depth          int
	found          []mismatch
}

// What is looked at, and told, of one param or result.
const (
	maxDeep  = 500
	maxFound = 100
)

// A mismatch is something that may be sent and is not expected.
type mismatch struct {
	path           string
	about          string // what of the value does not fit: "type", "minimum", "member"
	sent, expected string
}

// compare compares what schemas allow. Where it comes to the same two again below themselves, they fit if all else does.
func (c *comparison) compare(path string, sent, expected all) {
	key := c.sent.key(sent) + "/" + c.expected.key(expected)
	known, ok := c.known[key]
	if !ok {
		c.known[key] = nil
		known = c.fresh(sent, expected)
		c.known[key] = known
	}
	for _, m := range known[:min(len(known), max(maxFound-len(c.found), 0))] {
		m.path = path + m.path
		c.note(m)
	}
}

// fresh compares two lists of schemas beside what has been found so far.
func (c *comparison) fresh(sent, expected all) []mismatch {
	if c.depth++; c.depth > maxDeep {
		*c.sent.budget = -1
	}
	defer func() { c.depth-- }()
	if *c.sent.budget < 0 {
		return nil
	}
	before := c.found
	c.found = nil
	c.shapes("", c.sent.shape(sent), c.expected.shape(expected))
	found := c.found
	c.found = before
	return found
}

// key tells lists of the same schemas from others.
func (r shaper) key(schemas all) string {
	var b strings.Builder
	for _, s := range schemas {
		s, _ = r.doc.Follow(s)
		fmt.Fprintf(&b, "%p ", s)
	}
	return b.String()
}

func (c *comparison) shapes(path string, sent, expected shape) {
	var lost []*alternative
	for _, a := range sent {
		candidates := expected.of(a.kind)
		switch {
		case len(candidates) == 0:
			lost = append(lost, a)
		case a.values != nil:
			c.values(path, a, candidates)
		default:
			c.closest(path, a, candidates)
		}
	}
	if lost != nil {
		c.note(mismatch{path, "type", sent.String(), expected.String()})
	}
}

// note adds a mismatch, once.
func (c *comparison) note(m mismatch) {
	if !slices.Contains(c.found, m) {
		c.found = append(c.found, m)
	}
}

// values looks for the values of an enum that are not expected.
func (c *comparison) values(path string, sent *alternative, expected []*alternative) {
	var lost []string
	for _, value := range sent.values {
		if !slices.ContainsFunc(expected, func(b *alternative) bool { return b.takes(value) }) {
			lost = append(lost, value)
		}
	}
	if lost != nil {
		c.note(mismatch{path, "values", strings.Join(lost, ", "), ""})
	}
}

// closest compares with the alternative that fits best.
func (c *comparison) closest(path string, sent *alternative, expected []*alternative) {
	before := c.found
	var best []mismatch
	for i, b := range expected {
		c.found = nil
		c.alternatives(path, sent, b)
		found := c.found
		c.found = before
		if len(found) == 0 {
			return
		}
		if i == 0 || len(found) < len(best) {
			best = found
		}
	}
	for _, m := range best {
		c.note(m)
	}
}

// alternatives compares two alternatives of values of one kind.
func (c *comparison) alternatives(path string, a, b *alternative) {
	*c.sent.budget--
	if !b.kind.has(a.kind) {
		c.note(mismatch{path, "type", string(a.kind), string(b.kind)})
		return
	}
	if b.values != nil {
		c.note(mismatch{path, "any value", string(a.kind), strings.Join(b.values, " | ")})
		return
	}
	c.constraints(path, a, b)
	switch a.kind {
	case array:
		c.arrays(path, a, b)
	case object:
		c.objects(path, a, b)
	}
}

func (c *comparison) constraints(path string, a, b *alternative) {
	if b.low.value != nil && !a.low.higher(b.low).same(a.low) {
		c.note(mismatch{path, "minimum", a.low.String(), b.low.String()})
	}
	if b.high.value != nil && !a.high.lower(b.high).same(a.high) {
		c.note(mismatch{path, "maximum", a.high.String(), b.high.String()})
	}
	if b.least > a.least {
		c.note(mismatch{path, "minimum " + lengthOf(a.kind), fmt.Sprint(a.least), fmt.Sprint(b.least)})
	}
	if a.most.lower(b.most) != a.most {
		c.note(mismatch{path, "maximum " + lengthOf(a.kind), a.most.String(), b.most.String()})
	}
	if b.format != "" && !formatHas(b.format, a.format) {
		c.note(mismatch{path, "format", orNone(a.format), b.format})
	}
	for _, assertion := range b.assertions {
		if !slices.Contains(a.assertions, assertion) {
			keyword, _, _ := strings.Cut(assertion, " ")
			c.note(mismatch{path, keyword, orNone(spellAssertion(a, keyword)), spellAssertion(b, keyword)})
		}
	}
}

func lengthOf(k kind) string {
	switch k {
	case array:
		return "number of elements"
	case object:
		return "number of members"
	}
	return "length"
}

// formatHas tells whether what has the format f has the wider format too.
func formatHas(wider, f string) bool {
	narrower := map[string][]string{
		"int64":  {"int8", "int16", "int32", "uint8", "uint16", "uint32"},
		"int32":  {"int8", "int16", "uint8", "uint16"},
		"uint64": {"uint8", "uint16", "uint32"},
		"uint32": {"uint8", "uint16"},
		"double": {"float"},
	}
	return f == wider || slices.Contains(narrower[wider], f)
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

func spellAssertion(a *alternative, keyword string) string {
	var values []string
	for _, assertion := range a.assertions {
		if value, ok := strings.CutPrefix(assertion, keyword+" "); ok {
			values = append(values, value)
		}
	}
	return strings.Join(values, " and ")
}

// takes tells whether a value may be one of an alternative, as far as that is easily told.
func (a *alternative) takes(value string) bool {
	if !a.kind.has(kindOf(value)) || a.values != nil && !listed(a.values, value) {
		return false
	}
	if n := numeral([]byte(value)); n != nil {
		exact := bound{value: n}
		return exact.higher(a.low).same(exact) && exact.lower(a.high).same(exact)
	}
	return true
}
