package jsonrpc

import (
	"fmt"
	"strconv"
)

// Error codes. The first five are the specification's (section 5.1). The last five stand
// outside of its reserved range, beside those of the Language Server Protocol; each carries
// data with a member reason.
const (
	CodeParseError     = -32700 // the text is not JSON
	CodeInvalidRequest = -32600 // the JSON is no request
	CodeMethodNotFound = -32601 // there is no such method
	CodeInvalidParams  = -32602 // the method does not take these params
	CodeInternalError  = -32603 // the server is at fault: a panic, a result that cannot be encoded
	CodeServerError    = -32000 // an error of the procedure that nothing maps to a code

	CodeCancelled   = -32800 // the call was cancelled
	CodeUnavailable = -32810 // the method cannot be had now; try again
	CodeTimeout     = -32811 // the deadline passed
	CodeOverloaded  = -32812 // no capacity; try again
	CodeTooLarge    = -32813 // the message, the batch or the answer is over its limit
)

// Error is an error as it goes over the wire (specification section 5.1): a procedure that
// returns one answers with just that. Its cause, which only the log gets to see, is what Unwrap
// returns.
type Error struct {
	Code    int
	Message string
	Data    any // encoded by the codec; nil: no data

	cause error
}

// NewError returns an *Error with a code and a message.
func NewError(code int, message string, data any) error {
	return &Error{Code: code, Message: message, Data: data}
}

// ServerError returns an *Error with the code -32000-eid, from the range that the
// specification keeps for servers. eid is 0 to 99; for any other the error returned is a
// private one that says so.
func ServerError(eid int, message string, data any) error {
	if eid < 0 || eid > 99 {
		return fmt.Errorf("jsonrpc: ServerError: found eid %d, want 0 to 99 (message %q)", eid, message)
	}
	return &Error{Code: CodeServerError - eid, Message: message, Data: data}
}

// Error returns the message and the code.
func (e *Error) Error() string { return e.Message + " (" + strconv.Itoa(e.Code) + ")" }

// ErrorCode returns the code.
func (e *Error) ErrorCode() int { return e.Code }

// ErrorData returns the data.
func (e *Error) ErrorData() any { return e.Data }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// WithCause returns a copy of e that wraps cause: the log tells it, the client never sees it.
func (e *Error) WithCause(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// HTTPError refuses an HTTP request before anything runs, when Options.Extras returns it.
type HTTPError struct {
	Status  int    // an HTTP status code, 400 to 599
	Message string // the body of the answer, as text
}

// Error returns the status and the message.
func (e *HTTPError) Error() string { return strconv.Itoa(e.Status) + " " + e.Message }

// ParamFault is one faulty parameter. The data of an Invalid params error is a list of these.
type ParamFault struct {
	Param    string `json:"param"`    // a JSON Pointer (RFC 6901) into params
	Expected string `json:"expected"` // what the procedure takes there
	Got      string `json:"got"`      // a JSON type, or missing, surplus, unknown, duplicate, injected
}

// reason is the data of the errors that this package makes.
type reason struct {
	Reason   string `json:"reason"`
	Offset   int    `json:"offset,omitzero"`
	Limit    int    `json:"limit,omitzero"`
	Incident string `json:"incident,omitzero"`
}

// incident is the data of a private error.
type incident struct {
	Incident string `json:"incident"`
	Error    string `json:"error,omitzero"` // with Options.ExposeErrors
}

func errParse(why string, offset int) *Error {
	return &Error{Code: CodeParseError, Message: "Parse error", Data: reason{Reason: why, Offset: offset}}
}

func errInvalidRequest(why string) *Error {
	return &Error{Code: CodeInvalidRequest, Message: "Invalid Request", Data: reason{Reason: why}}
}

func errInvalidParams(faults ...ParamFault) *Error {
	return &Error{Code: CodeInvalidParams, Message: "Invalid params", Data: faults}
}

func errTooLarge(what string, limit int) *Error {
	return &Error{Code: CodeTooLarge, Message: "Too large", Data: reason{Reason: what, Limit: limit}}
}

// The errors that are always the same.
var (
	errMethodNotFound = &Error{Code: CodeMethodNotFound, Message: "Method not found"}
	errCancelled      = &Error{Code: CodeCancelled, Message: "Cancelled", Data: reason{Reason: "cancelled"}}
	errTimeout        = &Error{Code: CodeTimeout, Message: "Timeout", Data: reason{Reason: "timeout"}}
	errOverloaded     = &Error{Code: CodeOverloaded, Message: "Overloaded", Data: reason{Reason: "overloaded"}}
	errUnavailable    = &Error{Code: CodeUnavailable, Message: "Unavailable", Data: reason{Reason: "unavailable"}}
	errInternal       = &Error{Code: CodeInternalError, Message: "Internal error"}
	errShutdown       = &Error{Code: CodeUnavailable, Message: "Unavailable", Data: reason{Reason: "shutdown"}}
)

// internalError is a fault of the server's own: it is answered as Internal error with an
// incident and logged with its cause.
type internalError struct {
	cause error
	stack []byte // of a panic
}

func (e *internalError) Error() string { return e.cause.Error() }
func (e *internalError) Unwrap() error { return e.cause }

// internal makes an internalError of a text.
func internal(format string, args ...any) error {
	return &internalError{cause: fmt.Errorf(format, args...)}
}
