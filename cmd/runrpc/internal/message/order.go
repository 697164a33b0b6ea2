package message

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// A Member is one of an object.
type Member struct {
	Name  string
	Value jsontext.Value
}

// Ordered returns the members of an object as they stand; none of what is no object.
func Ordered(object jsontext.Value) []Member {
	if object.Kind() != jsontext.KindBeginObject {
		return nil
	}
	var found []Member
	dec := jsontext.NewDecoder(bytes.NewReader(object), jsontext.AllowDuplicateNames(true))
	_, _ = dec.ReadToken() // the brace
	for dec.PeekKind() == jsontext.KindString {
		token, err := dec.ReadToken()
		if err != nil {
			break
		}
		name := token.String() // before the decoder goes on, and with it the token
		value, err := dec.ReadValue()
		if err != nil {
			break
		}
		found = append(found, Member{name, value.Clone()})
	}
	return found
}
