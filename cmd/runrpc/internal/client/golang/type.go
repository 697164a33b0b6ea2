package golang

import (
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
)

// spell spells a type whose value is there.
func (g *generator) spell(t *api.Type) string {
	if t.Nullable && !nilable(t) {
		return "*" + g.plain(t)
	}
	return g.plain(t)
}

// field spells the type of a field.
func (g *generator) field(f *api.Field) string {
	switch {
	case !f.Required && f.Type.Nullable:
		return "Nullable[" + g.plain(f.Type) + "]"
	case g.pointers[f], !f.Required && !nilable(f.Type):
		return "*" + g.plain(f.Type)
	}
	return g.spell(f.Type)
}

// nilable tells whether a type has nil anyway.
func nilable(t *api.Type) bool {
	t = underlying(t)
	switch t.Kind {
	case api.Any, api.Never, api.Null, api.Array, api.Tuple, api.Map:
		return true
	case api.String:
		return t.Format == "base64"
	case api.Literal:
		return base(t) == "any"
	}
	return false
}

// underlying follows names to what they stand for. Of an Object nothing is left but its name.
func underlying(t *api.Type) *api.Type {
	for t.Kind == api.Reference && t.Named.Type != nil {
		t = t.Named.Type
	}
	return t
}

// plain spells a type without regard to null.
func (g *generator) plain(t *api.Type) string {
	switch t.Kind {
	case api.Boolean:
		return "bool"
	case api.Integer:
		if t.Unsigned {
			return "uint64"
		}
		return "int64"
	case api.Number:
		return "float64"
	case api.String:
		return g.text(t)
	case api.Literal:
		return base(t)
	case api.Array:
		return "[]" + g.spell(t.Elem)
	case api.Tuple:
		return "[]" + g.common(t)
	case api.Map:
		return "map[string]" + g.spell(t.Elem)
	case api.Reference:
		return t.Named.Name
	}
	return "any"
}

func (g *generator) text(t *api.Type) string {
	switch t.Format {
	case "base64":
		return "[]byte"
	case "date-time":
		g.imports["time"] = true
		return "time.Time"
	}
	return "string"
}

// common spells the type that all elements of a tuple have.
func (g *generator) common(t *api.Type) string {
	var one string
	for _, p := range t.Parts {
		if spelled := g.spell(p); one == "" || one == spelled {
			one = spelled
		} else {
			return "any"
		}
	}
	if one == "" || t.Elem != nil && t.Elem.Kind != api.Any && g.spell(t.Elem) != one {
		return "any"
	}
	return one
}

// base is the type of all values of a Literal.
func base(t *api.Type) string {
	one := ""
	for _, v := range t.Values {
		spelled := "any"
		switch kind := v.Kind(); {
		case kind == '"':
			spelled = "string"
		case kind == 't' || kind == 'f':
			spelled = "bool"
		case kind == '0' && isInt64(v):
			spelled = "int64"
		case kind == '0' && isFloat64(v):
			spelled = "float64"
		}
		switch {
		case one == "" || one == spelled:
			one = spelled
		case one+spelled == "int64float64", one+spelled == "float64int64":
			one = "float64"
		default:
			return "any"
		}
	}
	return one
}

// cycles finds the fields of structs that have to be pointers, since a struct would hold itself otherwise.
func cycles(a *api.API) map[*api.Field]bool {
	const (
		open = iota + 1
		done
	)
	state := map[*api.Named]int{}
	pointers := map[*api.Field]bool{}
	var visit func(n *api.Named)
	visit = func(n *api.Named) {
		state[n] = open
		for _, f := range n.Object.Fields {
			t := underlying(f.Type)
			if !f.Required || f.Type.Nullable || t.Kind != api.Reference {
				continue
			}
			switch state[t.Named] {
			case open:
				pointers[f] = true
			case 0:
				visit(t.Named)
			}
		}
		state[n] = done
	}
	for _, t := range a.Types {
		if t.Object != nil && state[t] == 0 {
			visit(t)
		}
	}
	return pointers
}
