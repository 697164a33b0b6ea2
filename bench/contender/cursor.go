package contender

import (
	"strconv"
	"unsafe"
)

// cursor is floor's place in a message. It takes the message to be right.
type cursor struct {
	s string
	i int
}

// next skips what stands between values, and returns the byte that begins the next one.
func (c *cursor) next() byte {
	for c.i < len(c.s) {
		switch c.s[c.i] {
		case ' ', '\n', '\t', '\r', ',', ':':
			c.i++
		default:
			return c.s[c.i]
		}
	}
	return 0
}

// fields calls f at the value of each member of an object.
func (c *cursor) fields(f func(name string)) {
	if c.next() != '{' {
		return
	}
	c.i++
	for c.next() == '"' {
		name := c.str()
		c.next()
		f(name)
	}
	c.i++
}

// str reads a string; the cursor stands at its opening quote.
func (c *cursor) str() string {
	s, start := c.s, c.i+1
	i := start
	for i < len(s) && s[i] != '"' && s[i] != '\\' {
		i++
	}
	if i >= len(s) || s[i] == '"' {
		c.i = i + 1
		return s[start:min(i, len(s))]
	}
	return c.escaped(start, i)
}

// escaped reads the string that begins at start and has its first escape at i.
func (c *cursor) escaped(start, i int) string {
	s := c.s
	b := make([]byte, 0, len(s)-start)
	for i+1 < len(s) && s[i] != '"' {
		b = append(append(b, s[start:i]...), unescape(s[i+1]))
		i += 2
		for start = i; i < len(s) && s[i] != '"' && s[i] != '\\'; {
			i++
		}
	}
	b = append(b, s[start:min(i, len(s))]...)
	c.i = i + 1
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// unescape leaves \uXXXX to real parsers.
func unescape(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'r':
		return '\r'
	}
	return c
}

// raw reads any value.
func (c *cursor) raw() string {
	s, i, depth := c.s, c.i, 0
scan:
	for i < len(s) {
		switch s[i] {
		case '"':
			i = skipString(s, i)
			if depth == 0 {
				break scan
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				break scan
			}
			if depth--; depth == 0 {
				i++
				break scan
			}
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				break scan
			}
		}
		i++
	}
	span := s[c.i:i]
	c.i = i
	return span
}

// skipString returns the place behind the string that begins at i.
func skipString(s string, i int) int {
	for i++; i < len(s) && s[i] != '"'; i++ {
		if s[i] == '\\' {
			i++
		}
	}
	return min(i+1, len(s))
}

// int reads an integer. ok tells whether there was one.
func (c *cursor) int() (n int, ok bool) {
	start, negative := c.i, false
	if c.i < len(c.s) && c.s[c.i] == '-' {
		negative = true
		c.i++
	}
	for c.i < len(c.s) && c.s[c.i]-'0' <= 9 {
		n = n*10 + int(c.s[c.i]-'0')
		c.i++
	}
	if negative {
		n = -n
	}
	return n, c.i > start
}

// float reads a number, as 0 where it is none.
func (c *cursor) float() float64 {
	f, _ := strconv.ParseFloat(c.raw(), 64)
	return f
}

// appendString appends a JSON string with the escapes that the workloads need.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= ' ' && s[i] != '"' && s[i] != '\\' {
			continue
		}
		dst = append(append(dst, s[from:i]...), '\\', escape(s[i]))
		from = i + 1
	}
	return append(append(dst, s[from:]...), '"')
}

func escape(c byte) byte {
	switch c {
	case '\n':
		return 'n'
	case '\t':
		return 't'
	case '\r':
		return 'r'
	}
	return c
}
