package gen

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// A binding is one procedure to write.
type binding struct {
	source.Function
	method  bool // of what New makes
	context bool
	http    bool
	params  []param
	whole   types.Type // of the one parameter that stands for all; nil: there is none
	result  types.Type // nil: none
	err     bool
}

// A param is one argument of a binding's function that a client sends, or that is injected.
type param struct {
	source.Param
	typ  types.Type
	rest bool // it is variadic
}

// unnamed reports whether the parameters have positions alone, since one of them has no name.
func (b binding) unnamed() bool {
	return slices.ContainsFunc(b.params, func(p param) bool { return !p.Extra && !p.Named() })
}

const (
	wantSignature = "want func([context.Context,] [*http.Request,] args...) ([result] [, error])"
	orSkip        = "; //rpc:skip leaves it out"
)

// binder makes the bindings of a package, and collects all that stands in the way.
type binder struct {
	*subject
	bindings []binding
	faults   []fault
}

// bind returns the bindings of a package by their names on the wire.
func bind(s *subject) ([]binding, []fault) {
	b := binder{subject: s}
	for _, skip := range s.Skipped {
		b.fault(skip.Pos, skip.Name, skip.Why)
	}
	for _, f := range s.Functions {
		b.add(f, s.types.Scope().Lookup(f.GoName), false)
	}
	if s.Service != nil {
		for _, f := range s.Service.Methods {
			obj, _, _ := types.LookupFieldOrMethod(s.made(), false, s.types, f.GoName)
			b.add(f, obj, true)
		}
	}
	for _, name := range []string{"error", "nil"} {
		if pos, ok := s.declared[name]; ok {
			b.fault(pos, name, "the generated file needs this name as Go itself declares it: want another here")
		}
	}
	slices.SortFunc(b.bindings, func(a, b binding) int { return cmp.Compare(a.Method, b.Method) })
	return b.bindings, b.faults
}

// made returns the type of the service.
func (s *subject) made() types.Type {
	return s.types.Scope().Lookup("New").(*types.Func).Signature().Results().At(0).Type()
}

// isRegistry reports whether a function is RPC, which returns a registry.
func isRegistry(fn *types.Func) bool {
	sig := fn.Signature()
	return fn.Name() == "RPC" && sig.Params().Len() == 0 && sig.Results().Len() > 0 &&
		isNamed(sig.Results().At(0).Type(), toolkit.Path, "RPC")
}

func (b *binder) fault(pos token.Position, name, why string) {
	b.faults = append(b.faults, fault{pos, name, why})
}

// add adds the binding of a function, or says why there is none.
func (b *binder) add(f source.Function, obj types.Object, method bool) {
	fn, ok := obj.(*types.Func)
	switch {
	case !ok:
		b.fault(f.Pos, f.GoName, "found no type for it")
		return
	case isRegistry(fn):
		return
	}
	n := len(b.faults)
	bound := binding{Function: f, method: method}
	b.name(f)
	b.arguments(&bound, fn.Signature())
	b.results(&bound, fn.Signature())
	if len(b.faults) == n {
		b.bindings = append(b.bindings, bound)
	}
}

// name checks the name on the wire.
func (b *binder) name(f source.Function) {
	for _, other := range b.bindings {
		if other.Method == f.Method {
			b.fault(f.Pos, f.GoName, fmt.Sprintf("found the name %s, which is that of %s at %s already: want another, by //rpc:name",
				f.Method, other.GoName, source.Exactly(other.Pos)))
		}
	}
	if err := (jsonrpc.RPC{f.Method: func() {}}).Check(); err != nil {
		b.fault(f.Pos, f.GoName, plain(err))
	}
}

// plain leaves of an error of the toolkit's what concerns the function.
func plain(err error) string {
	_, text, ok := strings.Cut(err.Error(), `": `)
	if !ok {
		text = err.Error()
	}
	return strings.ReplaceAll(text, "\n", "; ")
}

