package jsonrpc_test

import (
	"context"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// says is a procedure that returns its text.
func says(text string) func() string { return func() string { return text } }

// TestLookup finds the exact full name first, then namespaces from the longest prefix down.
func TestLookup(t *testing.T) {
	rpc := jsonrpc.RPC{
		"top":  says("top"),
		"x.y":  says("x.y"),
		"a":    jsonrpc.RPC{"m": says("a m"), "b.k": says("a b.k"), "b": jsonrpc.RPC{"n": says("a b n"), "c.d": jsonrpc.RPC{"e": says("a b c.d e")}}},
		"a.b":  jsonrpc.RPC{"c": says("a.b c"), "d": jsonrpc.RPC{"e": jsonrpc.RPC{"f": says("a.b d e f")}}},
		"r":    finder{},
		"r.in": jsonrpc.RPC{"m": says("r.in m")},
	}
	for method, want := range map[string]string{
		"top": told(`"top"`), "x.y": told(`"x.y"`), "a.m": told(`"a m"`),
		"a.b.c": told(`"a.b c"`), "a.b.n": told(`"a b n"`), "a.b.k": told(`"a b.k"`),
		"a.b.d.e.f": told(`"a.b d e f"`), "a.b.c.d.e": told(`"a b c.d e"`),
		"r.in.m": told(`"r.in m"`), "r.x": told(`["x","r.x","r.x",null,1,false]`), "r.in.x": told(`["in.x","r.in.x","r.in.x",null,1,false]`),
		"a": notFound, "a.b": notFound, "a.b.d.e": notFound, "a.": notFound, ".a": notFound, ".top": notFound, "": notFound,
		"top.top": notFound, "a..m": notFound, "a.m.": notFound, "A.m": notFound, "a.M": notFound, "a::m": notFound,
	} {
		answers(t, rpc, ask(method, ""), want)
	}
}

// TestLongNames has names of as many bytes as there may be, and more. To look a name up takes a step
// for each of its parts, so a message that is one long name must not be gone through.
func TestLongNames(t *testing.T) {
	const most = 1024
	long := strings.Repeat("n", most)
	deep := strings.Repeat("a.", most/2-1)
	inner := jsonrpc.RPC{"m0": says("deep")}
	for range most/2 - 1 {
		inner = jsonrpc.RPC{"a": inner}
	}
	rpc := jsonrpc.RPC{"a": inner["a"], long: says("long"), "r": finder{}}
	answers(t, rpc, ask(long, ""), told(`"long"`))
	answers(t, rpc, ask(deep+"m0", ""), told(`"deep"`))
	for _, method := range []string{long + "n", deep + "m00", "r." + long, strings.Repeat("r.", 100_000), strings.Repeat(".", 100_000)} {
		answers(t, rpc, ask(method, ""), notFound)
	}
	if err := (jsonrpc.RPC{long + "n": says("")}).Check(); err == nil || !strings.Contains(err.Error(), "found a name of 1025 bytes, want 1024 at most") {
		t.Errorf("got %v, want a fault that names the length", err)
	}
}

// TestExactNameBeforeNamespaces has a resolver under the longer prefix of a name that stands in
// the registry.
func TestExactNameBeforeNamespaces(t *testing.T) {
	rpc := jsonrpc.RPC{"a": jsonrpc.RPC{"b.c": says("exact")}, "a.b": finder{}}
	answers(t, rpc, ask("a.b.c", ""), told(`"exact"`))
	answers(t, rpc, ask("a.b.d", ""), told(`["d","a.b.d","a.b.d",null,1,false]`))
}

// shelf is a Resolver that cannot be compared.
type shelf map[string]string

func (s shelf) Lookup(_ context.Context, name string) (jsonrpc.Handler, error) {
	return jsonrpc.HandlerFunc(func(context.Context, *jsonrpc.Request) (any, error) { return s["name"] + " " + name, nil }), nil
}

// TestLongestNamespace asks the namespace with the longest full name, at whatever depth it stands.
func TestLongestNamespace(t *testing.T) {
	short, long := shelf{"name": "short"}, shelf{"name": "long"}
	for _, rpc := range []jsonrpc.RPC{
		{"a.b": short, "a": jsonrpc.RPC{"b.c": long}},
		{"a": jsonrpc.RPC{"b": short, "b.c": long}},
		{"a": jsonrpc.RPC{"b": short}, "a.b": jsonrpc.RPC{"c": long}},
		{"a": short, "a.b": jsonrpc.RPC{"c": long, "x": says("x")}},
		{"a": jsonrpc.RPC{"b": jsonrpc.RPC{"c": long}}, "a.b": short},
	} {
		answers(t, rpc, ask("a.b.c.d", ""), told(`"long d"`))
	}
	rpc := jsonrpc.RPC{"a": short, "a.b": jsonrpc.RPC{"x": says("x")}, "a.b.c": jsonrpc.RPC{"y": says("y")}}
	answers(t, rpc, ask("a.b.x", ""), told(`"x"`))
	answers(t, rpc, ask("a.b.z", ""), told(`"short b.z"`))
	answers(t, rpc, ask("a.b.c.z", ""), told(`"short b.c.z"`))
}

// TestSeparator is about names between which "::" stands.
func TestSeparator(t *testing.T) {
	code := func(phone string) string { return "code to " + phone }
	rpc := jsonrpc.RPC{
		jsonrpc.Separator: "::",
		"foobar":          says("foobar"),
		"dotted.name":     says("dotted"),
		"registration":    jsonrpc.RPC{"by_email": jsonrpc.RPC{"send_code_to_email": code}, "lazy": jsonrpc.Lazy(sample)},
	}
	for _, test := range []struct{ method, params, want string }{
		{"foobar", ``, told(`"foobar"`)},
		{"::foobar", ``, told(`"foobar"`)},
		{"dotted.name", ``, told(`"dotted"`)},
		{"registration::by_email::send_code_to_email", `["a"]`, told(`"code to a"`)},
		{"::registration::by_email::send_code_to_email", `["a"]`, told(`"code to a"`)},
		{"::registration::lazy::add", `[1,2]`, told(`3`)},
		{"registration.by_email.send_code_to_email", `["a"]`, notFound},
		{"::::foobar", ``, notFound},
		{":foobar", ``, notFound},
		{"foobar::", ``, notFound},
		{"::", ``, notFound},
		{"registration::::by_email::send_code_to_email", `["a"]`, notFound},
		{"registration::lazy::::add", `[1,2]`, notFound},
		{"::registration::::lazy::add", `[1,2]`, notFound},
	} {
		answers(t, rpc, ask(test.method, test.params), test.want)
	}
	slash := jsonrpc.RPC{jsonrpc.Separator: "/", "a": jsonrpc.RPC{"b": says("b")}}
	answers(t, slash, ask("a/b", ""), told(`"b"`))
	answers(t, slash, ask("/a/b", ""), told(`"b"`))
}

// TestHiddenNames are never callable, wherever the underscore begins a part.
func TestHiddenNames(t *testing.T) {
	rpc := jsonrpc.RPC{
		"_top": says("secret"),
		"in":   jsonrpc.RPC{"_m": says("secret"), "_in": jsonrpc.RPC{"m": says("secret")}, "m_": says("m_"), "a_b": says("a_b")},
		"_in":  jsonrpc.RPC{"m": says("secret")},
		"x._y": says("secret"),
		"x.y":  jsonrpc.RPC{"_z.m": says("secret")},
		"lazy": jsonrpc.Lazy(func(context.Context) (jsonrpc.RPC, error) {
			return jsonrpc.RPC{"_m": says("secret"), "m": says("m")}, nil
		}),
		"found": finder{},
	}
	app := jsonrpc.RPC{"lazy": rpc["lazy"], "found": finder{}, "in": jsonrpc.RPC{"m_": says("m_"), "a_b": says("a_b")}}
	for method, want := range map[string]string{
		"_top": notFound, "in._m": notFound, "in._in.m": notFound, "_in.m": notFound, "x._y": notFound, "x.y._z.m": notFound,
		"lazy._m": notFound, "found._m": notFound, "found.a._b": notFound, "found._a.b": notFound, "_": notFound,
		`\u005ftop`: notFound, `in.\u005fm`: notFound,
		"in.m_": told(`"m_"`), "in.a_b": told(`"a_b"`), "lazy.m": told(`"m"`),
	} {
		same(t, string(rpc.Call([]byte(ask(method, "")), nil)), want)
		answers(t, app, ask(method, ""), want)
	}
	colons := jsonrpc.RPC{jsonrpc.Separator: "::", "a._b": says("dot"), "in": jsonrpc.RPC{"_m": says("secret")}, "found": finder{}}
	same(t, string(colons.Call([]byte(ask("a._b", "")), nil)), told(`"dot"`))
	for _, method := range []string{"in::_m", "::_in", "found::_m", "::found::x::_m"} {
		same(t, string(colons.Call([]byte(ask(method, "")), nil)), notFound)
	}
}

// TestSettingsAreNeverCallable calls the settings, and what stands under their names.
func TestSettingsAreNeverCallable(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{}, jsonrpc.Use: jsonrpc.Chain(), jsonrpc.Packages: jsonrpc.PackageMap{}, jsonrpc.Separator: ".",
		"in":           jsonrpc.RPC{jsonrpc.Errors: jsonrpc.ErrorMap{}, jsonrpc.Use: jsonrpc.Chain()},
		"rpc.discover": says("document"),
	}
	for _, method := range []string{"rpc.errors", "rpc.use", "rpc.packages", "rpc.separator", "in.rpc.errors", "in.rpc.use", "rpc.", "rpc.x", "rpc", "rpc.errors.x"} {
		answers(t, rpc, ask(method, ""), notFound)
	}
	answers(t, rpc, ask("rpc.discover", ""), told(`"document"`))
}

// TestReservedNamesAreNotCalled holds functions under reserved names, which is a fault.
func TestReservedNamesAreNotCalled(t *testing.T) {
	for name, rpc := range map[string]jsonrpc.RPC{
		"a function":  {"rpc.secret": says("secret")},
		"a namespace": {"rpc": jsonrpc.RPC{"secret": says("secret")}},
		"in it":       {"in": jsonrpc.RPC{"rpc.secret": says("secret")}, "rpc.": jsonrpc.RPC{"secret": says("secret")}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := rpc.Check(); err == nil {
				t.Error("Check found nothing")
			}
			for _, method := range []string{"rpc.secret", "in.rpc.secret", "rpc..secret"} {
				got := masked(rpc.Call([]byte(ask(method, "")), nil))
				if got != notFound && got != internalErr {
					t.Errorf("%s was answered with %s", method, got)
				}
			}
		})
	}
}

// TestFaultySettingClosesItsScope fails every call in it, and none beside it.
func TestFaultySettingClosesItsScope(t *testing.T) {
	for name, faulty := range map[string]jsonrpc.RPC{
		"use of another type":      {jsonrpc.Use: "auth"},
		"use of a Middleware":      {jsonrpc.Use: jsonrpc.Middleware(func(next jsonrpc.Handler) jsonrpc.Handler { return next })},
		"use of nil":               {jsonrpc.Use: nil},
		"use of a nil chain":       {jsonrpc.Use: (*jsonrpc.MiddlewareChain)(nil)},
		"a chain that has nil":     {jsonrpc.Use: jsonrpc.Chain(nil)},
		"errors of another type":   {jsonrpc.Errors: map[error]int{errNoFunds: -32001}},
		"errors of nil":            {jsonrpc.Errors: nil},
		"a code out of range":      {jsonrpc.Errors: jsonrpc.ErrorMap{errNoFunds: -32600}},
		"a nil key":                {jsonrpc.Errors: jsonrpc.ErrorMap{nil: -32001}},
		"errors hide a faulty use": {jsonrpc.Use: 1, jsonrpc.Errors: jsonrpc.ErrorMap{}},
	} {
		t.Run(name, func(t *testing.T) {
			faulty["m"] = says("open")
			faulty["in"] = jsonrpc.RPC{"m": says("open"), "lazy": jsonrpc.Lazy(sample)}
			beside := jsonrpc.RPC{"faulty": faulty, "m": says("beside")}
			for _, method := range []string{"m", "in.m", "in.lazy.greeting"} {
				same(t, masked(faulty.Call([]byte(ask(method, "")), nil)), internalErr)
				same(t, masked(beside.Call([]byte(ask("faulty."+method, "")), nil)), internalErr)
			}
			same(t, masked(beside.Call([]byte(ask("m", "")), nil)), told(`"beside"`))
			if _, err := jsonrpc.NewApplication(beside, nil); err == nil {
				t.Error("NewApplication took it")
			}
		})
	}
	for name, root := range map[string]jsonrpc.RPC{
		"separator of another type": {jsonrpc.Separator: '.'},
		"an empty separator":        {jsonrpc.Separator: ""},
		"a nil separator":           {jsonrpc.Separator: nil},
		"packages of another type":  {jsonrpc.Packages: map[string]*jsonrpc.LazyEntry{}},
		"nil packages":              {jsonrpc.Packages: nil},
	} {
		t.Run(name, func(t *testing.T) {
			root["m"] = says("open")
			same(t, masked(root.Call([]byte(ask("m", "")), nil)), internalErr)
			if err := root.Check(); err == nil {
				t.Error("Check found nothing")
			}
		})
	}
}

// TestFaultyEntry answers Internal error in a bare Call.
func TestFaultyEntry(t *testing.T) {
	rpc := jsonrpc.RPC{
		"number": 7, "nil": nil, "struct": struct{}{}, "text": "text", "reference": "nowhere:Name",
		"signature": func(chan int) {}, "results": func() (int, int) { return 1, 2 }, "error type": func() *jsonrpc.Error { return nil },
		"nil function": (func())(nil), "nil Procedure": (*jsonrpc.Procedure)(nil), "nil entry": (*jsonrpc.LazyEntry)(nil),
		"default": jsonrpc.Func(Double, "n").Default("n", "text"), "lazy": jsonrpc.Lazy(func(context.Context) (int, error) { return 1, nil }),
		"nil object": (*jsonrpc.ObjectEntry)(nil), "object": jsonrpc.Object(nil),
		"good": says("good"),
	}
	for name := range rpc {
		want := internalErr
		if name == "good" {
			want = told(`"good"`)
		}
		if strings.HasSuffix(name, "object") {
			name += ".method"
		}
		if got := masked(rpc.Call([]byte(ask(name, "")), nil)); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
