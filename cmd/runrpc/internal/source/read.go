package source

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/internal/names"
)

// read parses the files of p and describes what they hold; only, if not empty, is the one file that
// counts.
func (p *Package) read(only string) error {
	s, err := Parse(token.NewFileSet(), p.Files)
	if err != nil {
		return err
	}
	p.Describe(s, only)
	p.Types = Types(s, s.alone(p.ImportPath))
	return nil
}

// Describe adds the exported functions of a package, and the methods of its service; only, if not empty,
// is the one file that counts. What cannot be served is added to Skipped.
func (p *Package) Describe(s *Syntax, only string) {
	d := describer{Package: p, Syntax: s, only: only}
	for _, file := range d.Syntax.Files {
		if !d.counts(file) {
			continue
		}
		if !generated(file) {
			p.Doc = paragraphs(append(strings.Split(p.Doc, "\n"), "", file.Doc.Text()))
		}
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || !fn.Name.IsExported() {
				continue
			}
			if generated(file) {
				d.generated(fn)
				continue
			}
			d.function(file, fn)
		}
	}
}

// A describer reads the source of a package.
type describer struct {
	*Package
	*Syntax
	only string
}

// counts reports whether what stands in a file is served.
func (d *describer) counts(file *ast.File) bool {
	return d.only == "" || d.Fset.Position(file.Package).Filename == d.only
}

// generated notes a function that runrpc gen wrote: RPC takes the place of the functions, and any other
// is not one of them.
func (d *describer) generated(fn *ast.FuncDecl) {
	if fn.Name.Name == "RPC" {
		d.RPC, d.Generated = true, d.Fset.Position(fn.Pos()).Filename
	}
}

// function describes one exported function.
func (d *describer) function(file *ast.File, fn *ast.FuncDecl) {
	if fn.Name.Name == "New" && d.service(file, fn) {
		return
	}
	generic := ""
	if fn.Type.TypeParams != nil {
		generic = "a generic function has no one type to decode into: wrap it in one with fixed types"
	}
	f, ok := d.describe(fn.Name, fn.Type, fn.Doc, generic)
	if !ok {
		return
	}
	d.Functions = append(d.Functions, f)
	d.RPC = d.RPC || f.GoName == "RPC" && len(f.Params) == 0
}

// describe describes a function or method, unless its directives or unfit, if not empty, leave it out.
func (d *describer) describe(name *ast.Ident, typ *ast.FuncType, doc *ast.CommentGroup, unfit string) (Function, bool) {
	f := Function{
		GoName: name.Name,
		Method: names.LowerCamel(name.Name),
		Pos:    d.Fset.Position(name.Pos()),
	}
	for _, param := range fields(typ.Params) {
		f.Params = append(f.Params, Param{Name: param.name})
	}
	f.Params = slices.Clip(f.Params)
	skip, err := f.direct(doc)
	switch {
	case skip:
		return f, false
	case err != nil:
		unfit = err.Error()
	}
	if unfit != "" {
		d.Skipped = append(d.Skipped, Skip{Pos: f.Pos, Name: f.GoName, Why: unfit})
		return f, false
	}
	f.comment(doc.Text(), fields(typ.Results))
	return f, true
}
