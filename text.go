package jsonrpc

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// What is done to the bytes of a string is done to eight of them at a time, as long as none of
// them needs a closer look.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// quotes marks the bytes of x that are a quote or a backslash, by their highest bit; behind the
// first mark there may be false ones.
func quotes(x uint64) uint64 {
	quote, backslash := x^(ones*'"'), x^(ones*'\\')
	return ((quote-ones)&^quote | (backslash-ones)&^backslash) & highs
}

// odds marks also those that are control characters, or no ASCII.
func odds(x uint64) uint64 {
	return quotes(x) | ((x-ones*' ')&^x|x)&highs
}

// odd tells the same of one byte.
func odd(c byte) bool { return c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' }

// plainPrefix returns how many bytes from the start of b on are ASCII that a string may hold
// as it is.
func plainPrefix(b []byte) int {
	n := 0
	for ; len(b)-n >= 8; n += 8 {
		if m := odds(binary.LittleEndian.Uint64(b[n:])); m != 0 {
			return n + bits.TrailingZeros64(m)/8
		}
	}
	for n < len(b) && !odd(b[n]) {
		n++
	}
	return n
}

// unquotedPrefix returns how many bytes from the start of b on are neither a quote nor a backslash.
func unquotedPrefix(b []byte) int {
	n := 0
	for ; len(b)-n >= 8; n += 8 {
		if m := quotes(binary.LittleEndian.Uint64(b[n:])); m != 0 {
			return n + bits.TrailingZeros64(m)/8
		}
	}
	for n < len(b) && b[n] != '"' && b[n] != '\\' {
		n++
	}
	return n
}

// appendPlain appends the start of src up to the first byte that is odd to dst, and returns how
// many bytes that are.
func appendPlain(dst, src []byte) (out []byte, n int) {
	for ; len(src)-n >= 8; n += 8 {
		x := binary.LittleEndian.Uint64(src[n:])
		dst = binary.LittleEndian.AppendUint64(dst, x)
		if m := odds(x); m != 0 {
			size := bits.TrailingZeros64(m) / 8
			return dst[:len(dst)-8+size], n + size
		}
	}
	for ; n < len(src) && !odd(src[n]); n++ {
		dst = append(dst, src[n])
	}
	return dst, n
}

// appendUnquoted does so up to the first quote or backslash.
func appendUnquoted(dst, src []byte) (out []byte, n int) {
	for ; len(src)-n >= 8; n += 8 {
		x := binary.LittleEndian.Uint64(src[n:])
		dst = binary.LittleEndian.AppendUint64(dst, x)
		if m := quotes(x); m != 0 {
			size := bits.TrailingZeros64(m) / 8
			return dst[:len(dst)-8+size], n + size
		}
	}
	for ; n < len(src) && src[n] != '"' && src[n] != '\\'; n++ {
		dst = append(dst, src[n])
	}
	return dst, n
}

// unescape appends the text of a string, which the scanner has passed, to dst. The string's
// inside is raw, or raw's start up to a quote; size is its length. It returns false where there
// is a lone surrogate, for which it writes U+FFFD.
func unescape(dst, raw []byte) (text []byte, size int, ok bool) {
	for ok = true; ; {
		var n int
		dst, n = appendUnquoted(dst, raw[size:])
		if size += n; size == len(raw) || raw[size] == '"' {
			return dst, size, ok
		}
		c := raw[size+1]
		if size += 2; c != 'u' {
			dst = append(dst, unescaped(c))
			continue
		}
		u, _ := hex4(raw[size:])
		size += 4
		if u >= 0xD800 && u <= 0xDFFF {
			if u < 0xDC00 && lowSurrogate(raw[size:]) {
				low, _ := hex4(raw[size+2:])
				u, size = 0x10000+(u-0xD800)<<10+(low-0xDC00), size+6
			} else {
				u, ok = utf8.RuneError, false
			}
		}
		dst = utf8.AppendRune(dst, u)
	}
}

// unescapeAll unescapes the inside of a string.
func unescapeAll(raw []byte) []byte {
	text, _, _ := unescape(nil, raw)
	return text
}

// unescaped returns the character that a backslash and c stand for.
func unescaped(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// appendString writes a string with the fewest escapes (RFC 8785, section 3.2.2.2). It returns
// false for one that is not UTF-8.
func appendString(dst []byte, text string) ([]byte, bool) {
	dst = append(slices.Grow(dst, len(text)+2), '"')
	s := []byte(text) // not copied: nothing writes to it
	for {
		var n int
		dst, n = appendPlain(dst, s)
		if s = s[n:]; len(s) == 0 {
			return append(dst, '"'), true
		}
		if s[0] >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(s)
			if r == utf8.RuneError && size == 1 {
				return dst, false
			}
			dst, s = append(dst, s[:size]...), s[size:]
			continue
		}
		dst, s = appendEscape(dst, s[0]), s[1:]
	}
}

const hexDigits = "0123456789abcdef"

// appendEscape writes a character that may not stand in a string as it is.
func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}
