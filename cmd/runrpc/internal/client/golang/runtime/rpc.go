// Package runtime is what every generated Go client has of its own, under the client's package name.
package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Options are options of a Client. The zero value is fine.
type Options struct {
	HTTPClient *http.Client  // nil: one that follows no redirects, which lead to pages for people
	Transport  Transport     // in place of HTTP
	Header     http.Header   // sent with each message
	Timeout    time.Duration // of each call, beside what its context says: 30 s for 0, none for less
	MaxAnswer  int64         // bytes: 64 MiB for 0, no limit for less
}

// A Transport sends a message and returns what comes back, nothing where nothing does.
type Transport func(ctx context.Context, message []byte, header http.Header) ([]byte, error)

// An Option is about one message.
type Option func(*sending)

// Header sends a header, in place of that of the Client's Options.
func Header(name, value string) Option {
	return func(s *sending) { s.header.Set(name, value) }
}

// Timeout limits the time for the answer, in place of that of the Client's Options.
func Timeout(d time.Duration) Option { return func(s *sending) { s.timeout = d } }

type sending struct {
	header  http.Header
	timeout time.Duration
}

// An RPCError is an error that the server answers with. Those that it declares are in a type of their own, which
// errors.AsType finds as well as this one.
type RPCError struct {
	Method  string
	Code    int
	Message string
	Data    json.RawMessage // nil where there is none
}

// Error returns the method and the message.
func (e *RPCError) Error() string { return fmt.Sprintf("%s: %s (%d)", e.Method, e.Message, e.Code) }

// A TransportError tells that no answer came that says anything about the call.
type TransportError struct {
	Status int // of HTTP, 0 where there is none
	Err    error
}

// Error tells what came instead.
func (e *TransportError) Error() string { return e.Err.Error() }

// Unwrap returns what went wrong: context.DeadlineExceeded where the time was over, for example.
func (e *TransportError) Unwrap() error { return e.Err }

// Nothing is the result of methods that have none.
type Nothing struct{}

// UnmarshalJSON takes whatever there is.
func (*Nothing) UnmarshalJSON([]byte) error { return nil }

// A Sendable is a Request of any result.
type Sendable interface {
	core() *call
	settle(result json.RawMessage, err error)
}

// call is what a request is without its result.
type call struct {
	connection   *connection
	method       string
	params       any
	notification bool
	declared     func(*RPCError) error
}

// A Request is a call that is sent when it is told to be, alone or in a batch, and as often. It is not safe for
// concurrent use.
type Request[R any] struct {
	call   call
	result R
	err    error
}

func newRequest[R any](c call) *Request[R] {
	return &Request[R]{call: c, err: notSent(c.method)}
}

func notSent(method string) error { return fmt.Errorf("%s: it has not been sent", method) }

// Send sends the call and returns its result.
func (r *Request[R]) Send(ctx context.Context, options ...Option) (R, error) {
	if err := r.call.connection.send(ctx, []Sendable{r}, false, options); err != nil {
		var none R
		return none, err
	}
	return r.Result()
}

// Notify sends the call as a notification, of which nobody learns what became of it.
func (r *Request[R]) Notify(ctx context.Context, options ...Option) error {
	_, err := r.Notification().Send(ctx, options...)
	return err
}

// Notification returns the same request as a notification, for a batch.
func (r *Request[R]) Notification() *Request[Nothing] {
	c := r.call
	c.notification = true
	return newRequest[Nothing](c)
}

// Result returns the result of the last time that it was sent, or its error.
func (r *Request[R]) Result() (R, error) { return r.result, r.err }

func (r *Request[R]) core() *call { return &r.call }

func (r *Request[R]) settle(result json.RawMessage, err error) {
	var value R
	if err == nil && result != nil {
		if err = decode(result, &value); err != nil {
			err = &TransportError{Err: fmt.Errorf("%s: the result is not what it should be: %w", r.call.method, err)}
		}
	}
	r.result, r.err = value, err
}

// connection is what all namespaces of a Client have in common.
type connection struct {
	options  Options
	sendText Transport
	last     atomic.Int64
}

func newConnection(url string, options *Options) *connection {
	c := &connection{}
	if options != nil {
		c.options = *options
	}
	if c.sendText = c.options.Transport; c.sendText == nil {
		c.sendText = c.http(url)
	}
	return c
}

type outgoing struct {
	Version string `json:"jsonrpc"`
	Method  string `json:"method"`
	Params  any    `json:"params,omitempty"`
	ID      *int64 `json:"id,omitempty"`
}

type incoming struct {
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Data    json.RawMessage `json:"data"`
	} `json:"error"`
	ID json.RawMessage `json:"id"`
}

