package message

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
)

// ReadResponse reads one answer. It takes those of JSON-RPC 1.0 too, which have no version, and of result and error
// one that is null.
func ReadResponse(value jsontext.Value) (Response, error) {
	members, err := Members(value)
	if err != nil {
		return Response{}, err
	}
	if version, stated := members["jsonrpc"]; stated {
		if text, ok := String(version); !ok || text != "2.0" {
			return Response{}, fmt.Errorf(`found the version %s, want "2.0"`, Short(version))
		}
	}
	response := Response{ID: members["id"], Text: value}
	if response.Error, err = readError(members["error"]); err != nil {
		return Response{}, err
	}
	result, has := members["result"]
	switch {
	case response.Error == nil && !has:
		return Response{}, errors.New("found neither a result nor an error")
	case response.Error != nil && has && result.Kind() != jsontext.KindNull:
		return Response{}, errors.New("found a result beside an error")
	case response.Error == nil:
		response.Result = result
	}
	return response, nil
}

// readError reads an error object; nil where there is none.
func readError(value jsontext.Value) (*Error, error) {
	if value == nil || value.Kind() == jsontext.KindNull {
		return nil, nil
	}
	members, err := Members(value)
	if err != nil {
		return nil, fmt.Errorf("error: %w", err)
	}
	code := members["code"]
	if !IsInteger(code) {
		return nil, fmt.Errorf("error.code: found %s, want an integer", Kind(code))
	}
	text, ok := String(members["message"])
	if !ok {
		return nil, fmt.Errorf("error.message: found %s, want a string", Kind(members["message"]))
	}
	return &Error{Code: code, Message: text, Data: members["data"]}, nil
}

// Short returns the beginning of a text from elsewhere, on one line and fit to be shown.
func Short[Text ~[]byte | ~string](text Text) string {
	const most = 80
	runes := []rune(Printable(string(text[:min(len(text), 4*most)])))
	if len(runes) <= most && len(text) <= 4*most {
		return string(runes)
	}
	return string(runes[:min(len(runes), most-1)]) + "…"
}

// OrMissing is Short for a member that may be missing.
func OrMissing(value jsontext.Value) string {
	if value == nil {
		return "missing"
	}
	return Short(value)
}
