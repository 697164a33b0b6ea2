package jsonrpc

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
)

// table is a registry checked, copied and compiled: what an Application dispatches on.
type table struct {
	sep     string
	root    []*scope           // the path of a name that leads nowhere
	targets map[string]*target // by full name
	spaces  map[string]*target // the namespaces that find their own members, by full name
	pkgs    PackageMap
	lazies  map[*LazyEntry]string // all in the registry, by the first name of each
	users   atomic.Int64          // messages on it, and its Application
	closed  func()                // called when the last has let go

	describing sync.Mutex // held to make described
	described  *Description
}

// find looks a name up; t is for targets that depend on the name.
func (tb *table) find(name []byte, t *finding) *target {
	return tb.search(canonical(name, tb.sep), t)
}

// search does so for a canonical name.
func (tb *table) search(name []byte, t *finding) *target {
	if found := tb.targets[string(name)]; found != nil {
		return found
	}
	t.target = target{path: tb.root}
	if len(tb.spaces) == 0 || uncallable(name, tb.sep) {
		return &t.target
	}
	for prefix, rest := range prefixes(name, tb.sep) {
		if found := tb.spaces[string(prefix)]; found != nil {
			t.path, t.value, t.rest = found.path, found.value, string(rest)
			break
		}
	}
	return &t.target
}

func (tb *table) separator() string    { return tb.sep }
func (tb *table) packages() PackageMap { return tb.pkgs }

// compiler walks a registry, and collects all of its faults on the way.
type compiler struct {
	*table
	faults []error
	chains map[*MiddlewareChain]string // where each stands
	inside map[uintptr]bool            // the registries around
	room   []target                    // for the next ones
	top    bool                        // the registry has none around it
}

// compile makes a table. sep is the separator of the registry around, "" for a root.
func compile(r RPC, sep string) (*table, error) {
	c := compiler{
		table:  &table{sep: sep, targets: make(map[string]*target, len(r)), spaces: map[string]*target{}, lazies: map[*LazyEntry]string{}},
		chains: map[*MiddlewareChain]string{},
		inside: map[uintptr]bool{},
	}
	if c.top = sep == ""; c.top {
		c.sep = r.separator()
		c.pkgs = maps.Clone(r.packages())
		for name, e := range c.pkgs {
			c.lazy(Packages+" "+name, e)
		}
	}
	c.registry(r, "", nil)
	return c.table, errors.Join(c.faults...)
}

// fault notes each of the faults that err joins.
func (c *compiler) fault(name string, err error) {
	if err == nil {
		return
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range joined.Unwrap() {
			c.fault(name, err)
		}
		return
	}
	c.faults = append(c.faults, fmt.Errorf("jsonrpc: %q: %w", name, err))
}

// registry compiles r, whose members' names begin with prefix.
func (c *compiler) registry(r RPC, prefix string, path []*scope) {
	if at := reflect.ValueOf(r).Pointer(); at != 0 {
		if c.inside[at] {
			c.fault(prefix, errors.New("found a registry inside of itself"))
			return
		}
		c.inside[at] = true
		defer delete(c.inside, at)
	}
	entries, settings := keys(r)
	path = append(slices.Clone(path), c.settings(r, settings, prefix))
	if c.root == nil {
		c.root = path
	}
	for _, key := range entries {
		c.entry(prefix, key, r[key], path)
	}
}

// keys returns the names of r's entries and of its settings, both sorted.
func keys(r RPC) (entries, settings []string) {
	entries = make([]string, 0, len(r))
	for key := range r {
		if reserved(key) {
			settings = append(settings, key)
		} else {
			entries = append(entries, key)
		}
	}
	slices.Sort(entries)
	slices.Sort(settings)
	return entries, settings
}

// settings compiles the settings of r that keys names.
func (c *compiler) settings(r RPC, keys []string, prefix string) *scope {
	s := new(scope)
	for _, key := range keys {
		if err := s.set(key, r[key], c.top && prefix == ""); err != nil {
			c.fault(prefix+key, err)
			s.fault = errors.Join(s.fault, fmt.Errorf("%s: %w", prefix+key, err))
		}
	}
	if s.raw != nil && s.fault == nil {
		s.errors = s.raw.compile()
	}
	s.raw = nil
	if s.use != nil {
		if at, ok := c.chains[s.use]; ok {
			c.fault(prefix+Use, fmt.Errorf("found the chain that stands in %q too, want one of its own: a chain belongs into one registry", at))
		}
		c.chains[s.use] = prefix + Use
	}
	return s
}

