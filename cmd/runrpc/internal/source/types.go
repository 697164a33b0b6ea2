package source

import (
	"cmp"
	"encoding/json"
	"errors"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// A Type is what the source of a package says of one of its types and Go's reflection does not see.
type Type struct {
	Name   string
	Doc    string
	Fields map[string]string // the docs of a struct's fields, by their JSON names
	Values []Value           // the constants of the type, as they are declared
}

// Enum returns all values of the type in JSON, nil where its constants are not known to be all: one alone, or
// numbers that do not follow each other, which are units, flags or landmarks.
func (t Type) Enum() []string {
	var all []string
	for _, v := range t.Values {
		if !slices.Contains(all, v.JSON) {
			all = append(all, v.JSON)
		}
	}
	if len(all) < 2 || !strings.HasPrefix(all[0], `"`) && !consecutive(all) {
		return nil
	}
	return all
}

// consecutive reports whether whole numbers follow each other, in any order.
func consecutive(numbers []string) bool {
	var sorted []int64
	for _, text := range numbers {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return false
		}
		sorted = append(sorted, n)
	}
	slices.Sort(sorted)
	return sorted[len(sorted)-1]-sorted[0] == int64(len(sorted)-1)
}

// About returns the type's doc, and those of the values that Enum returns.
func (t Type) About() string {
	text := strings.TrimSpace(t.Doc)
	if t.Enum() == nil {
		return text
	}
	var list string
	for _, v := range t.Values {
		if v.Doc != "" {
			list += "\n  - " + v.JSON + ": " + strings.Join(strings.Fields(v.Doc), " ")
		}
	}
	if list == "" {
		return text
	}
	return strings.TrimSpace(text + "\n" + list)
}

// A Value is a constant of a type.
type Value struct {
	Name string
	JSON string
	Doc  string
}

// Check finds the types of a package. It goes on after errors, each of which it tells.
func (s *Syntax) Check(path string, importer types.Importer, fault func(types.Error)) *types.Package {
	conf := types.Config{
		Importer:    importer,
		FakeImportC: true,
		Error: func(err error) {
			if e, ok := errors.AsType[types.Error](err); ok {
				fault(e)
			}
		},
	}
	pkg, _ := conf.Check(path, s.Fset, s.Files, nil) // the error is the first of those that were told
	return pkg
}

// alone finds what types of a package can be known without what it imports.
func (s *Syntax) alone(path string) *types.Package {
	conf := types.Config{IgnoreFuncBodies: true, FakeImportC: true, Error: func(error) {}}
	pkg, _ := conf.Check(path, s.Fset, s.Files, nil) // of course there are errors
	return pkg
}

// Types describes the types of a package, apart from those of which there is nothing to say.
func Types(s *Syntax, pkg *types.Package) []Type {
	docs, consts := s.docs(), constants(s.Fset, pkg.Scope())
	var all []Type
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		t := Type{Name: name, Doc: docs[name], Values: values(obj, consts[obj], docs)}
		if decl, ok := s.types[name]; ok {
			if structure, ok := decl.spec.Type.(*ast.StructType); ok {
				t.Fields = fieldDocs(structure)
			}
		}
		if t.Doc != "" || t.Fields != nil || t.Values != nil {
			all = append(all, t)
		}
	}
	return all
}

// docs maps the names of types and constants to their doc comments.
func (s *Syntax) docs() map[string]string {
	docs := map[string]string{}
	for _, file := range s.Files {
		for _, decl := range file.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range general.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					doc := cmp.Or(spec.Doc.Text(), spec.Comment.Text())
					if !general.Lparen.IsValid() {
						doc = cmp.Or(general.Doc.Text(), doc)
					}
					docs[spec.Name.Name] = doc
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						docs[name.Name] = cmp.Or(spec.Doc.Text(), spec.Comment.Text())
					}
				}
			}
		}
	}
	return docs
}

// fieldDocs returns the docs of a struct's fields, nil for none. What a tag says of one counts more.
func fieldDocs(t *ast.StructType) map[string]string {
	var docs map[string]string
	for _, f := range t.Fields.List {
		doc := strings.TrimSpace(cmp.Or(f.Doc.Text(), f.Comment.Text()))
		if doc == "" || tagOf(f.Tag).Get("doc") != "" {
			continue
		}
		for _, name := range f.Names {
			if member := jsonName(name, f.Tag); member != "" {
				if docs == nil {
					docs = map[string]string{}
				}
				docs[member] = doc
			}
		}
	}
	return docs
}

// tagOf returns the tag of a field, which may have none.
func tagOf(tag *ast.BasicLit) reflect.StructTag {
	if tag == nil {
		return ""
	}
	text, _ := strconv.Unquote(tag.Value) // the compiler will tell
	return reflect.StructTag(text)
}

// jsonName returns what a field is called in JSON, "" if it is not there.
func jsonName(name *ast.Ident, tag *ast.BasicLit) string {
	if !name.IsExported() {
		return ""
	}
	member := tagOf(tag).Get("json")
	if member == "-" {
		return ""
	}
	member, _, _ = strings.Cut(member, ",")
	return cmp.Or(member, name.Name)
}

// constants returns those of each type in the order in which they are declared.
func constants(fset *token.FileSet, scope *types.Scope) map[*types.TypeName][]*types.Const {
	consts := map[*types.TypeName][]*types.Const{}
	for _, name := range scope.Names() {
		c, ok := scope.Lookup(name).(*types.Const)
		if !ok {
			continue
		}
		if of, ok := c.Type().(*types.Named); ok && (c.Exported() || !of.Obj().Exported()) {
			consts[of.Obj()] = append(consts[of.Obj()], c)
		}
	}
	for _, list := range consts {
		slices.SortFunc(list, func(a, b *types.Const) int {
			at, bt := fset.Position(a.Pos()), fset.Position(b.Pos())
			return cmp.Or(cmp.Compare(at.Filename, bt.Filename), cmp.Compare(at.Line, bt.Line), cmp.Compare(a.Pos(), b.Pos()))
		})
	}
	return consts
}

// values returns the constants of a type as the wire shows them, nil where it shows the type otherwise.
func values(of *types.TypeName, consts []*types.Const, docs map[string]string) []Value {
	if len(consts) == 0 || encodesItself(of.Type()) {
		return nil
	}
	var all []Value
	for _, c := range consts {
		if text := jsonOf(c.Val()); text != "" {
			all = append(all, Value{Name: c.Name(), JSON: text, Doc: docs[c.Name()]})
		}
	}
	return all
}

// jsonOf returns a string or whole number in JSON, "" for any other value.
func jsonOf(v constant.Value) string {
	switch v.Kind() {
	case constant.String:
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if e.Encode(constant.StringVal(v)) != nil {
			return ""
		}
		return strings.TrimSpace(b.String())
	case constant.Int:
		return v.ExactString()
	}
	return ""
}

// encodesItself reports whether a type declares how it is written.
func encodesItself(t types.Type) bool {
	methods := types.NewMethodSet(types.NewPointer(t))
	for i := range methods.Len() {
		switch methods.At(i).Obj().Name() {
		case "MarshalJSON", "MarshalJSONTo", "MarshalText", "AppendText":
			return true
		}
	}
	return false
}
