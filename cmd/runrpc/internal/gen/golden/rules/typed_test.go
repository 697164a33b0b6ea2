package rules_test

import (
	"context"
	"encoding/json"
	"time"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/rules"
)

// byFunc makes the procedures by reflection.
func byFunc() jsonrpc.RPC {
	raw := func(text string) json.RawMessage { return json.RawMessage(text) }
	return jsonrpc.RPC{
		"nothing": jsonrpc.Func(rules.Nothing).Doc("Nothing takes nothing and gives nothing.\n"),
		"subtract": jsonrpc.Func(rules.Subtract, "a", "b").Doc("Subtract takes two numbers.\n").
			Param("a", "to take from").Param("b", "to take").Returns("the difference"),
		"order": jsonrpc.Func(rules.Order, "items", "rates", "due", "note", "raw").Doc("Order takes values of many kinds.\n"),
		"kinds": jsonrpc.Func(rules.Kinds, "u8", "i64", "f32", "text", "ok", "raw", "two").Doc("Kinds takes plain values.\n"),
		"größe": jsonrpc.Func(rules.Größe, "größe", "名前").Doc("Größe has names that are not ASCII.\n"),
		"defaults": jsonrpc.Func(rules.Defaults, "n", "list", "p", "at").Doc("Defaults takes values that may be left out.\n").
			Default("n", raw("5")).Default("list", raw("[\"a\",\"`\"]")).Default("p", raw("null")).Default("at", raw(`"2026-01-02T03:04:05Z"`)),
		"guarded":       jsonrpc.Func(rules.Guarded, "doc", "user").Extra("user").Doc("Guarded takes a parameter that the server sets.\n"),
		"sum":           jsonrpc.Func(rules.Sum, "numbers").Doc("Sum takes any number.\n"),
		"join":          jsonrpc.Func(rules.Join, "sep", "parts").Doc("Join takes one and any number.\n"),
		"positions":     jsonrpc.Func(rules.Positions).Doc("Positions has parameters without names.\n"),
		"blank":         jsonrpc.Func(rules.Blank).Doc("Blank has one name that is none.\n"),
		"onlyOne":       jsonrpc.Func(rules.OnlyOne).Doc("OnlyOne has one parameter without a name.\n"),
		"list":          jsonrpc.Func(rules.List).Doc("List has a struct without a name, which is the parameter list.\n"),
		"listByPointer": jsonrpc.Func(rules.ListByPointer).Doc("ListByPointer has a pointer to one.\n"),
		"noList":        jsonrpc.Func(rules.NoList).Doc("NoList has a list without parameters.\n"),
		"named":         jsonrpc.Func(rules.Named, "q").Doc("Named has a struct with a name, which is one parameter.\n"),
		"when":          jsonrpc.Func(rules.When).Doc("When has a struct that decodes itself.\n"),
		"keywords":      jsonrpc.Func(rules.Keywords).Doc("Keywords takes all named parameters.\n"),
		"record":        jsonrpc.Func(rules.Record, "all").Doc("Record takes a map as one parameter.\n"),
		"context":       jsonrpc.Func(rules.Context, "n").Doc("Context takes a context.\n"),
		"browser":       jsonrpc.Func(rules.Browser, "prefix").Doc("Browser takes an HTTP request.\n"),
		"both":          jsonrpc.Func(rules.Both).Doc("Both takes a context and an HTTP request.\n"),
		"refuse":        jsonrpc.Func(rules.Refuse, "told").Doc("Refuse returns an error alone.\n"),
		"divide":        jsonrpc.Func(rules.Divide, "a", "b").Doc("Divide returns a result and an error, which have names.\n"),
		"pointer":       jsonrpc.Func(rules.Pointer).Doc("Pointer returns nothing of a type.\n"),
		"slice":         jsonrpc.Func(rules.Slice).Doc("Slice returns nothing of another.\n"),
		"panic":         jsonrpc.Func(rules.Panic, "why").Doc("Panic does.\n"),
		"other_name":    jsonrpc.Func(rules.Renamed).Doc("Renamed is called otherwise.\n"),
	}
}

type none = jsonrpc.None

