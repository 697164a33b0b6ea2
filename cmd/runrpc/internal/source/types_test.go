package source_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
)

func TestTypes(t *testing.T) {
	pkg := load(t, `package hello

import (
	"time"

	"example.com/nowhere"
)

// Currency is one that we take.
type Currency string

const (
	// Euro is the first.
	Euro   Currency = "EUR"
	Dollar Currency = "<\"$\">" // the second
	other           = Euro
	Text            = "no currency"
)

type (
	// Level of something.
	Level int
	Named string // by a comment
)

const (
	Low Level = iota + 1
	_
	High
)

type mode int

const on mode = 1

const Late Currency = Currency(Text)

const Half Float = 0.5

type Float float64

// Receipt is what one gets.
type Receipt struct {
	// Cents is the sum.
	Cents int `+"`json:\"cents,omitempty\"`"+`
	A, B  string // two of them
	// Said is told otherwise.
	Said int `+"`doc:\"so\"`"+`
	// Gone is not there.
	Gone string `+"`json:\"-\"`"+`
	// hidden is not there.
	hidden int
	Plain  int
	Far    nowhere.Type // from elsewhere
}

type Plain struct{ N int }

type Alias = Currency

type Loud string

const Shout Loud = "!"

func (Loud) MarshalText() ([]byte, error) { return nil, nil }

const Wait time.Duration = 1

type List[T any] struct {
	// Items are all.
	Items []T
}
`)
	want := []source.Type{
		{Name: "Currency", Doc: "Currency is one that we take.\n", Values: []source.Value{
			{Name: "Euro", JSON: `"EUR"`, Doc: "Euro is the first.\n"}, {Name: "Dollar", JSON: `"<\"$\">"`, Doc: "the second\n"},
			{Name: "Late", JSON: `"no currency"`},
		}},
		{Name: "Level", Doc: "Level of something.\n", Values: []source.Value{{Name: "Low", JSON: "1"}, {Name: "High", JSON: "3"}}},
		{Name: "List", Fields: map[string]string{"Items": "Items are all."}},
		{Name: "Named", Doc: "by a comment\n"},
		{Name: "Receipt", Doc: "Receipt is what one gets.\n", Fields: map[string]string{
			"cents": "Cents is the sum.", "A": "two of them", "B": "two of them", "Far": "from elsewhere",
		}},
		{Name: "mode", Values: []source.Value{{Name: "on", JSON: "1"}}},
	}
	if diff := cmp.Diff(want, pkg.Types, cmpopts.EquateEmpty()); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

// Constants are all values of a type where they look like it.
func TestEnum(t *testing.T) {
	tests := map[string]struct {
		decls, want string
	}{
		"texts":                {`type T string; const ( A T = "a"; B T = "b"; C T = A )`, `"a" "b"`},
		"numbers in a row":     {`type T int; const ( A T = iota - 1; B; C )`, "-1 0 1"},
		"in another order":     {`type T uint8; const ( A T = 3; B T = 1; C T = 2 )`, "3 1 2"},
		"one, as a default is": {`type T string; const A T = "a"`, ""},
		"units":                {`type T int64; const ( KB T = 1000; MB = 1000 * KB )`, ""},
		"flags":                {`type T uint; const ( A T = 1 << iota; B; C )`, ""},
		"beyond what is read":  {`type T uint64; const ( A T = 1<<64 - 1; B T = 1<<64 - 2 )`, ""},
		"none":                 {`type T string // nothing`, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			pkg := load(t, "package p\n\n"+test.decls+"\n")
			if len(pkg.Types) > 1 {
				t.Fatalf("found %v", pkg.Types)
			}
			var got string
			for _, typ := range pkg.Types {
				got = strings.Join(typ.Enum(), " ")
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestAbout(t *testing.T) {
	pkg := load(t, `// Package p has types.
package p

// Level is how much.
type Level string

const (
	Low  Level = "low" // not much
	High Level = "high"
)

// Size of something.
type Size int

// Large is a size among others.
const Large Size = 100
`)
	if want := "Package p has types.\n"; pkg.Doc != want {
		t.Errorf("got the doc %q, want %q", pkg.Doc, want)
	}
	for i, want := range []string{"Level is how much.\n\n  - \"low\": not much", "Size of something."} {
		if got := pkg.Types[i].About(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
