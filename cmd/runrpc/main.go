// Command runrpc serves the exported functions of Go packages over HTTP JSON-RPC, as they are:
//
//	runrpc hello
//
// An argument is a directory, a .go file (hello finds hello.go too, outside any module) or an import
// path, tried in this order; there may be several. runrpc writes a program around the packages, builds
// and runs it, and leaves their files as they are. Ctrl-C finishes the calls that have begun and ends it;
// a second one ends it at once.
//
// # Names
//
// A method is package.function, the function in lowerCamel: hello.sendCodeByID. Parameters are called
// as in the source, so they can be given by name or by position; where one has no name, or is _, only by
// position. A parameter that has a name is one parameter, a struct too; a lone struct without a name is
// the list of parameters.
//
// A directory with packages below it is a tree, whose namespaces follow the directories. With --root the
// package's own name is left out, and --separator says what stands between the parts:
//
//	runrpc --root --separator :: ./methods   # registration::by_email::send_code
//
// # Functions
//
// A function may take a context.Context, an *http.Request and what JSON can be decoded into, variadic
// too, and may return a result, an error, both or nothing. What does not fit is left out, and a line on
// standard error says why. Methods of types are not served.
//
// Directives in the doc comment change what is served:
//
//	//rpc:name send_code        another name than the function's
//	//rpc:default limit=10      a value, in JSON, for a parameter that is left out
//	//rpc:skip                  not served
//
// A package with a function RPC() jsonrpc.RPC, or RPC() (jsonrpc.RPC, error), is served as the registry
// that it returns.
//
// # Edits
//
// At a terminal, and elsewhere with --watch, an edit of the packages or of what they import is served as
// soon as it is saved. No call is lost on the way: the program before finishes those that it has begun.
// What does not build or start is told, and the program before goes on. The log has a line for each call, in
// a form for people at a terminal and in JSON elsewhere; --log says otherwise.
//
// # A binary
//
//	runrpc build -o server ./methods
//
// makes the same server as a binary that needs neither go nor runrpc. The flags given are its defaults.
//
// # The toolkit
//
// The program is built with the version of github.com/runrpc/jsonrpc that the served module requires, and
// otherwise with that of runrpc itself, from the module cache or the checkout. --toolkit, or the variable
// RUNRPC_TOOLKIT, names another directory. No network is needed for it.
//
// See runrpc serve --help and runrpc build --help for the flags.
package main

import (
	"os"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/cli"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], console.Streams{Stdout: os.Stdout, Stderr: os.Stderr}))
}
