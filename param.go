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

// tag reads a field's rpc tag: extra, rest, unnamed, or default= with JSON behind it, up to the
// tag's end.
func (q *param) tag(tag string) error {
	for tag != "" {
		if text, ok := strings.CutPrefix(tag, "default="); ok {
			return q.setDefault(json.RawMessage(text))
		}
		var option string
		option, tag, _ = strings.Cut(tag, ",")
		switch {
		case option == "extra" && q.name != "":
			q.injected = true
		case option == "rest" && q.typ.Kind() == reflect.Slice:
			q.rest, q.optional = true, true
		case option == "unnamed" && !q.injected:
			q.name = ""
		default:
			return fmt.Errorf("found %q in the rpc tag of a %v, want extra, unnamed, rest for a slice, or default=JSON", option, q.typ)
		}
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
