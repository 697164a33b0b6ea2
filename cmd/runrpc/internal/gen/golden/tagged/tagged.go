// Package tagged has files for some systems alone.
package tagged

//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .

// Everywhere is there on all systems.
func Everywhere() string { return system() }
