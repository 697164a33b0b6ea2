package jsonrpc_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// leaves returns the errors that errors.Join has joined, at any depth.
func leaves(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, leaves(e)...)
	}
	return all
}

type defaultFault struct {
	A int `json:"a" rpc:"default=x"`
}

type tagFault struct {
	A int `json:"a" rpc:"required"`
}

type sameName struct {
	A string `json:"a"`
}

type namedError struct{}

func (*namedError) Error() string { return "named" }

// faults are values that Check finds a fault in, and what its text has beside the name.
var faults = map[string]struct {
	value any
	texts []string
}{
	"nil":            {nil, []string{"found nil", "want a function"}},
	"number":         {7, []string{"found int", "want a function"}},
	"struct":         {struct{ A int }{}, []string{"found struct { A int }", "want a function"}},
	"map":            {map[string]any{}, []string{"found map[string]interface {}", "want a function"}},
	"nilFunc":        {(func())(nil), []string{"found a nil function", "want a function"}},
	"nilRaw":         {(func(context.Context, *jsonrpc.Request) (any, error))(nil), []string{"found a nil function"}},
	"nilProcedure":   {(*jsonrpc.Procedure)(nil), []string{"found a nil *Procedure"}},
	"nilLazy":        {(*jsonrpc.LazyEntry)(nil), []string{"found a nil *LazyEntry"}},
	"nilObject":      {(*jsonrpc.ObjectEntry)(nil), []string{"found a nil *ObjectEntry"}},
	"objectOfNil":    {jsonrpc.Object((*conn)(nil)), []string{"nil", "want a value with methods"}},
	"noMethods":      {jsonrpc.Object(struct{}{}), []string{"found struct {}", "method"}},
	"unknownSkip":    {jsonrpc.Object(&conn{}).Skip("Pong"), []string{`found the name "Pong"`, "want one of the methods of *jsonrpc_test.conn"}},
	"text":           {"text", []string{`found the string "text"`, `want "pkg:Name"`}},
	"emptyReference": {"pkg:", []string{`found the string "pkg:"`, `want "pkg:Name"`}},
	"unknownPackage": {"nowhere:Name", []string{`found the package "nowhere"`, "rpc.packages", "known"}},
	"channel":        {func(chan int) {}, []string{"found func(chan int)", "want func("}},
	"twoResults":     {func() (int, int) { return 0, 0 }, []string{"too many results", "want func("}},
	//lint:ignore ST1008 it is what the package has to refuse
	"errorFirst":       {func() (error, int) { return nil, 0 }, []string{"found func() (error, int)", "want func("}},
	"errorType":        {func() *namedError { return nil }, []string{"*jsonrpc_test.namedError", "error"}},
	"errorTypeBeside":  {func() (*namedError, error) { return nil, nil }, []string{"*jsonrpc_test.namedError", "error"}},
	"request":          {func(*jsonrpc.Request) {}, []string{"*jsonrpc.Request", "RequestFrom"}},
	"requestAndMore":   {func(context.Context, *jsonrpc.Request) (int, error) { return 0, nil }, []string{"*jsonrpc.Request", "HandlerFunc"}},
	"lateContext":      {func(int, context.Context) {}, []string{"context.Context comes first"}},
	"defaultType":      {jsonrpc.Func(func(int) {}, "n").Default("n", "five"), []string{`"n"`, "default", "found string", "want int"}},
	"defaultLossy":     {jsonrpc.Func(func(int8) {}, "n").Default("n", 300), []string{`"n"`, "default", "300"}},
	"defaultName":      {jsonrpc.Func(func(int) {}, "n").Default("m", 1), []string{`"m"`, "want the name of a parameter: n"}},
	"defaultTag":       {func(defaultFault) {}, []string{"the field a of", "default"}},
	"unknownTag":       {func(tagFault) {}, []string{"the field a of", `found "required"`, "want extra, unnamed, rest for a slice, or default=JSON"}},
	"extraName":        {jsonrpc.Func(func(int) {}, "n").Extra("user"), []string{`"user"`, "want the name of a parameter: n"}},
	"extraWithDefault": {jsonrpc.Func(func(string) {}, "user").Extra("user").Default("user", "x"), []string{`"user"`, "injected", "default"}},
	"twoOfOneName":     {jsonrpc.Func(func(string, sameName) {}, "a").Extra("a"), []string{`found two parameters with the name "a"`}},
	"someNames":        {jsonrpc.Func(func(int, int) {}, "a"), []string{"1", "2", "want one for each or none"}},
	"lazyNumber":       {jsonrpc.Lazy(func(context.Context) (int, error) { return 0, nil }), []string{"found Lazy of int", "want a function"}},
	"lazySignature":    {jsonrpc.Lazy(func(context.Context) (func(chan int), error) { return nil, nil }), []string{"found func(chan int)", "want func("}},
	"lazyNoMethods":    {jsonrpc.LazyObject(func(context.Context) (struct{}, error) { return struct{}{}, nil }), []string{"struct {}", "no exported methods"}},
	"lazyNilFactory":   {jsonrpc.Lazy[any](nil), []string{"found a nil factory"}},
	"_hidden":          {says(""), []string{"cannot be called", `"_"`}},
	"a._hidden":        {says(""), []string{"cannot be called", `"_"`}},
	"":                 {says(""), []string{"cannot be called", "not empty"}},
	"rpc.unheard":      {says(""), []string{"reserved"}},
	jsonrpc.Errors:     {jsonrpc.ErrorMap{errNoFunds: -32700, errBroken: -32100, io.EOF: -32899, io.ErrNoProgress: -32000}, []string{"-32700", "-32100", "-32899", "want -32000 to -32099"}},
	jsonrpc.Use:        {jsonrpc.Middleware(nil), []string{"found jsonrpc.Middleware", "*MiddlewareChain"}},
	"in.nested.deeper": {jsonrpc.RPC{"bad": 7}, []string{`"in.nested.deeper.bad"`, "found int"}},
	"in.settings":      {jsonrpc.RPC{jsonrpc.Errors: 7}, []string{`"in.settings.rpc.errors"`, "found int", "want an ErrorMap"}},
	"in.packages":      {jsonrpc.RPC{jsonrpc.Packages: jsonrpc.PackageMap{}}, []string{`"in.packages.rpc.packages"`, "want it in the root"}},
	"in.separator":     {jsonrpc.RPC{jsonrpc.Separator: "."}, []string{`"in.separator.rpc.separator"`, "want it in the root"}},
}

