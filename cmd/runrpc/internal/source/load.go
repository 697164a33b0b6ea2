package source

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
)

// Naming says how the names of methods are put together.
type Naming struct {
	Root      bool // no namespace for what the user named
	Separator string
}

// A Lister is go list.
type Lister interface {
	List(ctx context.Context, patterns ...string) ([]gotool.Package, error)
}

// Load describes the packages that the targets name, a directory's with all packages below it, and
// what it left out, the latter with an error too.
func Load(ctx context.Context, list Lister, targets []Target, naming Naming) ([]Package, []Skip, error) {
	l := loader{list: list, naming: naming}
	for _, t := range targets {
		load := l.directory
		switch {
		case t.Place.Import:
			load = l.importPath
		case t.Place.File != "":
			load = l.file
		}
		if err := load(ctx, t); err != nil {
			return nil, l.skipped, err
		}
	}
	return l.packages, l.skipped, nil
}

type loader struct {
	list     Lister
	naming   Naming
	packages []Package
	skipped  []Skip
}

// importPath loads one package that go finds by its path.
func (l *loader) importPath(ctx context.Context, t Target) error {
	found, err := l.list.List(ctx, t.Arg)
	if err != nil {
		return err
	}
	if len(found) != 1 {
		return fmt.Errorf("%s stands for %d packages: name them one by one", t.Arg, len(found))
	}
	p := found[0]
	if p.Error != nil {
		return fmt.Errorf("found no directory %[1]s, no file %[1]s.go and no package of that import path: %[2]s",
			t.Arg, p.Error.Err)
	}
	return l.add(p, l.namespace(p.Name, path.Base(p.ImportPath)), "")
}

// file loads the package that a file is part of, and of it only what stands in the file.
func (l *loader) file(ctx context.Context, t Target) error {
	found, err := l.list.List(ctx, t.Place.Dir)
	if err != nil {
		return err
	}
	for _, p := range found {
		if slices.Contains(Sources(p), t.Place.File) {
			namespace := l.namespace(p.Name, strings.TrimSuffix(t.Place.File, ".go"))
			return l.add(p, namespace, filepath.Join(p.Dir, t.Place.File))
		}
		if p.Error != nil && !slices.Contains(p.IgnoredGoFiles, t.Place.File) {
			return ListError(p)
		}
	}
	return fmt.Errorf("%s is no part of its package here: its build constraints exclude it", t.Arg)
}

// directory loads the package in a directory and all packages below it. The namespaces of those
// follow their paths.
func (l *loader) directory(ctx context.Context, t Target) error {
	dir := t.Place.Dir
	counted, skipped, err := walk(dir)
	if err != nil {
		return err
	}
	l.skipped = append(l.skipped, skipped...)
	found, err := l.list.List(ctx, dir+string(filepath.Separator)+"...")
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(p gotool.Package) bool { return !counted[p.Dir] || empty(p) })
	if len(found) == 0 {
		return l.nothing(ctx, t)
	}
	root := l.namespace("main", filepath.Base(dir))
	if found[0].Dir == dir {
		root = l.namespace(found[0].Name, filepath.Base(dir))
	}
	for _, p := range found {
		rel, err := filepath.Rel(dir, p.Dir)
		if err != nil {
			return err
		}
		if err := l.add(p, l.below(root, rel), ""); err != nil {
			return err
		}
	}
	return nil
}

// nothing says why there is no package in a directory or below it.
func (l *loader) nothing(ctx context.Context, t Target) error {
	// The pattern keeps silent about a package that cannot be built, the directory alone does not.
	if hasGo(t.Place.Dir) {
		found, err := l.list.List(ctx, t.Place.Dir)
		if err != nil {
			return err
		}
		if len(found) == 1 && found[0].Error != nil {
			return fmt.Errorf("found no Go package in %s: %s", t.Arg, found[0].Error.Err)
		}
	}
	return fmt.Errorf("found no Go package in %s", t.Arg)
}

// namespace returns what a package's functions go by: its name, or for a program, all of which are
// named main, the name of its file or directory.
func (l *loader) namespace(name, file string) string {
	switch {
	case l.naming.Root:
		return ""
	case name == "main":
		return file
	}
	return name
}

// below returns the namespace of the directory rel in a tree whose own namespace is root.
func (l *loader) below(root, rel string) string {
	var parts []string
	if root != "" {
		parts = append(parts, root)
	}
	if rel != "." {
		parts = append(parts, strings.Split(filepath.ToSlash(rel), "/")...)
	}
	return strings.Join(parts, l.naming.Separator)
}

// add describes a package; only, if not empty, is the one file that counts.
func (l *loader) add(p gotool.Package, namespace, only string) error {
	if p.Error != nil {
		return ListError(p)
	}
	if why := unreachable(p); why != "" {
		l.skipped = append(l.skipped, Skip{Pos: token.Position{Filename: p.Dir}, Why: why})
		return nil
	}
	pkg := Package{ImportPath: p.ImportPath, Name: p.Name, Dir: p.Dir, Namespace: namespace}
	for _, name := range Sources(p) {
		pkg.Files = append(pkg.Files, filepath.Join(p.Dir, name))
	}
	if err := pkg.read(only); err != nil {
		return err
	}
	pkg.leaveInjected()
	l.packages = append(l.packages, pkg)
	return nil
}

// leaveInjected leaves out the functions with parameters that a program of the user's would have to set.
func (p *Package) leaveInjected() {
	supplied := func(f Function) bool {
		i := slices.IndexFunc(f.Params, func(param Param) bool { return param.Extra })
		if i >= 0 {
			p.Skipped = append(p.Skipped, Skip{Pos: f.Pos, Name: f.GoName, Why: fmt.Sprintf(
				"its parameter %s is injected, and runrpc has nothing to set it to: serve it from a program of your own", f.Params[i].Name)})
		}
		return i < 0
	}
	p.Functions = slices.DeleteFunc(p.Functions, func(f Function) bool { return !supplied(f) })
	if p.Service != nil {
		p.Service.Methods = slices.DeleteFunc(p.Service.Methods, func(f Function) bool { return !supplied(f) })
	}
}

// unreachable says why the generated program cannot import p, "" if it can.
func unreachable(p gotool.Package) string {
	switch {
	case p.Standard && slices.Contains(strings.Split(p.ImportPath, "/"), "internal"):
		return "an internal package of the standard library"
	case p.Name == "main" && (p.Module == nil || !p.Module.Main):
		return "a program of another module, which cannot be imported"
	}
	return ""
}

// empty reports whether go sees no file to compile, and so no fault either.
func empty(p gotool.Package) bool {
	return len(Sources(p)) == 0 && (p.Error == nil || p.Name == "" || len(p.IgnoredGoFiles) > 0)
}

// Sources returns the names of the Go files that are compiled.
func Sources(p gotool.Package) []string { return slices.Concat(p.GoFiles, p.CgoFiles) }

// ListError returns why go list could not read a package.
func ListError(p gotool.Package) error {
	if p.Error.Pos == "" {
		return errors.New(p.Error.Err)
	}
	return &SyntaxError{Lines: []string{p.Error.Pos + ": " + p.Error.Err}}
}
