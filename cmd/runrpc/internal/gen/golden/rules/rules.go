// Package rules has a function for each rule of what a procedure takes and gives. Its tests call them as
// Func makes procedures of them, as Typed does by hand, and as runrpc gen does, and want the same answers.
package rules

//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc"
)

// Line is a part of an order.
type Line struct {
	SKU string   `json:"sku"`
	Qty int      `json:"qty"`
	Sub *Line    `json:"sub"`
	Tag []string `json:"tag"`
}

// Page is embedded in Query.
type Page struct {
	Limit  int `json:"limit" rpc:"default=20"`
	Offset int `json:"offset,omitempty"`
}

// Query is a parameter list.
type Query struct {
	Text string `json:"text"`
	Page
	Tags   []string  `json:"tags" rpc:"default=[\"a\",\"b\"]"`
	Before *int      `json:"before"`
	Since  time.Time `json:"since,omitzero"`
	Owner  string    `json:"owner" rpc:"extra"`
	Secret string    `json:"-"`
}

// Empty is a parameter list without parameters.
type Empty struct{}

// Handle is what no JSON value is.
type Handle interface{ Name() string }

// User is a Handle.
type User string

// Name returns the user's name.
func (u User) Name() string { return string(u) }

// ErrNoFunds is an error that is told.
var ErrNoFunds = jsonrpc.ServerError(1, "no funds", nil)

// Nothing takes nothing and gives nothing.
func Nothing() {}

// Subtract takes two numbers.
//
// a: to take from
// b: to take
// returns: the difference
func Subtract(a int, b int8) int { return a - int(b) }

// Order takes values of many kinds.
func Order(items []Line, rates map[string]int, due time.Time, note *string, raw *json.RawMessage) string {
	return fmt.Sprintln(len(items), len(rates), due.Year(), note == nil, raw == nil)
}

// Kinds takes plain values.
func Kinds(u8 uint8, i64 int64, f32 float32, text string, ok bool, raw []byte, two [2]int) (any, error) {
	return []any{u8, i64, f32, text, ok, raw, two}, nil
}

// Größe has names that are not ASCII.
func Größe(größe, 名前 int) int { return größe + 名前 }

// Defaults takes values that may be left out.
//
//rpc:default n=5
//rpc:default list=["a","`"]
//rpc:default p=null
//rpc:default at="2026-01-02T03:04:05Z"
func Defaults(n int, list []string, p *int, at time.Time) string {
	list = append(list, "end") // which no other call sees
	return fmt.Sprint(n, list, p == nil, at.Year())
}

// Guarded takes a parameter that the server sets.
//
//rpc:extra user
func Guarded(doc string, user Handle) string { return doc + " of " + user.Name() }

// Sum takes any number.
func Sum(numbers ...int) (total int) {
	for _, n := range numbers {
		total += n
	}
	return total
}

// Join takes one and any number.
func Join(sep string, parts ...string) string { return strings.Join(parts, sep) }

// Positions has parameters without names.
func Positions(int, *string, []Line) {}

// Blank has one name that is none.
func Blank(n int, _ string) int { return n }

// OnlyOne has one parameter without a name.
func OnlyOne(int) {}

// List has a struct without a name, which is the parameter list.
func List(_ Query) {}

// ListByPointer has a pointer to one.
func ListByPointer(_ context.Context, _ *Query) error { return nil }

// NoList has a list without parameters.
func NoList(*Empty) {}

// Named has a struct with a name, which is one parameter.
func Named(q Query) string { return fmt.Sprint(q.Text, q.Limit, q.Tags) }

// When has a struct that decodes itself.
func When(time.Time) {}

// Keywords takes all named parameters.
func Keywords(map[string]int) {}

// Record takes a map as one parameter.
func Record(all map[string]int) []string { return slices.Sorted(maps.Keys(all)) }

// Context takes a context.
func Context(ctx context.Context, n int) string {
	return fmt.Sprint(jsonrpc.RequestFrom(ctx).Method != "", n)
}

// Browser takes an HTTP request.
func Browser(r *http.Request, prefix string) string { return prefix + r.Method }

// Both takes a context and an HTTP request.
func Both(ctx context.Context, r *http.Request) (bool, error) { return r.Context() == ctx, nil }

// Refuse returns an error alone.
func Refuse(told bool) error {
	if told {
		return ErrNoFunds
	}
	return errors.New("secret")
}

// Divide returns a result and an error, which have names.
func Divide(a, b int) (quotient int, err error) {
	if b == 0 {
		return 7, ErrNoFunds
	}
	return a / b, nil
}

// Pointer returns nothing of a type.
func Pointer() *Line { return nil }

// Slice returns nothing of another.
func Slice() []int { return nil }

// Panic does.
func Panic(why string) int { panic(why) }

// Renamed is called otherwise.
//
//rpc:name other_name
func Renamed() string { return "renamed" }

// Hidden is not served.
//
//rpc:skip
func Hidden(chan int) {}
