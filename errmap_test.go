package jsonrpc_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

var (
	errNoFunds = errors.New("no funds")
	errBroken  = errors.New("broken")
)

// limitError is an error type of a service, with data.
type limitError struct{ Limit int }

func (e *limitError) Error() string  { return fmt.Sprintf("over the limit of %d", e.Limit) }
func (e *limitError) ErrorData() any { return map[string]int{"limit": e.Limit} }

// valueError is an error by value.
type valueError string

func (e valueError) Error() string { return string(e) }

// codedError brings its code along.
type codedError struct {
	code int
	data any
}

func (e codedError) Error() string  { return "coded" }
func (e codedError) ErrorCode() int { return e.code }
func (e codedError) ErrorData() any { return e.data }

// listError cannot be compared.
type listError []string

func (e listError) Error() string { return strings.Join(e, ", ") }

// boxError can be compared by its type, and not by its value.
type boxError struct{ in any }

func (e boxError) Error() string { return "boxed" }

// alikeError says itself what it is.
type alikeError struct{ targets []error }

func (e *alikeError) Error() string { return "alike" }
func (e *alikeError) Is(target error) bool {
	for _, t := range e.targets {
		if t == target {
			return true
		}
	}
	return false
}

// curiousError panics when it is asked whether it is a key that stands for a type.
type curiousError struct{ t *testing.T }

func (e curiousError) Error() string { return "curious" }
func (e curiousError) Is(target error) bool {
	if v := reflect.ValueOf(target); v.Kind() == reflect.Pointer && v.IsNil() || v.Type() == reflect.TypeOf(jsonrpc.TypeKey[temporary]()) {
		e.t.Errorf("Is was passed a type key, %T", target)
	}
	return false
}

// temporary is an interface that errors implement.
type temporary interface {
	error
	Busy() bool
}

type busyError struct{}

func (busyError) Error() string { return "busy" }
func (busyError) Busy() bool    { return true }

// branch is a node with one error below it, or more.
type branch struct {
	text  string
	below []error
}

func (e *branch) Error() string   { return e.text }
func (e *branch) Unwrap() []error { return e.below }

// circle wraps itself.
type circle struct{}

func (*circle) Error() string   { return "round" }
func (c *circle) Unwrap() error { return c }

// serviceErrors is the map that the tests of translation use.
var serviceErrors = jsonrpc.ErrorMap{
	errNoFunds:                      -32001,
	(*limitError)(nil):              -32002,
	jsonrpc.TypeKey[valueError]():   -32003,
	jsonrpc.TypeKey[temporary]():    -32004,
	fs.ErrNotExist:                  404,
	jsonrpc.TypeKey[listError]():    -32006,
	jsonrpc.TypeKey[*alikeError]():  -32007,
	valueError("sentinel by value"): -32008,
}