// send sends requests in one message and settles them.
func (c *connection) send(ctx context.Context, requests []Sendable, batch bool, options []Option) error {
	if len(requests) == 0 {
		return nil
	}
	waiting := map[string]Sendable{}
	messages := make([]outgoing, len(requests))
	for i, r := range requests {
		core := r.core()
		messages[i] = outgoing{Version: "2.0", Method: core.method, Params: core.params}
		if core.notification {
			r.settle(nil, nil)
			continue
		}
		id := c.last.Add(1)
		messages[i].ID = &id
		waiting[fmt.Sprint(id)] = r
	}
	err := c.exchange(ctx, messages, batch, options, requests, waiting)
	for _, r := range waiting { // those that are left
		r.settle(nil, err)
	}
	return err
}

func (c *connection) exchange(ctx context.Context, messages []outgoing, batch bool, options []Option, requests []Sendable, waiting map[string]Sendable) error {
	var message any = messages
	if !batch {
		message = messages[0]
	}
	text, err := encode(message)
	if err != nil {
		return err
	}
	s := &sending{header: c.options.Header.Clone(), timeout: c.options.Timeout}
	if s.header == nil {
		s.header = http.Header{}
	}
	for _, option := range options {
		option(s)
	}
	if s.timeout == 0 {
		s.timeout = 30 * time.Second
	}
	if s.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.timeout)
		defer cancel()
	}
	answer, err := c.sendText(ctx, text, s.header)
	if ctx.Err() != nil && err != nil {
		return &TransportError{Err: ctx.Err()}
	}
	if err != nil {
		return err
	}
	return receive(answer, requests, waiting)
}

// receive settles requests with their answers.
func receive(text []byte, requests []Sendable, waiting map[string]Sendable) error {
	text = bytes.TrimSpace(text)
	if len(text) == 0 {
		if len(waiting) > 0 {
			return &TransportError{Err: errors.New("the answer is empty, and a call is due one")}
		}
		return nil
	}
	var answers []incoming
	if text[0] != '[' {
		text = append(append([]byte{'['}, text...), ']')
	}
	if err := json.Unmarshal(text, &answers); err != nil {
		return &TransportError{Err: fmt.Errorf("the answer is no JSON-RPC: %w: %s", err, excerpt(text))}
	}
	for _, a := range answers {
		if err := a.settle(requests, waiting); err != nil {
			return err
		}
	}
	if len(waiting) > 0 {
		return &TransportError{Err: errors.New("the answer says nothing of a call")}
	}
	return nil
}

func (a *incoming) settle(requests []Sendable, waiting map[string]Sendable) error {
	id := strings.Trim(string(a.ID), `"`)
	r := waiting[id]
	switch {
	case a.Error != nil:
		fault := &RPCError{Code: a.Error.Code, Message: a.Error.Message, Data: a.Error.Data}
		if r == nil && len(requests) == 1 {
			return requests[0].core().failure(fault)
		}
		if r == nil { // it is about the whole message
			return fault
		}
		r.settle(nil, r.core().failure(fault))
	case a.Result == nil:
		return &TransportError{Err: errors.New("the answer is no JSON-RPC: it has neither a result nor an error")}
	case r != nil:
		r.settle(a.Result, nil)
	}
	delete(waiting, id)
	return nil
}

// failure makes the error that the method declares.
func (c *call) failure(e *RPCError) error {
	e.Method = c.method
	if c.declared == nil {
		return e
	}
	return c.declared(e)
}

// http sends messages over HTTP.
func (c *connection) http(url string) Transport {
	client := c.options.HTTPClient
	if client == nil {
		client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	most := c.options.MaxAnswer
	if most == 0 {
		most = 64 << 20
	}
	return func(ctx context.Context, message []byte, header http.Header) ([]byte, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(message))
		if err != nil {
			return nil, err
		}
		for name, values := range header {
			req.Header[name] = values
		}
		if req.Header.Get("Content-Type") == "" {
			req.Header.Set("Content-Type", "application/json")
		}
		resp, err := client.Do(req)
		if err != nil {
			return nil, &TransportError{Err: err}
		}
		defer resp.Body.Close()
		return body(resp, most)
	}
}

func body(resp *http.Response, most int64) ([]byte, error) {
	var r io.Reader = resp.Body
	if most > 0 {
		r = io.LimitReader(r, most+1)
	}
	text, err := io.ReadAll(r)
	switch {
	case err != nil:
		return nil, &TransportError{resp.StatusCode, err}
	case most > 0 && int64(len(text)) > most:
		return nil, &TransportError{resp.StatusCode, fmt.Errorf("the answer is longer than %d bytes", most)}
	case resp.StatusCode >= 300 && !bytes.Contains(text, []byte(`"jsonrpc"`)):
		return nil, &TransportError{resp.StatusCode, fmt.Errorf("HTTP %s: %s", resp.Status, excerpt(text))}
	}
	return text, nil
}

func excerpt(text []byte) string {
	const most = 80
	if len(text) > most {
		return fmt.Sprintf("%q...", text[:most])
	}
	return fmt.Sprintf("%q", text)
}
