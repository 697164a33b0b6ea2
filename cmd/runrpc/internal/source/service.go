package source

import (
	"go/ast"
	"slices"

	"github.com/runrpc/jsonrpc/internal/names"
)

const wantNew = "want New([context.Context]) (T [, error]) for a service; //rpc:name serves it as a function, //rpc:skip not at all"

// service reads the function New. It makes the package's service if it returns a type of the package that
// has methods to serve; service reports whether it does, or is left out. Any other New, and one that a
// directive names, is a function like all.
func (d *describer) service(file *ast.File, fn *ast.FuncDecl) bool {
	made, ok := d.madeBy(fn)
	if !ok {
		return false
	}
	New := Function{GoName: "New", Pos: d.Fset.Position(fn.Name.Pos())}
	for _, param := range fields(fn.Type.Params) {
		New.Params = append(New.Params, Param{Name: param.name})
	}
	skip, err := New.direct(fn.Doc)
	if skip || err == nil && New.Method != "" {
		return skip
	}
	s := &Service{Pos: New.Pos}
	why := s.form(d.Syntax, file, fn.Type)
	if err != nil {
		why = err.Error()
	}
	if why != "" {
		d.Skipped = append(d.Skipped, Skip{Pos: New.Pos, Name: "New", Why: why})
		return true
	}
	for _, m := range made.methods {
		if f, ok := d.describe(m.name, m.typ, m.doc, made.unfit(m)); ok {
			s.Methods = append(s.Methods, f)
		}
	}
	d.Service = s
	return true
}

// form reads what New takes and returns, and says what does not fit.
func (s *Service) form(syntax *Syntax, file *ast.File, typ *ast.FuncType) (why string) {
	params, results := fields(typ.Params), fields(typ.Results)
	s.Context = len(params) == 1 && syntax.isContext(file, params[0].typ)
	if len(params) > 0 && !s.Context {
		return "it takes what nothing supplies: " + wantNew
	}
	if len(results) > 1 {
		id, ok := results[1].typ.(*ast.Ident)
		s.Error = ok && id.Name == "error"
	}
	if len(results) > 1 && !s.Error || len(results) > 2 {
		return "it returns more than a value and an error: " + wantNew
	}
	return ""
}

// made is what New returns.
type made struct {
	pointer bool // it is a pointer
	methods []method
}

// A method is one that is declared for a type, or that an interface names.
type method struct {
	name    *ast.Ident
	typ     *ast.FuncType
	doc     *ast.CommentGroup
	pointer bool // of its receiver
}

// unfit says why a method that is declared is not one of the value.
func (m made) unfit(of method) string {
	if of.pointer && !m.pointer {
		return "its receiver is a pointer, and New returns a value: return a pointer"
	}
	return ""
}

// madeBy returns the first result of a function, if that is a type of the package with methods.
func (d *describer) madeBy(fn *ast.FuncDecl) (made, bool) {
	results := fields(fn.Type.Results)
	if len(results) == 0 || fn.Type.TypeParams != nil {
		return made{}, false
	}
	decl, pointer, ok := d.named(results[0].typ)
	if !ok {
		return made{}, false
	}
	m := made{pointer: pointer}
	if contract, ok := d.contract(decl); ok && !pointer {
		m.methods = d.listed(contract, map[*ast.InterfaceType]bool{})
	} else {
		m.methods = d.declared(decl.spec.Name.Name)
	}
	seen := map[string]bool{} // an interface may name a method that it embeds, too
	m.methods = slices.DeleteFunc(m.methods, func(of method) bool {
		again := seen[of.name.Name]
		seen[of.name.Name] = true
		return again || !names.Servable(of.name.Name)
	})
	return m, len(m.methods) > 0
}

// named finds the type of the package that an expression names, by way of aliases, and whether it means a
// pointer to it.
func (d *describer) named(typ ast.Expr) (decl typeDecl, pointer, ok bool) {
	for range 100 { // aliases may name each other
		switch t := typ.(type) {
		case *ast.ParenExpr:
			typ = t.X
		case *ast.StarExpr:
			if pointer {
				return decl, pointer, false
			}
			typ, pointer = t.X, true
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			if decl, ok = d.types[t.Name]; !ok || !decl.spec.Assign.IsValid() {
				return decl, pointer, ok
			}
			typ = decl.spec.Type
		default:
			return decl, pointer, false
		}
	}
	return decl, pointer, false
}

// contract returns the interface that a type is.
func (d *describer) contract(decl typeDecl) (*ast.InterfaceType, bool) {
	for range 100 {
		if contract, ok := decl.spec.Type.(*ast.InterfaceType); ok {
			return contract, true
		}
		next, pointer, ok := d.named(decl.spec.Type)
		if !ok || pointer {
			return nil, false
		}
		decl = next
	}
	return nil, false
}

// listed lists the methods that an interface names, with those of the package's interfaces that it embeds.
func (d *describer) listed(contract *ast.InterfaceType, seen map[*ast.InterfaceType]bool) []method {
	if seen[contract] {
		return nil
	}
	seen[contract] = true
	var all []method
	for _, f := range contract.Methods.List {
		if typ, ok := f.Type.(*ast.FuncType); ok && len(f.Names) == 1 {
			all = append(all, method{name: f.Names[0], typ: typ, doc: f.Doc})
		} else if decl, pointer, ok := d.named(f.Type); ok && !pointer {
			if inner, ok := d.contract(decl); ok {
				all = append(all, d.listed(inner, seen)...)
			}
		}
	}
	return all
}

// declared lists the methods that are declared for the type of a name. Those of embedded fields are none
// of its own.
func (d *describer) declared(typ string) []method {
	var all []method
	for _, file := range d.Syntax.Files {
		if !d.counts(file) {
			continue
		}
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || len(fn.Recv.List) != 1 {
				continue
			}
			if of, pointer, ok := d.named(fn.Recv.List[0].Type); ok && of.spec.Name.Name == typ {
				all = append(all, method{fn.Name, fn.Type, fn.Doc, pointer})
			}
		}
	}
	return all
}
