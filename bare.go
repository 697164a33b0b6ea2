package jsonrpc

import "slices"

// bare is a registry that is read as it is while one message is answered: its settings once, its
// entries at each call.
type bare struct {
	rpc   RPC
	sep   string
	scope scope // the root's
}

// read makes b the registry r.
func (b *bare) read(r RPC) {
	b.rpc = r
	b.sep = b.scope.read(r, true)
}

// find looks a name up: exact names first, in all namespaces that it may be in.
func (b *bare) find(name []byte, t *finding) *target {
	name = canonical(name, b.sep)
	t.name, t.value, t.rest = "", nil, ""
	t.path = append(t.room[:0], &b.scope)
	if uncallable(name, b.sep) || reservedBytes(name) {
		return &t.target
	}
	if path := t.path; !b.rpc.exact(name, b.sep, path, t) {
		b.rpc.open(name, b.sep, path, t)
	}
	return &t.target
}

func (b *bare) separator() string    { return b.sep }
func (b *bare) packages() PackageMap { return b.rpc.packages() }

// exact finds the entry with a name, in r or in one of its namespaces; path leads to r. A registry
// without faults has one at most, so the namespaces come in the order that finds deep ones soonest.
func (r RPC) exact(name []byte, sep string, path []*scope, t *finding) bool {
	if v, ok := r[string(name)]; ok && !reservedBytes(name) && t.set(v) {
		t.path = path
		return true
	}
	for prefix, rest := range cuts(name, sep) {
		if inner, ok := r.namespace(prefix); ok && inner.exact(rest, sep, inner.below(path), t) {
			return true
		}
	}
	return false
}

// open finds the namespace with the longest name that finds its own members; path leads to r.
func (r RPC) open(name []byte, sep string, path []*scope, t *finding) {
	for prefix, rest := range prefixes(name, sep) {
		if inner, ok := r.namespace(prefix); ok {
			inner.open(rest, sep, inner.below(path), t)
			continue
		}
		v, ok := r[string(prefix)]
		if ok && !reservedBytes(prefix) && (t.value == nil || len(rest) < len(t.rest)) && t.enter(v, rest) {
			t.path = slices.Clone(path)
		}
	}
}

// below returns the path to r, which stands at the end of path. It may write behind path's end.
func (r RPC) below(path []*scope) []*scope {
	s := new(scope)
	s.read(r, false)
	return append(path, s)
}

// namespace returns the registry that stands under a name.
func (r RPC) namespace(name []byte) (RPC, bool) {
	v, ok := r[string(name)]
	if !ok || reservedBytes(name) {
		return nil, false
	}
	switch v := v.(type) {
	case RPC:
		return v, true
	case *ObjectEntry:
		inner, err := v.registry()
		return inner, err == nil
	}
	return nil, false
}

// set makes v the target where it can be called itself.
func (t *finding) set(v any) bool {
	switch e := entryOf(v, &t.plain).(type) {
	case RPC, Resolver:
		return false
	case *LazyEntry:
		if !e.callable() && e.fault == nil {
			return false
		}
		t.value, t.rest = e, ""
	default:
		t.value, t.rest = e, ""
	}
	return true
}

// enter makes v the target where it finds its own members.
func (t *finding) enter(v any, rest []byte) bool {
	e := entryOf(v, new(routine))
	switch x := e.(type) {
	case *LazyEntry:
		if !x.namespace() {
			return false
		}
	case packageRef, Resolver:
	case error:
		if _, object := v.(*ObjectEntry); !object {
			return false
		}
	default:
		return false
	}
	t.value, t.rest = e, string(rest)
	return true
}
