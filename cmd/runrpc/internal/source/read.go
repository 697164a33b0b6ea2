package source

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/internal/names"
)

// read parses the files of p, of which only the one named only is searched unless it is empty, and adds
// their functions.
func (p *Package) read(only string) error {
	fset := token.NewFileSet()
	for _, path := range p.Files {
		if only != "" && path != only {
			continue
		}
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return syntaxError(err)
		}
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.IsExported() {
				p.add(fn, fset.Position(fn.Name.Pos()))
			}
		}
	}
	return nil
}

// A SyntaxError is what is wrong in the user's files, one fault a line, as compilers tell it.
type SyntaxError struct {
	Lines []string
}

// Error implements error.
func (e *SyntaxError) Error() string { return strings.Join(e.Lines, "\n") }

// syntaxError turns the parser's list into a SyntaxError.
func syntaxError(err error) error {
	list, ok := errors.AsType[scanner.ErrorList](err)
	if !ok {
		return err
	}
	var lines []string
	for _, e := range list {
		lines = append(lines, fmt.Sprintf("%s:%d: %s", Position(e.Pos), e.Pos.Column, e.Msg))
	}
	return &SyntaxError{lines}
}

// add describes one exported function.
func (p *Package) add(fn *ast.FuncDecl, pos token.Position) {
	f := Function{
		GoName: fn.Name.Name,
		Method: names.LowerCamel(fn.Name.Name),
		Params: paramNames(fn.Type.Params),
		Doc:    fn.Doc.Text(),
		Pos:    pos,
	}
	d, err := readDirectives(fn.Doc, f.Params)
	switch {
	case d.skip:
		return
	case err != nil:
		p.skip(f, err.Error())
		return
	case fn.Type.TypeParams != nil:
		p.skip(f, "a generic function has no one type to decode into: wrap it in one with fixed types")
		return
	}
	if d.name != "" {
		f.Method = d.name
	}
	f.Defaults = d.defaults
	p.Functions = append(p.Functions, f)
	p.RPC = p.RPC || f.GoName == "RPC" && len(f.Params) == 0
}

func (p *Package) skip(f Function, why string) {
	p.Skipped = append(p.Skipped, Skip{Pos: f.Pos, Name: f.GoName, Why: why})
}

// paramNames returns a name for each parameter, "" where there is none.
func paramNames(fields *ast.FieldList) []string {
	var params []string
	for _, field := range fields.List {
		if len(field.Names) == 0 {
			params = append(params, "")
		}
		for _, name := range field.Names {
			params = append(params, name.Name)
		}
	}
	return slices.Clip(params)
}
