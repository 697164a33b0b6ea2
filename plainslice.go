package jsonrpc

import (
	"reflect"
	"strconv"
)

// newShortSlice compiles the short way for a slice.
func newShortSlice(t reflect.Type, inside []reflect.Type) (s short) {
	switch t {
	case reflect.TypeFor[[]int]():
		return newShortList(func(text []byte, i int) (int, int) {
			n, end := intAt(text, i)
			if int64(int(n)) != n {
				return 0, -1
			}
			return int(n), end
		}, func(dst []byte, n int) ([]byte, bool) { return strconv.AppendInt(dst, int64(n), 10), true })
	case reflect.TypeFor[[]int64]():
		return newShortList(intAt, func(dst []byte, n int64) ([]byte, bool) { return strconv.AppendInt(dst, n, 10), true })
	case reflect.TypeFor[[]float64]():
		return newShortList(floatAt, appendFloat)
	case reflect.TypeFor[[]string]():
		return newShortList(stringAt, appendString)
	}
	elem := newShort(t.Elem(), inside)
	if elem.decode != nil {
		s.decode = func(text []byte, i int, v reflect.Value) int { return decodeSlice(text, i, v, elem.decode) }
	}
	if elem.encode != nil {
		s.encode = func(dst []byte, v reflect.Value) ([]byte, bool) { return appendSlice(dst, v, elem.encode) }
	}
	return s
}

func decodeSlice(text []byte, i int, v reflect.Value, elem decodeFunc) int {
	if text[i] != '[' {
		return -1
	}
	if i = blank(text, i+1); text[i] == ']' {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return i + 1
	}
	for n := 0; ; n++ {
		if n == v.Cap() {
			v.Grow(max(4, n))
		}
		v.SetLen(n + 1)
		if i = elem(text, i, v.Index(n)); i < 0 {
			return -1
		}
		if i = blank(text, i); text[i] == ']' {
			return i + 1
		}
		i = blank(text, i+1)
	}
}

func appendSlice(dst []byte, v reflect.Value, elem encodeFunc) (out []byte, ok bool) {
	dst = append(dst, '[')
	for i := range v.Len() {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, ok = elem(dst, v.Index(i)); !ok {
			return dst, false
		}
	}
	return append(dst, ']'), true
}

// newShortList is the short way for the slices that are met most: their elements need no
// reflection.
func newShortList[E any](at func(text []byte, i int) (E, int), add func(dst []byte, e E) ([]byte, bool)) short {
	return short{
		decode: func(text []byte, i int, v reflect.Value) int {
			list, end := listAt(text, i, at)
			if end >= 0 {
				*v.Addr().Interface().(*[]E) = list
			}
			return end
		},
		encode: func(dst []byte, v reflect.Value) ([]byte, bool) {
			if v.CanAddr() {
				return appendList(dst, *v.Addr().Interface().(*[]E), add)
			}
			return appendList(dst, v.Interface().([]E), add)
		},
	}
}

// listAt reads the array at text[i].
func listAt[E any](text []byte, i int, at func(text []byte, i int) (E, int)) (list []E, end int) {
	if text[i] != '[' {
		return nil, -1
	}
	if i = blank(text, i+1); text[i] == ']' {
		return []E{}, i + 1
	}
	list = make([]E, 0, 4)
	for {
		var e E
		if e, i = at(text, i); i < 0 {
			return nil, -1
		}
		list = append(list, e)
		if i = blank(text, i); text[i] == ']' {
			return list, i + 1
		}
		i = blank(text, i+1)
	}
}

func appendList[E any](dst []byte, list []E, add func(dst []byte, e E) ([]byte, bool)) (out []byte, ok bool) {
	dst = append(dst, '[')
	for i := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, ok = add(dst, list[i]); !ok {
			return dst, false
		}
	}
	return append(dst, ']'), true
}
