package jsonrpc

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
)

// Check reports every fault of the registry at once, joined by errors.Join: each with the name
// of the method or setting, what was found there and what is allowed. It runs no factory of a
// lazy entry. NewApplication and Application.Replace return its error.
func (r RPC) Check() error {
	_, err := compile(r, "")
	return err
}

// MethodInfo describes one procedure of a registry.
type MethodInfo struct {
	Name   string       // the canonical full name
	Doc    string       // as given to Procedure.Doc
	Params []ParamInfo  // in order; those that are injected are left out
	Result reflect.Type // nil: none, or not known
	Raw    bool         // a Handler: what it takes is not known
	Lazy   bool         // a lazy entry that is not made yet, or a namespace that finds its own members
}

// ParamInfo describes one parameter.
type ParamInfo struct {
	Name     string // "" where it has a position only
	Type     reflect.Type
	Required bool
	Default  json.RawMessage // nil: none
	Variadic bool            // takes all that is left
	Keywords bool            // takes all named parameters
}

// Methods lists the registry's procedures by name, those of lazy entries as far as they are
// made. Faulty entries are left out.
func (r RPC) Methods() []MethodInfo {
	tb, _ := compile(r, "")
	return tb.methods("")
}

// Methods lists the procedures that the Application serves, as RPC.Methods does.
func (a *Application) Methods() []MethodInfo {
	tb := a.acquire()
	if tb == nil {
		return nil
	}
	defer tb.release()
	return tb.methods("")
}

func (tb *table) methods(prefix string) []MethodInfo {
	var list []MethodInfo
	for name, t := range tb.targets {
		list = append(list, tb.describe(prefix+name, t.value)...)
	}
	for name, t := range tb.spaces {
		if tb.targets[name] == nil {
			list = append(list, tb.describe(prefix+name, t.value)...)
		}
	}
	slices.SortFunc(list, func(a, b MethodInfo) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// describe lists the procedures behind one value.
func (tb *table) describe(name string, value any) []MethodInfo {
	switch v := value.(type) {
	case *routine:
		return []MethodInfo{{Name: name, Doc: v.doc, Params: v.plan.describe(), Result: v.plan.sig.resultType()}}
	case *LazyEntry:
		return tb.describeLazy(name, v, "")
	case packageRef:
		return tb.describeLazy(name, tb.pkgs[v.pkg], v.member)
	case Resolver:
		return []MethodInfo{{Name: name, Lazy: true}}
	case Handler:
		return []MethodInfo{{Name: name, Raw: true}}
	}
	return nil
}

func (tb *table) describeLazy(name string, e *LazyEntry, member string) []MethodInfo {
	m := e.peek()
	if m == nil {
		return []MethodInfo{{Name: name, Lazy: true}}
	}
	t := m.target(&target{rest: member}, tb.sep, member != "")
	r, space := m.entry.(RPC)
	switch {
	case t.value != nil:
		return tb.describe(name, t.value)
	case space && member == "":
		return m.table(r, tb.sep).methods(name + tb.sep)
	}
	return nil
}

func (p *plan) describe() []ParamInfo {
	list := make([]ParamInfo, 0, len(p.order))
	for _, i := range p.order {
		q := &p.params[i]
		info := ParamInfo{Name: q.name, Type: q.typ, Required: !q.optional, Variadic: q.rest, Keywords: p.kwargs}
		if q.def.IsValid() {
			info.Default, _ = newCoder(nil, 0).encode(nil, q.def)
		}
		list = append(list, info)
	}
	return list
}
