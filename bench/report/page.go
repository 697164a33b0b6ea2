package report

import (
	"bytes"
	_ "embed" // the page's template
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"text/template"

	"github.com/runrpc/jsonrpc/bench/chart"
	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/load"
	"github.com/runrpc/jsonrpc/bench/measure"
	"github.com/runrpc/jsonrpc/bench/result"
	"github.com/runrpc/jsonrpc/bench/work"
)

//go:embed page.md.tmpl
var pageTemplate string

// page is what the template fills in.
type page struct {
	Machines   []result.Machine // without their revisions
	Measured   []string         // when, and of which revision
	Contenders []participant
	Inproc     []section
	HTTP       []section
	Growth     []section
	Profile    string

	InprocRounds, HTTPRounds, GrowthRounds string
}

// participant is a line in the table of contenders.
type participant struct {
	contender.Contender
	Version string
}

// section is a table with its heading.
type section struct {
	Title, About, Table, Chart string

	table *result.Table
}

// Write makes benchmarks.md in the folder doc, and its charts in doc/benchmarks. What stands
// between the marks of the profile stays.
func Write(doc string, tables map[string]map[string]*result.Table) error {
	path := filepath.Join(doc, "benchmarks.md")
	profile, err := keptProfile(path)
	if err != nil {
		return err
	}
	p := newPage(tables, profile)
	var out bytes.Buffer
	if err := template.Must(template.New("page").Parse(pageTemplate)).Execute(&out, p); err != nil {
		return err
	}
	if err := p.writeCharts(filepath.Join(doc, "benchmarks")); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o666)
}

func newPage(tables map[string]map[string]*result.Table, profile string) page {
	p := page{
		Contenders: participants(),
		Inproc:     inprocSections(tables[result.Inproc]),
		HTTP:       httpSections(tables[result.HTTP]),
		Growth:     growthSections(tables[result.Growth]),
		Profile:    profile,
	}
	for _, s := range slices.Concat(p.Inproc, p.HTTP, p.Growth) {
		m, when := s.table.Machine, s.table.Date
		if m.Revision != "" {
			when += ", revision " + m.Revision
		}
		m.Revision = ""
		p.Machines = appendNew(p.Machines, m)
		p.Measured = appendNew(p.Measured, when)
	}
	p.InprocRounds, p.HTTPRounds, p.GrowthRounds = rounds(p.Inproc), rounds(p.HTTP), rounds(p.Growth)
	return p
}

func appendNew[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

func (p page) writeCharts(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	charts := map[string][]byte{}
	if len(p.Inproc) > 0 {
		charts["inproc.svg"] = inprocChart(tablesOf(p.Inproc))
	}
	if len(p.HTTP) > 0 {
		charts["http.svg"] = httpChart(tablesOf(p.HTTP))
	}
	for _, s := range p.Growth {
		d, _ := dimension(s.table.Group)
		charts[filepath.Base(s.Chart)] = growthChart(s.table, d)
	}
	for name, svg := range charts {
		if err := os.WriteFile(filepath.Join(dir, name), svg, 0o666); err != nil {
			return err
		}
	}
	return nil
}

func tablesOf(sections []section) []*result.Table {
	var tables []*result.Table
	for _, s := range sections {
		tables = append(tables, s.table)
	}
	return tables
}

// rounds tells how the tables of a suite were measured, each way once.
func rounds(sections []section) string {
	var ways []string
	for _, s := range sections {
		noun := "rounds"
		if s.table.Rounds() == 1 {
			noun = "round"
		}
		ways = appendNew(ways, fmt.Sprintf("%d %s of %s a sample", s.table.Rounds(), noun, s.table.Time))
	}
	return strings.Join(ways, " or ")
}

func inprocSections(tables map[string]*result.Table) []section {
	var sections []section
	add := func(group, about string) {
		if t := tables[group]; t != nil {
			sections = append(sections, section{Title: group, About: sentence(about), Table: Table(t), table: t})
		}
	}
	for _, w := range work.All() {
		add(w.Name, w.About)
	}
	add(measure.Register10k, fmt.Sprintf("start a server with %s methods: `ours-app` and `ours-fast` check and compile the registry, a bare one is a map", chart.Count(work.Large)))
	add(measure.Lookup10k, fmt.Sprintf("the tiny call, spread at random over %s methods", chart.Count(work.Large)))
	return sections
}

// httpSections are in the order of the workloads, then of the number of connections.
func httpSections(tables map[string]*result.Table) []section {
	var sections []section
	for _, w := range work.All() {
		var of []section
		for group, t := range tables {
			if cs, err := load.ParseCase(group); err == nil && cs.Workload.Name == w.Name {
				of = append(of, section{Title: httpTitle(t), About: sentence(w.About), Table: Table(t), table: t})
			}
		}
		slices.SortFunc(of, func(a, b section) int { return connections(a.table) - connections(b.table) })
		sections = append(sections, of...)
	}
	return sections
}

func growthSections(tables map[string]*result.Table) []section {
	var sections []section
	for _, d := range measure.Dimensions() {
		if t := tables[d.Name]; t != nil {
			sections = append(sections, section{
				Title: d.Title, About: d.About, Table: Table(t), Chart: "benchmarks/growth-" + d.Name + ".svg", table: t,
			})
		}
	}
	return sections
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// participants have the versions that this program is built with.
func participants() []participant {
	versions := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Replace == nil {
				versions[m.Path] = m.Path + " " + m.Version
			}
		}
	}
	var all []participant
	for _, c := range contender.All() {
		version := versions[c.Module]
		if c.Kind == contender.Ours {
			version = "this repository"
		}
		all = append(all, participant{c, version})
	}
	return all
}

const (
	profileStart = "<!-- profile -->"
	profileEnd   = "<!-- /profile -->"
)

// keptProfile returns the part of the page that is written by hand, with its marks.
func keptProfile(path string) (string, error) {
	empty := profileStart + "\n\n" + profileEnd
	old, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return empty, nil
	}
	if err != nil {
		return "", err
	}
	start, end := bytes.Index(old, []byte(profileStart)), bytes.Index(old, []byte(profileEnd))
	if start < 0 || end < start {
		return "", fmt.Errorf("%s: the marks %s and %s are not in it: put them back, or remove the page", path, profileStart, profileEnd)
	}
	return string(old[start : end+len(profileEnd)]), nil
}
