package jsonrpc

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// param is one parameter.
type param struct {
	name     string // "" where it has none
	typ      reflect.Type
	root     int   // the argument that it is, or is a field of
	index    []int // the field; nil: the argument itself
	optional bool
	injected bool
	rest     bool // takes all that is left by position
	nilable  bool
	def      reflect.Value
	copied   bool // each call gets a copy of def
	decode   decodeFunc
	expected string // what a client sends
}

func newParam(name string, t reflect.Type, root int) param {
	return param{
		name: name, typ: t, root: root,
		nilable:  nilable(t),
		optional: t.Kind() == reflect.Pointer,
		decode:   shortOf(t).decode,
		expected: describe(t),
	}
}

// tag reads a field's rpc tag: extra, or default= with JSON behind it, up to the tag's end.
func (q *param) tag(tag string) error {
	for tag != "" {
		if text, ok := strings.CutPrefix(tag, "default="); ok {
			return q.setDefault(json.RawMessage(text))
		}
		var option string
		if option, tag, _ = strings.Cut(tag, ","); option != "extra" {
			return fmt.Errorf("found %q in its rpc tag, want extra or default=JSON", option)
		}
		q.injected = true
	}
	return nil
}

// setDefault takes a Go value, or JSON as a json.RawMessage.
func (q *param) setDefault(value any) error {
	var err error
	if raw, ok := value.(json.RawMessage); ok && q.typ != typeRawMessage {
		v := reflect.New(q.typ)
		if err = (StrictCodec{}).Unmarshal(raw, v.Interface()); err == nil && string(raw) == "null" && !q.nilable {
			err = errors.New("found null")
		}
		q.def = v.Elem()
	} else {
		q.def, err = convert(value, q.typ)
	}
	if err != nil {
		return fmt.Errorf("its default is no %v: %w", q.typ, err)
	}
	q.optional, q.copied = true, shared(q.typ)
	return nil
}
