package jsonrpc

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// explain turns a codec's error into a fault. The strict codec says where inside the value it
// stopped; with any other it is asked too, and decodes once more.
func explain(err error, raw []byte, t reflect.Type) *ParamFault {
	var semantic *json.SemanticError
	var syntactic *jsontext.SyntacticError
	if !errors.As(err, &semantic) && !errors.As(err, &syntactic) {
		err = StrictCodec{}.Unmarshal(raw, reflect.New(t).Interface())
	}
	switch {
	case errors.As(err, &syntactic) && errors.Is(err, jsontext.ErrDuplicateName):
		return &ParamFault{string(syntactic.JSONPointer), "one value", "duplicate"}
	case errors.As(err, &syntactic):
		return &ParamFault{string(syntactic.JSONPointer), "Unicode text", "string"}
	case errors.As(err, &semantic) && semantic.GoType != nil:
		if value := valueAt(raw, semantic.JSONPointer); value != nil {
			return &ParamFault{string(semantic.JSONPointer), expected(semantic.GoType, value), jsonType(value[0])}
		}
	}
	return &ParamFault{"", expected(t, raw), jsonType(raw[0])}
}

// valueAt finds the value inside of raw that a pointer leads to, nil where there is none.
func valueAt(raw []byte, to jsontext.Pointer) []byte {
	for token := range to.Tokens() {
		if raw[0] != '[' && raw[0] != '{' {
			return nil
		}
		s := scanner{text: raw, maxDepth: maxDepthLimit}
		elements, _ := s.list(0, 0, nil, len(raw))
		i := slices.IndexFunc(elements, func(e element) bool {
			return raw[0] == '{' && string(unescapeAll(raw[e.name.at:e.name.end])) == token
		})
		if n, err := strconv.Atoi(token); err == nil && raw[0] == '[' && n < len(elements) {
			i = n
		}
		if i < 0 {
			return nil
		}
		raw = raw[elements[i].value.at:elements[i].value.end]
	}
	return raw
}

// expected says what a value that does not fit should have been. An integer that does not is
// out of its type's range.
func expected(t reflect.Type, raw []byte) string {
	if _, err := strconv.ParseFloat(string(raw), 64); isNumber(t) && !bytes.ContainsAny(raw, ".eE") && (err == nil || errors.Is(err, strconv.ErrRange)) {
		switch v := reflect.Zero(t); {
		case v.CanInt():
			return fmt.Sprintf("integer from %d to %d", -1<<(t.Bits()-1), 1<<(t.Bits()-1)-1)
		case v.CanUint():
			return fmt.Sprintf("integer from 0 to %d", uint64(1<<t.Bits()-1))
		}
	}
	return describe(t)
}

var typeTime = reflect.TypeFor[time.Time]()

// describe names the JSON type that a t is decoded from.
func describe(t reflect.Type) string {
	switch k := t.Kind(); {
	case t == typeTime:
		return "RFC 3339 date and time"
	case t == typeNumber:
		return "number"
	case t == typeRawMessage || k == reflect.Interface:
		return "any value"
	case k == reflect.Pointer:
		return describe(t.Elem())
	case decodesItself(t):
		return "valid " + t.Name()
	case k == reflect.Bool:
		return "boolean"
	case k == reflect.String:
		return "string"
	case k == reflect.Float32 || k == reflect.Float64:
		return "number"
	case isNumber(t):
		return "integer"
	case k == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return "base64 string"
	case k == reflect.Array:
		return "array of " + strconv.Itoa(t.Len())
	case k == reflect.Slice:
		return "array"
	}
	return "object"
}
