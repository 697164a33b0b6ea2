package main

import (
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/runrpc/jsonrpc"
)

// banner tells what is served and where.
func banner(w io.Writer, rpc jsonrpc.RPC, bound net.Addr) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, m := range rpc.Methods() {
		params := make([]string, len(m.Params))
		for i, p := range m.Params {
			params[i] = spell(p)
		}
		fmt.Fprintf(table, "%s(%s)", m.Name, strings.Join(params, ", "))
		if doc := firstLine(m.Doc); doc != "" {
			fmt.Fprint(table, "\t", doc)
		}
		fmt.Fprintln(table)
	}
	_ = table.Flush() // there is no one to tell that standard output is closed
	fmt.Fprintf(w, "\nServing at %s, Ctrl-C stops.\n", url(bound))
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
	const most = 80
	if runes := []rune(text); len(runes) > most {
		text = strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	return text
}

// url returns the address to call, with the port that was found where addr asked for any.
func url(bound net.Addr) string {
	host, _, _ := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	if tcp, ok := bound.(*net.TCPAddr); ok {
		host = net.JoinHostPort(host, strconv.Itoa(tcp.Port))
	}
	if secure() {
		return "https://" + host + path
	}
	return "http://" + host + path
}
