package serve

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/suggest"
	"github.com/runrpc/jsonrpc/internal/names"
)

// Names is the flag for names that functions have beside their own.
type Names struct {
	Names map[string]string `placeholder:"NAME=PKG:FUNC" help:"Serve a function of a package under another name too; PKG is the package's name, its namespace or its import path."`
}

// references returns what gives functions of pkgs their further names.
func (s *Service) references(pkgs []source.Package) ([]genmain.Reference, error) {
	var references []genmain.Reference
	for _, name := range slices.Sorted(maps.Keys(s.Names.Names)) {
		r, err := s.reference(pkgs, name, s.Names.Names[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.At("names", name), err)
		}
		references = append(references, r)
	}
	return references, nil
}

// reference resolves "pkg:Function".
func (s *Service) reference(pkgs []source.Package, name, ref string) (genmain.Reference, error) {
	r := genmain.Reference{Name: name, At: s.At("names", name)}
	if err := s.callable(name); err != nil {
		return r, err
	}
	short, member, ok := strings.Cut(ref, ":")
	if !ok || short == "" || member == "" {
		return r, fmt.Errorf(`found %q, want "package:Function"`, ref)
	}
	pkg, err := find(pkgs, short)
	if err != nil {
		return r, err
	}
	for _, p := range pkgs {
		if f, taken := called(p, s.Separator, name); taken {
			return r, fmt.Errorf("found the name that %s has already: choose another", f)
		}
	}
	r.Namespace, r.Members = pkg.Namespace, []string{member, names.LowerCamel(member)}
	if pkg.RPC { // what it serves only the program knows
		return r, nil
	}
	var has []string
	for _, f := range pkg.All() {
		if f.GoName == member || f.Method == member {
			r.Members = []string{f.Method}
			return r, nil
		}
		has = append(has, f.GoName)
	}
	return r, fmt.Errorf("found no function %s in %s, which has %s%s", member, pkg.ImportPath, strings.Join(has, ", "), suggest.Meant(member, has))
}

// callable refuses names that nobody could call.
func (s *Service) callable(name string) error {
	if strings.HasPrefix(name, "rpc.") {
		return errors.New("found a name that begins with rpc., want another: those are reserved")
	}
	rpc := jsonrpc.RPC{jsonrpc.Separator: s.Separator, name: func() {}}
	if err := rpc.Check(); err != nil {
		_, fault, _ := strings.Cut(err.Error(), fmt.Sprintf("jsonrpc: %q: ", name))
		return errors.New(fault)
	}
	return nil
}

// called reports whether a function of p has a full name, and which.
func called(p source.Package, separator, name string) (string, bool) {
	for _, f := range p.All() {
		full := f.Method
		if p.Namespace != "" {
			full = p.Namespace + separator + full
		}
		if full == name && !p.RPC {
			return p.Name + "." + f.GoName, true
		}
	}
	return "", false
}

// find returns the package of a short name: its import path, its namespace or its own name.
func find(pkgs []source.Package, short string) (source.Package, error) {
	var spaced, named []source.Package
	var all []string
	for _, p := range pkgs {
		switch {
		case p.Count() == 0:
			continue
		case p.ImportPath == short:
			return p, nil
		case p.Namespace == short:
			spaced = append(spaced, p)
		case p.Name == short:
			named = append(named, p)
		}
		all = append(all, cmp.Or(p.Namespace, p.Name))
	}
	if len(spaced) == 0 {
		spaced = named
	}
	switch len(spaced) {
	case 0:
		return source.Package{}, fmt.Errorf("found no package %q among those that are served: %s%s", short, strings.Join(all, ", "), suggest.Meant(short, all))
	case 1:
		return spaced[0], nil
	}
	return source.Package{}, fmt.Errorf("found %d packages %q: name the one that is meant by its import path, as %s", len(spaced), short, spaced[0].ImportPath)
}
