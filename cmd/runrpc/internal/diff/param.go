package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/openrpc"
)

// named and positional tell how params may be sent.
func named(m *openrpc.Method) bool { return m.ParamStructure != openrpc.ByPosition }

func positional(m *openrpc.Method) bool { return m.ParamStructure != openrpc.ByName }

// structure compares how params may be sent.
func (d *differ) structure(was, is *openrpc.Method) {
	old, now := cmp.Or(was.ParamStructure, openrpc.Either), cmp.Or(is.ParamStructure, openrpc.Either)
	switch {
	case old == now:
	case named(was) && !named(is):
		d.breaks(Callers, "params by name are refused", "/paramStructure", "params", old, now)
	case positional(was) && !positional(is):
		d.breaks(Callers, "params by position are refused", "/paramStructure", "params", old, now)
	default:
		d.fine("/paramStructure", "params", old, now)
	}
}

// parameters compares the params of a method.
func (d *differ) parameters(was, is *openrpc.Method) {
	pairs := match(was, is)
	for i, p := range was.Params {
		path := "/params/" + escape(p.Name)
		j := pairs[i]
		switch {
		case j < 0:
			d.breaks(Callers, "what they send there is refused", path, "removed", d.old.spell(all{p.Schema}), "")
		default:
			d.parameter(path, p, is.Params[j], named(was))
		}
	}
	for j, p := range is.Params {
		if slices.Contains(pairs, j) {
			continue
		}
		path := "/params/" + escape(p.Name)
		if p.Required {
			d.breaks(Callers, "they do not send it", path, "added, and required", "", d.new.spell(all{p.Schema}))
		} else {
			d.fine(path, "added", "", d.new.spell(all{p.Schema}))
		}
	}
	if positional(was) && positional(is) && moved(pairs) {
		d.breaks(Callers, "what they send by position arrives elsewhere", "/params", "order", order(was), order(is))
	}
}

// match finds for each param which it is now, -1 for none: the one of its name. Where there are no names on the wire,
// or nothing but the name is different, it is the one at its place.
func match(was, is *openrpc.Method) []int {
	pairs := make([]int, len(was.Params))
	for i, p := range was.Params {
		pairs[i] = slices.IndexFunc(is.Params, func(q openrpc.ContentDescriptor) bool { return q.Name == p.Name })
	}
	for i, p := range was.Params {
		if pairs[i] >= 0 || i >= len(is.Params) || slices.Contains(pairs, i) {
			continue
		}
		q := is.Params[i]
		if !named(was) || p.Required == q.Required && written(p.Schema) == written(q.Schema) {
			pairs[i] = i
		}
	}
	return pairs
}

// moved tells whether a param is at another place than it was.
func moved(pairs []int) bool {
	for i, j := range pairs {
		if j >= 0 && i != j {
			return true
		}
	}
	return false
}

func order(m *openrpc.Method) string {
	names := make([]string, len(m.Params))
	for i, p := range m.Params {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// parameter compares a param with itself.
func (d *differ) parameter(path string, was, is openrpc.ContentDescriptor, byName bool) {
	switch {
	case was.Name == is.Name:
	case byName:
		d.breaks(Callers, "the name that they send is refused", path, "renamed", was.Name, is.Name)
	default:
		d.note(path, "renamed", was.Name, is.Name)
	}
	switch {
	case is.Required && !was.Required:
		d.breaks(Callers, "they may leave it out", path, "became required", "", "")
	case was.Required && !is.Required:
		d.fine(path, "became optional", "", "")
	}
	if was.Variadic != is.Variadic {
		d.breaks(Callers, "they send another number of values", path, "any number of values", yes(was.Variadic), yes(is.Variadic))
	}
	d.report.add(d.params.compare(d.method, path, all{was.Schema}, all{is.Schema})...)
	if old, now := defaultOf(was), defaultOf(is); old != now {
		d.note(path, "default", old, now)
	}
	d.deprecated(path, was.Deprecated, is.Deprecated)
	d.docs(path, was.Summary+"\n"+was.Description, is.Summary+"\n"+is.Description)
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func defaultOf(p openrpc.ContentDescriptor) string {
	if p.Schema.Default == nil {
		return "none"
	}
	return canonical(p.Schema.Default)
}
