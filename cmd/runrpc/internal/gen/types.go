package gen

import (
	"encoding/json"
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// openRPC is the import path of what describes types.
const openRPC = toolkit.Path + "/openrpc"

// typesSuffix makes the name of the function that tells of types from that of the one for the registry.
const typesSuffix = "Types"

// A typeFinder finds the types that the source describes, among those that bindings take and give.
type typeFinder struct {
	*subject
	seen  map[types.Type]bool
	found []*types.Named
}

// describedTypes returns what the source describes and the file can name.
func (s *subject) describedTypes(bindings []binding) []*types.Named {
	f := &typeFinder{subject: s, seen: map[types.Type]bool{}}
	for _, b := range bindings {
		for _, p := range b.params {
			if !p.Extra {
				f.look(p.typ)
			}
		}
		f.look(b.result)
	}
	return f.found
}

// look looks at a type and all that it is made of.
func (f *typeFinder) look(t types.Type) {
	if t == nil {
		return
	}
	t = types.Unalias(t)
	if f.seen[t] {
		return
	}
	f.seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		if f.nameable(t) && f.says(t) && !slices.ContainsFunc(f.found, func(n *types.Named) bool { return types.Identical(n, t) }) {
			f.found = append(f.found, t)
		}
		f.look(t.Underlying())
	case *types.Map:
		f.look(t.Key())
		f.look(t.Elem())
	case interface{ Elem() types.Type }: // a pointer, slice or array
		f.look(t.Elem())
	case *types.Struct:
		for v := range t.Fields() {
			f.look(v.Type())
		}
	}
}

// nameable reports whether the file can name a type: it is the package's own, or of one that it imports.
func (f *typeFinder) nameable(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		_, basic := t.(*types.Basic)
		return basic
	}
	pkg := named.Obj().Pkg()
	if pkg == nil || pkg.Scope().Lookup(named.Obj().Name()) != named.Origin().Obj() {
		return false
	}
	if pkg != f.types && (!named.Obj().Exported() || !slices.Contains(f.types.Imports(), pkg)) {
		return false
	}
	for arg := range named.TypeArgs().Types() {
		if !f.nameable(arg) {
			return false
		}
	}
	return true
}

func (f *typeFinder) says(t *types.Named) bool {
	about := f.said(t)
	return about.About() != "" || about.Fields != nil || about.Enum() != nil
}

// said returns what the source says of a type, without the constants where the type says itself what its JSON
// is.
func (s *subject) said(t *types.Named) source.Type {
	about := s.typesOf(t.Obj().Pkg())[t.Obj().Name()]
	for _, own := range []string{"Enum", "JSONSchema"} {
		if obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), false, nil, own); obj != nil {
			about.Values = nil
		}
	}
	return about
}

// describe writes the function that tells of types.
func (w *writer) describe(found []*types.Named) {
	reflect, openrpc := w.importAs("reflect", "reflect"), w.importAs(openRPC, "openrpc")
	w.print("\n// %[1]s%[2]s returns what comments and constants say of the types that the procedures take and return:\n"+
		"// the field Types of openrpc.Options.\nfunc %[1]s%[2]s() map[%[3]s.Type]%[4]s.Type {\nreturn map[%[3]s.Type]%[4]s.Type{\n",
		w.function, typesSuffix, reflect, openrpc)
	for _, t := range found {
		about := w.said(t)
		w.print("%s.TypeFor[%s](): {\n", reflect, w.typ(t))
		if doc := about.About(); doc != "" {
			w.print("Doc: %s,\n", literal(doc))
		}
		if about.Fields != nil {
			w.print("Fields: map[string]string{\n")
			for _, name := range slices.Sorted(maps.Keys(about.Fields)) {
				w.print("%q: %s,\n", name, literal(about.Fields[name]))
			}
			w.print("},\n")
		}
		if values := about.Enum(); values != nil {
			w.print("Enum: []any{%s},\n", strings.Join(goLiterals(values), ", "))
		}
		w.print("},\n")
	}
	w.print("}\n}\n")
}

// goLiterals returns texts and whole numbers in JSON as they are written in Go.
func goLiterals(values []string) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = value
		var text string
		if json.Unmarshal([]byte(value), &text) == nil {
			list[i] = strconv.Quote(text)
		}
	}
	return list
}

// stub stands for the file while the package is read, so that the user's code may call what it will declare.
func stub(pkg, function string) string {
	return fmt.Sprintf("package %[1]s\n\nimport (\n\trunrpc_reflect \"reflect\"\n\n\trunrpc_toolkit %[3]q\n\trunrpc_openrpc %[4]q\n)\n\n"+
		"func %[2]s() runrpc_toolkit.RPC { return nil }\n\n"+
		"func %[2]s%[5]s() map[runrpc_reflect.Type]runrpc_openrpc.Type { return nil }\n", pkg, function, toolkit.Path, openRPC, typesSuffix)
}
