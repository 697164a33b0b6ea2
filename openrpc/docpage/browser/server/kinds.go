package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// Level is one of three.
type Level string

// Enum has the values.
func (Level) Enum() []any { return []any{Level("low"), Level("middle"), Level("high")} }

// Contact is an address of one of two kinds.
type Contact struct{ json.RawMessage }

// JSONSchema tells the two kinds.
func (Contact) JSONSchema() json.RawMessage {
	return json.RawMessage(`{"oneOf": [
		{"title": "Mail", "type": "object", "properties": {"mail": {"type": "string"}}, "required": ["mail"], "additionalProperties": false},
		{"title": "Phone", "type": "object", "properties": {"country": {"type": "integer", "default": 49}, "number": {"type": "string"}}, "required": ["country", "number"], "additionalProperties": false}
	]}`)
}

// Part may have parts.
type Part struct {
	Name  string `json:"name" doc:"What it is called."`
	Parts []Part `json:"parts,omitempty"`
	Spare *Part  `json:"spare"`
}

// Order has a field of each kind.
type Order struct {
	ID      int64             `json:"id"`
	Small   uint8             `json:"small"`
	Price   float64           `json:"price"`
	Paid    bool              `json:"paid"`
	Level   Level             `json:"level"`
	Note    *string           `json:"note"`
	Due     time.Time         `json:"due"`
	Photo   []byte            `json:"photo"`
	Tags    []string          `json:"tags"`
	Labels  map[string]int    `json:"labels"`
	Root    Part              `json:"root"`
	Contact Contact           `json:"contact"`
	Extra   any               `json:"extra"`
	Pairs   map[string][]Part `json:"pairs"`
}

// tooMuchError is an error of the API.
type tooMuchError struct {
	Limit int `json:"limit"`
}

func (e *tooMuchError) Error() string  { return fmt.Sprintf("that is more than %d", e.Limit) }
func (e *tooMuchError) ErrorData() any { return e }

// kinds has a method for each thing that a form or an answer can be.
func kinds() jsonrpc.RPC {
	var notes atomic.Int64
	return jsonrpc.RPC{
		openrpc.MethodName: openrpc.Discover(openrpc.Info{
			Title: "Kinds", Version: "1.0", Description: "Everything **at once**.\n\nSee [the guide](https://example.com/guide) and [add](#math.add).",
			Contact: &openrpc.Contact{Name: "Ada", URL: "https://example.com/ada"}, License: &openrpc.License{Name: "MIT"},
		}, &openrpc.Options{Tags: map[string]string{"math": "Numbers."}}),
		jsonrpc.Errors: jsonrpc.ErrorMap{(*tooMuchError)(nil): -32010},
		"math": jsonrpc.RPC{
			"add": jsonrpc.Func(func(a, b int64) int64 { return a + b }, "a", "b").Doc("Adds two numbers.\n\n- by name\n- by position\n\n\tadd(1, 2)").
				Param("a", "The first.").Returns("the sum").Example("two and three", []int{2, 3}, 5),
			"sum":  jsonrpc.Func(sum).Doc("Adds any number of numbers."),
			"same": jsonrpc.Func(func(n json.Number) json.Number { return n }, "n").Doc("Returns a number with all its digits."),
		},
		"text": jsonrpc.RPC{
			"greet": jsonrpc.Func(func(name string, loud *bool) string { return shout("Hello, "+name+"!", loud) }, "name", "loud").Default("name", "world").Doc("Greets someone."),
			"echo":  jsonrpc.Func(func(value json.RawMessage) json.RawMessage { return value }, "value").Doc("Returns what it gets."),
			"names": jsonrpc.Func(func(all map[string]json.RawMessage) map[string]json.RawMessage { return all }).Doc("Takes all names."),
			"old":   jsonrpc.Func(func() string { return "old" }).Doc("Is old.\n\nDeprecated: use text.echo."),
			"long":  jsonrpc.Func(func() {}).Doc("Has a long doc.\n\n" + strings.Repeat("A paragraph of some words, which goes on for a while.\n\n", 500)),
		},
		"shop.order":      jsonrpc.Func(func(o Order) Order { return o }, "order").Doc("Takes an order, and gives it back."),
		"größe.日本":        jsonrpc.Func(func(ключ string) string { return ключ }, "ключ").Doc("Has a name in letters of the world. 🐈"),
		"a b/c?d#e%f&g=h": jsonrpc.Func(func() string { return "found" }).Doc("Has a name that addresses quote."),
		"raw":             jsonrpc.HandlerFunc(func(_ context.Context, req *jsonrpc.Request) (any, error) { return req.Params, nil }),
		"notes.add":       jsonrpc.Func(func() { notes.Add(1) }).Doc("Counts a note."),
		"notes.count":     jsonrpc.Func(notes.Load).Doc("Tells how many notes there are."),
		"fail.api":        jsonrpc.Func(func() error { return &tooMuchError{3} }).Doc("Fails with an error of the API."),
		"fail.private":    jsonrpc.Func(func() error { return errors.New("secret") }).Doc("Fails with an incident."),
		"fail.panic":      jsonrpc.Func(func() { panic("secret") }).Doc("Panics."),
		"fail.slow":       jsonrpc.Func(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }).Doc("Never ends by itself."),
		"fail.large":      jsonrpc.Func(func() string { return strings.Repeat("x", 4_000_000) }).Doc("Answers too much."),
		"list.numbers":    jsonrpc.Func(numbers, "count").Doc("Returns numbers from 0 on."),
	}
}

func sum(numbers ...int64) (total int64) {
	for _, n := range numbers {
		total += n
	}
	return total
}

func shout(text string, loud *bool) string {
	if loud != nil && *loud {
		return strings.ToUpper(text)
	}
	return text
}

func numbers(count int) ([]int, error) {
	if count < 0 || count > 1_000_000 {
		return nil, &tooMuchError{1_000_000}
	}
	list := make([]int, count)
	for i := range list {
		list[i] = i
	}
	return list, nil
}

// many has so many methods.
func many(count int) jsonrpc.RPC {
	rpc := jsonrpc.RPC{}
	for i := range count {
		name := fmt.Sprintf("space%02d.method%03d", i/50, i)
		rpc[name] = jsonrpc.Func(func(value int) int { return value }, "value").Doc(fmt.Sprintf("Does thing %d.", i))
	}
	return rpc
}
