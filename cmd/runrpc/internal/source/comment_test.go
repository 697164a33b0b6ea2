package source_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
)

func TestDocsOfParameters(t *testing.T) {
	tests := []struct {
		name string
		text string
		want source.Function
	}{
		{"a line each",
			"// Charge takes money.\n//\n// amount: in cents\n// currency: as ISO 4217 has it: EUR\n// returns: the receipt\nfunc F(amount int, currency string) string",
			source.Function{Doc: "Charge takes money.\n", Result: "the receipt", Params: []source.Param{
				{Name: "amount", Doc: "in cents"}, {Name: "currency", Doc: "as ISO 4217 has it: EUR"}}}},
		{"a list, and more lines",
			"// Charge takes money.\n//\n//   - amount: in cents,\n//     without tax\n//   - currency: EUR\n//\n// It is slow.\nfunc F(amount int, currency string)",
			source.Function{Doc: "Charge takes money.\n\nIt is slow.\n", Params: []source.Param{
				{Name: "amount", Doc: "in cents, without tax"}, {Name: "currency", Doc: "EUR"}}}},
		{"a named result",
			"// total: of all\nfunc F(n ...int) (total int, err error)",
			source.Function{Result: "of all", Params: []source.Param{{Name: "n"}}}},
		{"a parameter called returns",
			"// returns: how many\nfunc F(returns int) int",
			source.Function{Params: []source.Param{{Name: "returns", Doc: "how many"}}}},
		{"what is none",
			"// Note: this is prose.\n// amount:\n// _: nothing\n//\n//\tamount: code\n//\n// In amount: prose.\nfunc F(amount int, _ string)",
			source.Function{Doc: "Note: this is prose.\namount:\n_: nothing\n\n\tamount: code\n\nIn amount: prose.\n", Params: []source.Param{{Name: "amount"}, {Name: "_"}}}},
		{"the first counts",
			"// amount: one\n// amount: two\nfunc F(amount int)",
			source.Function{Doc: "amount: two\n", Params: []source.Param{{Name: "amount", Doc: "one"}}}},
		{"deprecated",
			"// F is old.\n//\n// Deprecated: use\n// G.\n//\n// More.\nfunc F()",
			source.Function{Doc: "F is old.\n\nDeprecated: use\nG.\n\nMore.\n", Deprecated: "use G."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg := load(t, "package hello\n\n"+test.text+" { panic(1) }\n")
			if len(pkg.Functions) != 1 {
				t.Fatalf("found %d functions", len(pkg.Functions))
			}
			test.want.GoName, test.want.Method = "F", "f"
			if diff := cmp.Diff(test.want, pkg.Functions[0], cmpopts.IgnoreFields(source.Function{}, "Pos")); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}
