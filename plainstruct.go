package jsonrpc

import (
	"reflect"
	"slices"
	"strings"
)

// newShortOf compiles the short way for a struct, slice or pointer.
func newShortOf(t reflect.Type, inside []reflect.Type) short {
	if slices.Contains(inside, t) {
		return short{} // it holds itself: how deep is not known
	}
	inside = append(inside, t)
	switch t.Kind() {
	case reflect.Struct:
		return newShortStruct(t, inside)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return short{} // base64
		}
		return newShortSlice(t, inside)
	case reflect.Pointer:
		return newShortPointer(newShort(t.Elem(), inside))
	}
	return short{}
}

func newShortPointer(elem short) (s short) {
	if elem.decode != nil {
		s.decode = func(text []byte, i int, v reflect.Value) int {
			if text[i] == 'n' {
				return i + len("null")
			}
			v.Set(reflect.New(v.Type().Elem()))
			return elem.decode(text, i, v.Elem())
		}
	}
	if elem.encode != nil {
		s.encode = func(dst []byte, v reflect.Value) ([]byte, bool) {
			if v.IsNil() {
				return append(dst, "null"...), true
			}
			return elem.encode(dst, v.Elem())
		}
	}
	return s
}

// blank skips white space in a text that has passed the scanner.
func blank(text []byte, i int) int {
	for text[i] <= ' ' {
		i++
	}
	return i
}

// shortField is a field of a struct.
type shortField struct {
	short
	index     int
	name      string
	head      string // the name as it is encoded, with its colon
	omitEmpty bool
	omitZero  bool
}

// maxShortFields is how many fields fit the set of those seen.
const maxShortFields = 64

func newShortStruct(t reflect.Type, inside []reflect.Type) (s short) {
	fields, ok := shortFields(t, inside)
	if !ok {
		return s
	}
	if !slices.ContainsFunc(fields, func(f shortField) bool { return f.decode == nil }) && len(fields) <= maxShortFields {
		s.decode = func(text []byte, i int, v reflect.Value) int { return decodeStruct(text, i, v, fields) }
	}
	if !slices.ContainsFunc(fields, func(f shortField) bool { return f.encode == nil }) {
		s.encode = func(dst []byte, v reflect.Value) ([]byte, bool) { return appendStruct(dst, v, fields) }
	}
	return s
}

// shortFields lists the fields, and returns false for a struct that is not plain.
func shortFields(t reflect.Type, inside []reflect.Type) (fields []shortField, ok bool) {
	for i := range t.NumField() {
		sf := t.Field(i)
		tag, tagged := sf.Tag.Lookup("json")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case sf.Anonymous || !sf.IsExported() && tagged:
			return nil, false
		case !sf.IsExported() || tag == "-":
			continue
		case name == "":
			name = sf.Name
		}
		f := shortField{short: newShort(sf.Type, inside), index: i, name: name}
		switch options {
		case "omitempty":
			f.omitEmpty = true
		case "omitzero":
			f.omitZero = true
		case "omitempty,omitzero", "omitzero,omitempty":
			f.omitEmpty, f.omitZero = true, true
		default:
			if strings.Contains(tag, ",") {
				return nil, false // another option, or one that the codec finds malformed
			}
		}
		if _, own := reflect.PointerTo(sf.Type).MethodByName("IsZero"); own || !plainName(name) || slices.ContainsFunc(fields, func(g shortField) bool { return g.name == name }) {
			return nil, false
		}
		f.head = `"` + name + `":`
		fields = append(fields, f)
	}
	return fields, len(fields) > 0 || t.NumField() == 0
}

// plainName tells whether a name means itself in every tag and needs no escapes.
func plainName(name string) bool {
	for _, c := range []byte(name) {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			if c-'0' > 9 && c != '_' && c != '-' {
				return false
			}
		}
	}
	return true
}

// decodeStruct takes the fields in any order, soonest in their own.
func decodeStruct(text []byte, i int, v reflect.Value, fields []shortField) int {
	if text[i] != '{' {
		return -1
	}
	if i = blank(text, i+1); text[i] == '}' {
		return i + 1
	}
	var seen uint64
	for next := 0; ; next++ {
		i++ // the quote
		n := fieldAt(text[i:], fields, next)
		if n < 0 || seen&(1<<n) != 0 {
			return -1 // unknown, escaped, or twice
		}
		seen |= 1 << n
		next = n
		f := &fields[n]
		i = blank(text, i+len(f.name)+1) + 1 // behind the colon
		if i = f.decode(text, blank(text, i), v.Field(f.index)); i < 0 {
			return -1
		}
		if i = blank(text, i); text[i] == '}' {
			return i + 1
		}
		i = blank(text, i+1)
	}
}

// fieldAt finds the field whose name and closing quote text begins with; it tries fields[next]
// first. It returns -1 where there is none.
func fieldAt(text []byte, fields []shortField, next int) int {
	is := func(n int) bool {
		name := fields[n].name
		return len(text) > len(name) && text[len(name)] == '"' && string(text[:len(name)]) == name
	}
	if next < len(fields) && is(next) {
		return next
	}
	for n := range fields {
		if is(n) {
			return n
		}
	}
	return -1
}

func appendStruct(dst []byte, v reflect.Value, fields []shortField) (out []byte, ok bool) {
	dst = append(dst, '{')
	first := true
	for n := range fields {
		f := &fields[n]
		value := v.Field(f.index)
		if f.omitZero && value.IsZero() || f.omitEmpty && empty(value) {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		if dst, ok = f.encode(append(dst, f.head...), value); !ok {
			return dst, false
		}
	}
	return append(dst, '}'), true
}

// empty tells what omitempty leaves out, as encoding/json does.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
