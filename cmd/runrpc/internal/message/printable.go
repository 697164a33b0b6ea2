package message

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable returns a text from elsewhere on one line, without what would steer a terminal.
func Printable(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case Steers(r):
			return utf8.RuneError
		}
		return r
	}, text))
}

// PrintableLines is Printable for a text of several lines.
func PrintableLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		lines[i] = indent + Printable(line)
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n \t")
}

// Steers tells whether a terminal does more with a character than to show it: control characters, and those that
// turn the direction of the text around them.
func Steers(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}
