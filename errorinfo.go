package jsonrpc

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// errorsOf lists what the ErrorMaps of a path make known, the inner ones first: a key that an
// inner map has is not looked up in an outer one.
func errorsOf(path []*scope) []ErrorInfo {
	var list []ErrorInfo
	known := map[any]bool{}
	for _, s := range slices.Backward(path) {
		if t := s.errorTable(); t != nil && s.fault == nil {
			list = t.describe(list, known)
		}
	}
	return byCode(list)
}

// describe adds to list what keys the map has that are not known yet.
func (t *errorTable) describe(list []ErrorInfo, known map[any]bool) []ErrorInfo {
	for key, code := range t.sentinels {
		if !known[key] {
			known[key] = true
			list = append(list, ErrorInfo{Code: code, Message: messageOf(key)})
		}
	}
	add := func(typ reflect.Type, code int) {
		if !known[typ] {
			known[typ] = true
			list = append(list, ErrorInfo{Code: code, Message: typeName(typ)})
		}
	}
	for typ, code := range t.types {
		add(typ, code)
	}
	for _, i := range t.interfaces {
		add(i.typ, i.code)
	}
	return list
}

// messageOf returns a sentinel's text; its Error method may panic.
func messageOf(err error) (text string) {
	defer func() {
		if recover() != nil {
			text = typeName(reflect.TypeOf(err))
		}
	}()
	return validText(err.Error())
}

// typeName names an error's type, without a pointer and a package.
func typeName(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return cmp.Or(t.Name(), t.String())
}

// byCode sorts a list and makes one of those that have one code.
func byCode(list []ErrorInfo) []ErrorInfo {
	slices.SortFunc(list, func(a, b ErrorInfo) int {
		return cmp.Or(cmp.Compare(b.Code, a.Code), cmp.Compare(a.Message, b.Message))
	})
	var out []ErrorInfo
	for _, e := range list {
		last := len(out) - 1
		if last < 0 || out[last].Code != e.Code {
			out = append(out, e)
			continue
		}
		if out[last].Data == nil {
			out[last].Data = e.Data
		}
		if !slices.Contains(strings.Split(out[last].Message, "; "), e.Message) {
			out[last].Message += "; " + e.Message
		}
	}
	return out
}

// declared tells what the errors that a procedure declares are answered as; each has to be one
// that a client gets to see.
func declared(errs []error, path []*scope) ([]ErrorInfo, error) {
	var list []ErrorInfo
	var faults []error
	for _, err := range errs {
		info, fault := answered(err, path)
		if fault != nil {
			faults = append(faults, fault)
			continue
		}
		list = append(list, info)
	}
	return byCode(list), errors.Join(faults...)
}

// answered tells what an error is answered as. Its methods may panic.
func answered(err error, path []*scope) (info ErrorInfo, fault error) {
	defer func() {
		if p := recover(); p != nil {
			fault = fmt.Errorf("the error of type %T for Errors panics: %v", err, p)
		}
	}()
	if err == nil {
		return info, errors.New("found nil for Errors, want an error")
	}
	e := translate(err, path)
	if e == nil || e == errInternal {
		return info, fmt.Errorf("found the error %q for Errors, which has no code: want one that an ErrorMap maps, or NewError", err)
	}
	info = ErrorInfo{Code: e.Code, Message: validText(e.Message)}
	if e.Data != nil {
		data, err := newCoder(nil, 0).encode(nil, reflect.ValueOf(e.Data))
		if err != nil {
			return info, fmt.Errorf("the data of the error %q for Errors is no JSON: %w", e.Message, err)
		}
		info.Data = json.RawMessage(data)
	}
	return info, nil
}

// override returns list with those of own in place of what has the same code.
func override(list, own []ErrorInfo) []ErrorInfo {
	if own == nil {
		return list
	}
	list = slices.DeleteFunc(slices.Clone(list), func(e ErrorInfo) bool {
		return slices.ContainsFunc(own, func(o ErrorInfo) bool { return o.Code == e.Code })
	})
	return byCode(append(list, own...))
}