// TestErrorTranslation returns an error from a procedure.
func TestErrorTranslation(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{"none", nil, told("null")},

		{"an Error as it is", jsonrpc.NewError(7, "seven", []int{7}), failed(7, "seven", "[7]")},
		{"an Error without data", jsonrpc.NewError(-32001, "bare", nil), failed(-32001, "bare", "")},
		{"a wrapped Error", fmt.Errorf("wrapper: %w", jsonrpc.NewError(7, "seven", nil)), failed(7, "seven", "")},
		{"an Error with a cause", (&jsonrpc.Error{Code: 7, Message: "seven"}).WithCause(errNoFunds), failed(7, "seven", "")},
		{"a struct literal", &jsonrpc.Error{Code: -1, Message: "literal", Data: "x"}, failed(-1, "literal", `"x"`)},

		{"ErrorCode", codedError{code: 12}, failed(12, "coded", "")},
		{"ErrorData", codedError{12, "more"}, failed(12, "coded", `"more"`)},
		{"a wrapped ErrorCode", fmt.Errorf("w: %w", codedError{12, 1}), failed(12, "coded", "1")},

		{"a sentinel", errNoFunds, failed(-32001, "no funds", "")},
		{"a wrapped sentinel", fmt.Errorf("account 7: %w", errNoFunds), failed(-32001, "no funds", "")},
		{"twice wrapped", fmt.Errorf("a: %w", fmt.Errorf("b: %w", errNoFunds)), failed(-32001, "no funds", "")},
		{"a sentinel by value", valueError("sentinel by value"), failed(-32008, "sentinel by value", "")},
		{"a sentinel of its type's looks", errors.New("no funds"), serverErr},
		{"Is", &fs.PathError{Op: "open", Path: "/etc", Err: fs.ErrNotExist}, failed(404, "file does not exist", "")},
		{"its own Is", &alikeError{[]error{errNoFunds}}, failed(-32001, "alike", "")},
		{"Is says no", curiousError{t}, serverErr},

		{"a pointer type", &limitError{5}, failed(-32002, "over the limit of 5", `{"limit":5}`)},
		{"a wrapped pointer type", fmt.Errorf("w: %w", &limitError{6}), failed(-32002, "over the limit of 6", `{"limit":6}`)},
		{"a value type", valueError("v"), failed(-32003, "v", "")},
		{"an interface", busyError{}, failed(-32004, "busy", "")},
		{"a wrapped interface", fmt.Errorf("w: %w", busyError{}), failed(-32004, "busy", "")},
		{"an uncomparable type", listError{"a", "b"}, failed(-32006, "a, b", "")},
		{"a wrapped uncomparable type", fmt.Errorf("w: %w", listError{"a"}), failed(-32006, "a", "")},
		{"an uncomparable value", boxError{[]int{1}}, serverErr},
		{"a type, for Is says nothing", &alikeError{}, failed(-32007, "alike", "")},

		{"the nearest wins", &branch{"b", []error{fmt.Errorf("deeper: %w", errNoFunds), &limitError{1}}}, failed(-32002, "over the limit of 1", `{"limit":1}`)},
		{"the nearest wins over a deeper Error", &branch{"b", []error{fmt.Errorf("deeper: %w", jsonrpc.NewError(7, "x", nil)), errNoFunds}}, failed(-32001, "no funds", "")},
		{"an outer ErrorCode over an inner sentinel", (&jsonrpc.Error{Code: 9, Message: "outer"}).WithCause(errNoFunds), failed(9, "outer", "")},
		{"the first of two as near", errors.Join(errBroken, errNoFunds, &limitError{1}), failed(-32001, "no funds", "")},
		{"the other way around", errors.Join(&limitError{1}, errNoFunds), failed(-32002, "over the limit of 1", `{"limit":1}`)},
		{"two verbs", fmt.Errorf("%w and %w", errBroken, errNoFunds), failed(-32001, "no funds", "")},
		{"a nil in the tree", &branch{"b", []error{nil, errNoFunds}}, failed(-32001, "no funds", "")},
		{"a circle", &circle{}, serverErr},

		{"private", errBroken, serverErr},
		{"private, joined", errors.Join(errBroken, errors.New("more")), serverErr},
		{"another's deadline", context.DeadlineExceeded, serverErr},
		{"another's cancellation", fmt.Errorf("query: %w", context.Canceled), serverErr},
	} {
		t.Run(test.name, func(t *testing.T) {
			rpc := jsonrpc.RPC{"m": func() error { return test.err }, jsonrpc.Errors: serviceErrors}
			answers(t, rpc, ask("m", ""), test.want)
			rpc = jsonrpc.RPC{
				"ns":           jsonrpc.RPC{"m": jsonrpc.Typed(func(context.Context, struct{}) (any, error) { return nil, test.err })},
				jsonrpc.Errors: serviceErrors,
			}
			answers(t, rpc, ask("ns.m", ""), test.want)
		})
	}
}

