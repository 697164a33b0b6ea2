package gen

import (
	"go/types"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

var errorType = types.Universe.Lookup("error").Type()

// isNamed reports whether t is the type of a package.
func isNamed(t types.Type, path, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path && named.Obj().Name() == name
}

// isPointerTo reports whether t is a pointer to the type of a package.
func isPointerTo(t types.Type, path, name string) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	return ok && isNamed(p.Elem(), path, name)
}

func isContext(t types.Type) bool     { return isNamed(t, "context", "Context") }
func isHTTPRequest(t types.Type) bool { return isPointerTo(t, "net/http", "Request") }

// misplaced says why a t cannot stand where a parameter does, "" if it can.
func misplaced(t types.Type) string {
	switch {
	case isContext(t):
		return "a context.Context comes first"
	case isHTTPRequest(t):
		return "an *http.Request comes first, behind the context"
	case isPointerTo(t, toolkit.Path, "Request"):
		return "only a jsonrpc.HandlerFunc takes a *jsonrpc.Request"
	}
	return ""
}

// fromJSON reports whether a JSON value can become a t.
func fromJSON(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Signature, *types.Chan:
		return decodesItself(t)
	case *types.Basic:
		return u.Kind() != types.UnsafePointer || decodesItself(t)
	case *types.Interface:
		return u.NumMethods() == 0
	}
	return true
}

// toJSON reports whether a t can be a result.
func toJSON(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Signature, *types.Chan:
		return false
	}
	return true
}

// isList reports whether a lone t without a name is the parameter list.
func isList(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	_, ok := t.Underlying().(*types.Struct)
	return ok && !decodesItself(t)
}

// isKeywords reports whether a lone t without a name takes all named parameters.
func isKeywords(t types.Type) bool {
	m, ok := t.Underlying().(*types.Map)
	if !ok {
		return false
	}
	key, ok := m.Key().Underlying().(*types.Basic)
	return ok && key.Kind() == types.String && !decodesItself(t)
}

// decodesItself reports whether t declares how it is decoded.
func decodesItself(t types.Type) bool {
	methods := types.NewMethodSet(t)
	if _, pointer := t.Underlying().(*types.Pointer); !pointer && !types.IsInterface(t) {
		methods = types.NewMethodSet(types.NewPointer(t))
	}
	for i := range methods.Len() {
		if fn, ok := methods.At(i).Obj().(*types.Func); ok && isDecoder(fn) {
			return true
		}
	}
	return false
}

// isDecoder reports whether a method is one that the codec asks for.
func isDecoder(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Params().Len() != 1 || sig.Results().Len() != 1 || !types.Identical(sig.Results().At(0).Type(), errorType) {
		return false
	}
	from := sig.Params().At(0).Type()
	switch fn.Name() {
	case "UnmarshalJSON", "UnmarshalText":
		return types.Identical(from, types.NewSlice(types.Typ[types.Byte]))
	case "UnmarshalJSONFrom":
		return isPointerTo(from, "github.com/go-json-experiment/json/jsontext", "Decoder") ||
			isPointerTo(from, "encoding/json/jsontext", "Decoder")
	}
	return false
}
