package check

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// A Transport carries messages to a server. HTTP is the only one yet.
type Transport interface {
	// Exchange sends one message and returns what comes back until the server has ended its answer; nothing is an
	// empty text. It keeps the limits of time and length.
	Exchange(ctx context.Context, text []byte) (Reply, error)
	// Notes tell what was seen that is the transport's own, of which the specification does not speak.
	Notes() []string
}

// A Reply is what came back.
type Reply struct {
	Text    []byte
	Instead string // what the text is where it is no JSON
}

// An exchange is a message that was sent and what came back.
type exchange struct {
	sent  string
	due   bool // an answer is
	other bool // the answer may be one of JSON-RPC 1.0
	reply Reply
	err   error          // nothing came back
	value jsontext.Value // nil: no JSON came back
}

// shown returns what came back, fit for one line.
func (e *exchange) shown() string {
	switch {
	case e.err != nil:
		return e.err.Error()
	case e.silent():
		return "nothing"
	}
	return message.Short(e.reply.Text)
}

// silent tells that nothing was answered.
func (e *exchange) silent() bool {
	return e.err == nil && strings.TrimSpace(string(e.reply.Text)) == ""
}

// A response is an object that should be a Response, taken apart.
type response struct {
	text    jsontext.Value
	members map[string]jsontext.Value
}

// single returns the one response that is due, or what came instead.
func (e *exchange) single() (response, error) {
	switch {
	case e.err != nil:
		return response{}, e.err
	case e.silent():
		return response{}, fmt.Errorf("nothing was answered")
	case e.value == nil:
		return response{}, fmt.Errorf("%s", e.reply.Instead)
	case e.value.Kind() != jsontext.KindBeginObject:
		return response{}, fmt.Errorf("found %s, want one Response object", message.Kind(e.value))
	}
	return responseOf(e.value), nil
}

// array returns the responses that are due for a batch, or what came instead.
func (e *exchange) array() ([]response, error) {
	if e.value.Kind() != jsontext.KindBeginArray {
		if _, err := e.single(); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("found an object, want an array of Response objects")
	}
	return e.responses(), nil
}

// responses returns the objects that came back, none where there are none.
func (e *exchange) responses() []response {
	if e.value.Kind() == jsontext.KindBeginObject {
		return []response{responseOf(e.value)}
	}
	values, _ := message.Elements(e.value)
	found := make([]response, len(values))
	for i, value := range values {
		found[i] = responseOf(value)
	}
	return found
}

func responseOf(value jsontext.Value) response {
	members, _ := message.Members(value)
	return response{value, members}
}

// looks tells whether a response is meant to be one.
func (r response) looks() bool {
	return r.members["jsonrpc"] != nil || r.members["result"] != nil || r.members["error"] != nil
}

// failed tells whether it is an error.
func (r response) failed() bool {
	value := r.members["error"]
	return value != nil && value.Kind() != jsontext.KindNull
}

// code returns the error's code, "" where there is none.
func (r response) code() string {
	members, _ := message.Members(r.members["error"])
	code := members["code"]
	if !message.IsInteger(code) {
		return ""
	}
	return string(code)
}

// id returns the response's id, nil where there is none.
func (r response) id() jsontext.Value { return r.members["id"] }

// hasNoID tells whether the id says that none was detected.
func (r response) hasNoID() bool { return r.id().Kind() == jsontext.KindNull }
