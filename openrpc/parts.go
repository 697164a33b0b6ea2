package openrpc

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// schemasPath is where references to parts lead.
const schemasPath = "#/components/schemas/"

// components names the parts that were made and returns them.
func (g *generator) components() map[string]*Schema {
	g.merge()
	g.name()
	schemas := map[string]*Schema{}
	for _, p := range g.order {
		for _, ref := range p.refs {
			ref.Ref = schemasPath + p.name
		}
		if p.schema.Ref == "" {
			p.schema.Title = cmp.Or(p.schema.Title, p.name)
		}
		schemas[p.name] = p.schema
	}
	return schemas
}

// merge makes one part of the two of a type that is taken and given alike.
func (g *generator) merge() {
	differ := g.differing()
	g.order = slices.DeleteFunc(g.order, func(p *part) bool {
		other := g.parts[partKey{p.typ, written}]
		if p.dir == written || other == nil || differ[p.typ] {
			return false
		}
		other.refs = append(other.refs, p.refs...)
		return true
	})
}

// differing finds the types that are taken and given in two ways: those whose own schemas
// differ, and all that refer to one of them.
func (g *generator) differing() map[reflect.Type]bool {
	differ := map[reflect.Type]bool{}
	users := map[reflect.Type][]reflect.Type{}
	var changed []reflect.Type
	ids := map[reflect.Type]string{}
	for _, p := range g.order {
		ids[p.typ] = cmp.Or(ids[p.typ], fmt.Sprintf("%s%d", unnamed, len(ids)))
	}
	for _, p := range g.order {
		for _, ref := range p.refs {
			ref.Ref = ids[p.typ]
		}
		for _, used := range p.uses {
			users[used.typ] = append(users[used.typ], p.typ)
		}
	}
	for _, p := range g.order {
		if other := g.parts[partKey{p.typ, written}]; p.dir == accepted && other != nil && text(p.schema) != text(other.schema) {
			differ[p.typ] = true
			changed = append(changed, p.typ)
		}
	}
	for len(changed) > 0 {
		t := changed[0]
		changed = changed[1:]
		for _, user := range users[t] {
			if !differ[user] {
				differ[user] = true
				changed = append(changed, user)
			}
		}
	}
	return differ
}

func text(s *Schema) string {
	b, err := json.Marshal(s, options)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// name gives each part a name of its own: that of its type, with the package where two have one
// name. What is taken of a type that is given too, and otherwise, is its Input.
func (g *generator) name() {
	for _, p := range g.order {
		p.name = plainName(p.typ) + g.suffix(p)
	}
	for _, spell := range []func(t reflect.Type) string{packageName, pathName} {
		named := map[string][]*part{}
		for _, p := range g.order {
			named[p.name] = append(named[p.name], p)
		}
		for _, same := range named {
			if !slices.ContainsFunc(same, func(p *part) bool { return spell(p.typ) != spell(same[0].typ) }) {
				continue
			}
			for _, p := range same {
				p.name = spell(p.typ) + g.suffix(p)
			}
		}
	}
	byType := slices.Clone(g.order)
	slices.SortStableFunc(byType, func(a, b *part) int { return cmp.Compare(a.typ.String(), b.typ.String()) })
	taken := map[string]bool{}
	for _, p := range byType {
		name := p.name
		for n := 2; taken[p.name]; n++ {
			p.name = fmt.Sprintf("%s_%d", name, n)
		}
		taken[p.name] = true
	}
}

func (g *generator) suffix(p *part) string {
	if p.dir == accepted && g.parts[partKey{p.typ, written}] != nil {
		return "Input"
	}
	return ""
}

// plainName is a type's name: Page[example.com/pets.Pet] becomes Page_Pet.
func plainName(t reflect.Type) string {
	name, args, generic := strings.Cut(t.Name(), "[")
	if !generic {
		return legal(name)
	}
	words := strings.FieldsFunc(args, func(r rune) bool { return strings.ContainsRune("[]*,; {}()", r) })
	for i, w := range words {
		words[i] = w[strings.LastIndexAny(w, "./")+1:]
	}
	return legal(name + "_" + strings.Join(words, "_"))
}

// packageName is a type's name behind that of its package.
func packageName(t reflect.Type) string {
	pkg, _, _ := strings.Cut(t.String(), ".")
	return legal(pkg) + "." + plainName(t)
}

// pathName is a type's name behind the path of its package.
func pathName(t reflect.Type) string { return legal(t.PkgPath()) + "." + plainName(t) }

// legal makes a name that can stand in a reference as it is.
func legal(name string) string {
	name, _, _ = strings.Cut(name, "·") // a type that is declared in a function
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		case r == '/':
			return '.'
		}
		return '_'
	}, name)
}
