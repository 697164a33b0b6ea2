// Package nasty has what a generator may stumble over: types of packages whose names clash, and names that
// hide those of the generated file.
package nasty

//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .

import (
	ctx "context"
	"database/sql"
	"encoding/json"
	"html/template"
	"net/netip"
	"time"

	//lint:ignore ST1001 it is what a generator may stumble over
	. "github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/nasty/go-odd"
	own "github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/nasty/time"
)

// What the generated file would like to call its own things.
type (
	p       struct{ N int }
	r       = p
	s       []p
	service string
	result  map[string]p
)

var (
	jsonrpc  = 1
	err      = 2
	rpc      = 3
	jsonrpc2 = 4
)

const context = "context"

// Hidden names are in use.
func Use() []any { return []any{jsonrpc, err, rpc, jsonrpc2, context, service("")} }

// Clash has types of two packages with one name.
func Clash(at time.Time, span own.Span, wait time.Duration) string { return "" }

// Dot has types of a package that is imported with a dot, and named otherwise than its directory.
func Dot(shade Shade, pair Pair[int, *Shade], pairs Pairs, all Any[own.Span]) Shade { return shade }

// Shadow has parameters that hide what the generated file needs.
func Shadow(ctx ctx.Context, p p, r r, s s, jsonrpc int, context string, service service, rpc, err, error string, result result) (result, error_) {
	return nil, nil
}

type error_ = error

// Twice has parameters that differ in their first letter's case.
func Twice(a, A, _a, a2 int) []int { return []int{a, A, _a, a2} }

// Keywords has names that are almost keywords.
func Keywords(type_, func_, Range, string, int, nil, true bool) {}

// Unicode has names that have no upper case.
func Unicode(世界, ñandú, _ int) {}

// Anonymous has types without names.
func Anonymous(point struct {
	X, Y int `json:",omitzero"`
	p
}, any interface{}, pairs []struct{ Key, Value string }) (struct{ Sum int }, error) {
	return struct{ Sum int }{point.X + point.Y}, nil
}

// Deep has pointers, slices and maps of each other.
func Deep(a **int, b map[string][]*map[int8]p, c [3][2]*p, d *[]byte) {}

// Elsewhere has types of other packages, which decode themselves, or hold what is no JSON.
func Elsewhere(raw json.RawMessage, n json.Number, ip netip.Addr, null sql.NullString, list template.HTML) (sql.Null[own.Span], error) {
	return sql.Null[own.Span]{}, nil
}

// Embedded is a parameter list with embedded fields.
type Embedded struct {
	p
	Pair[int, string]
	*Inner
	Own int `json:"own"`
}

// Inner is embedded by a pointer.
type Inner struct{ Deep bool }

// Lists takes a struct without a name, of an alias.
func Lists(_ list) {}

type list = *Embedded

// Decodes is a function that says itself how it is decoded.
type Decodes func()

// UnmarshalText takes anything.
func (d *Decodes) UnmarshalText([]byte) error_ { return nil }

// Functions takes a function that decodes itself.
func Functions(f Decodes) {}

// Defaults has defaults of types that only their own code can decode.
//
//rpc:default ip="::1"
//rpc:default wait=1000
//rpc:default shade="da`rk"
//rpc:default p={"N":1}
//rpc:default deep={"a":[1,2]}
func Defaults(ip netip.Addr, wait time.Duration, shade Shade, p p, deep map[string][]int8) string {
	return string(shade)
}

// Comment has a doc with "quotes", `backquotes` and \backslashes.
//
//	and code
//
// shade: how */ light
func Comment(shade Shade) {}
