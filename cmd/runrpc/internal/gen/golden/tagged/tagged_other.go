//go:build !unix

package tagged

func system() string { return "other" }

// Both is there on all systems, from different files.
func Both() string { return "other" }

// On no system is the name context free.
var context, jsonrpc = 1, 2
