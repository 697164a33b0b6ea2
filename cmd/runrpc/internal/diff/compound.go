package diff

import (
	"fmt"
	"strings"
)

// arrays compares the elements of arrays.
func (c *comparison) arrays(path string, a, b *alternative) {
	for i := range max(len(a.tuple), len(b.tuple)) {
		c.compare(fmt.Sprintf("%s/%d", path, i), a.element(i), b.element(i))
	}
	if b.rest != nil {
		c.compare(path+"/*", a.rest, b.rest)
	}
}

// objects compares the members of objects.
func (c *comparison) objects(path string, a, b *alternative) {
	for _, m := range b.members {
		place := path + "/" + escape(m.name)
		sent := a.named(m.name)
		switch {
		case sent != nil:
			if m.required && !sent.required {
				c.note(mismatch{place, "required", "optional", "required"})
			}
			c.compare(place, sent.schemas, m.schemas)
		case m.required || !c.sentIsOld == c.breaking:
			c.missing(place, a, m)
		case a.others != nil:
			c.compare(place, a.others, m.schemas)
		}
	}
	for _, m := range a.members {
		if b.named(m.name) == nil {
			c.surplus(path+"/"+escape(m.name), m, b)
		}
	}
	if b.others != nil {
		c.compareOthers(path, a, b)
	}
}

// missing compares a member that only the expecting side has a name for.
func (c *comparison) missing(place string, a *alternative, m member) {
	if a.others != nil && !c.sent.never(a.others) {
		if m.required {
			c.note(mismatch{place, "required", "optional", "required"})
		}
		c.compare(place, a.others, m.schemas)
		return
	}
	about := "member"
	if m.required {
		about = "required member"
	}
	c.note(mismatch{place, about, "", c.expected.spell(m.schemas)})
}

// surplus compares a member that only the sending side has a name for. Where objects are open, one that is new says
// nothing to those who do not know it, and one that has gone is missed.
func (c *comparison) surplus(place string, m member, b *alternative) {
	switch {
	case b.others == nil && c.sentIsOld == c.breaking:
		c.note(mismatch{place, "gone", c.sent.spell(m.schemas), ""})
	case b.others != nil && c.closed(b):
		c.note(mismatch{place, "unexpected member", c.sent.spell(m.schemas), ""})
	case b.others != nil:
		c.compare(place, m.schemas, b.others)
	}
}

// closed tells whether an expected object has no members but those with a name.
func (c *comparison) closed(b *alternative) bool { return c.expected.never(b.others) }

// compareOthers compares what members without a name may be.
func (c *comparison) compareOthers(path string, a, b *alternative) {
	switch {
	case a.others == nil && c.closed(b):
		c.note(mismatch{path + "/*", "additional members", "any", "none"})
	case c.closed(b) && c.sent.never(a.others):
	case c.closed(b):
		c.note(mismatch{path + "/*", "additional members", c.sent.spell(a.others), "none"})
	default:
		c.compare(path+"/*", a.others, b.others)
	}
}

// never tells whether schemas allow no value.
func (r shaper) never(schemas all) bool { return len(schemas) > 0 && len(r.shape(schemas)) == 0 }

// escape makes a name a part of a JSON Pointer.
func escape(name string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(name) }
