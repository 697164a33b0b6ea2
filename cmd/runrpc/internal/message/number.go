package message

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Same tells whether two ids are one: strings of the same characters, numbers of the same value, null and null.
func Same(a, b jsontext.Value) bool { return Canonical(a) == Canonical(b) }

// Canonical returns a text that an id has in common with those that are the same, and with no other.
func Canonical(id jsontext.Value) string {
	switch id.Kind() {
	case jsontext.KindString:
		text, _ := String(id)
		return `"` + text
	case jsontext.KindNumber:
		if d, ok := decimalOf(id); ok {
			return d.String()
		}
	}
	return string(id)
}

// IsInteger tells whether a value is a number without a fraction, as 1, 1.0 and 1e2 are.
func IsInteger(value jsontext.Value) bool {
	if value.Kind() != jsontext.KindNumber {
		return false
	}
	d, ok := decimalOf(value)
	return ok && d.exponent >= 0
}

// A decimal is a number as ±digits × 10^exponent, where digits neither begin nor end with 0.
type decimal struct {
	negative bool
	digits   string // empty: the number is 0
	exponent int64
}

func (d decimal) String() string { return fmt.Sprintf("%t %s %d", d.negative, d.digits, d.exponent) }

// decimalOf reads a JSON number of any size; ok is false where its exponent is beyond all use.
func decimalOf(number jsontext.Value) (d decimal, ok bool) {
	text, negative := strings.CutPrefix(string(number), "-")
	mantissa, power := text, ""
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		mantissa, power = text[:i], text[i+1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	short := strings.TrimRight(digits, "0")
	if short == "" {
		return decimal{}, true
	}
	exponent := int64(0)
	if power != "" {
		var err error
		if exponent, err = strconv.ParseInt(power, 10, 32); err != nil {
			return decimal{}, false
		}
	}
	exponent += int64(len(digits)-len(short)) - int64(len(fraction))
	return decimal{negative, short, exponent}, true
}
