package jsonrpc

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// input is what a call brings for the parameters.
type input struct {
	*engine
	params   []byte // an array, an object, or nil for none
	elements []element
	ctx      context.Context
	extras   Extras
	free     bool // extras fill undeclared parameters too
}

// all returns all elements of params, also those beyond the ones remembered.
func (in *input) all() []element {
	if len(in.elements) < maxElements {
		return in.elements
	}
	s := scanner{text: in.params, maxDepth: maxDepthLimit}
	elements, _ := s.list(0, 0, nil, len(in.params))
	return elements
}

func (in *input) value(e *element) []byte { return in.params[e.value.at:e.value.end] }

// maxFaults bounds the faults that one answer tells of.
const maxFaults = 32

// binder fills one frame.
type binder struct {
	*plan
	*frame
	in     *input
	faults []ParamFault
}

// bind fills f from its input. The error is Invalid params with all that is wrong with the params, or an
// internal one where the server's own values are at fault.
func (p *plan) bind(f *frame) error {
	in := &f.input
	b := binder{plan: p, frame: f, in: in}
	switch {
	case in.params == nil:
	case in.params[0] == '[':
		b.byPosition(in.all())
	case p.kwargs:
		b.setValue(p.order[0], in.params, whole)
	default:
		all := in.all()
		for n := range all {
			b.byName(&all[n])
		}
	}
	if f.left > 0 || in.free {
		if err := b.fill(); err != nil {
			return err
		}
	}
	if b.faults != nil {
		return errInvalidParams(b.faults...)
	}
	return nil
}

func (b *binder) fault(param, expected, got string) {
	known := func(f ParamFault) bool { return topLevel(f.Param) == topLevel(param) }
	if len(b.faults) < maxFaults && !slices.ContainsFunc(b.faults, known) {
		b.faults = append(b.faults, ParamFault{param, expected, got})
	}
}

// topLevel returns the part of a pointer that leads to the parameter itself.
func topLevel(pointer string) string {
	if pointer == "" {
		return ""
	}
	name, _, _ := strings.Cut(pointer[1:], "/")
	return name
}

func (b *binder) byPosition(elements []element) {
	fixed := len(b.order)
	if b.rest {
		fixed--
	}
	for n := range min(fixed, len(elements)) {
		b.setValue(b.order[n], b.in.value(&elements[n]), n)
	}
	switch {
	case len(elements) <= fixed:
	case b.rest:
		b.setRest(b.order[fixed], elements[fixed:], fixed)
	default:
		b.fault("/"+strconv.Itoa(fixed), "at most "+strconv.Itoa(fixed)+" parameters", "surplus")
	}
}

// setRest decodes all that is left into the slice of a variadic parameter.
func (b *binder) setRest(i int, elements []element, first int) {
	b.mark(i)
	slice := reflect.MakeSlice(b.params[i].typ, len(elements), len(elements))
	decode := shortOf(b.params[i].typ.Elem()).decode
	for n := range elements {
		if f := b.decode(b.in.value(&elements[n]), slice.Index(n), decode); f != nil {
			b.fault("/"+strconv.Itoa(first+n)+f.Param, f.Expected, f.Got)
			break
		}
	}
	b.slots[i].Set(slice)
}

func (b *binder) byName(e *element) {
	raw := b.in.params[e.name.at:e.name.end]
	if e.flags&escaped != 0 {
		raw = unescapeAll(raw)
	}
	i := b.index(raw)
	switch {
	case i < 0:
		b.fault(pointer(raw), "one of: "+b.names(), "unknown")
	case b.params[i].injected:
		b.fault(pointer(raw), "nothing: the server sets it", "injected")
	case b.given[i]:
		b.fault(pointer(raw), "one value", "duplicate")
	default:
		b.setValue(i, b.in.value(e), byName)
	}
}

// index finds a parameter by name.
func (b *binder) index(name []byte) int {
	if b.byNames != nil {
		if i, ok := b.byNames[string(name)]; ok {
			return i
		}
		return -1
	}
	for i := range b.params {
		if q := &b.params[i]; q.name != "" && q.name == string(name) {
			return i
		}
	}
	return -1
}

