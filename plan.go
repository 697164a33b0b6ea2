package jsonrpc

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// plan is everything about calling a procedure that can be known before a call: it is compiled
// once, and a call only follows it. Procedures of one type and the same names share one.
type plan struct {
	sig     *signature
	params  []param
	order   []int          // the parameters by position: all that are not injected
	rest    bool           // the last of order takes all that is left
	kwargs  bool           // the only one of order takes all named parameters
	list    bool           // the parameters are the fields of a struct
	fresh   bool           // the procedure may keep its arguments' memory: frames are not used again
	byNames map[string]int // of many parameters; a few are found sooner without
	fault   error          // why it can not be called
	frames  sync.Pool
	create  func() *frame
	wipe    func(*frame) // forgets the arguments and the result
	invoke  func(p *plan, f *frame, fn any) error
	encoder encodeFunc // the short way for the result
}

// settings are what a Procedure says about its parameters beyond their names.
type settings struct {
	defaults map[string]any
	injected []string
}

var plans sync.Map // planKey to *plan

type planKey struct {
	typ   reflect.Type
	names string
}

// planOf returns the plan for plain functions of a type with names and no other settings.
func planOf(sig *signature, names []string) *plan {
	if len(names) == 0 {
		sig.compile.Do(func() { sig.plan = newPlan(sig, nil, settings{}) })
		return sig.plan
	}
	key := planKey{sig.typ, strings.Join(names, "\x00")}
	if p, ok := plans.Load(key); ok {
		return p.(*plan)
	}
	p, _ := plans.LoadOrStore(key, newPlan(sig, names, settings{}))
	return p.(*plan)
}

func newPlan(sig *signature, names []string, set settings) *plan {
	p := &plan{sig: sig, invoke: (*plan).call, wipe: (*frame).zero}
	p.create = p.newFrame
	roots := make([]reflect.Type, len(sig.params))
	for i, arg := range sig.params {
		roots[i] = sig.typ.In(arg)
	}
	p.fault = errors.Join(p.lay(roots, names, set), p.check(names))
	if sig.result {
		p.encoder = shortOf(sig.resultType()).encode
	}
	return p
}

// lay makes the parameters of the arguments that are parameters.
func (p *plan) lay(roots []reflect.Type, names []string, set settings) error {
	var open []int // the arguments with no name that are not injected
	taken := len(roots)
	name := func(i int) string {
		if i < len(names) {
			return names[i]
		}
		return ""
	}
	for i := range roots {
		if slices.Contains(set.injected, name(i)) && name(i) != "" {
			taken--
		} else if name(i) == "" {
			open = append(open, i)
		}
	}
	var faults []error
	alone := len(open) == 1 && taken == 1 && !(p.sig.variadic && open[0] == len(roots)-1)
	for i, t := range roots {
		if alone && i == open[0] && isList(t) {
			p.list = true
			faults = append(faults, p.layFields(i, t))
			continue
		}
		q := newParam(name(i), t, i)
		q.rest = p.sig.variadic && i == len(roots)-1
		q.optional = q.optional || q.rest
		if alone && i == open[0] && isKeywords(t) {
			p.kwargs, q.optional = true, true
		}
		p.params = append(p.params, q)
	}
	return errors.Join(append(faults, p.set(set))...)
}

// isList tells whether a t without a name is the parameter list.
func isList(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && !decodesItself(t)
}

// isKeywords tells whether a t without a name takes all named parameters.
func isKeywords(t reflect.Type) bool {
	return t.Kind() == reflect.Map && t.Key().Kind() == reflect.String && !decodesItself(t)
}

// layFields makes the parameters of a struct that is the parameter list.
func (p *plan) layFields(root int, t reflect.Type) error {
	if t.Kind() == reflect.Pointer {
		t, p.fresh = t.Elem(), true
	}
	var faults []error
	for _, f := range fieldsOf(t) {
		q := newParam(f.name, f.typ, root)
		q.index = f.index
		q.optional = q.optional || f.optional
		if !f.plain {
			q.decode = nil
		}
		if err := q.tag(f.rpc); err != nil {
			faults = append(faults, fmt.Errorf("the field %s of %v: %w", f.name, t, err))
		}
		for i := range f.index {
			if ft := t.FieldByIndex(f.index[:i+1]).Type; i < len(f.index)-1 && ft.Kind() == reflect.Pointer {
				p.fresh = true
			}
		}
		p.params = append(p.params, q)
	}
	return errors.Join(faults...)
}

// set applies a Procedure's settings to the parameters, which it names.
func (p *plan) set(set settings) error {
	var faults []error
	find := func(name, what string) *param {
		i := slices.IndexFunc(p.params, func(q param) bool { return q.name == name })
		if i < 0 || name == "" {
			faults = append(faults, fmt.Errorf("found %s for %q, want the name of a parameter: %s", what, name, p.names()))
			return &param{}
		}
		return &p.params[i]
	}
	for _, name := range set.injected {
		find(name, "Extra").injected = true
	}
	for name, value := range set.defaults {
		if q := find(name, "a default"); q.typ != nil {
			if err := q.setDefault(value); err != nil {
				faults = append(faults, fmt.Errorf("the parameter %q: %w", name, err))
			}
		}
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}

// fewParams is up to how many parameters a walk through their names beats a map.
const fewParams = 8

// names lists the names that a client may use.
func (p *plan) names() string {
	var names []string
	for _, q := range p.params {
		if q.name != "" && !q.injected {
			names = append(names, q.name)
		}
	}
	if names == nil {
		return "there is none"
	}
	return strings.Join(names, ", ")
}

// check finds the order by position and what contradicts itself.
func (p *plan) check(names []string) error {
	var faults []error
	seen := map[string]bool{}
	named := 0
	for i, q := range p.params {
		if q.name != "" && seen[q.name] {
			faults = append(faults, fmt.Errorf("found two parameters with the name %q, want one", q.name))
		}
		seen[q.name] = true
		if q.injected {
			if q.optional && q.def.IsValid() {
				faults = append(faults, fmt.Errorf("the parameter %q is injected and has a default: want one of the two", q.name))
			}
			continue
		}
		if q.index == nil && p.sig.unfit(q.root) != nil {
			faults = append(faults, p.sig.unfit(q.root))
		} else if !fromJSON(q.typ) {
			faults = append(faults, fmt.Errorf("the field %s: no JSON value is a %v: it has to be injected", q.name, q.typ))
		}
		if p.rest {
			faults = append(faults, fmt.Errorf("found the parameter %q behind the one that takes the rest, want that last", q.name))
		}
		p.order = append(p.order, i)
		p.rest = q.rest
		if q.name != "" {
			named++
		}
	}
	if len(p.params) > fewParams {
		p.byNames = map[string]int{}
		for i, q := range p.params {
			if q.name != "" {
				p.byNames[q.name] = i
			}
		}
	}
	if named > 0 && named < len(p.order) {
		faults = append(faults, fmt.Errorf("found %d names for %d parameters, want one for each or none", named, len(p.order)))
	}
	if len(names) > len(p.sig.params) {
		faults = append(faults, fmt.Errorf("found %d names for %d parameters", len(names), len(p.sig.params)))
	}
	return errors.Join(faults...)
}
