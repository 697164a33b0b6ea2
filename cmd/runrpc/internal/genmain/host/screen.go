package main

import (
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/terminal"
)

// A screen is the start screen: what is served and where.
type screen struct {
	out      io.Writer
	paint    terminal.Paint
	width    int // 0: as wide as it takes
	settings settings.Settings
	watching bool
}

func newScreen(o settings.Orders, out *os.File) screen {
	return screen{out, terminal.Paint(terminal.Colour(out)), o.Width, o.Settings, o.Watching}
}

// show shows it. There is no one to tell where nobody reads.
func (s screen) show(methods []jsonrpc.MethodInfo, docs string, bound net.Addr) {
	var b strings.Builder
	column := s.column(methods)
	for _, m := range methods {
		s.method(&b, m, column)
	}
	b.WriteString("\n" + strings.Join(s.foot(docs, bound), "\n") + "\n")
	_, _ = io.WriteString(s.out, b.String())
}

// foot returns the lines below the methods: where they are, and what else there is to know.
func (s screen) foot(docs string, bound net.Addr) []string {
	at := origin(s.settings, bound)
	lines := []string{"Serving at " + s.paint.Cyan(at+s.settings.Path) + ", Ctrl-C stops."}
	if docs != "" {
		lines = append(lines, "Docs at "+s.paint.Cyan(at+docs))
	}
	if s.watching {
		lines = append(lines, s.paint.Dim("Edits are served as you save them."))
	}
	return lines
}

const (
	gap    = 2  // between the columns
	narrow = 24 // what is less than this is no column
)

// column returns the width of the methods' column: that of the longest, unless it leaves too little of the
// terminal.
func (s screen) column(methods []jsonrpc.MethodInfo) int {
	most := max(narrow, s.width*3/5)
	column := 0
	for _, m := range methods {
		if n := utf8.RuneCountInString(signature(m)); s.width == 0 || n <= most {
			column = max(column, n)
		}
	}
	return column
}

// method writes a method, and what it does beside it or, where there is no room, below it.
func (s screen) method(b *strings.Builder, m jsonrpc.MethodInfo, column int) {
	text := signature(m)
	name, rest, _ := strings.Cut(text, "(")
	b.WriteString(s.paint.Bold(name) + "(" + rest)
	doc, used, indent := firstLine(m.Doc), utf8.RuneCountInString(text), column+gap
	if s.width > 0 && s.width-indent < narrow {
		used, indent = s.width, 2*gap
	}
	switch {
	case doc == "":
	case used > column:
		b.WriteString("\n" + strings.Repeat(" ", indent))
	default:
		b.WriteString(strings.Repeat(" ", indent-used))
	}
	if s.width > 0 {
		doc = cut(doc, max(s.width-indent, narrow))
	}
	b.WriteString(s.paint.Dim(doc) + "\n")
}

// signature returns a method as it might stand in Go.
func signature(m jsonrpc.MethodInfo) string {
	params := make([]string, len(m.Params))
	for i, p := range m.Params {
		params[i] = spell(p)
	}
	return m.Name + "(" + strings.Join(params, ", ") + ")"
}

// spell returns a parameter as it might stand in Go, with "?" behind what may be left out.
func spell(p jsonrpc.ParamInfo) string {
	kind := strings.NewReplacer("interface {}", "any", "[]uint8", "[]byte").Replace(p.Type.String())
	if p.Variadic {
		kind = "..." + strings.TrimPrefix(kind, "[]")
	}
	text := strings.TrimSpace(p.Name + " " + kind)
	switch {
	case p.Default != nil:
		text += " = " + string(p.Default)
	case !p.Required && !p.Variadic:
		text += "?"
	}
	return text
}

// firstLine returns the first sentence of a doc, cut where it is long.
func firstLine(doc string) string {
	paragraph, _, _ := strings.Cut(doc, "\n\n")
	text := strings.Join(strings.Fields(paragraph), " ")
	if sentence, _, more := strings.Cut(text, ". "); more {
		text = sentence + "."
	}
	return cut(text, 80)
}

// cut shortens text to so many characters.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}

// origin returns the URL of the server, with the port that was found where Addr asks for any.
func origin(s settings.Settings, bound net.Addr) string {
	host, _, _ := net.SplitHostPort(s.Addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	if tcp, ok := bound.(*net.TCPAddr); ok {
		host = net.JoinHostPort(host, strconv.Itoa(tcp.Port))
	}
	if s.Certificate.Given() {
		return "https://" + host
	}
	return "http://" + host
}
