package describe

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// A property is a member of an object.
type property struct {
	name  string
	value jsontext.Value
}

// inOrder returns the members of an object as they stand; none of what is no object.
func inOrder(object jsontext.Value) []property {
	if object.Kind() != jsontext.KindBeginObject {
		return nil
	}
	var found []property
	dec := jsontext.NewDecoder(bytes.NewReader(object), jsontext.AllowDuplicateNames(true))
	_, _ = dec.ReadToken() // the brace
	for dec.PeekKind() == jsontext.KindString {
		name, err := dec.ReadToken()
		if err != nil {
			break
		}
		text := name.String()
		value, err := dec.ReadValue()
		if err != nil {
			break
		}
		found = append(found, property{text, value.Clone()})
	}
	return found
}
