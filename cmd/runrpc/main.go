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
// A directory with packages below it is a tree, whose namespaces follow the directories; DIR/... means the
// same. With --root the package's own name is left out, and --separator says what stands between the parts:
//
//	runrpc --root --separator :: ./methods   # registration::by_email::send_code
//
// # Functions
//
// A function may take a context.Context, an *http.Request and what JSON can be decoded into, variadic
// too, and may return a result, an error, both or nothing. What does not fit is left out, and a line on
// standard error says why.
//
// Directives in the doc comment change what is served:
//
//	//rpc:name send_code        another name than the function's
//	//rpc:default limit=10      a value, in JSON, for a parameter that is left out
//	//rpc:extra user            a parameter that the server sets: for runrpc gen, as runrpc has no value for it
//	//rpc:skip                  not served
//
// A line "name: text" of the doc comment says of a parameter what it is, and "returns: text" of the result.
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
// # Services
//
// Where a package has a function New in one of these forms, and T is a type of the package, or a pointer to
// one, that has methods or is an interface, the methods of what it returns are served beside the functions:
//
//	func New(ctx context.Context) (T, error)
//	func New(ctx context.Context) T
//	func New() (T, error)
//	func New() T
//
// New is called at the first call of one of the methods, and with --warm at the start. What it returns is
// shared by all callers, and closed at the end if it is an io.Closer. While New fails, the methods are
// unavailable, which is the error -32810, and all else is served.
//
// The methods are those that the type itself declares, but for Close, Shutdown, String, Error, Lock, Unlock and
// all that begin with Marshal, Unmarshal or Serve; those of embedded fields are not served. Directives and docs
// are those of functions. //rpc:skip before New leaves the methods out, and //rpc:name makes New itself a method.
//
// # Generated bindings
//
// runrpc gen writes a Go file for programs of one's own, with a function RPC that returns the package's
// functions and methods as a registry, called without reflection:
//
//	//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .
//
// # Configuration
//
// A runrpc.toml in the current directory, or in the one that is served, has a key for each flag and for the
// packages, so that runrpc alone serves a project; --config names another file:
//
//	addr = "localhost:8080"
//	packages = ["./sample"]
//	path = "/rpc"
//	timeout = "10s"
//
//	[static]                      # files for GET, beside the functions
//	"/" = "./static"
//
//	[names]                       # further names for functions
//	"add" = "sample:Add"
//
// Relative paths are relative to the file. Each flag has a variable too: RUNRPC_MAX_BODY for --max-body. The
// command line comes before the environment, and that before the file.
//
// Files are served by type, with their index.html but without a list of what there is. Names that begin with
// a dot, and links that lead out of the directory, are not followed. With --tls-cert and --tls-key all is
// served over HTTPS; when the two files change the new certificate is used.
//
// # New projects
//
//	runrpc new shop
//
// makes a service with its tests, a page that calls it, a runrpc.toml and what it takes to build and deploy it.
//
// # The toolkit
//
// The program is built with the version of github.com/runrpc/jsonrpc that the served module requires, and
// otherwise with that of runrpc itself, from the module cache or the checkout. --toolkit, or the variable
// RUNRPC_TOOLKIT, names another directory. No network is needed for it.
//
// # Servers
//
// Of any server of JSON-RPC 2.0 runrpc call calls the methods, runrpc list lists them, and runrpc check tells where it
// departs from the specification:
//
//	runrpc call :8080 hello.greeting name=Ada
//
// See runrpc --help and doc/runrpc.md for all commands and their flags.
package main

import (
	"io"
	"log"
	"os"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/cli"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

//go:generate go run . manual --format markdown --output ../../doc/runrpc.md

func main() {
	log.SetOutput(io.Discard) // net/http would tell there what is told here as an error
	os.Exit(cli.Main(os.Args[1:], console.Streams{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}))
}
