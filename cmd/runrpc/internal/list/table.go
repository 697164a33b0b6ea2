package list

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/describe"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/paint"
)

// table lists methods, a line each.
func table(methods []describe.Method, palette paint.Palette) string {
	const widest = 60 // a longer call pushes its own doc to the right, not those of the others
	calls := make([]string, len(methods))
	width := 0
	for i, method := range methods {
		calls[i] = signature(method)
		if n := utf8.RuneCountInString(calls[i]); n <= widest {
			width = max(width, n)
		}
	}
	var b strings.Builder
	for i, method := range methods {
		name := message.Printable(method.Name)
		b.WriteString(palette.In(paint.Bold, name) + calls[i][len(name):])
		if doc := brief(method); doc != "" {
			space := max(0, width-utf8.RuneCountInString(calls[i])) + 2
			b.WriteString(strings.Repeat(" ", space) + palette.In(paint.Dim, doc))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// signature returns how a method is called.
func signature(m describe.Method) string {
	name := message.Printable(m.Name)
	if !m.Described {
		rest := message.Printable(m.Signature)
		rest = strings.TrimSpace(strings.TrimPrefix(rest, name))
		if rest != "" && !strings.HasPrefix(rest, "(") {
			rest = "  " + rest
		}
		return name + rest
	}
	params := make([]string, len(m.Params))
	for i, p := range m.Params {
		params[i] = param(p)
	}
	text := name + "(" + strings.Join(params, ", ") + ")"
	if m.Result != nil {
		text += " -> " + m.Result.Type
	}
	return text
}

func param(p describe.Param) string {
	text := message.Printable(p.Name)
	if !p.Required && p.Default == nil {
		text += "?"
	}
	text += ": " + p.Type
	if p.Default != nil {
		text += " = " + message.Short(p.Default)
	}
	return text
}

// brief returns the first sentence of what is said of a method.
func brief(m describe.Method) string {
	text := m.Summary
	if text == "" {
		text, _, _ = strings.Cut(m.Doc, "\n\n")
	}
	text = strings.Join(strings.Fields(message.Printable(text)), " ")
	if sentence, _, more := strings.Cut(text, ". "); more {
		text = sentence + "."
	}
	if m.Deprecated {
		text = strings.TrimSpace("Deprecated. " + text)
	}
	return message.Short(text)
}

// full tells all that is known of a method.
func full(m describe.Method, palette paint.Palette) string {
	var b strings.Builder
	name := message.Printable(m.Name)
	fmt.Fprintf(&b, "%s%s\n", palette.In(paint.Bold, name), signature(m)[len(name):])
	if m.Deprecated {
		fmt.Fprintf(&b, "%s\n", palette.In(paint.Yellow, "Deprecated."))
	}
	for _, text := range []string{m.Summary, m.Doc} {
		if text = message.PrintableLines(text); text != "" {
			fmt.Fprintf(&b, "\n%s\n", text)
		}
	}
	section := func(title string, rows []row) {
		if len(rows) > 0 {
			fmt.Fprintf(&b, "\n%s\n%s", palette.In(paint.Bold, title), aligned(rows, palette))
		}
	}
	var params []row
	for _, p := range m.Params {
		params = append(params, rowsOf(m, p)...)
	}
	section(paramsTitle(m.Structure), params)
	if m.Result != nil {
		result := *m.Result
		result.Required = true
		section("Result", rowsOf(m, result))
	}
	var faults []row
	for _, fault := range m.Errors {
		faults = append(faults, row{string(fault.Code), message.Printable(fault.Message), ""})
	}
	section("Errors", faults)
	return b.String()
}

func paramsTitle(structure string) string {
	switch structure {
	case "by-name":
		return "Params, by name"
	case "by-position":
		return "Params, by position"
	}
	return "Params"
}

// A row tells of a param, a member of one, or an error.
type row struct{ name, kind, doc string }

// rowsOf tells of a param and the members of the objects in it.
func rowsOf(m describe.Method, p describe.Param) []row {
	rows := []row{rowOf(p, 0)}
	for _, field := range m.Fields(p) {
		rows = append(rows, rowOf(field.Param, field.Depth))
	}
	return rows
}

func rowOf(p describe.Param, depth int) row {
	kind := p.Type
	switch {
	case p.Default != nil:
		kind += " = " + message.Short(p.Default)
	case !p.Required:
		kind += ", optional"
	}
	return row{strings.Repeat("  ", depth) + message.Printable(p.Name), kind, strings.Join(strings.Fields(message.Printable(p.Doc)), " ")}
}

// aligned writes rows below each other.
func aligned(rows []row, palette paint.Palette) string {
	names, kinds := 0, 0
	for _, r := range rows {
		names, kinds = max(names, utf8.RuneCountInString(r.name)), max(kinds, utf8.RuneCountInString(r.kind))
	}
	kinds = min(kinds, 40)
	var b strings.Builder
	for _, r := range rows {
		line := fmt.Sprintf("  %-*s  %-*s  %s", names, r.name, kinds, r.kind, palette.In(paint.Dim, r.doc))
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}
