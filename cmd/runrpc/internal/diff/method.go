package diff

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/openrpc"
)

// methods compares the methods: those that there were in their order, and then the new ones.
func (d *differ) methods() {
	gone, added := d.pair()
	renamed := d.renamed(gone, added)
	for _, m := range gone {
		d.method = m.Name
		is := renamed[m.Name]
		switch {
		case is != "":
			d.breaks(Callers, "there is no method with the name that they call", "", "renamed", m.Name, is)
		case d.undescribed(m.Name):
			d.note("", "not described any more: the new document says that it is incomplete", "", "")
		default:
			d.breaks(Callers, "there is no such method to call", "", "removed", "", "")
		}
	}
	for _, m := range added {
		if d.method = m.Name; !isValue(renamed, m.Name) {
			d.fine("", "added", "", "")
		}
	}
}

// pair compares the methods that are in both documents, and returns the others.
func (d *differ) pair() (gone, added []*openrpc.Method) {
	now := map[string]*openrpc.Method{}
	for i := range d.new.doc.Methods {
		now[d.new.doc.Methods[i].Name] = &d.new.doc.Methods[i]
	}
	known := map[string]bool{}
	for i := range d.old.doc.Methods {
		m := &d.old.doc.Methods[i]
		known[m.Name] = true
		if now[m.Name] == nil {
			gone = append(gone, m)
			continue
		}
		d.compare(m, now[m.Name])
	}
	for i := range d.new.doc.Methods {
		if m := &d.new.doc.Methods[i]; !known[m.Name] {
			added = append(added, m)
		}
	}
	return gone, added
}

// renamed finds the new names of methods that are gone: of those that take and give the very same, if there is one.
func (d *differ) renamed(gone, added []*openrpc.Method) map[string]string {
	alike := map[string][]string{}
	for _, m := range added {
		alike[signature(m)] = append(alike[signature(m)], m.Name)
	}
	count := map[string]int{}
	for _, m := range gone {
		count[signature(m)]++
	}
	names := map[string]string{}
	for _, m := range gone {
		if s := signature(m); len(alike[s]) == 1 && count[s] == 1 && telling(m) {
			names[m.Name] = alike[s][0]
		}
	}
	return names
}

// telling tells whether a method has enough of its own for another to be taken for it.
func telling(m *openrpc.Method) bool { return len(m.Params) > 0 && m.Summary+m.Description != "" }

// signature returns what methods have in common that are one with two names.
func signature(m *openrpc.Method) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%q %q %q", m.Summary, m.Description, m.ParamStructure)
	for _, p := range m.Params {
		fmt.Fprintf(&b, " %q %t %s", p.Name, p.Required, written(p.Schema))
	}
	if m.Result != nil {
		fmt.Fprintf(&b, " -> %s", written(m.Result.Schema))
	}
	return b.String()
}

func isValue(m map[string]string, value string) bool {
	for _, v := range m {
		if v == value {
			return true
		}
	}
	return false
}

// undescribed tells whether the new document says that it does not know all about a name.
func (d *differ) undescribed(name string) bool {
	return slices.ContainsFunc(d.new.doc.Incomplete, func(known string) bool {
		rest, ok := strings.CutPrefix(name, known)
		return ok && (rest == "" || !inWord(rest[0]))
	})
}

func inWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// compare compares a method with itself.
func (d *differ) compare(was, is *openrpc.Method) {
	d.method = was.Name
	d.structure(was, is)
	d.parameters(was, is)
	d.result(was, is)
	d.errors(was, is)
	d.deprecated("", was.Deprecated, is.Deprecated)
	d.docs("", was.Summary+"\n"+was.Description, is.Summary+"\n"+is.Description)
}

func (d *differ) result(was, is *openrpc.Method) {
	switch {
	case was.Result == nil && is.Result == nil:
	case was.Result == nil:
		d.fine("/result", "added: it was for notifications alone", "", "")
	case is.Result == nil:
		d.breaks(Readers, "they get no answer", "/result", "removed: it is for notifications alone", "", "")
	default:
		d.report.add(d.results.compare(d.method, "/result", all{was.Result.Schema}, all{is.Result.Schema})...)
		d.docs("/result", was.Result.Summary+"\n"+was.Result.Description, is.Result.Summary+"\n"+is.Result.Description)
	}
}

func (d *differ) deprecated(path string, was, is bool) {
	switch {
	case is && !was:
		d.note(path, "is deprecated now", "", "")
	case was && !is:
		d.note(path, "is no longer deprecated", "", "")
	}
}

func (d *differ) docs(path, was, is string) {
	if was != is {
		d.note(path, "docs changed", "", "")
	}
}
