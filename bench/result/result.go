// Package result keeps what was measured: one file for each table, so that a part can be measured
// again and the page made of old and new together.
package result

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The suites, each with its own way of measuring.
const (
	Inproc = "inproc"
	HTTP   = "http"
	Growth = "growth"
)

// The units of Sample.Values. Those of package testing are named as it prints them.
const (
	NS       = "ns/op"
	Bytes    = "B/op"
	Allocs   = "allocs/op"
	Retained = "retained-B/method" // heap that stays
	Rate     = "req/s"
	CPU      = "cpu-us/req" // of the server
	Core     = "core"       // the part of its core that the server used
	P50      = "p50-us"
	P99      = "p99-us"
	Errors   = "errors" // requests without a good answer
)

// Sample is one measurement of one contender in one round.
type Sample struct {
	Name   string             `json:"name"`
	Round  int                `json:"round"`
	X      int                `json:"x,omitempty"`    // the point of a growth curve
	Skip   string             `json:"skip,omitempty"` // why there are no values
	Values map[string]float64 `json:"values,omitempty"`
}

// Table is all samples that stand in one table of the page.
type Table struct {
	Suite   string   `json:"suite"`
	Group   string   `json:"group"` // a workload, a workload:connections, or what grows
	Machine Machine  `json:"machine"`
	Date    string   `json:"date"`
	Time    string   `json:"time"` // how long each sample was measured for
	Samples []Sample `json:"samples"`
}

// Names lists the contenders in the order of their first samples.
func (t *Table) Names() []string {
	var names []string
	for _, s := range t.Samples {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}

// Rounds counts the rounds.
func (t *Table) Rounds() int {
	n := 0
	for _, s := range t.Samples {
		n = max(n, s.Round)
	}
	return n
}

// Save writes the table to its file in dir. A reader never finds half of it.
func (t *Table) Save(dir string) error {
	b, err := json.MarshalIndent(t, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	path := filepath.Join(dir, t.Suite+"-"+strings.ReplaceAll(t.Group, ":", "-")+".json")
	if err := os.WriteFile(path+".new", b, 0o666); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// Load reads all tables of a directory, by suite and group. One that is not there has none.
func Load(dir string) (map[string]map[string]*Table, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	tables := map[string]map[string]*Table{Inproc: {}, HTTP: {}, Growth: {}}
	for _, path := range paths {
		t, err := read(path)
		if err != nil {
			return nil, err
		}
		if tables[t.Suite] == nil {
			return nil, fmt.Errorf("%s: unknown suite %q", path, t.Suite)
		}
		tables[t.Suite][t.Group] = t
	}
	return tables, nil
}

func read(path string) (*Table, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	t := new(Table)
	if err := json.Unmarshal(b, t); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}