// entry compiles one value.
func (c *compiler) entry(prefix, key string, v any, path []*scope) {
	name := prefix + key
	if len(name) > maxName {
		c.fault(clip(name), fmt.Errorf("found a name of %d bytes, want %d at most", len(name), maxName))
		return
	}
	if key == "" || hidden([]byte(name), c.sep) || len(canonical([]byte(name), c.sep)) < len(name) {
		c.fault(name, fmt.Errorf("found a name that cannot be called, want one that is not empty, does not begin with %q, and of which no part begins with \"_\"", c.sep))
		return
	}
	if reserved(name) {
		c.fault(name, errors.New("found a name that begins with rpc., which is reserved"))
		return
	}
	switch e := entryOf(v, new(routine)).(type) {
	case RPC:
		c.registry(e, name+c.sep, path)
	case Resolver:
		c.space(name, e, path)
	case *LazyEntry:
		c.lazy(name, e)
		if e.namespace() {
			c.space(name, e, path)
		}
		if e.callable() {
			c.add(name, e, path)
		}
	case packageRef:
		if c.top && c.pkgs[e.pkg] == nil {
			c.fault(name, fmt.Errorf("found the package %q, want one of %s: %v", e.pkg, Packages, slices.Sorted(maps.Keys(c.pkgs))))
		}
		c.space(name, e, path)
		c.add(name, e, path)
	case *routine:
		if e.plan.fault != nil {
			c.fault(name, e.plan.fault)
		} else if e.notes != nil {
			c.fault(name, e.notes.check(e.plan, path))
		}
		if e.chain != nil && e.chain.check() != nil {
			c.fault(name, e.chain.check())
		}
		if e.lazy != nil {
			c.lazy(name, e.lazy)
		}
		c.add(name, e, path)
	case error:
		c.fault(name, e)
		c.add(name, e, path)
	default:
		c.add(name, e, path)
	}
}

func (c *compiler) add(name string, value any, path []*scope) {
	if c.targets[name] != nil {
		c.fault(name, errors.New("found two entries with this full name, want one"))
	}
	c.targets[name] = c.target(name, value, path)
}

// target makes a target. Many are made in one piece.
func (c *compiler) target(name string, value any, path []*scope) *target {
	if len(c.room) == cap(c.room) {
		c.room = make([]target, 0, min(max(8, 2*cap(c.room)), 256))
	}
	c.room = append(c.room, target{name: name, path: path, value: value})
	return &c.room[len(c.room)-1]
}

func (c *compiler) space(name string, value any, path []*scope) {
	if c.spaces[name] != nil {
		c.fault(name, errors.New("found two namespaces with this full name, want one"))
	}
	c.spaces[name] = c.target(name, value, path)
}

func (c *compiler) lazy(name string, e *LazyEntry) {
	if e == nil {
		c.fault(name, errors.New("found a nil *LazyEntry"))
		return
	}
	if e.fault != nil {
		c.fault(name, e.fault)
	}
	if _, known := c.lazies[e]; !known {
		c.lazies[e] = name
	}
}

// stands tells whether an entry is one of the registry's, and not only some of its methods are.
func (tb *table) stands(e *LazyEntry) bool {
	for _, t := range tb.spaces {
		if t.value == e {
			return true
		}
	}
	for _, t := range tb.targets {
		if t.value == e {
			return true
		}
	}
	return slices.Contains(slices.Collect(maps.Values(tb.pkgs)), e)
}

// acquire takes a share of the table, and returns false when it has been let go of by all.
func (tb *table) acquire() bool {
	for {
		n := tb.users.Load()
		if n == 0 {
			return false
		}
		if tb.users.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// release gives a share back. With the last, the lazy entries are let go of.
func (tb *table) release() {
	if tb.users.Add(-1) == 0 {
		tb.closed()
	}
}
