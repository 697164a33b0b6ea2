// Package names turns Go's names into the names that go over the wire.
package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// LowerCamel returns the wire name of an exported Go name: SendCodeByID becomes sendCodeByID.
// Initials at the front are lowered as one word, so ID becomes id, HTTPServer httpServer and URLFor
// urlFor. A name that begins with no upper-case letter is returned as it is.
func LowerCamel(goName string) string {
	name := []rune(goName)
	run := 0
	for run < len(name) && unicode.IsUpper(name[run]) {
		run++
	}
	// The last capital of a longer run begins the next word when a lower-case letter follows it.
	if run > 1 && run < len(name) && unicode.IsLower(name[run]) {
		run--
	}
	for i := range run {
		name[i] = unicode.ToLower(name[i])
	}
	return string(name)
}

// Servable reports whether a value's method of that Go name may be a procedure. What is part of how a Go
// program handles any value never is.
func Servable(method string) bool {
	switch method {
	case "Close", "Shutdown", "String", "Error", "Lock", "Unlock":
		return false
	}
	for _, prefix := range []string{"Marshal", "Unmarshal", "Serve"} {
		if strings.HasPrefix(method, prefix) {
			return false
		}
	}
	first, _ := utf8.DecodeRuneInString(method)
	return unicode.IsUpper(first)
}
