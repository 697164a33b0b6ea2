package source_test

import (
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
		{Name: "List", Fields: map[string]string{"Items": "Items are all.\n"}},
		{Name: "Named", Doc: "by a comment\n"},
		{Name: "Receipt", Doc: "Receipt is what one gets.\n", Fields: map[string]string{
			"cents": "Cents is the sum.\n", "A": "two of them\n", "B": "two of them\n", "Far": "from elsewhere\n",
		}},
		{Name: "mode", Values: []source.Value{{Name: "on", JSON: "1"}}},
	}
	if diff := cmp.Diff(want, pkg.Types, cmpopts.EquateEmpty()); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}
