package diff

import (
	"slices"
	"strings"
)

// direction tells what is sent by callers from what they read.
type direction string

const (
	params  direction = "params"
	results direction = "results"
)

// values compares what is sent in one direction.
type values struct {
	direction direction
	narrower  *comparison // finds what breaks somebody
	wider     *comparison // finds what does not
}

func newValues(older, newer shaper, dir direction) *values {
	forth := &comparison{sent: older, expected: newer, sentIsOld: true, known: map[string][]mismatch{}}
	back := &comparison{sent: newer, expected: older, known: map[string][]mismatch{}}
	v := &values{direction: dir, narrower: forth, wider: back}
	if dir == results {
		v.narrower, v.wider = back, forth
	}
	v.narrower.breaking = true
	return v
}

// compare compares the values that schemas allow at a path in a method.
func (v *values) compare(method, path string, older, newer all) []Change {
	broken := v.narrower.run(path, older, newer)
	var changes []Change
	for _, m := range broken {
		c := v.narrower.change(m)
		c.Weight, c.Method = Breaking, method
		c.Breaks, c.Why = v.whom(c, m)
		changes = append(changes, c)
	}
	for _, m := range v.wider.run(path, older, newer) {
		c := v.wider.change(m)
		told := slices.ContainsFunc(changes, func(b Change) bool { return b.Path == c.Path && strings.HasPrefix(b.What, c.What) })
		if !told {
			c.Weight, c.Method = Compatible, method
			changes = append(changes, c)
		}
	}
	return changes
}

// run returns what may be sent and is not expected.
func (c *comparison) run(path string, older, newer all) []mismatch {
	c.found = nil
	if c.sentIsOld {
		c.compare(path, older, newer)
	} else {
		c.compare(path, newer, older)
	}
	return c.found
}

// change tells a mismatch as what has changed with time.
func (c *comparison) change(m mismatch) Change {
	was, is := m.sent, m.expected
	if !c.sentIsOld {
		was, is = is, was
	}
	change := Change{Path: m.path, What: m.about, Was: was, Is: is}
	switch m.about {
	case "any value":
		change.What = "type"
	case "values":
		change.What = "values removed"
		if !c.sentIsOld {
			change.What = "values added"
		}
	case "required":
		change.What, change.Was, change.Is = "became "+is, "", ""
	case "member", "required member", "gone", "unexpected member":
		change.What = "removed"
		if was == "" {
			change.What = "added"
		}
		if m.about == "required member" && was == "" {
			change.What = "added, and required"
		}
	}
	return change
}

// whom tells who is broken by a change, and why.
func (v *values) whom(c Change, m mismatch) (who, why string) {
	if v.direction == params {
		switch m.about {
		case "required", "required member":
			return Callers, "they may leave it out"
		case "gone":
			return Callers, "nobody looks at what they send there any more"
		case "unexpected member", "additional members":
			return Callers, "what they send there is refused"
		}
		return Callers, "what they send may be refused"
	}
	switch {
	case c.What == "became optional":
		return Readers, "they may find none"
	case c.What == "removed":
		return Readers, "they find it no more"
	case m.about == "unexpected member", m.about == "additional members":
		return Readers, "there was to be nothing else"
	}
	return Readers, "they may get what they do not expect"
}
