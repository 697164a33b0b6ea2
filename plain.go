package jsonrpc

import (
	"bytes"
	"math"
	"reflect"
	"strconv"
	"sync"
	"unicode/utf8"
)

// The short way around the codec for plain values, which most parameters and results are. It
// writes the bytes that StrictCodec writes and takes what StrictCodec takes; whatever is
// out of the ordinary it leaves to the codec by returning false.

// decodeFunc sets v from raw, which is one JSON value.
type decodeFunc func(raw []byte, v reflect.Value) bool

// encodeFunc appends v's JSON to dst.
type encodeFunc func(dst []byte, v reflect.Value) ([]byte, bool)

// decoderOf returns the short way for a t, nil where there is none.
func decoderOf(t reflect.Type) decodeFunc {
	if decodesItself(t) {
		return nil
	}
	switch k := t.Kind(); {
	case k == reflect.Bool:
		return decodeBool
	case k >= reflect.Int && k <= reflect.Int64:
		return decodeInt
	case k >= reflect.Uint && k <= reflect.Uint64:
		return decodeUint
	case k == reflect.Float64:
		return decodeFloat
	case k == reflect.String:
		return decodeString
	}
	return nil
}

var encodersByType sync.Map // reflect.Type to encodeFunc

// encoderOf returns the short way for a t, nil where there is none.
func encoderOf(t reflect.Type) encodeFunc {
	if f, ok := encodersByType.Load(t); ok {
		return f.(encodeFunc)
	}
	f := newEncoder(t)
	encodersByType.Store(t, f)
	return f
}

func newEncoder(t reflect.Type) encodeFunc {
	if encodesItself(t) {
		return nil
	}
	switch k := t.Kind(); {
	case k == reflect.Bool:
		return func(dst []byte, v reflect.Value) ([]byte, bool) { return strconv.AppendBool(dst, v.Bool()), true }
	case k >= reflect.Int && k <= reflect.Int64:
		return func(dst []byte, v reflect.Value) ([]byte, bool) { return strconv.AppendInt(dst, v.Int(), 10), true }
	case k >= reflect.Uint && k <= reflect.Uint64:
		return func(dst []byte, v reflect.Value) ([]byte, bool) { return strconv.AppendUint(dst, v.Uint(), 10), true }
	case k == reflect.Float64:
		return func(dst []byte, v reflect.Value) ([]byte, bool) { return appendFloat(dst, v.Float()) }
	case k == reflect.String:
		return func(dst []byte, v reflect.Value) ([]byte, bool) { return appendString(dst, v.String()) }
	}
	return nil
}

func decodeBool(raw []byte, v reflect.Value) bool {
	if string(raw) != "true" && string(raw) != "false" {
		return false
	}
	v.SetBool(raw[0] == 't')
	return true
}

func decodeInt(raw []byte, v reflect.Value) bool {
	digits := raw
	if raw[0] == '-' {
		digits = raw[1:]
	}
	u, ok := parseDigits(digits)
	n := int64(u)
	if len(digits) < len(raw) {
		n = -n
	}
	if !ok || v.OverflowInt(n) {
		return false
	}
	v.SetInt(n)
	return true
}

func decodeUint(raw []byte, v reflect.Value) bool {
	u, ok := parseDigits(raw)
	if !ok || v.OverflowUint(u) {
		return false
	}
	v.SetUint(u)
	return true
}

// parseDigits reads up to 18 digits: more might overflow, and the codec knows what then.
func parseDigits(b []byte) (u uint64, ok bool) {
	if len(b) > 18 {
		return 0, false
	}
	for _, c := range b {
		if c -= '0'; c > 9 {
			return 0, false
		}
		u = u*10 + uint64(c)
	}
	return u, true
}

func decodeFloat(raw []byte, v reflect.Value) bool {
	if c := raw[0]; c != '-' && c-'0' > 9 {
		return false
	}
	if u, ok := parseDigits(raw); ok && u < 1<<53 {
		v.SetFloat(float64(u))
		return true
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		return false
	}
	v.SetFloat(f)
	return true
}

func decodeString(raw []byte, v reflect.Value) bool {
	if raw[0] != '"' {
		return false
	}
	text := raw[1 : len(raw)-1]
	if bytes.IndexByte(text, '\\') < 0 {
		v.SetString(string(text))
		return true
	}
	scratch := takeBuffer()
	out, ok := unescape(*scratch, text)
	if ok {
		v.SetString(string(out))
	}
	giveBuffer(scratch, out)
	return ok
}

// appendFloat writes a number as ECMAScript does (ECMA-262, Number::toString), as the codec.
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

const hexDigits = "0123456789abcdef"

// appendString writes a string with the fewest escapes (RFC 8785, section 3.2.2.2).
func appendString(dst []byte, text string) ([]byte, bool) {
	dst = append(dst, '"')
	s := []byte(text) // not copied: nothing writes to it
	for {
		n := plainPrefix(s)
		dst, s = append(dst, s[:n]...), s[n:]
		if len(s) == 0 {
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