type orderParams struct {
	Items []rules.Line     `json:"items"`
	Rates map[string]int   `json:"rates"`
	Due   time.Time        `json:"due"`
	Note  *string          `json:"note"`
	Raw   *json.RawMessage `json:"raw"`
}

type kindParams struct {
	U8   uint8   `json:"u8"`
	I64  int64   `json:"i64"`
	F32  float32 `json:"f32"`
	Text string  `json:"text"`
	OK   bool    `json:"ok"`
	Raw  []byte  `json:"raw"`
	Two  [2]int  `json:"two"`
}

type subtractParams struct {
	A int  `json:"a"`
	B int8 `json:"b"`
}

type sizes struct {
	Size int `json:"größe"`
	Name int `json:"名前"`
}

type optional struct {
	N    int       `json:"n" rpc:"default=5"`
	List []string  "json:\"list\" rpc:\"default=[\\\"a\\\",\\\"`\\\"]\""
	P    *int      `json:"p" rpc:"default=null"`
	At   time.Time `json:"at" rpc:"default=\"2026-01-02T03:04:05Z\""`
}

type guarded struct {
	Doc  string       `json:"doc"`
	User rules.Handle `json:"user" rpc:"extra"`
}

type numbers struct {
	Numbers []int `json:"numbers" rpc:"rest"`
}

type joined struct {
	Sep   string   `json:"sep"`
	Parts []string `json:"parts" rpc:"rest"`
}

type positional struct {
	A int          `rpc:"unnamed"`
	B *string      `rpc:"unnamed"`
	C []rules.Line `rpc:"unnamed"`
}

type blank struct {
	N int    `rpc:"unnamed"`
	S string `rpc:"unnamed"`
}

type query struct {
	Q rules.Query `json:"q"`
}

type number struct {
	N int `json:"n"`
}

type two struct {
	A int `json:"a"`
	B int `json:"b"`
}

// one is a parameter, with or without a name.
type (
	unnamed[T any] struct {
		V T `rpc:"unnamed"`
	}
	all struct {
		All map[string]int `json:"all"`
	}
	prefix struct {
		Prefix string `json:"prefix"`
	}
	told struct {
		Told bool `json:"told"`
	}
	why struct {
		Why string `json:"why"`
	}
)

