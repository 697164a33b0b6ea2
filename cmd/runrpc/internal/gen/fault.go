package gen

import (
	"cmp"
	"go/token"
	"slices"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
)

// A fault is what stands in the way of a binding.
type fault struct {
	pos  token.Position
	name string // of the function; empty: the compiler has found it
	why  string
}

// String returns "file:line:column: Name: why".
func (f fault) String() string {
	if f.name == "" {
		return source.Exactly(f.pos) + ": " + f.why
	}
	return source.Exactly(f.pos) + ": " + f.name + ": " + f.why
}

// together returns all faults, in the order of the source, as one error, nil for none.
func together(faults []fault) error {
	if len(faults) == 0 {
		return nil
	}
	slices.SortFunc(faults, func(a, b fault) int {
		return cmp.Or(cmp.Compare(a.pos.Filename, b.pos.Filename), cmp.Compare(a.pos.Offset, b.pos.Offset), cmp.Compare(a.why, b.why))
	})
	e := &source.SyntaxError{}
	for _, f := range faults {
		e.Lines = append(e.Lines, f.String())
	}
	return e
}