// TestCheckFaults finds each fault alone.
func TestCheckFaults(t *testing.T) {
	packages := jsonrpc.PackageMap{"known": jsonrpc.Lazy(sample)}
	for name, test := range faults {
		t.Run(name, func(t *testing.T) {
			rpc := jsonrpc.RPC{name: test.value, jsonrpc.Packages: packages, "good": says("good")}
			err := rpc.Check()
			if err == nil {
				t.Fatal("Check found nothing")
			}
			for _, text := range append(test.texts, name) {
				if !strings.Contains(err.Error(), text) {
					t.Errorf("the error has no %q:\n%v", text, err)
				}
			}
			if strings.Contains(err.Error(), `"good"`) {
				t.Errorf("the error names the entry beside it:\n%v", err)
			}
			app, appErr := jsonrpc.NewApplication(rpc, nil)
			if app != nil || appErr == nil {
				t.Fatal("NewApplication took it")
			}
			other, _ := appOf(t, jsonrpc.RPC{}, jsonrpc.Options{})
			replaceErr := other.Replace(rpc)
			if replaceErr == nil {
				t.Fatal("Replace took it")
			}
			if diff := cmp.Diff([]string{err.Error(), err.Error()}, []string{appErr.Error(), replaceErr.Error()}); diff != "" {
				t.Errorf("NewApplication and Replace return another error (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCheckFindsAllAtOnce puts them all into one registry.
func TestCheckFindsAllAtOnce(t *testing.T) {
	ran := 0
	rpc := jsonrpc.RPC{
		jsonrpc.Packages: jsonrpc.PackageMap{"known": jsonrpc.Lazy(func(context.Context) (any, error) { ran++; return nil, nil })},
		"lazy":           jsonrpc.Lazy(func(context.Context) (any, error) { ran++; return nil, nil }),
		"reference":      "known:Name",
	}
	for name, test := range faults {
		rpc[name] = test.value
	}
	err := rpc.Check()
	all := leaves(err)
	for name, test := range faults {
		found := false
		for _, e := range all {
			found = found || strings.Contains(e.Error(), test.texts[0])
		}
		if !found {
			t.Errorf("%q is not among them", name)
		}
	}
	if ran > 0 {
		t.Errorf("%d factories ran", ran)
	}
	for line := range strings.Lines(err.Error()) {
		if !strings.HasPrefix(line, `jsonrpc: "`) {
			t.Errorf("this line names no method: %s", line)
		}
	}
	if again := rpc.Check(); again.Error() != err.Error() {
		t.Error("Check said something else the second time")
	}
}

// TestCheckFindsBothSettings has a faulty setting beside another.
func TestCheckFindsBothSettings(t *testing.T) {
	rpc := jsonrpc.RPC{jsonrpc.Use: 1, jsonrpc.Errors: 2, jsonrpc.Packages: 3, jsonrpc.Separator: 4}
	err := rpc.Check()
	for key, want := range map[string]string{
		jsonrpc.Use: "a *MiddlewareChain", jsonrpc.Errors: "an ErrorMap", jsonrpc.Packages: "a PackageMap", jsonrpc.Separator: "a string",
	} {
		found := false
		for _, e := range leaves(err) {
			found = found || strings.Contains(e.Error(), key) && strings.Contains(e.Error(), "found int, want "+want)
		}
		if !found {
			t.Errorf("%s is not among them:\n%v", key, err)
		}
	}
}

// TestCheckTwoWithOneName has two entries that give one full name.
func TestCheckTwoWithOneName(t *testing.T) {
	for name, rpc := range map[string]jsonrpc.RPC{
		"function and namespace": {"a.b": says("1"), "a": jsonrpc.RPC{"b": says("2")}},
		"namespaces":             {"a.b": jsonrpc.RPC{"c": says("1")}, "a": jsonrpc.RPC{"b.c": says("2")}},
		"object":                 {"a": jsonrpc.Object(&conn{}), "a.ping": says("2")},
		"lazy namespaces":        {"a.b": jsonrpc.Lazy(sample), "a": jsonrpc.RPC{"b": finder{}}},
		"reference":              {"a.b": "known:Name", "a": jsonrpc.RPC{"b": says("2")}, jsonrpc.Packages: jsonrpc.PackageMap{"known": jsonrpc.Lazy(sample)}},
	} {
		t.Run(name, func(t *testing.T) {
			err := rpc.Check()
			if err == nil || !strings.Contains(err.Error(), "with this full name") {
				t.Errorf("Check returned %v", err)
			}
		})
	}
}

// TestCheckChainInTwoScopes has one chain in two registries.
func TestCheckChainInTwoScopes(t *testing.T) {
	chain := jsonrpc.Chain(func(next jsonrpc.Handler) jsonrpc.Handler { return next })
	rpc := jsonrpc.RPC{"a": jsonrpc.RPC{jsonrpc.Use: chain, "m": says("")}, "b": jsonrpc.RPC{jsonrpc.Use: chain, "m": says("")}}
	err := rpc.Check()
	if err == nil || !strings.Contains(err.Error(), `"a.rpc.use"`) || !strings.Contains(err.Error(), `"b.rpc.use"`) {
		t.Errorf("Check returned %v", err)
	}
}

func TestCheckRegistryInsideOfItself(t *testing.T) {
	rpc := jsonrpc.RPC{"m": says("m")}
	rpc["self"] = jsonrpc.RPC{"again": rpc}
	if err := rpc.Check(); err == nil || !strings.Contains(err.Error(), "inside of itself") {
		t.Errorf("Check returned %v", err)
	}
	same(t, string(rpc.Call([]byte(ask("m", "")), nil)), told(`"m"`))
	shared := jsonrpc.RPC{"m": says("m")}
	if err := (jsonrpc.RPC{"a": shared, "b": shared}).Check(); err != nil {
		t.Errorf("one registry in two places: %v", err)
	}
}

func TestCheckNames(t *testing.T) {
	for _, key := range []string{"::a", "a::_b", "_", "_a::b"} {
		if err := (jsonrpc.RPC{jsonrpc.Separator: "::", key: says("")}).Check(); err == nil {
			t.Errorf("%q was taken", key)
		}
	}
	for _, key := range []string{"a", "a.b", "a_", "a::b_c", "größe", "a b", "1", "rpc", "rpcx", "rpc.discover", "a.rpc.b"} {
		if err := (jsonrpc.RPC{jsonrpc.Separator: "::", key: says("")}).Check(); err != nil {
			t.Errorf("%q: %v", key, err)
		}
	}
	if err := (jsonrpc.RPC{}).Check(); err != nil {
		t.Errorf("an empty registry: %v", err)
	}
}

// TestCheckErrorCodes takes the codes that are the user's.
func TestCheckErrorCodes(t *testing.T) {
	for code, fits := range map[int]bool{
		-32000: true, -32099: true, -32050: true, 0: true, 1: true, -1: true, -31999: true, -32100: false, -32101: false,
		-32899: false, -32900: true, -32600: false, -32603: false, -32700: false, -32800: false, -32810: false, 404: true, -40000: true,
	} {
		err := (jsonrpc.RPC{jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: code}}).Check()
		if (err == nil) != fits {
			t.Errorf("code %d: %v", code, err)
		}
	}
}
