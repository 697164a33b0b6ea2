package gen

import (
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
)

// dependencies finds the types of the packages that the bound one imports. They are read from what the
// compiler exports, and where a package does not compile, from its source: it may have a generated file
// that waits for its own turn.
type dependencies struct {
	fset     *token.FileSet
	packages map[string]gotool.Package
	compiled types.Importer
	read     map[string]*types.Package // those from source; nil: under way
}

func newDependencies(fset *token.FileSet, packages []gotool.Package) *dependencies {
	d := &dependencies{fset: fset, packages: map[string]gotool.Package{}, read: map[string]*types.Package{}}
	for _, p := range packages {
		d.packages[p.ImportPath] = p
	}
	d.compiled = importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(d.packages[path].Export)
	})
	return d
}

// Import implements types.Importer.
func (d *dependencies) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	p, known := d.packages[path]
	if p.Export != "" {
		if pkg, err := d.compiled.Import(path); err == nil {
			return pkg, nil
		}
	}
	switch pkg, begun := d.read[path]; {
	case pkg != nil:
		return pkg, nil
	case begun:
		return nil, errors.New("it imports itself")
	case !known || len(source.Sources(p)) == 0:
		return nil, d.missing(p)
	}
	d.read[path] = nil
	syntax, err := d.syntax(p)
	if err != nil {
		return nil, err
	}
	d.read[path] = syntax.Check(path, d, func(types.Error) {}) // the compiler will tell of what is wrong there
	return d.read[path], nil
}

// syntax parses a package.
func (d *dependencies) syntax(p gotool.Package) (*source.Syntax, error) {
	var files []string
	for _, name := range source.Sources(p) {
		files = append(files, filepath.Join(p.Dir, name))
	}
	return source.Parse(d.fset, files)
}

// missing says why there is nothing to import.
func (d *dependencies) missing(p gotool.Package) error {
	if p.Error == nil {
		return errors.New("go list does not find it")
	}
	return fmt.Errorf("%s", strings.Join(strings.Fields(p.Error.Err), " "))
}

// describe returns what the source of a package says of its types, by name. Of the standard library, whose
// constants are units as often as choices, it says nothing.
func (d *dependencies) describe(pkg *types.Package) map[string]source.Type {
	p, ok := d.packages[pkg.Path()]
	if !ok || p.Standard {
		return nil
	}
	syntax, err := d.syntax(p)
	if err != nil {
		return nil
	}
	return byName(source.Types(syntax, pkg))
}

func byName(all []source.Type) map[string]source.Type {
	index := map[string]source.Type{}
	for _, t := range all {
		index[t.Name] = t
	}
	return index
}
