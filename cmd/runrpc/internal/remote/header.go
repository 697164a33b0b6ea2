package remote

import (
	"fmt"
	"net/http"
	"net/textproto"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// headers returns what is sent with each request.
func headers(lines []string) (http.Header, error) {
	header := http.Header{
		"Content-Type": {"application/json"},
		"Accept":       {"application/json"},
		"User-Agent":   {"runrpc/" + strings.Trim(toolkit.Version(), "()")},
	}
	given := http.Header{}
	for _, line := range lines {
		name, value, found := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if !found || !isToken(name) || strings.ContainsFunc(value, isControl) {
			return nil, fmt.Errorf("--header: found %q, want 'NAME: VALUE'", line)
		}
		given.Add(textproto.CanonicalMIMEHeaderKey(name), value)
	}
	for name, values := range given {
		if len(values) == 1 && values[0] == "" {
			values = nil // net/http then leaves out its own, too
		}
		header[name] = values
	}
	return header, nil
}

// isToken tells whether a text may be the name of a header.
func isToken(name string) bool {
	const others = "!#$%&'*+-.^_`|~"
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
		return !letter && !strings.ContainsRune(others, r)
	})
}

// isControl tells what may not stand in a header's value.
func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }
