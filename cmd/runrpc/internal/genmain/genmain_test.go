package genmain_test

import (
	"encoding/json"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
)

// written keeps what is written.
type written map[string]string

func (w written) WriteMain(name string, text []byte) error {
	w[name] = string(text)
	return nil
}

func (w written) AddModule(dir, path string, files map[string][]byte) error {
	w[dir] = path
	for name, text := range files {
		w[dir+"/"+name] = string(text)
	}
	return nil
}

func (w written) Overlay(path string, text []byte) error {
	w[path] = string(text)
	return nil
}

func (w written) Hide(path string) { w[path] = "hidden" }

func (w written) Has(string) bool { return w["no openrpc"] == "" }

func TestWrite(t *testing.T) {
	greeting := source.Function{
		GoName: "Greeting",
		Method: "greeting",
		Params: []source.Param{{Name: "ctx"}, {Name: "name", Default: `"world"`, Doc: "whom"}},
		Doc:    "Greeting greets.\n",
		Result: "what it says",
		Pos:    token.Position{Filename: "/hello/hello.go", Line: 7},
	}
	ping := source.Function{GoName: "Ping", Method: "ping", Pos: token.Position{Filename: "/p.go", Line: 1}}
	rpc := source.Function{GoName: "RPC", Method: "rpc", Pos: token.Position{Filename: "/r.go", Line: 2}}
	charge := source.Function{GoName: "Charge", Method: "charge", Params: []source.Param{{Name: "amount"}}, Pos: token.Position{Filename: "/s.go", Line: 3}}
	service := &source.Service{Context: true, Methods: []source.Function{charge}}
	colour := source.Type{
		Name: "Colour", Doc: "Colour of a pet.\n", Fields: map[string]string{"b": "B.\n", "a": "A.\n"},
		Values: []source.Value{{Name: "Red", JSON: `"red"`}, {Name: "Blue", JSON: `"blue"`, Doc: "rare\n"}},
	}
	silent := source.Type{Name: "Silent", Values: []source.Value{{Name: "One", JSON: "1"}}}
	pkgs := []source.Package{
		{ImportPath: "example.com/hello", Name: "hello", Namespace: "hello", Functions: []source.Function{greeting}},
		{ImportPath: "example.com/empty", Name: "empty", Namespace: "empty", Types: []source.Type{colour, silent}},
		{ImportPath: "example.com/a/internal/b/internal/c", Name: "c", RPC: true, Functions: []source.Function{rpc}},
		{ImportPath: "example.com/a/internal/d", Name: "d", Namespace: "d", Functions: []source.Function{ping}, Service: &source.Service{Error: true}},
		{ImportPath: "example.com/shop", Name: "shop", Namespace: "shop", Service: service},
		{ImportPath: "example.com/made", Name: "made", RPC: true, Generated: "/made/rpc_gen.go"},
	}
	got := written{}
	told := settings.Settings{
		Addr: "localhost:0", Separator: "::", Drain: time.Second, Limits: settings.Limits{MaxBody: 200},
		Folders:     []settings.Folder{{Path: "/", Dir: "/srv/web"}},
		Certificate: settings.Certificate{Cert: "/etc/cert.pem", Key: "/etc/key.pem"},
	}
	references := []genmain.Reference{{Name: "hi", Namespace: "hello", Members: []string{"greeting"}, At: "runrpc.toml:3"}}
	if err := genmain.Write(got, pkgs, references, told); err != nil {
		t.Fatal(err)
	}
	for name, text := range got {
		if strings.HasSuffix(name, "_test.go") || strings.Contains(text, "internal/genmain") {
			t.Errorf("%s is written, or imports what it cannot", name)
		}
	}
	for _, name := range []string{"main.go", "registry.go", "settings/settings.go", "terminal/terminal.go"} {
		if got[name] == "" {
			t.Errorf("found no %s", name)
		}
	}
	if !strings.Contains(got["main.go"], `"runrpc.generated/settings"`) {
		t.Error("main.go does not import the settings")
	}
	var compiled settings.Settings
	if err := json.Unmarshal([]byte(got["settings.json"]), &compiled); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(told, compiled); diff != "" {
		t.Error("settings (-want +got):\n" + diff)
	}
	for name, want := range map[string]string{
		"methods.go":        methods,
		"bridge1":           "example.com/a/internal/b/runrpc.bridge",
		"bridge1/bridge.go": innerBridge,
		"bridge2":           "example.com/a/runrpc.bridge",
		"bridge2/bridge.go": outerBridge,
	} {
		if diff := cmp.Diff(want, got[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A toolkit may come without the package openrpc.
func TestWriteUndescribed(t *testing.T) {
	pkgs := []source.Package{{ImportPath: "example.com/hello", Name: "hello", Functions: []source.Function{{GoName: "Hi", Method: "hi"}}}}
	got := written{"no openrpc": "true"}
	if err := genmain.Write(got, pkgs, nil, settings.Settings{Separator: "."}); err != nil {
		t.Fatal(err)
	}
	for name, text := range got {
		if strings.Contains(text, "jsonrpc/openrpc") {
			t.Errorf("%s imports it", name)
		}
	}
	if !strings.Contains(got["discover.go"], `"runrpc.generated/settings"`) {
		t.Error("discover.go does not import the settings: " + got["discover.go"])
	}
}

// What is served has a name.
func TestTitle(t *testing.T) {
	served := func(paths ...string) (pkgs []source.Package) {
		for _, p := range paths {
			name := p[strings.LastIndexByte(p, '/')+1:]
			pkgs = append(pkgs, source.Package{ImportPath: p, Name: name, Dir: "/src/" + name, Doc: "Doc.\n", Functions: []source.Function{{GoName: "Hi", Method: "hi"}}})
		}
		return pkgs
	}
	program := served("example.com/cmd/tool")
	program[0].Name, program[0].Dir = "main", filepath.Join(t.TempDir(), "tool")
	if err := os.Mkdir(program[0].Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		pkgs         []source.Package
		title, about string
	}{
		"one":           {served("example.com/user/shop"), "shop", "Doc."},
		"a program":     {program, "tool", "Doc."},
		"a tree":        {served("example.com/user/methods/a", "example.com/user/methods/b/c"), "methods", ""},
		"a major":       {served("example.com/user/v2/a", "example.com/user/v2/b"), "user", ""},
		"two files":     {served("runrpc.local/a", "runrpc.local/b"), "a, b", ""},
		"two strangers": {served("math", "strings"), "math, strings", ""},
	} {
		got := written{}
		if err := genmain.Write(got, test.pkgs, nil, settings.Settings{Separator: "."}); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("\ttitle     = %q\n\tabout     = %q\n", test.title, test.about)
		if !strings.Contains(got["methods.go"], want) {
			t.Errorf("%s: found no %s in:\n%s", name, want, got["methods.go"])
		}
	}
}

const methods = `// Code generated by runrpc. DO NOT EDIT.

package main

import (
	c2 "example.com/a/runrpc.bridge"
	d3 "example.com/a/runrpc.bridge"
	hello1 "example.com/hello"
	made5 "example.com/made"
	shop4 "example.com/shop"
)

const (
	title     = "example.com"
	about     = ""
	separator = "::"
)

func references() []reference {
	return []reference{
		{name: "hi", namespace: "hello", members: []string{"greeting"}, at: "runrpc.toml:3"},
	}
}

func sources() []source {
	return []source{
		{
			path:      "example.com/hello",
			namespace: "hello",
			functions: []function{
				{
					name: "hello::greeting",
					at:   "/hello/hello.go:7: Greeting",
					fn:   hello1.Greeting,
					params: []param{
						{name: "ctx"},
						{name: "name", def: "\"world\"", doc: "whom"},
					},
					doc:    "Greeting greets.\n",
					result: "what it says",
				},
			},
		},
		{
			path:      "example.com/a/internal/b/internal/c",
			namespace: "",
			rpc:       c2.P2_RPC,
			functions: []function{
				{
					name: "rpc",
					at:   "/r.go:2: RPC",
					fn:   c2.P2_RPC,
				},
			},
		},
		{
			path:      "example.com/a/internal/d",
			namespace: "d",
			new:       d3.P3_New,
			service:   service("example.com/a/internal/d", withoutContext(d3.P3_New)),
			functions: []function{
				{
					name: "d::ping",
					at:   "/p.go:1: Ping",
					fn:   d3.P3_Ping,
				},
			},
		},
		{
			path:      "example.com/shop",
			namespace: "shop",
			new:       shop4.New,
			service:   service("example.com/shop", withoutError(shop4.New)),
			functions: []function{
				{
					name:   "shop::charge",
					at:     "/s.go:3: Charge",
					method: "Charge",
					params: []param{
						{name: "amount"},
					},
				},
			},
		},
		{
			path:      "example.com/made",
			namespace: "",
			rpc:       made5.RPC,
			generated: "/made/rpc_gen.go",
			functions: []function{},
		},
	}
}

func types() []typeDoc {
	return []typeDoc{
		{
			path: "example.com/empty",
			name: "Colour",
			doc:  "Colour of a pet.\n\n  - \"blue\": rare",
			fields: map[string]string{
				"a": "A.\n",
				"b": "B.\n",
			},
			enum: []string{"\"red\"", "\"blue\""},
		},
	}
}
`

const innerBridge = `// Code generated by runrpc. DO NOT EDIT.

// Package bridge hands on functions of internal packages.
package bridge

import (
	p0 "example.com/a/internal/b/internal/c"
)

var (
	P2_RPC = p0.RPC
)
`

const outerBridge = `// Code generated by runrpc. DO NOT EDIT.

// Package bridge hands on functions of internal packages.
package bridge

import (
	p0 "example.com/a/internal/b/runrpc.bridge"
	p1 "example.com/a/internal/d"
)

var (
	P2_RPC  = p0.P2_RPC
	P3_New  = p1.New
	P3_Ping = p1.Ping
)
`
