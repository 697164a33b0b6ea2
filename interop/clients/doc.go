// Package clients tries the clients that runrpc client writes: those of strange documents with the compilers and the
// type checkers of their languages, and those of the lab and of the petshop against servers. It needs a checkout; for
// TypeScript node and npm, for Python python3 with pip, and what those have to download.
package clients
