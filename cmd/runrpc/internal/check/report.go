package check

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/paint"
)

// A printer shows results as they come, and counts them.
type printer struct {
	out     io.Writer
	lines   io.Writer // where lines go: out, or nowhere
	palette paint.Palette
	verbose bool
	width   int
	count   map[Verdict]int
	results []Result
	with    string
	err     error
}

func newPrinter(out io.Writer, verbose bool) *printer {
	width := 0
	for _, c := range cases() {
		width = max(width, len(c.Name))
	}
	return &printer{out: out, lines: out, palette: paint.For(out), verbose: verbose, width: width, count: map[Verdict]int{}}
}

// quiet shows no lines.
func (p *printer) quiet() { p.lines = io.Discard }

func (p *printer) printf(format string, args ...any) {
	if _, err := fmt.Fprintf(p.lines, format, args...); p.err == nil {
		p.err = err
	}
}

// begin tells what is checked.
func (p *printer) begin(url string, r *run) {
	if r.procedure != nil {
		p.with = fmt.Sprintf("%s, by %s", r.procedure, r.procedure.from)
		p.printf("Checking %s, calling %s\n\n", url, p.with)
	} else {
		p.printf("Checking %s, calling no method: %s\n\n", url, r.whyNot)
	}
}

var styles = map[Verdict]paint.Style{Pass: paint.Green, Fail: paint.Red, Warn: paint.Yellow, Skip: paint.Dim, Note: paint.Cyan}

// result shows one result.
func (p *printer) result(r Result) {
	p.count[r.Verdict]++
	p.results = append(p.results, r)
	text := r.Title
	if r.Reason != "" && (r.Verdict == Skip || r.Verdict == Note) {
		text += ": " + message.Printable(r.Reason)
	}
	p.printf("%s  %-3s  %-*s  %s\n", p.palette.In(styles[r.Verdict], string(r.Verdict)), r.Section, p.width, r.Name, text)
	if r.Verdict != Fail && r.Verdict != Warn && !p.verbose {
		return
	}
	if r.Verdict == Fail || r.Verdict == Warn {
		p.detail("but", message.Printable(r.Reason))
	}
	p.detail("says", r.Says)
	for _, e := range r.exchanges {
		p.detail("sent", message.Short(e.sent))
		p.detail("got", message.Printable(e.shown()))
	}
}

func (p *printer) detail(label, text string) {
	p.printf("%s\n", p.palette.In(paint.Dim, fmt.Sprintf("           %-4s  %s", label, text)))
}

// end sums up.
func (p *printer) end(notes []string, took time.Duration) error {
	p.printf("\n")
	for _, note := range notes {
		p.printf("%s\n", note)
	}
	var parts []string
	for _, verdict := range []Verdict{Pass, Fail, Warn, Skip, Note} {
		if n := p.count[verdict]; n > 0 {
			parts = append(parts, p.palette.In(styles[verdict], fmt.Sprintf("%d %s", n, verdict)))
		}
	}
	p.printf("%d cases: %s (%s)\n", len(p.results), strings.Join(parts, ", "), took.Round(time.Millisecond))
	return p.err
}

// A record is a result as JSON.
type record struct {
	Name    string  `json:"name"`
	Verdict Verdict `json:"verdict"`
	Title   string  `json:"title"`
	Section string  `json:"section"`
	Says    string  `json:"says"`
	Reason  string  `json:"reason,omitzero"`
	Sent    []trace `json:"exchanges,omitempty"`
}

// A trace is an exchange as JSON.
type trace struct {
	Sent string `json:"sent"`
	Got  string `json:"got"`
}

// json prints all of it as JSON.
func (p *printer) json(url string, notes []string) error {
	report := struct {
		URL     string          `json:"url"`
		Method  string          `json:"method,omitzero"`
		Summary map[Verdict]int `json:"summary"`
		Cases   []record        `json:"cases"`
		Notes   []string        `json:"notes,omitempty"`
	}{URL: url, Method: p.with, Summary: p.count, Notes: notes}
	for _, r := range p.results {
		record := record{r.Name, r.Verdict, r.Title, r.Section, r.Says, r.Reason, nil}
		for _, e := range r.exchanges {
			record.Sent = append(record.Sent, trace{e.sent, e.shown()})
		}
		report.Cases = append(report.Cases, record)
	}
	text, err := json.Marshal(report, json.Deterministic(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return err
	}
	if paint.Terminal(p.out) {
		text = []byte(p.palette.JSON(text, ""))
	}
	_, err = p.out.Write(append(text, '\n'))
	return err
}
