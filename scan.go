package jsonrpc

import (
	"strconv"
	"unicode/utf8"
)

// scanner checks JSON text (RFC 8259) strictly in one pass and keeps nothing but its first
// fault. Its methods take the index of a token's first byte and return the index behind the
// token, or -1 when the text is not JSON.
type scanner struct {
	text     []byte
	maxDepth int
	reason   string // why the text is no JSON
	offset   int    // where
}

// A token's properties that later steps would otherwise have to scan for again.
type tokenFlags uint8

const (
	escaped       tokenFlags = 1 << iota // a string with escapes in it
	loneSurrogate                        // a string with an escaped surrogate that has no partner
)

func (s *scanner) fail(at int, reason string) int {
	if s.reason == "" {
		s.reason, s.offset = reason, at
	}
	return -1
}

// unexpected reports a text that stops, or goes on, where it must not.
func (s *scanner) unexpected(at int, want string) int {
	if at >= len(s.text) {
		return s.fail(at, "the text ends where "+want+" is due")
	}
	return s.fail(at, "found "+strconv.QuoteToASCII(string(s.text[at:at+1]))+" where "+want+" is due")
}

// space returns the index of the first byte from i on that is no white space.
func (s *scanner) space(i int) int {
	for i < len(s.text) {
		switch s.text[i] {
		case ' ', '\t', '\n', '\r':
			i++
		default:
			return i
		}
	}
	return i
}

// value scans any value; depth counts the containers around it.
func (s *scanner) value(i, depth int) int {
	if i >= len(s.text) {
		return s.unexpected(i, "a value")
	}
	c := s.text[i]
	if c-'0' <= 9 {
		return s.number(i)
	}
	switch c {
	case '-':
		return s.number(i)
	case '"':
		end, _ := s.str(i)
		return end
	case '{':
		return s.object(i, depth+1)
	case '[':
		return s.array(i, depth+1)
	case 't':
		return s.literal(i, "true")
	case 'f':
		return s.literal(i, "false")
	case 'n':
		return s.literal(i, "null")
	}
	return s.unexpected(i, "a value")
}

func (s *scanner) literal(i int, word string) int {
	if end := i + len(word); end <= len(s.text) && string(s.text[i:end]) == word {
		return end
	}
	return s.fail(i, "found a word that is none of true, false, null")
}

func (s *scanner) array(i, depth int) int {
	if depth > s.maxDepth {
		return s.tooDeep(i)
	}
	i = s.space(i + 1)
	if i < len(s.text) && s.text[i] == ']' {
		return i + 1
	}
	for {
		if i = s.value(i, depth); i < 0 {
			return -1
		}
		var more bool
		if i, more = s.next(i, ']'); !more {
			return i
		}
	}
}

func (s *scanner) object(i, depth int) int {
	if depth > s.maxDepth {
		return s.tooDeep(i)
	}
	i = s.space(i + 1)
	if i < len(s.text) && s.text[i] == '}' {
		return i + 1
	}
	for {
		var more bool
		_, _, at := s.name(i)
		if at < 0 {
			return -1
		}
		if i = s.value(at, depth); i < 0 {
			return -1
		}
		if i, more = s.next(i, '}'); !more {
			return i
		}
	}
}

func (s *scanner) tooDeep(i int) int {
	return s.fail(i, "nested deeper than the limit of "+strconv.Itoa(s.maxDepth))
}

// next steps over what follows a member or an element: a comma, and more is true, or the
// closing bracket. The index returned stands on the next token, or behind the bracket.
func (s *scanner) next(i int, closing byte) (int, bool) {
	if i+1 < len(s.text) && s.text[i] == ',' && s.text[i+1] > ' ' {
		return i + 1, true
	}
	if i < len(s.text) && s.text[i] == closing {
		return i + 1, false
	}
	return s.spacedNext(i, closing)
}

func (s *scanner) spacedNext(i int, closing byte) (int, bool) {
	i = s.space(i)
	if i < len(s.text) {
		switch s.text[i] {
		case ',':
			return s.space(i + 1), true
		case closing:
			return i + 1, false
		}
	}
	return s.unexpected(i, "a comma or "+string(closing)), false
}

