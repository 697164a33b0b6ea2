package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pets is a package whose comments say all that a description has.
var pets = files{
	"go.mod": userModule,
	"pets/pets.go": `// Package pets is a shop.
package pets

import (
	"errors"

	"example.com/user/pets/kinds"
)

// Shop is made when somebody calls it.
type Shop struct{}

func New() (*Shop, error) { return nil, errors.New("closed") }

// Sell sells a pet.
//
// pet: which
// returns: the price in cents
func (*Shop) Sell(pet Pet) int { return 0 }

// Base is part of all.
type Base struct {
	// ID tells pets apart.
	ID int ` + "`json:\"id\"`" + `
}

// Pet is an animal.
type Pet struct {
	Base
	Kind kinds.Kind ` + "`json:\"kind\"`" + ` // what it is
	Name string     ` + "`json:\"name\" doc:\"what it is called\"`" + ` // the tag counts
	Next *Pet
}

// Page is a part of a list.
type Page[T any] struct {
	Items []T // at most ten
}

// Find finds pets.
//
// kind: of which kind
//
// Deprecated: look yourself.
func Find(kind kinds.Kind, _ int) (page Page[Pet]) { return page }

// Paint paints.
//
// colour: is known by itself
func Paint(colour Colour, loud Loud) {}

// Colour says itself which there are.
type Colour string

const (
	Red  Colour = "red"
	Blue Colour = "blue"
)

func (Colour) Enum() []any { return []any{Blue} }

// Loud is written otherwise.
type Loud int

const (
	Low Loud = iota
	High
)

func (Loud) MarshalText() ([]byte, error) { return nil, nil }

func (*Loud) UnmarshalText([]byte) error { return nil }
`,
	"pets/kinds/kinds.go": `// Package kinds serves nothing.
package kinds

// Kind is a kind of pet.
type Kind string

const (
	Cat Kind = "cat" // purrs
	Dog Kind = "dog"
)
`,
}

// What the source says reaches the description, before a service is made.
func TestDescribedBySource(t *testing.T) {
	t.Parallel()
	p := serve(t, write(t, pets), "pets")
	var got, want any
	text, _ := strings.CutPrefix(fetch(t, p.url+"openrpc.json"), "200 application/json ")
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	golden, err := os.ReadFile("testdata/pets.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(golden, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

const (
	listed = `hello.hi(name: string) -> string
rpc.discover() -> object          Returns an OpenRPC schema as a description of this service.
`
	mapped = "{\n  \"hello.hi\": \"(name: string) -> string\",\n  \"rpc.discover\": \"() -> object\"\n}\n"
)

// runrpc's own commands understand runrpc, whatever the flags.
func TestDescribedToCommands(t *testing.T) {
	t.Parallel()
	cert, key := certify(t)
	dir := write(t, files{
		"go.mod": userModule, "hello/h.go": hello, "web/index.html": "home", "web/rpc/map": "a page", "cert.pem": cert, "key.pem": key,
	})
	for name, flags := range map[string][]string{
		"without flags":    nil,
		"a path":           {"--path=/rpc"},
		"a path and pages": {"--path=/api/rpc", "--static=/=web"},
		"pages at the top": {"--static=/=web"},
		"pages below":      {"--static=/web=web"},
		"TLS":              {"--tls-cert=cert.pem", "--tls-key=key.pem"},
		"a separator":      {"--separator=::"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := serve(t, dir, append(flags, "hello")...)
			want, method := listed, "hello.hi"
			if name == "a separator" {
				want, method = strings.NewReplacer("hello.", "hello::", "object ", "object  ").Replace(listed), "hello::hi"
			}
			ca := []string{"--ca", filepath.Join(dir, "cert.pem")}
			if name != "TLS" {
				ca = nil
			}
			for _, c := range []struct {
				want string
				args []string
			}{
				{want, []string{"list", p.url}},
				{method + "(name: string) -> string\n\nParams\n  name  string\n\nResult\n  result  string\n", []string{"list", p.url, method}},
				{method + "\nrpc.discover\tReturns an OpenRPC schema as a description of this service.\n", []string{"__complete", "fish", "--", "call", p.url}},
			} {
				args := append(c.args, ca...)
				if c.args[0] == "__complete" {
					args = append(args, "")
				}
				if diff := cmp.Diff(outcome{0, c.want, ""}, client{}.run(t, args...)); diff != "" {
					t.Errorf("%q (-want +got):\n%s", args, diff)
				}
			}
		})
	}
}

// runrpc check finds by itself what it may call.
func TestDescribedToCheck(t *testing.T) {
	t.Parallel()
	p := serve(t, "../..", "./examples/hello")
	got, _ := check(t, p.url)
	if want := "hello.add [2,3], by rpc.discover"; got.Method != want {
		t.Errorf("it calls %q, want %q", got.Method, want)
	}
	if diff := cmp.Diff(never, got.except()); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

// Whoever wants it otherwise gets it otherwise.
func TestDescribedOtherwise(t *testing.T) {
	t.Parallel()
	t.Run("off by a flag", func(t *testing.T) {
		t.Parallel()
		p := serve(t, "../..", "--no-docs", "./examples/hello")
		p.wantCode("rpc.discover", "[]", -32601)
		if got := fetch(t, p.url+"openrpc.json"); !strings.HasPrefix(got, "405 ") {
			t.Error("GET: " + got)
		}
	})
	t.Run("off by a file, for a binary", func(t *testing.T) {
		t.Parallel()
		binary, _ := built(t, files{
			"go.mod": userModule, "hello/h.go": hello,
			"runrpc.toml": "addr = \"localhost:0\"\npackages = [\"./hello\"]\nno-docs = true\n",
		})
		p := run(t, binary, nil)
		p.wantCode("rpc.discover", "[]", -32601)
	})
	t.Run("by a binary", func(t *testing.T) {
		t.Parallel()
		binary, _ := built(t, files{"go.mod": userModule, "hello/h.go": hello}, "--addr=localhost:0", "hello")
		p := run(t, binary, nil)
		if got := fetch(t, p.url+"map"); got != "200 application/json "+mapped {
			t.Error("GET: " + got)
		}
	})
	t.Run("its own method", func(t *testing.T) {
		t.Parallel()
		p := serve(t, "../..", "--root", "./examples/petshop")
		if got := p.call("rpc.discover", "[]"); !strings.Contains(got, `"title":"Petshop"`) {
			t.Error("it describes itself as " + got)
		}
	})
}
