package bill_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/scaffold/template/bill"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		cents, percent, people int
		total                  int
		shares                 []int
	}{
		{1000, 0, 1, 1000, []int{1000}},
		{1000, 0, 3, 1000, []int{334, 333, 333}},
		{1000, 10, 3, 1100, []int{367, 367, 366}},
		{1, 0, 2, 1, []int{1, 0}},
		{0, 20, 2, 0, []int{0, 0}},
	} {
		got, err := bill.Split(c.cents, c.percent, c.people)
		if err != nil || got.Total != c.total || !slices.Equal(got.Shares, c.shares) {
			t.Errorf("Split(%d, %d, %d) = %+v, %v; want %d, %v", c.cents, c.percent, c.people, got, err, c.total, c.shares)
		}
	}
}

func TestTip(t *testing.T) {
	for _, c := range []struct{ cents, percent, want int }{
		{1000, 10, 100},
		{1999, 15, 300}, // 299.85
		{30, 5, 2},      // 1.5
		{29, 5, 1},      // 1.45
		{0, 100, 0},
	} {
		if got, err := bill.Tip(c.cents, c.percent); err != nil || got != c.want {
			t.Errorf("Tip(%d, %d) = %d, %v; want %d", c.cents, c.percent, got, err, c.want)
		}
	}
}

func TestRanges(t *testing.T) {
	for _, c := range []struct {
		cents, percent, people int
		name                   string
	}{
		{-1, 0, 1, "cents"},
		{100_000_001, 0, 1, "cents"},
		{1, -1, 1, "percent"},
		{1, 101, 1, "percent"},
		{1, 0, 0, "people"},
		{1, 0, 101, "people"},
	} {
		_, err := bill.Split(c.cents, c.percent, c.people)
		if fault, ok := errors.AsType[*bill.RangeError](err); !ok || fault.Name != c.name || fault.ErrorCode() != -32001 {
			t.Errorf("Split(%d, %d, %d): %v; want a RangeError of %s", c.cents, c.percent, c.people, err, c.name)
		}
	}
}
