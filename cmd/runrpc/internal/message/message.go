// Package message composes the requests that runrpc sends and reads what comes back. What a user or a server wrote
// stays as it is written: a number is never turned into a Go number.
package message

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A Request is a call, or without an ID a notification.
type Request struct {
	Method string         `json:"method"`
	Params jsontext.Value `json:"params,omitzero"`
	ID     jsontext.Value `json:"id,omitzero"`
}

// Text returns the request as it is sent.
func (r Request) Text() []byte {
	text := []byte(`{"jsonrpc":"2.0","method":`)
	text, _ = jsontext.AppendQuote(text, r.Method) // fails only for invalid UTF-8, which becomes U+FFFD
	if r.Params != nil {
		text = append(append(text, `,"params":`...), r.Params...)
	}
	if r.ID != nil {
		text = append(append(text, `,"id":`...), r.ID...)
	}
	return append(text, '}')
}

// A Response is the answer to a call: Error is nil where there is a Result.
type Response struct {
	Result jsontext.Value
	Error  *Error
	ID     jsontext.Value // nil where it is missing
	Text   jsontext.Value // all of it
}

// An Error is what a server answers instead of a result.
type Error struct {
	Code    jsontext.Value // an integer
	Message string
	Data    jsontext.Value // nil where it is missing
}

// Parse returns the one JSON value that text holds, without the space around it. Members may stand in it twice.
func Parse(text []byte) (jsontext.Value, error) {
	value := jsontext.Value(text).Clone()
	if err := value.Compact(jsontext.AllowInvalidUTF8(false)); err != nil {
		return nil, plain(err)
	}
	return value, nil
}

// plain leaves of an error what tells a user something.
func plain(err error) error {
	if fault, ok := errors.AsType[*jsontext.SyntacticError](err); ok && fault.Err != nil {
		return fmt.Errorf("%w at byte %d", fault.Err, fault.ByteOffset)
	}
	return err
}

// Members returns the members of an object; of those with one name the last.
func Members(object jsontext.Value) (map[string]jsontext.Value, error) {
	members := map[string]jsontext.Value{}
	if err := json.Unmarshal(object, &members, jsontext.AllowDuplicateNames(true)); err != nil {
		return nil, fmt.Errorf("found %s, want an object", Kind(object))
	}
	return members, nil
}

// Elements returns the elements of an array.
func Elements(array jsontext.Value) ([]jsontext.Value, error) {
	var elements []jsontext.Value
	if err := json.Unmarshal(array, &elements, jsontext.AllowDuplicateNames(true)); err != nil || elements == nil {
		return nil, fmt.Errorf("found %s, want an array", Kind(array))
	}
	return elements, nil
}

// Kind says what a value is: "an object", "a number".
func Kind(value jsontext.Value) string {
	switch value.Kind() {
	case jsontext.KindBeginObject:
		return "an object"
	case jsontext.KindBeginArray:
		return "an array"
	case jsontext.KindString:
		return "a string"
	case jsontext.KindNumber:
		return "a number"
	case jsontext.KindNull:
		return "null"
	case jsontext.KindTrue, jsontext.KindFalse:
		return "a boolean"
	default:
		return "nothing"
	}
}

// String returns the text of a JSON string; ok tells whether value is one.
func String(value jsontext.Value) (text string, ok bool) {
	if value.Kind() != jsontext.KindString {
		return "", false
	}
	raw, err := jsontext.AppendUnquote(nil, value)
	return string(raw), err == nil
}