// arguments reads what a function takes.
func (b *binder) arguments(bound *binding, sig *types.Signature) {
	for i := range sig.Params().Len() {
		v := sig.Params().At(i)
		switch t := v.Type(); {
		case i == 0 && isContext(t):
			bound.context = true
		case isHTTPRequest(t) && (i == 0 || i == 1 && bound.context):
			bound.http = true
		default:
			p := param{Param: bound.Params[i], typ: t, rest: sig.Variadic() && i == sig.Params().Len()-1}
			if err := p.check(); err != nil {
				b.fault(b.position(v, bound), bound.GoName, fmt.Sprintf("argument %d: %v; %s%s", i+1, err, wantSignature, orSkip))
			}
			bound.params = append(bound.params, p)
		}
	}
	b.alone(bound)
	for _, p := range bound.params {
		if p.Default != "" && bound.unnamed() {
			b.fault(bound.Pos, bound.GoName, fmt.Sprintf("found a default for %s, and a parameter without a name, so that all go by position alone: want names for all", p.Name))
		}
	}
}

// position returns where a variable stands, or the function if that is not known.
func (b *binder) position(v *types.Var, bound *binding) token.Position {
	if v.Pos().IsValid() {
		return b.deps.fset.Position(v.Pos())
	}
	return bound.Pos
}

// check says why a parameter cannot be one.
func (p param) check() error {
	switch why := misplaced(p.typ); {
	case why != "":
		return errors.New(why)
	case ofC(p.typ):
		return errOfC
	case !p.Extra && !fromJSON(p.typ):
		return fmt.Errorf("no JSON value is a %s", spell(p.typ))
	case p.Default != "":
		return p.checkDefault()
	}
	return nil
}

// alone finds the one parameter that, without a name, stands for all.
func (b *binder) alone(bound *binding) {
	open := slices.DeleteFunc(slices.Clone(bound.params), func(p param) bool { return p.Extra })
	if len(open) != 1 || open[0].Named() || open[0].rest || !isList(open[0].typ) && !isKeywords(open[0].typ) {
		return
	}
	if len(bound.params) > 1 {
		b.fault(bound.Pos, bound.GoName, fmt.Sprintf("found a %s without a name beside an injected parameter: want a name for it%s",
			spell(open[0].typ), orSkip))
	}
	bound.whole = open[0].typ
	b.fields(bound, open[0].typ)
}

// fields checks those of a struct that is the parameter list.
func (b *binder) fields(bound *binding, t types.Type) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	list, ok := t.Underlying().(*types.Struct)
	for i := 0; ok && i < list.NumFields(); i++ {
		v, tag := list.Field(i), reflect.StructTag(list.Tag(i))
		injected := strings.HasPrefix(tag.Get("rpc"), "extra")
		if v.Exported() && !v.Embedded() && !injected && tag.Get("json") != "-" && !fromJSON(v.Type()) {
			b.fault(b.position(v, bound), bound.GoName, fmt.Sprintf("the field %s: no JSON value is a %s: want it to be `rpc:\"extra\"` or `json:\"-\"`",
				v.Name(), spell(v.Type())))
		}
	}
}

// results reads what a function returns.
func (b *binder) results(bound *binding, sig *types.Signature) {
	n := sig.Results().Len()
	if n > 0 && types.Identical(sig.Results().At(n-1).Type(), errorType) {
		bound.err = true
		n--
	}
	why := ""
	switch {
	case n > 1:
		why = "too many results"
	case n == 1 && !isNamed(sig.Results().At(0).Type(), toolkit.Path, "None"):
		bound.result = sig.Results().At(0).Type()
		why = unfitResult(bound.result)
	}
	if why != "" {
		b.fault(bound.Pos, bound.GoName, why+"; "+wantSignature+orSkip)
	}
}

// unfitResult says why a t cannot be a result, "" if it can.
func unfitResult(t types.Type) string {
	switch {
	case ofC(t):
		return errOfC.Error()
	case types.Implements(t, errorType.Underlying().(*types.Interface)):
		return fmt.Sprintf("the result %s is an error by another name: return it as error", spell(t))
	case !toJSON(t):
		return fmt.Sprintf("no JSON value is a %s", spell(t))
	}
	return ""
}

var errOfC = errors.New("found a type of C, which no other file can name: want a type of Go")

// ofC reports whether a type is, or is made of, one of C's. Of these nothing is known here.
func ofC(t types.Type) bool { return strings.Contains(spell(t), types.Typ[types.Invalid].String()) }

// spell returns a type as it is written in Go.
func spell(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}
