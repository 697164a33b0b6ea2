//go:build !race

package rules_test

import "testing"

// TestAllocations: what is generated costs what is written by hand.
func TestAllocations(t *testing.T) {
	all := ways()
	for method, params := range map[string]string{
		"subtract": `{"a":5,"b":3}`, "kinds": `[1,2,3,"t",true,"aGk=",[1,2]]`, "sum": `[1,2,3]`, "nothing": ``, "positions": `[1,null,[]]`,
	} {
		allocs := func(way string) float64 {
			msg := []byte(ask(method, params))
			return testing.AllocsPerRun(100, func() { all[way].Call(msg, nil) })
		}
		if got, want := allocs("generated"), allocs("Typed"); got > want {
			t.Errorf("%s: %v allocations, want %v as Typed has", method, got, want)
		}
	}
}
