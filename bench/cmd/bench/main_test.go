package main

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc/bench/result"
)

// takes makes units whose samples tell in which order they were taken.
func takes(log *[]string, names ...string) []unit {
	var units []unit
	for _, name := range names {
		group, contender, _ := strings.Cut(name, "/")
		units = append(units, unit{group, contender, func() (result.Sample, error) {
			*log = append(*log, name)
			return result.Sample{Name: contender, Values: map[string]float64{result.NS: 1}}, nil
		}})
	}
	return units
}

func TestRoundsInterleave(t *testing.T) {
	var log []string
	dir := t.TempDir()
	r := &rounds{suite: result.Inproc, n: 2, time: "1x", results: dir}
	if err := r.run(takes(&log, "a/x", "a/y", "b/x", "b/y")); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(log, " "), "a/x a/y b/x b/y a/y a/x b/y b/x"; got != want {
		t.Errorf("taken in the order %s, want %s", got, want)
	}
	tables, err := result.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if a := tables[result.Inproc]["a"]; len(a.Samples) != 4 || a.Rounds() != 2 || len(tables[result.Inproc]) != 2 {
		t.Errorf("kept %v", tables)
	}
}

func TestRoundsAreNarrowed(t *testing.T) {
	for _, tt := range []struct {
		groups, names []string
		want          string
		kept          int
	}{
		{[]string{"b"}, nil, "b/x b/y", 1},
		{nil, []string{"y"}, "a/y b/y", 0}, // a part of a table is not kept
		{[]string{"c"}, nil, "", 0},
	} {
		var log []string
		dir := t.TempDir()
		r := &rounds{suite: result.Inproc, n: 1, groups: tt.groups, names: tt.names, results: dir}
		if err := r.run(takes(&log, "a/x", "a/y", "b/x", "b/y")); (err == nil) != (tt.want != "") {
			t.Errorf("%v %v: %v", tt.groups, tt.names, err)
		}
		if got := strings.Join(log, " "); got != tt.want {
			t.Errorf("%v %v: took %s, want %s", tt.groups, tt.names, got, tt.want)
		}
		if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) != tt.kept {
			t.Errorf("%v %v: kept %v", tt.groups, tt.names, files)
		}
	}
}

func TestCommands(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"", "usage"},
		{"nope", "usage"},
		{"serve", "usage"},
		{"serve nobody", "no contender"},
		{"task", "usage"},
		{"task inproc tiny/nobody 1x", "no task"},
		{"http -time 10ms", "whole seconds"},
		{"report -results x -doc /dev/null/y", "not a directory"},
	} {
		if err := run(strings.Fields(tt.args)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("bench %s: %v, want %q", tt.args, err, tt.want)
		}
	}
	if err := run([]string{"report", "-h"}); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("bench report -h: %v", err)
	}
}

func TestReport(t *testing.T) {
	doc := t.TempDir()
	if err := run([]string{"report", "-results", t.TempDir(), "-doc", doc}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(doc, "benchmarks.md")); err != nil {
		t.Error(err)
	}
}
