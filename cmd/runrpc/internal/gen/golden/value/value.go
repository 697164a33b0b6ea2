// Package value has a service that is a value, and an alias for a context.
package value

//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .

import "context"

type ctx = context.Context

// Value is what New returns.
type Value struct{ n int }

// New makes a value.
func New() (Value, error) { return Value{7}, nil }

// N returns the number.
func (v Value) N() int { return v.n }

// Add adds to it.
func (v Value) Add(_ ctx, n int) int { return v.n + n }
