package diff

import (
	"errors"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
	"github.com/runrpc/jsonrpc/openrpc"
)

// maxSteps is how many schemas are looked at: more than any document needs that was not made to be slow.
const maxSteps = 4_000_000

// Compare tells what has changed from one document to another, in the order of their methods.
func Compare(older, newer *document.Document) (*Report, error) {
	budget := maxSteps
	o, n := shaper{older, &budget}, shaper{newer, &budget}
	d := &differ{old: o, new: n, params: newValues(o, n, params), results: newValues(o, n, results)}
	d.info()
	d.methods()
	if budget < 0 {
		return nil, errors.New("the schemas of the two documents are nested or combined too deeply to be compared")
	}
	return &d.report, nil
}

// A differ compares two documents.
type differ struct {
	old, new        shaper
	params, results *values
	report          Report
	method          string // being compared
}

// note adds a note on the method that is compared.
func (d *differ) note(path, what, was, is string) {
	d.report.add(Change{Weight: Note, Method: d.method, Path: path, What: what, Was: was, Is: is})
}

// fine adds a change that breaks nobody.
func (d *differ) fine(path, what, was, is string) {
	d.report.add(Change{Weight: Compatible, Method: d.method, Path: path, What: what, Was: was, Is: is})
}

// breaks adds a change that breaks somebody.
func (d *differ) breaks(who, why, path, what, was, is string) {
	d.report.add(Change{Weight: Breaking, Method: d.method, Path: path, What: what, Was: was, Is: is, Breaks: who, Why: why})
}

func (d *differ) info() {
	was, is := d.old.doc.Info, d.new.doc.Info
	if was.Title != is.Title {
		d.note("/info/title", "title", was.Title, is.Title)
	}
	if was.Version != is.Version {
		d.note("/info/version", "version", was.Version, is.Version)
	}
	if was.Description != is.Description {
		d.note("/info/description", "docs changed", "", "")
	}
	if was, is := urls(d.old.doc.Servers), urls(d.new.doc.Servers); was != is {
		d.note("/servers", "servers", was, is)
	}
}

func urls(servers []openrpc.Server) string {
	list := make([]string, len(servers))
	for i, s := range servers {
		list[i] = s.URL
	}
	return strings.Join(list, ", ")
}
