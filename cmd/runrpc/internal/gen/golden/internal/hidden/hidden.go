// Package hidden is internal.
package hidden

//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .

// Open tells that it can be reached.
func Open() string { return "open" }
