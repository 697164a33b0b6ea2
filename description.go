package jsonrpc

import (
	"cmp"
	"context"
	"slices"
)

// Description is what is known of a registry's methods. It is shared: nothing in it may be
// changed.
//
// An Application keeps one for as long as nothing changes: until Replace, or until a lazy entry
// is made or let go of. So whoever derives something from a Description can keep that under its
// pointer.
type Description struct {
	Separator string // between the parts of a name
	Methods   []MethodInfo

	lazies []lazyState
}

// lazyState is a lazy entry with what it had made when it was described.
type lazyState struct {
	entry *LazyEntry
	made  *made
}

// Describe describes the registry as it is. Lazy entries are described as far as they are made,
// and faulty ones left out.
func (r RPC) Describe() *Description {
	tb, _ := compile(r, "")
	return tb.describe()
}

// Describe describes what the Application serves, nil after Shutdown.
func (a *Application) Describe() *Description {
	tb := a.acquire()
	if tb == nil {
		return nil
	}
	defer tb.release()
	return tb.description()
}

// DescriptionOf describes the registry that a call has come to: what the Application serves, or
// the RPC whose Call or ServeRPC it is. It returns nil outside of a call.
func DescriptionOf(ctx context.Context) *Description {
	c, ok := ctx.Value(callKey{}).(*callContext)
	if !ok {
		return nil
	}
	tb, r := c.registry()
	switch {
	case tb != nil:
		return tb.description()
	case r != nil:
		return r.Describe()
	}
	return nil
}

// registry returns what the call is dispatched on: a table or an RPC, neither when it is over.
func (c *callContext) registry() (*table, RPC) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.x == nil {
		return nil, nil
	}
	switch root := c.x.root.(type) {
	case *table:
		return root, nil
	case *bare:
		return nil, root.rpc
	}
	return nil, nil
}

// description returns the description of the table as long as it holds, and then a new one.
func (tb *table) description() *Description {
	tb.describing.Lock()
	defer tb.describing.Unlock()
	if tb.described == nil || !tb.described.holds() {
		tb.described = tb.describe()
	}
	return tb.described
}

// holds tells whether all lazy entries are what they were.
func (d *Description) holds() bool {
	return !slices.ContainsFunc(d.lazies, func(s lazyState) bool { return s.entry.peek() != s.made })
}

// describe describes the table.
func (tb *table) describe() *Description {
	d := describer{Description: &Description{Separator: tb.sep}, packages: tb.pkgs, scoped: map[*scope]scopedErrors{}}
	d.table(tb, "", nil)
	slices.SortStableFunc(d.Methods, func(a, b MethodInfo) int { return cmp.Compare(a.Name, b.Name) })
	d.Methods = slices.CompactFunc(d.Methods, func(a, b MethodInfo) bool { return a.Name == b.Name })
	return d.Description
}

// describer walks through a table and what its lazy entries have made.
type describer struct {
	*Description
	packages PackageMap
	scoped   map[*scope]scopedErrors
	inside   []*LazyEntry // those around
}

// scopedErrors are the errors that the ErrorMaps of a path make known.
type scopedErrors struct {
	path []*scope
	list []ErrorInfo
}

// table describes the members of tb, whose names begin with prefix; path leads to it. Of two
// methods with one name, the one that is called comes first: one that stands there as it is.
func (d *describer) table(tb *table, prefix string, path []*scope) {
	var found []*target // what may lead further
	for _, t := range tb.targets {
		if exact(t.value) {
			d.value(prefix+t.name, t.value, slices.Concat(path, t.path))
		} else {
			found = append(found, t)
		}
	}
	for name, t := range tb.spaces {
		if tb.targets[name] == nil {
			found = append(found, t)
		}
	}
	for _, t := range found {
		from := len(d.Methods)
		d.value(prefix+t.name, t.value, slices.Concat(path, t.path))
		reached := slices.DeleteFunc(d.Methods[from:], func(m MethodInfo) bool { return !tb.leads(m.Name[len(prefix):], t.name) })
		d.Methods = d.Methods[:from+len(reached)]
	}
}

// leads tells whether a name leads to an entry of tb: it is the entry's own, or the entry is the
// namespace with the longest name that the name begins with.
func (tb *table) leads(name, entry string) bool {
	if name == entry {
		return true
	}
	for prefix := range prefixes([]byte(name), tb.sep) {
		if tb.spaces[string(prefix)] != nil {
			return string(prefix) == entry
		}
	}
	return false
}

// exact tells whether a value is a method itself, and no name leads further into it.
func exact(value any) bool {
	switch value.(type) {
	case *LazyEntry, packageRef, Resolver:
		return false
	}
	return true
}

// value describes what a value's name leads to.
func (d *describer) value(name string, value any, path []*scope) {
	switch v := value.(type) {
	case *routine:
		d.add(v.describe(name, d.Separator, path, d.errors(path)))
	case *LazyEntry:
		d.lazy(name, v, "", path)
	case packageRef:
		d.lazy(name, d.packages[v.pkg], v.member, path)
	case Resolver:
		known, _ := v.(Describer)
		d.add(MethodInfo{Name: name, Tags: namespaceTag(name, d.Separator), Lazy: true, Describer: known})
	case Handler:
		d.add(MethodInfo{Name: name, Tags: namespaceTag(name, d.Separator), Errors: d.errors(path), Raw: true})
	}
}

func (d *describer) add(m MethodInfo) { d.Methods = append(d.Methods, m) }

// lazy describes what a lazy entry has made, or the member of it.
func (d *describer) lazy(name string, e *LazyEntry, member string, path []*scope) {
	if e == nil || slices.Contains(d.inside, e) {
		return // it is none, or leads back to itself
	}
	d.inside = append(d.inside, e)
	defer func() { d.inside = d.inside[:len(d.inside)-1] }()
	m := e.peek()
	d.lazies = append(d.lazies, lazyState{e, m})
	if m == nil {
		d.add(MethodInfo{Name: name, Tags: namespaceTag(name, d.Separator), Lazy: true})
		return
	}
	t := m.target(&target{path: path, rest: member}, d.Separator, member != "")
	r, space := m.entry.(RPC)
	switch {
	case t.value != nil:
		d.value(name, t.value, t.path)
	case space && member == "":
		d.table(m.table(r, d.Separator), name+d.Separator, path)
	}
}

// errors returns what the ErrorMaps of a path make known.
func (d *describer) errors(path []*scope) []ErrorInfo {
	if len(path) == 0 {
		return nil
	}
	last := path[len(path)-1]
	known := d.scoped[last]
	if !slices.Equal(known.path, path) {
		known = scopedErrors{path, errorsOf(path)}
		d.scoped[last] = known
	}
	return known.list
}