// mark notes that a parameter is set.
func (b *binder) mark(i int) {
	b.given[i] = true
	b.left--
}

// Where setValue finds a parameter, other than at a position.
const (
	byName = -1
	whole  = -2 // it takes all of params
)

// setValue decodes one parameter.
func (b *binder) setValue(i int, raw []byte, at int) {
	b.mark(i)
	q := &b.params[i]
	if q.decode != nil && b.in.strict && raw[0] != 'n' {
		if q.decode(raw, 0, b.slots[i]) == len(raw) {
			return
		}
		b.slots[i].SetZero()
	}
	f := b.mismatch(q, raw)
	if f == nil {
		f = b.decode(raw, b.slots[i], nil)
	}
	if f != nil {
		switch at {
		case byName:
			f.Param = pointer([]byte(q.name)) + f.Param
		case whole:
		default:
			f.Param = "/" + strconv.Itoa(at) + f.Param
		}
		b.fault(f.Param, f.Expected, f.Got)
	}
}

// mismatch tells of a value that is of another JSON type than a plain scalar's, which need not be
// decoded to be refused; nil of any other.
func (b *binder) mismatch(q *param, raw []byte) *ParamFault {
	if q.decode == nil || !b.in.strict || raw[0] == 'n' {
		return nil
	}
	var fits bool
	switch k := q.typ.Kind(); {
	case k == reflect.Bool:
		fits = raw[0] == 't' || raw[0] == 'f'
	case k == reflect.String:
		fits = raw[0] == '"'
	default:
		fits = !isNumber(q.typ) || raw[0] == '-' || raw[0]-'0' <= 9
	}
	if fits {
		return nil
	}
	return &ParamFault{"", q.expected, jsonType(raw[0])}
}

// decode decodes one value, or says what is wrong inside of it.
func (b *binder) decode(raw []byte, v reflect.Value, short decodeFunc) *ParamFault {
	if raw[0] == 'n' {
		switch {
		case !nilable(v.Type()):
			return &ParamFault{"", describe(v.Type()), "null"}
		case !decodesItself(v.Type()):
			return nil
		}
	}
	if err := b.in.decode(raw, v, short); err != nil {
		return explain(err, raw, v.Type())
	}
	return nil
}

// fill sets the parameters that the client left out.
func (b *binder) fill() error {
	for i := range b.params {
		q := &b.params[i]
		extra, supplied := b.extra(q)
		switch {
		case b.given[i] && !supplied:
		case b.given[i]:
			b.fault(b.missing(i), "nothing: the server sets it", "injected")
		case supplied:
			v, err := convert(extra, q.typ)
			if err != nil {
				return internal("the extra variable %q does not fit its parameter: %w", q.name, err)
			}
			b.slots[i].Set(v)
		case q.injected:
			return internal("the parameter %q is injected and nothing supplies it: use WithExtra, Options.Extras or the extras of Call", q.name)
		case q.def.IsValid():
			if v := q.def; q.copied {
				b.slots[i].Set(clone(v))
			} else {
				b.slots[i].Set(v)
			}
		case b.kwargs:
			b.slots[i].Set(reflect.MakeMap(q.typ))
		case !q.optional:
			b.fault(b.missing(i), q.expected, "missing")
		}
	}
	return nil
}

// extra finds the extra variable for a parameter.
func (b *binder) extra(q *param) (any, bool) {
	if q.name == "" || !q.injected && !b.in.free {
		return nil, false
	}
	if v, ok := b.in.extras[q.name]; ok {
		return v, true
	}
	if !q.injected {
		return nil, false
	}
	return contextExtra(b.in.ctx, q.name)
}

// missing points to where a parameter would stand.
func (b *binder) missing(i int) string {
	if name := b.params[i].name; name != "" && (b.in.params == nil || b.in.params[0] == '{') {
		return pointer([]byte(name))
	}
	for n, k := range b.order {
		if k == i {
			return "/" + strconv.Itoa(n)
		}
	}
	return ""
}

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// pointer is the JSON Pointer (RFC 6901) to a member of params.
func pointer(name []byte) string { return "/" + pointerEscapes.Replace(string(name)) }