// name scans a member's name and its colon; value is the index of the member's value, or -1.
func (s *scanner) name(i int) (end int, f tokenFlags, value int) {
	if i >= len(s.text) || s.text[i] != '"' {
		return -1, 0, s.unexpected(i, "a member name")
	}
	end, f = s.str(i)
	if end < 0 {
		return -1, 0, -1
	}
	if f&loneSurrogate != 0 {
		return -1, 0, s.fail(i, "a member name has a lone surrogate")
	}
	at := s.space(end)
	if at >= len(s.text) || s.text[at] != ':' {
		return -1, 0, s.unexpected(at, "a colon")
	}
	return end, f, s.space(at + 1)
}

// str scans a string that opens at i.
func (s *scanner) str(i int) (end int, f tokenFlags) {
	i++
	for {
		i += plainPrefix(s.text[i:])
		if i >= len(s.text) {
			return s.fail(i, "the text ends inside a string"), 0
		}
		switch c := s.text[i]; {
		case c == '"':
			return i + 1, f
		case c == '\\':
			var g tokenFlags
			if i, g = s.escape(i); i < 0 {
				return -1, 0
			}
			f |= g | escaped
		case c < ' ':
			return s.fail(i, "a control character stands unescaped in a string"), 0
		default:
			r, n := utf8.DecodeRune(s.text[i:])
			if r == utf8.RuneError && n == 1 {
				return s.fail(i, "the text is not UTF-8"), 0
			}
			i += n
		}
	}
}

// escape scans one escape sequence, both halves of it where it is a surrogate pair.
func (s *scanner) escape(i int) (int, tokenFlags) {
	if i+1 >= len(s.text) {
		return s.fail(i, "the text ends inside a string"), 0
	}
	switch s.text[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2, 0
	case 'u':
		u, ok := hex4(s.text[i+2:])
		switch {
		case !ok:
			return s.fail(i, `\u is not followed by four hexadecimal digits`), 0
		case u < 0xD800 || u > 0xDFFF:
			return i + 6, 0
		case u < 0xDC00 && lowSurrogate(s.text[i+6:]):
			return i + 12, 0
		}
		return i + 6, loneSurrogate
	}
	return s.fail(i, "a string has an unknown escape"), 0
}

// lowSurrogate reports whether b starts with an escaped low surrogate.
func lowSurrogate(b []byte) bool {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return false
	}
	u, ok := hex4(b[2:])
	return ok && u >= 0xDC00 && u <= 0xDFFF
}

// hex4 reads four hexadecimal digits.
func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	var u rune
	for _, c := range b[:4] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		u = u<<4 | rune(c)
	}
	return u, true
}

// number scans a number, whose first byte is a minus or a digit.
func (s *scanner) number(i int) int {
	text := s.text
	if text[i] == '-' {
		i++
	}
	first := i
	for i < len(text) && text[i]-'0' <= 9 {
		i++
	}
	switch {
	case i == first:
		return s.unexpected(i, "a digit")
	case text[first] == '0':
		i = first + 1 // what follows a leading zero is no part of the number
	}
	if i < len(text) && (text[i] == '.' || text[i]|0x20 == 'e') {
		return s.fraction(i)
	}
	return i
}

// fraction scans what follows a number's integer part.
func (s *scanner) fraction(i int) int {
	if s.text[i] == '.' {
		if i = s.digits(i + 1); i < 0 {
			return -1
		}
	}
	if i < len(s.text) && s.text[i]|0x20 == 'e' {
		i++
		if i < len(s.text) && (s.text[i] == '+' || s.text[i] == '-') {
			i++
		}
		return s.digits(i)
	}
	return i
}

// digits scans one digit or more.
func (s *scanner) digits(i int) int {
	start := i
	for i < len(s.text) && s.text[i]-'0' <= 9 {
		i++
	}
	if i == start {
		return s.unexpected(i, "a digit")
	}
	return i
}
