package gen

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// A subject is the package to bind.
type subject struct {
	source.Package
	types    *types.Package
	deps     *dependencies
	declared map[string]token.Position // what stands at the top level of any of its files
	toolkit  bool                      // it can import the toolkit
	// described is what the source says of types, by name, of each package that was asked about.
	described map[*types.Package]map[string]source.Type
}

// locate returns the directory of the package that arg names.
func locate(ctx context.Context, tool *gotool.Tool, arg string) (string, error) {
	if strings.HasSuffix(filepath.ToSlash(arg), "...") {
		return "", fmt.Errorf("found the pattern %q: want one package (go generate ./... runs this for each that asks for it)", arg)
	}
	t, err := source.Locate(arg)
	switch {
	case err != nil:
		return "", err
	case t.Place.File != "":
		return "", fmt.Errorf("found the file %q: want a package, all of whose files are read", arg)
	case !t.Place.Import:
		return t.Place.Dir, nil
	}
	found, err := tool.List(ctx, gotool.Command{}, arg)
	switch {
	case err != nil:
		return "", err
	case len(found) != 1 || found[0].Error != nil:
		return "", fmt.Errorf("found no directory %[1]s and no package of that import path", arg)
	}
	return found[0].Dir, foreign(found[0])
}

// foreign refuses a package that is not the user's.
func foreign(p gotool.Package) error {
	if p.Module != nil && p.Module.Main {
		return nil
	}
	return fmt.Errorf("found %s, which is part of another module than yours: want a package that you can add a file to", p.ImportPath)
}

// A loader reads a package without the file that is to be written: an old one may be wrong in any way.
type loader struct {
	tool     *gotool.Tool
	dir      string
	output   string
	function string // that the file declares
	overlay  string // what go is told of output
}

// load reads the package.
func (l *loader) load(ctx context.Context) (*subject, error) {
	remove, err := l.hideOutput()
	if err != nil {
		return nil, err
	}
	defer remove()
	p, err := l.list(ctx)
	if err != nil {
		return nil, err
	}
	s := &subject{Package: source.Package{ImportPath: p.ImportPath, Name: p.Name, Dir: p.Dir}}
	for _, name := range source.Sources(p) {
		s.Files = append(s.Files, filepath.Join(p.Dir, name))
	}
	syntax, err := source.Parse(token.NewFileSet(), s.Files)
	if err != nil {
		return nil, err
	}
	s.Describe(syntax, "")
	s.declared = l.declared(p.Name)
	return s, l.check(ctx, s, syntax)
}

// hideOutput prepares the overlay by which go does not see the output.
func (l *loader) hideOutput() (remove func(), err error) {
	if _, err := os.Stat(l.output); errors.Is(err, fs.ErrNotExist) {
		return func() {}, nil
	}
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{l.output: ""}})
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp("", "runrpc-gen-*.json")
	if err != nil {
		return nil, err
	}
	l.overlay = file.Name()
	_, err = file.Write(text)
	remove = func() { _ = os.Remove(l.overlay) }
	if err = errors.Join(err, file.Close()); err != nil {
		remove()
		return nil, err
	}
	return remove, nil
}

// command returns a go command in the package's directory.
func (l *loader) command() gotool.Command {
	c := gotool.Command{Dir: l.dir}
	if l.overlay != "" {
		c.Args = []string{"-overlay=" + l.overlay}
	}
	return c
}

// list asks go for the package's files.
func (l *loader) list(ctx context.Context) (p gotool.Package, err error) {
	if _, ok := workspace.ModuleRoot(l.dir); !ok {
		return p, fmt.Errorf("found no go.mod in %s or above it: want a package of a module, which go mod init makes", source.Short(l.dir))
	}
	found, err := l.tool.List(ctx, l.command(), ".")
	switch {
	case err != nil:
		return p, err
	case len(found) != 1:
		return p, fmt.Errorf("found %d packages in %s", len(found), source.Short(l.dir))
	case found[0].Error != nil:
		return p, source.ListError(found[0])
	}
	return found[0], foreign(found[0])
}

// declared returns what the files of the package declare, those for tests and for other systems among them:
// none of these names is free.
func (l *loader) declared(pkg string) map[string]token.Position {
	names := map[string]token.Position{}
	entries, _ := os.ReadDir(l.dir) // go has just read it
	for _, e := range entries {
		path := filepath.Join(l.dir, e.Name())
		if filepath.Ext(path) != ".go" || path == l.output {
			continue
		}
		fset := token.NewFileSet()
		file, _ := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution) // what there is of a broken one
		if file == nil || file.Name == nil || file.Name.Name != pkg {
			continue
		}
		for _, name := range topLevel(file) {
			names[name.Name] = fset.Position(name.Pos())
		}
	}
	return names
}

// topLevel lists what a file declares.
func topLevel(file *ast.File) []*ast.Ident {
	var names []*ast.Ident
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				names = append(names, d.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					names = append(names, spec.Name)
				case *ast.ValueSpec:
					names = append(names, spec.Names...)
				}
			}
		}
	}
	return names
}

// check finds the types. In place of the output stands the function that it will declare, so that the
// user's code may call it.
func (l *loader) check(ctx context.Context, s *subject, syntax *source.Syntax) error {
	packages, err := l.tool.ListExported(ctx, l.command(), imports(syntax)...)
	if err != nil {
		return err
	}
	s.toolkit = slices.ContainsFunc(packages, func(p gotool.Package) bool { return p.ImportPath == toolkit.Path && p.Dir != "" })
	s.deps = newDependencies(syntax.Fset, packages)
	file, err := parser.ParseFile(syntax.Fset, l.output, stub(s.Name, l.function), parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	syntax.Add(file)
	var faults []fault
	s.types = syntax.Check(s.ImportPath, s.deps, func(e types.Error) {
		pos := syntax.Fset.Position(e.Pos)
		if pos.Filename != l.output && !strings.HasPrefix(e.Msg, "\t") { // which goes on with the last one
			faults = append(faults, fault{pos: pos, why: strings.Join(strings.Fields(e.Msg), " ")})
		}
	})
	s.Types = source.Types(syntax, s.types)
	s.described = map[*types.Package]map[string]source.Type{s.types: byName(s.Types)}
	return together(faults)
}

// imports lists what a package imports, and what the file does.
func imports(syntax *source.Syntax) []string {
	paths := []string{"reflect", toolkit.Path, openRPC}
	for _, file := range syntax.Files {
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err == nil && path != "C" && path != "unsafe" && !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	return paths
}