// byHand makes the procedures without reflection, as somebody would write them.
func byHand() jsonrpc.RPC {
	return jsonrpc.RPC{
		"nothing": jsonrpc.Typed(func(context.Context, struct{}) (none, error) { rules.Nothing(); return none{}, nil }).
			Doc("Nothing takes nothing and gives nothing.\n"),
		"subtract": jsonrpc.Typed(func(_ context.Context, p subtractParams) (int, error) { return rules.Subtract(p.A, p.B), nil }).
			Doc("Subtract takes two numbers.\n").
			Param("a", "to take from").Param("b", "to take").Returns("the difference"),
		"order": jsonrpc.Typed(func(_ context.Context, p orderParams) (string, error) {
			return rules.Order(p.Items, p.Rates, p.Due, p.Note, p.Raw), nil
		}).Doc("Order takes values of many kinds.\n"),
		"kinds": jsonrpc.Typed(func(_ context.Context, p kindParams) (any, error) {
			return rules.Kinds(p.U8, p.I64, p.F32, p.Text, p.OK, p.Raw, p.Two)
		}).Doc("Kinds takes plain values.\n"),
		"größe": jsonrpc.Typed(func(_ context.Context, p sizes) (int, error) { return rules.Größe(p.Size, p.Name), nil }).
			Doc("Größe has names that are not ASCII.\n"),
		"defaults": jsonrpc.Typed(func(_ context.Context, p optional) (string, error) {
			return rules.Defaults(p.N, p.List, p.P, p.At), nil
		}).
			Doc("Defaults takes values that may be left out.\n"),
		"guarded": jsonrpc.Typed(func(_ context.Context, p guarded) (string, error) { return rules.Guarded(p.Doc, p.User), nil }).
			Doc("Guarded takes a parameter that the server sets.\n"),
		"sum": jsonrpc.Typed(func(_ context.Context, p numbers) (int, error) { return rules.Sum(p.Numbers...), nil }).
			Doc("Sum takes any number.\n"),
		"join": jsonrpc.Typed(func(_ context.Context, p joined) (string, error) { return rules.Join(p.Sep, p.Parts...), nil }).
			Doc("Join takes one and any number.\n"),
		"positions": jsonrpc.Typed(func(_ context.Context, p positional) (none, error) {
			rules.Positions(p.A, p.B, p.C)
			return none{}, nil
		}).
			Doc("Positions has parameters without names.\n"),
		"blank": jsonrpc.Typed(func(_ context.Context, p blank) (int, error) { return rules.Blank(p.N, p.S), nil }).
			Doc("Blank has one name that is none.\n"),
		"onlyOne": jsonrpc.Typed(func(_ context.Context, p unnamed[int]) (none, error) { rules.OnlyOne(p.V); return none{}, nil }).
			Doc("OnlyOne has one parameter without a name.\n"),
		"list": jsonrpc.Typed(func(_ context.Context, p rules.Query) (none, error) { rules.List(p); return none{}, nil }).
			Doc("List has a struct without a name, which is the parameter list.\n"),
		"listByPointer": jsonrpc.Typed(func(ctx context.Context, p *rules.Query) (none, error) { return none{}, rules.ListByPointer(ctx, p) }).
			Doc("ListByPointer has a pointer to one.\n"),
		"noList": jsonrpc.Typed(func(_ context.Context, p *rules.Empty) (none, error) { rules.NoList(p); return none{}, nil }).
			Doc("NoList has a list without parameters.\n"),
		"named": jsonrpc.Typed(func(_ context.Context, p query) (string, error) { return rules.Named(p.Q), nil }).
			Doc("Named has a struct with a name, which is one parameter.\n"),
		"when": jsonrpc.Typed(func(_ context.Context, p unnamed[time.Time]) (none, error) { rules.When(p.V); return none{}, nil }).
			Doc("When has a struct that decodes itself.\n"),
		"keywords": jsonrpc.Typed(func(_ context.Context, p map[string]int) (none, error) { rules.Keywords(p); return none{}, nil }).
			Doc("Keywords takes all named parameters.\n"),
		"record": jsonrpc.Typed(func(_ context.Context, p all) ([]string, error) { return rules.Record(p.All), nil }).
			Doc("Record takes a map as one parameter.\n"),
		"context": jsonrpc.Typed(func(ctx context.Context, p number) (string, error) { return rules.Context(ctx, p.N), nil }).
			Doc("Context takes a context.\n"),
		"browser": jsonrpc.Typed(func(ctx context.Context, p prefix) (string, error) {
			r, err := jsonrpc.RequireHTTP(ctx)
			if err != nil {
				return "", err
			}
			return rules.Browser(r, p.Prefix), nil
		}).Doc("Browser takes an HTTP request.\n"),
		"both": jsonrpc.Typed(func(ctx context.Context, _ struct{}) (bool, error) {
			r, err := jsonrpc.RequireHTTP(ctx)
			if err != nil {
				return false, err
			}
			return rules.Both(ctx, r)
		}).Doc("Both takes a context and an HTTP request.\n"),
		"refuse": jsonrpc.Typed(func(_ context.Context, p told) (none, error) { return none{}, rules.Refuse(p.Told) }).
			Doc("Refuse returns an error alone.\n"),
		"divide": jsonrpc.Typed(func(_ context.Context, p two) (int, error) { return rules.Divide(p.A, p.B) }).
			Doc("Divide returns a result and an error, which have names.\n"),
		"pointer": jsonrpc.Typed(func(context.Context, struct{}) (*rules.Line, error) { return rules.Pointer(), nil }).
			Doc("Pointer returns nothing of a type.\n"),
		"slice": jsonrpc.Typed(func(context.Context, struct{}) ([]int, error) { return rules.Slice(), nil }).
			Doc("Slice returns nothing of another.\n"),
		"panic": jsonrpc.Typed(func(_ context.Context, p why) (int, error) { return rules.Panic(p.Why), nil }).
			Doc("Panic does.\n"),
		"other_name": jsonrpc.Typed(func(context.Context, struct{}) (string, error) { return rules.Renamed(), nil }).
			Doc("Renamed is called otherwise.\n"),
	}
}
