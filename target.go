package jsonrpc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// target is what a method name leads to.
type target struct {
	name  string   // the canonical full name; "" where nobody has needed it yet
	path  []*scope // the registries on the way, the root first
	value any      // nil: nothing; else what entryOf returns
	rest  string   // what is left of the name for a namespace that finds its own members
}

// finding is a target that find fills in, with room for what it points to.
type finding struct {
	target
	room  [4]*scope // for a short path
	plain routine   // of a plain function, in a registry that is read as it is
	scope scope     // a copy of the root's, of a target that is kept
}

// keep copies to k a target that find has filled in, for longer than its exchange. root is the
// scope that the exchange holds itself.
func (t *finding) keep(k *finding, root *scope) *target {
	k.target = t.target
	if t.path[0] == root {
		k.scope = *root
		k.path = append(k.room[:0], t.path...)
		k.path[0] = &k.scope
	}
	if t.value == &t.plain {
		k.plain = t.plain
		k.value = &k.plain
	}
	return &k.target
}

// routine is a function ready to be called.
type routine struct {
	plan  *plan
	fn    any
	chain *MiddlewareChain
	notes *notes     // nil: nothing is said
	lazy  *LazyEntry // what it is a method of
}

// packageRef is a string "pkg:Name" of a registry.
type packageRef struct{ pkg, member string }

const wantEntry = "want a function, *Procedure, *LazyEntry, \"pkg:Name\", RPC, *ObjectEntry, Resolver or Handler"

// entryOf says what a registry's value is: a *routine, *LazyEntry, packageRef, RPC, Resolver or
// Handler; or an error that says why it is none. The routine of a plain function is made in
// plain.
func entryOf(v any, plain *routine) any {
	switch v := v.(type) {
	case nil:
		return errors.New("found nil, " + wantEntry)
	case *Procedure:
		if v == nil {
			return errors.New("found a nil *Procedure, " + wantEntry)
		}
		return v.routine()
	case *LazyEntry:
		if v == nil {
			return errors.New("found a nil *LazyEntry, " + wantEntry)
		}
		return v
	case string:
		pkg, member, ok := strings.Cut(v, ":")
		if !ok || pkg == "" || member == "" {
			return fmt.Errorf("found the string %q, want \"pkg:Name\"", v)
		}
		return packageRef{pkg, member}
	case RPC:
		return v
	case *ObjectEntry:
		r, err := v.registry()
		if err != nil {
			return err
		}
		return r
	case Resolver:
		return v
	case Handler:
		return v
	case func(context.Context, *Request) (any, error):
		if v == nil {
			return errors.New("found a nil function, " + wantEntry)
		}
		return HandlerFunc(v)
	}
	if err := plain.function(v); err != nil {
		return err
	}
	return plain
}

// function makes r a plain function.
func (r *routine) function(fn any) error {
	t := reflect.TypeOf(fn)
	if t.Kind() != reflect.Func {
		return fmt.Errorf("found %T, %s", fn, wantEntry)
	}
	if reflect.ValueOf(fn).IsNil() {
		return errors.New("found a nil function, " + wantEntry)
	}
	sig, err := signatureOf(t)
	if err != nil {
		return err
	}
	*r = routine{plan: planOf(sig, nil), fn: fn}
	return r.plan.fault
}

// canonical strips the separator that a name may begin with where it is not ".".
func canonical(name []byte, sep string) []byte {
	if sep != defaultSeparator && len(name) > len(sep) && string(name[:len(sep)]) == sep {
		return name[len(sep):]
	}
	return name
}

// maxName is how many bytes a method's name may have. To look for a namespace takes a step for
// each of a name's parts, and the name may be a client's whole message.
const maxName = 1024

// uncallable tells a name that leads nowhere, whatever the registry holds.
func uncallable(name []byte, sep string) bool { return len(name) > maxName || hidden(name, sep) }

// hidden tells whether a part of the name begins with "_", which is never callable.
func hidden(name []byte, sep string) bool {
	for from := 0; ; {
		i := bytes.IndexByte(name[from:], '_')
		if i < 0 {
			return false
		}
		from += i
		if from == 0 || bytes.HasSuffix(name[:from], []byte(sep)) {
			return true
		}
		from++
	}
}

// reserved tells a key that holds a setting, or may one day, from a method name.
func reserved(key string) bool {
	return strings.HasPrefix(key, "rpc.") && key != "rpc.discover"
}

func reservedBytes(key []byte) bool {
	return len(key) >= 4 && string(key[:4]) == "rpc." && string(key) != "rpc.discover"
}

// prefixes yields the places where name can be cut at a separator, the longest prefix first.
func prefixes(name []byte, sep string) func(yield func(prefix, rest []byte) bool) {
	return func(yield func(prefix, rest []byte) bool) {
		for end := len(name); ; {
			i := bytes.LastIndex(name[:end], []byte(sep))
			if i <= 0 || !yield(name[:i], name[i+len(sep):]) {
				return
			}
			end = i
		}
	}
}

// cuts yields the same places, the shortest prefix first.
func cuts(name []byte, sep string) func(yield func(prefix, rest []byte) bool) {
	return func(yield func(prefix, rest []byte) bool) {
		for from := 1; from < len(name); {
			i := bytes.Index(name[from:], []byte(sep))
			if i < 0 || !yield(name[:from+i], name[from+i+len(sep):]) {
				return
			}
			from += i + 1
		}
	}
}
