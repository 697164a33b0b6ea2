package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/bench/report"
	"github.com/runrpc/jsonrpc/bench/result"
)

// rounds measures groups of contenders in turn: each round measures everything once, so that a
// noisy minute spoils a sample of many rather than all samples of one.
type rounds struct {
	suite   string
	n       int
	time    string
	groups  []string // nil: all
	names   []string // nil: all
	results string
	tables  []*result.Table
}

// unit is one sample to be taken.
type unit struct {
	group, name string
	measure     func() (result.Sample, error)
}

// flags declares what every measurement can be told.
func (r *rounds) flags(f *flag.FlagSet, time, groups string) {
	f.IntVar(&r.n, "rounds", 5, "how `often` everything is measured")
	f.StringVar(&r.time, "time", time, "how `long` each sample takes")
	f.StringVar(&r.results, "results", "results", "the `folder` of the results")
	f.Func("only", groups+", separated by commas; the results of others stay", func(s string) error {
		r.groups = strings.Split(s, ",")
		return nil
	})
	f.Func("names", "the `contenders` to measure, separated by commas; such results are shown, not kept", func(s string) error {
		r.names = strings.Split(s, ",")
		return nil
	})
}

// run takes all samples. After each round the results are kept, unless contenders are missing
// in them.
func (r *rounds) run(units []unit) error {
	units = slices.DeleteFunc(units, func(u unit) bool {
		return r.groups != nil && !slices.Contains(r.groups, u.group) || r.names != nil && !slices.Contains(r.names, u.name)
	})
	if len(units) == 0 {
		return errors.New("there is nothing of that name to measure")
	}
	for round := 1; round <= r.n; round++ {
		if err := r.round(round, units); err != nil {
			return err
		}
		if err := r.save(); err != nil {
			return err
		}
	}
	for _, t := range r.tables {
		fmt.Println(report.Table(t))
	}
	return nil
}

// round begins with another unit each time, so that none is always the first of its group.
func (r *rounds) round(round int, units []unit) error {
	for i, group := range grouped(units) {
		first := (round - 1) % len(group)
		for j := range group {
			u := group[(first+j)%len(group)]
			s, err := u.measure()
			if err != nil {
				return fmt.Errorf("%s/%s: %w", u.group, u.name, err)
			}
			s.Round = round
			r.table(u.group).Samples = append(r.table(u.group).Samples, s)
		}
		fmt.Fprintf(os.Stderr, "round %d of %d: %s, %d of %d\n", round, r.n, group[0].group, i+1, len(grouped(units)))
	}
	return nil
}

// grouped parts units into runs of one group.
func grouped(units []unit) [][]unit {
	var groups [][]unit
	for _, u := range units {
		if n := len(groups); n == 0 || groups[n-1][0].group != u.group {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], u)
	}
	return groups
}

// table returns the group's table.
func (r *rounds) table(group string) *result.Table {
	for _, t := range r.tables {
		if t.Group == group {
			return t
		}
	}
	t := &result.Table{
		Suite: r.suite, Group: group, Machine: result.ThisMachine(),
		Date: time.Now().UTC().Format("2006-01-02"), Time: r.time,
	}
	r.tables = append(r.tables, t)
	return t
}

func (r *rounds) save() error {
	if r.names != nil {
		return nil
	}
	for _, t := range r.tables {
		if err := t.Save(r.results); err != nil {
			return err
		}
	}
	return nil
}
