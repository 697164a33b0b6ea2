package jsonrpc

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"strings"

	"github.com/runrpc/jsonrpc/internal/names"
)

// RPC is a registry: a map from method names to what answers them. A value is the first of
// these that matches:
//
//   - under a name that begins with "rpc.": a setting, see Errors, Use, Packages and Separator
//   - *Procedure, from Func or Typed: a function with parameter names, defaults, a doc
//   - *LazyEntry, from Lazy or LazyObject: made at its first call
//   - string "pkg:Name": the member Name of the package pkg in the root's Packages
//   - RPC: a namespace; its methods have its name, the separator and their own
//   - *ObjectEntry, from Object: the methods of a value
//   - Resolver: a namespace that finds its own members
//   - Handler, or a func of HandlerFunc's signature: sees the Request itself
//   - any other func: a procedure with parameters by position only
//
// Nothing else is callable, and neither is a name of which a part begins with "_", or one of more
// than 1024 bytes. A name is looked up as it is, then in the namespaces from the longest prefix on.
//
// Like any map, a registry must not be changed while it is called. NewApplication takes a copy.
// Check, and so NewApplication, finds all that is wrong with a registry; a bare Call finds what is
// wrong on its way, which a setting that nobody knows is not.
type RPC map[string]any

// The names of a registry's settings, which hold for the registry that they stand in and the
// namespaces in it. A faulty setting fails all calls in its scope.
const (
	Errors    = "rpc.errors"    // an ErrorMap
	Use       = "rpc.use"       // a *MiddlewareChain, from Chain
	Packages  = "rpc.packages"  // a PackageMap; in the root only
	Separator = "rpc.separator" // a string between the parts of a name, "." by default; in the root only
)

const defaultSeparator = "."

// Call answers a message: a request or a batch. It returns the answer, and nil where there is
// nothing to answer. It runs on the caller's goroutine, one request after the other,
// notifications too, with no time limit. See Extras for the variables.
//
// A procedure that ends its goroutine (runtime.Goexit) ends the caller's.
func (r RPC) Call(msg []byte, extras Extras) []byte {
	return r.CallContext(context.Background(), msg, extras)
}

// CallContext is Call with a context for the procedures.
func (r RPC) CallContext(ctx context.Context, msg []byte, extras Extras) []byte {
	x := newExchange(bareEngine(), nil, ctx)
	x.bare.read(r)
	x.root = &x.bare
	x.extras, x.free = extras, true
	x.parse(msg, x.engine.limits)
	return x.answerHere()
}

// Add registers functions under their own names in lowerCamel: SendCode as sendCode. It
// panics on a value that is no function and on a function that has no name.
func (r RPC) Add(fns ...any) {
	for _, fn := range fns {
		r[functionName(fn)] = fn
	}
}

func functionName(fn any) string {
	v := reflect.ValueOf(fn)
	if v.Kind() != reflect.Func || v.IsNil() {
		panic(fmt.Errorf("jsonrpc: Add: found %T, want a function", fn))
	}
	full := runtime.FuncForPC(v.Pointer()).Name()
	name := full[strings.LastIndexByte(full, '/')+1:]
	name, _, _ = strings.Cut(name, "[")
	name = strings.TrimSuffix(name, "-fm")
	name = name[strings.LastIndexByte(name, '.')+1:]
	if strings.HasPrefix(name, "func") && strings.Contains(full, ".func") || name == "" || name[0]-'0' <= 9 {
		panic(fmt.Errorf("jsonrpc: Add: found a function without a name of its own (%s): register it as rpc[name] = fn", full))
	}
	return names.LowerCamel(name)
}

// ServeRPC answers a request with a Go value or error, as Handler says: an RPC can be called by
// any code that has one.
func (r RPC) ServeRPC(ctx context.Context, req *Request) (any, error) {
	h, err := r.Lookup(ctx, req.Method)
	if err != nil {
		return nil, err
	}
	return h.ServeRPC(ctx, req)
}

// Lookup returns a Handler for a name. It finds none only when the request comes, since the
// registry's middleware sees unknown names too.
func (r RPC) Lookup(_ context.Context, name string) (Handler, error) {
	return HandlerFunc(func(ctx context.Context, req *Request) (any, error) {
		own := *req
		own.Method = name
		return serveNested(ctx, &own, r)
	}), nil
}

func (r RPC) separator() string {
	if sep, ok := r[Separator].(string); ok && sep != "" {
		return sep
	}
	return defaultSeparator
}

func (r RPC) packages() PackageMap {
	m, _ := r[Packages].(PackageMap)
	return m
}
