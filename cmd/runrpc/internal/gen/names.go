package gen

import (
	"cmp"
	"fmt"
	"go/types"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names are the identifiers of the file that is written. None may be one of the package's, which a name
// inside a function would hide and that of an import would clash with.
type names struct {
	taken   map[string]bool
	own     *types.Package
	imports map[string]string // names by path
}

func newNames(s *subject) *names {
	n := &names{taken: map[string]bool{}, own: s.types, imports: map[string]string{}}
	for name := range s.declared {
		n.taken[name] = true
	}
	for _, local := range []string{"ctx", "p", "r", "s", "err", "result"} {
		n.taken[local] = true
	}
	return n
}

// free returns a name like base that is nobody's, and takes it.
func (n *names) free(base string) string {
	name := base
	for i := 2; n.taken[name]; i++ {
		name = base + strconv.Itoa(i)
	}
	n.taken[name] = true
	return name
}

// importAs returns what the package at an import path is called, whose own name is given.
func (n *names) importAs(path, name string) string {
	if n.imports[path] == "" {
		n.imports[path] = n.free(name)
	}
	return n.imports[path]
}

// typ returns a type as the file spells it, and imports what that takes.
func (n *names) typ(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == n.own {
			return ""
		}
		return n.importAs(p.Path(), p.Name())
	})
}

// importBlock returns the import declaration, the standard library's packages first.
func (n *names) importBlock() string {
	var std, other []string
	for _, p := range slices.Sorted(maps.Keys(n.imports)) {
		line := fmt.Sprintf("\t%q\n", p)
		if name := n.imports[p]; name != path.Base(p) {
			line = fmt.Sprintf("\t%s %q\n", name, p)
		}
		first, _, _ := strings.Cut(p, "/")
		if strings.Contains(first, ".") {
			other = append(other, line)
		} else {
			std = append(std, line)
		}
	}
	return "import (\n" + strings.Join(std, "") + "\n" + strings.Join(other, "") + ")\n"
}

// fieldNames returns names for the fields that parameters are kept in: exported, and each another.
func fieldNames(params []param) []string {
	taken := names{taken: map[string]bool{}}
	fields := make([]string, len(params))
	for i, p := range params {
		fields[i] = taken.free(cmp.Or(exported(p.Name), "P"+strconv.Itoa(i+1)))
	}
	return fields
}

// exported returns a parameter's name with a capital in front, "" where that cannot be.
func exported(name string) string {
	name = strings.TrimLeft(name, "_")
	first, size := utf8.DecodeRuneInString(name)
	if upper := unicode.ToUpper(first); unicode.IsUpper(upper) {
		return string(upper) + name[size:]
	}
	return ""
}
