package remote

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// Call calls a method. An error is a console.Fault: an error that the server answers is part of the Response.
func (e *Endpoint) Call(ctx context.Context, request message.Request) (message.Response, *Answer, error) {
	answer, err := e.Post(ctx, request.Text())
	if err != nil {
		return message.Response{}, nil, err
	}
	response, err := answer.Response(request.ID)
	return response, answer, err
}

// Response reads the answer to the call with an id.
func (a *Answer) Response(id jsontext.Value) (message.Response, error) {
	value, err := a.Value()
	if err != nil {
		return message.Response{}, err
	}
	response, err := message.ReadResponse(value)
	if err != nil {
		return message.Response{}, a.strange(value, err)
	}
	// Whoever cannot read the id, or refuses a message unread, answers null.
	unread := response.Error != nil && (response.ID == nil || response.ID.Kind() == jsontext.KindNull)
	if !unread && !message.Same(response.ID, id) {
		return message.Response{}, console.Faultf("%s: the answer is one to another call: found the id %s, want %s",
			a.At.Redacted(), message.OrMissing(response.ID), id)
	}
	return response, nil
}

// Value returns the JSON value that came, or says what came instead.
func (a *Answer) Value() (jsontext.Value, error) {
	value, err := message.Parse(a.Text)
	kind := value.Kind()
	speaks := err == nil && (kind == jsontext.KindBeginObject || kind == jsontext.KindBeginArray)
	if speaks && (a.HTTP.StatusCode == http.StatusOK || a.isRPC(value)) {
		return value, nil
	}
	return nil, console.Faultf("%s: %s", a.At.Redacted(), a.Instead())
}

// isRPC tells whether an answer with another status than 200 is JSON-RPC all the same.
func (a *Answer) isRPC(value jsontext.Value) bool {
	if value.Kind() == jsontext.KindBeginArray {
		return true
	}
	_, err := message.ReadResponse(value)
	return err == nil
}

// strange says of JSON that it is no answer to a call.
func (a *Answer) strange(value jsontext.Value, err error) error {
	return console.Faultf("%s: the answer is no JSON-RPC response: %w in %s", a.At.Redacted(), err, message.Short(value))
}

// Instead says what came where an answer of JSON-RPC is due, and what to do.
func (a *Answer) Instead() string {
	if strings.Contains(string(a.Text[:min(len(a.Text), 200)]), "HTTP request to an HTTPS server") {
		return "what answers there speaks TLS: try https://"
	}
	status := "HTTP " + strings.TrimSpace(a.HTTP.Status)
	switch code := a.HTTP.StatusCode; {
	case code >= 300 && code < 400:
		return fmt.Sprintf("%s to %s, and a call is not redirected: name that address if it is right",
			status, orNowhere(message.Short(a.HTTP.Header.Get("Location"))))
	case code == http.StatusUnauthorized:
		return status + a.excerpt() + ": -H 'Authorization: ...' sends who you are"
	case code == http.StatusNotFound, code == http.StatusMethodNotAllowed:
		return status + a.excerpt() + ": is the path right?"
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable:
		return status + a.excerpt() + ": try again later"
	case code != http.StatusOK && code != http.StatusNoContent && code != http.StatusAccepted:
		return status + a.excerpt()
	case len(bytes.TrimSpace(a.Text)) == 0:
		return "the answer is empty (" + status + "), and a call is due one"
	default:
		return "the answer is no JSON-RPC" + a.excerpt() + ": is there a JSON-RPC server at that path?"
	}
}

func orNowhere(location string) string {
	if location == "" {
		return "nowhere"
	}
	return location
}

// title is the title of a web page. The beginning of the page is enough of it.
var title = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// excerpt returns, in brackets, what the beginning of the answer says.
func (a *Answer) excerpt() string {
	text := a.Text[:min(len(a.Text), 4096)]
	if len(bytes.TrimSpace(text)) == 0 {
		return ""
	}
	if !looksLikeHTML(text) {
		return fmt.Sprintf(" (%s)", message.Short(text))
	}
	if match := title.FindSubmatch(text); match != nil {
		return fmt.Sprintf(" (a web page, %q)", message.Short(match[1]))
	}
	return " (a web page)"
}

func looksLikeHTML(text []byte) bool {
	start := strings.ToLower(string(text[:min(len(text), 512)]))
	start = strings.TrimSpace(start)
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") || strings.HasPrefix(start, "<head")
}
