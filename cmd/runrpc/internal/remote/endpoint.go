package remote

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

// An Endpoint is a server's address and how it is spoken to. It is safe for concurrent use.
type Endpoint struct {
	URL     *url.URL
	Timeout time.Duration

	limit     int64
	header    http.Header
	transport *http.Transport
}

// An Answer is what came back over HTTP, whatever it says.
type Answer struct {
	HTTP *http.Response // its Body has been read and closed
	Text []byte         // the body
	Took time.Duration
	At   *url.URL
}

// Single makes each request take a connection of its own, which no earlier one can have left in a strange state.
func (e *Endpoint) Single() { e.transport.DisableKeepAlives = true }

// Context bounds all that is done with the endpoint.
func (e *Endpoint) Context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), e.Timeout)
}

// Post sends a message. An error is a console.Fault that says what went wrong and where.
func (e *Endpoint) Post(ctx context.Context, message []byte) (*Answer, error) {
	return e.send(ctx, http.MethodPost, e.URL, message)
}

// Get asks for what stands below the address under a name.
func (e *Endpoint) Get(ctx context.Context, name string) (*Answer, error) {
	return e.send(ctx, http.MethodGet, e.URL.JoinPath(name), nil)
}

// Request returns a message as it is sent.
func (e *Endpoint) Request(message []byte) *http.Request {
	return e.request(context.Background(), http.MethodPost, e.URL, message)
}

func (e *Endpoint) send(ctx context.Context, method string, u *url.URL, message []byte) (*Answer, error) {
	began := time.Now()
	resp, err := e.transport.RoundTrip(e.request(ctx, method, u, message))
	if err != nil {
		return nil, e.fault(u, err)
	}
	defer resp.Body.Close() //nolint:errcheck // it has been read
	if resp.ContentLength > e.limit {
		return nil, e.tooLong(u)
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, e.limit+1))
	if err != nil {
		return nil, e.fault(u, err)
	}
	if int64(len(text)) > e.limit {
		return nil, e.tooLong(u)
	}
	return &Answer{resp, text, time.Since(began), u}, nil
}

// request composes a request. Going to the transport directly, it is neither redirected nor does it carry cookies.
func (e *Endpoint) request(ctx context.Context, method string, u *url.URL, message []byte) *http.Request {
	req := (&http.Request{
		Method: method,
		URL:    u,
		Host:   e.header.Get("Host"),
		Header: e.header.Clone(),
	}).WithContext(ctx)
	if message == nil {
		req.Header.Del("Content-Type")
	} else {
		req.Body = io.NopCloser(bytes.NewReader(message))
		req.ContentLength = int64(len(message))
	}
	req.Header.Del("Host")
	if _, given := req.Header["Authorization"]; u.User != nil && !given {
		password, _ := u.User.Password()
		req.SetBasicAuth(u.User.Username(), password)
	}
	return req
}

func (e *Endpoint) tooLong(u *url.URL) error {
	return console.Faultf("%s: the answer is longer than %d bytes: --max-answer allows more", u.Redacted(), e.limit)
}