// TestErrorMapScopes asks the inner map before the outer, for each node.
func TestErrorMapScopes(t *testing.T) {
	fail := func(err error) func() error { return func() error { return err } }
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32001, errBroken: -32002},
		"sentinel":     fail(errNoFunds),
		"limit":        fail(&limitError{1}),
		"in": jsonrpc.RPC{
			jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32011, (*limitError)(nil): -32012},
			"sentinel":     fail(errNoFunds),
			"outer":        fail(errBroken),
			"wrapped":      fail(&branch{"b", []error{errBroken, errNoFunds}}),
			"deep": jsonrpc.RPC{
				"sentinel":     fail(errNoFunds),
				"limit":        fail(&limitError{1}),
				jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32021},
			},
		},
	}
	for _, test := range []struct{ method, want string }{
		{"sentinel", failed(-32001, "no funds", "")},
		{"limit", serverErr},
		{"in.sentinel", failed(-32011, "no funds", "")},
		{"in.outer", failed(-32002, "broken", "")},
		{"in.wrapped", failed(-32002, "broken", "")},
		{"in.deep.sentinel", failed(-32021, "no funds", "")},
		{"in.deep.limit", failed(-32012, "over the limit of 1", `{"limit":1}`)},
	} {
		answers(t, rpc, ask(test.method, ""), test.want)
	}
}

// TestErrorMapIsTheSameEveryTime maps an error that more than one key matches.
func TestErrorMapIsTheSameEveryTime(t *testing.T) {
	a, b, c := errors.New("a"), errors.New("b"), errors.New("c")
	for name, err := range map[string]error{
		"Is":         &alikeError{[]error{a, b, c}},
		"interfaces": fmt.Errorf("w: %w", busyError{}),
	} {
		t.Run(name, func(t *testing.T) {
			var first string
			for i := range 100 {
				errs := jsonrpc.ErrorMap{
					a: -32001, b: -32002, c: -32003,
					jsonrpc.TypeKey[temporary](): -32004,
					jsonrpc.TypeKey[interface {
						error
						Busy() bool
					}](): -32005,
				}
				rpc := jsonrpc.RPC{"m": func() error { return err }, jsonrpc.Errors: errs}
				got := string(rpc.Call([]byte(ask("m", "")), nil))
				app, _ := appOf(t, rpc, jsonrpc.Options{})
				same(t, callApp(app, ask("m", "")), got)
				if first == "" {
					first = got
				}
				if got != first {
					t.Fatalf("run %d: got %s, before it was %s", i, got, first)
				}
			}
		})
	}
}

// TestServerError gives the codes of the range that is kept for servers.
func TestServerError(t *testing.T) {
	for eid := range 100 {
		want := &jsonrpc.Error{Code: -32000 - eid, Message: "no", Data: eid}
		var got *jsonrpc.Error
		if !errors.As(jsonrpc.ServerError(eid, "no", eid), &got) {
			t.Fatalf("ServerError(%d) is no *Error", eid)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(jsonrpc.Error{}), cmp.Comparer(func(a, b error) bool { return a == b })); got.Code != want.Code || got.Message != want.Message || got.Data != want.Data {
			t.Errorf("ServerError(%d) differs (-want +got):\n%s", eid, diff)
		}
	}
	for _, eid := range []int{-1, 100, 1 << 20} {
		app, book := appOf(t, jsonrpc.RPC{"m": func() error { return jsonrpc.ServerError(eid, "no", 1) }}, jsonrpc.Options{})
		same(t, callApp(app, ask("m", "")), serverErr)
		if want := fmt.Sprintf("found eid %d, want 0 to 99", eid); !strings.Contains(book.String(), want) {
			t.Errorf("the log has no %q: %s", want, book)
		}
	}
}

func TestErrorAsGoError(t *testing.T) {
	err := jsonrpc.NewError(7, "seven", "data")
	var e *jsonrpc.Error
	if !errors.As(err, &e) {
		t.Fatalf("NewError made %T", err)
	}
	withCause := e.WithCause(errBroken)
	if !errors.Is(withCause, errBroken) || errors.Is(e, errBroken) {
		t.Error("WithCause changed the error itself, or wraps nothing")
	}
	if e.ErrorCode() != 7 || e.ErrorData() != "data" || !strings.Contains(e.Error(), "seven") {
		t.Errorf("got %d %v %q", e.ErrorCode(), e.ErrorData(), e.Error())
	}
}
