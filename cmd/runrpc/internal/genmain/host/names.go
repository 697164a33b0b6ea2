package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc"
)

// reference gives a procedure another name.
type reference struct {
	name      string
	namespace string   // of the package; empty: the top
	members   []string // what the procedure may be called in it
	at        string   // where somebody asks for it
}

// refer adds the names of the references to what is served.
func refer(rpc jsonrpc.RPC, references []reference) error {
	for _, r := range references {
		if _, taken := rpc[r.name]; taken {
			return fmt.Errorf("%s: found the name for another procedure already: choose another", r.at)
		}
		entry, err := r.entry(rpc)
		if err != nil {
			return fmt.Errorf("%s: %w", r.at, err)
		}
		rpc[r.name] = entry
	}
	return nil
}

// entry returns what a reference leads to. A member of a registry that a package makes itself stays under
// the settings of that: what checks who calls must not be passed by.
func (r reference) entry(rpc jsonrpc.RPC) (any, error) {
	own, _ := rpc[r.namespace].(jsonrpc.RPC)
	for _, member := range r.members {
		full := member
		if r.namespace != "" {
			full = r.namespace + separator + member
		}
		if entry, ok := rpc[full]; ok {
			return entry, nil
		}
		if has(own, member) {
			return r.inside(rpc, own, member), nil
		}
	}
	return nil, fmt.Errorf("found no procedure %s in %s, which serves %s", r.members[0], cmp.Or(r.namespace, "it"), strings.Join(r.served(rpc, own), ", "))
}

// served returns the names in the namespace.
func (r reference) served(rpc, own jsonrpc.RPC) []string {
	prefix := ""
	if own == nil && r.namespace != "" {
		prefix = r.namespace + separator
	}
	if own == nil {
		own = rpc
	}
	names := slices.Sorted(maps.Keys(own))
	return slices.DeleteFunc(names, func(name string) bool {
		return !strings.HasPrefix(name, prefix) || strings.HasPrefix(name, "rpc.")
	})
}

// has reports whether a registry has a member, or a namespace that may have it.
func has(own jsonrpc.RPC, member string) bool {
	for name := range own {
		if name == member || strings.HasPrefix(member, name+separator) {
			return true
		}
	}
	return false
}

// inside returns a reference to a member of a registry.
func (r reference) inside(rpc, own jsonrpc.RPC, member string) string {
	packages, ok := rpc[jsonrpc.Packages].(jsonrpc.PackageMap)
	if !ok {
		packages = jsonrpc.PackageMap{}
		rpc[jsonrpc.Packages] = packages
	}
	key := strings.ReplaceAll(r.namespace, ":", "/")
	packages[key] = jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) { return own, nil })
	return key + ":" + member
}
