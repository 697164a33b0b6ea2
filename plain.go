package jsonrpc

import (
	"math"
	"reflect"
	"strconv"
	"sync"
)

// The short way around the codec for plain values, which most parameters and results are:
// booleans, numbers, strings, and structs, slices and pointers of them. It writes the bytes that
// StrictCodec writes and takes what StrictCodec takes; whatever is out of the ordinary it leaves
// to the codec.

// decodeFunc sets v, which is zero, from the value that begins at text[i]. It returns the index
// behind the value, or -1 to leave it to the codec. The text has passed the scanner.
type decodeFunc func(text []byte, i int, v reflect.Value) int

// encodeFunc appends v's JSON to dst, or returns false to leave it to the codec.
type encodeFunc func(dst []byte, v reflect.Value) ([]byte, bool)

// short is the short way for one type. Its functions are nil where there is none.
type short struct {
	decode decodeFunc
	encode encodeFunc
}

var shorts sync.Map // reflect.Type to short

// shortOf returns the short way for a t.
func shortOf(t reflect.Type) short {
	if s, ok := shorts.Load(t); ok {
		return s.(short)
	}
	s := newShort(t, nil)
	shorts.Store(t, s)
	return s
}

// newShort compiles the short way for a t that stands inside of others.
func newShort(t reflect.Type, inside []reflect.Type) (s short) {
	switch k := t.Kind(); {
	case t == typeNumber:
	case k == reflect.Bool:
		s = short{decodeBool, encodeBool}
	case k >= reflect.Int && k <= reflect.Int64:
		s = short{decodeInt, encodeInt}
	case k >= reflect.Uint && k <= reflect.Uint64:
		s = short{decodeUint, encodeUint}
	case k == reflect.Float64:
		s = short{decodeFloat, encodeFloat}
	case k == reflect.String:
		s = short{decodeString, encodeString}
	default:
		s = newShortOf(t, inside)
	}
	if decodesItself(t) {
		s.decode = nil
	}
	if encodesItself(t) {
		s.encode = nil
	}
	return s
}

func decodeBool(text []byte, i int, v reflect.Value) int {
	switch text[i] {
	case 't':
		v.SetBool(true)
		return i + len("true")
	case 'f':
		return i + len("false")
	}
	return -1
}

func encodeBool(dst []byte, v reflect.Value) ([]byte, bool) {
	return strconv.AppendBool(dst, v.Bool()), true
}

// maxDigits is how many digits never overflow: with more, the codec knows what then.
const maxDigits = 18

// digitsAt reads the integer without a sign at text[i]. It returns -1 for any other number.
func digitsAt(text []byte, i int) (u uint64, end int) {
	start := i
	for ; i < len(text); i++ {
		c := text[i]
		if c-'0' > 9 {
			if c == '.' || c|0x20 == 'e' {
				return 0, -1
			}
			break
		}
		u = u*10 + uint64(c-'0')
	}
	if i == start || i-start > maxDigits {
		return 0, -1
	}
	return u, i
}

// intAt reads the integer at text[i].
func intAt(text []byte, i int) (n int64, end int) {
	if text[i] == '-' {
		u, end := digitsAt(text, i+1)
		return -int64(u), end
	}
	u, end := digitsAt(text, i)
	return int64(u), end
}

func decodeInt(text []byte, i int, v reflect.Value) int {
	n, end := intAt(text, i)
	if end < 0 || v.OverflowInt(n) {
		return -1
	}
	v.SetInt(n)
	return end
}

func encodeInt(dst []byte, v reflect.Value) ([]byte, bool) {
	return strconv.AppendInt(dst, v.Int(), 10), true
}

func decodeUint(text []byte, i int, v reflect.Value) int {
	u, end := digitsAt(text, i)
	if end < 0 || v.OverflowUint(u) {
		return -1
	}
	v.SetUint(u)
	return end
}

func encodeUint(dst []byte, v reflect.Value) ([]byte, bool) {
	return strconv.AppendUint(dst, v.Uint(), 10), true
}

// floatAt reads the number at text[i].
func floatAt(text []byte, i int) (f float64, end int) {
	if u, end := digitsAt(text, i); end >= 0 && u < 1<<53 {
		return float64(u), end
	}
	end = i
	for end < len(text) && numeric(text[end]) {
		end++
	}
	f, err := strconv.ParseFloat(string(text[i:end]), 64)
	if err != nil {
		return 0, -1
	}
	return f, end
}

func decodeFloat(text []byte, i int, v reflect.Value) int {
	f, end := floatAt(text, i)
	if end >= 0 {
		v.SetFloat(f)
	}
	return end
}

// numeric tells the bytes that a number is made of.
func numeric(c byte) bool {
	return c-'0' <= 9 || c == '-' || c == '+' || c == '.' || c|0x20 == 'e'
}

func encodeFloat(dst []byte, v reflect.Value) ([]byte, bool) { return appendFloat(dst, v.Float()) }

// appendFloat writes a number as ECMAScript does (ECMA-262, Number::toString).
func appendFloat(dst []byte, f float64) ([]byte, bool) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return dst, false
	}
	format := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	dst = strconv.AppendFloat(dst, f, format, -1, 64)
	if n := len(dst); format == 'e' && dst[n-4] == 'e' && dst[n-3] == '-' && dst[n-2] == '0' {
		dst[n-2] = dst[n-1]
		dst = dst[:n-1]
	}
	return dst, true
}

// stringAt reads the string at text[i].
func stringAt(text []byte, i int) (s string, end int) {
	if text[i] != '"' {
		return "", -1
	}
	i++
	end = i + unquotedPrefix(text[i:])
	if text[end] == '"' {
		return string(text[i:end]), end + 1
	}
	scratch := takeBuffer()
	out, size, ok := unescape(*scratch, text[i:])
	if end = -1; ok {
		s, end = string(out), i+size+1
	}
	giveBuffer(scratch, out)
	return s, end
}

func decodeString(text []byte, i int, v reflect.Value) int {
	s, end := stringAt(text, i)
	if end >= 0 {
		v.SetString(s)
	}
	return end
}

func encodeString(dst []byte, v reflect.Value) ([]byte, bool) {
	return appendString(dst, v.String())
}
