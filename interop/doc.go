// Package interop tries runrpc against servers that others have made: go-ethereum's rpc package, and jayson from npm.
// It is a module of its own, so that nobody who uses the toolkit has to download them. It needs a checkout; for jayson
// node and npm too, and what npm has to download.
package interop
