package openrpc

import (
	stdjson "encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/internal/fields"
)

var (
	typeTime       = reflect.TypeFor[time.Time]()
	typeDuration   = reflect.TypeFor[time.Duration]()
	typeBigInt     = reflect.TypeFor[big.Int]()
	typeNumber     = reflect.TypeFor[stdjson.Number]()
	typeRawMessage = reflect.TypeFor[stdjson.RawMessage]()
	typeRawValue   = reflect.TypeFor[jsontext.Value]()
)

// wellKnown returns the schema of a type that tells more than its kind and its methods do, nil
// for any other.
func wellKnown(t reflect.Type) *Schema {
	switch t {
	case typeTime:
		return &Schema{Type: Types{"string"}, Format: "date-time"}
	case typeDuration:
		s := scalar(t)
		s.Description = "nanoseconds"
		return s
	case typeBigInt:
		return &Schema{Type: Types{"integer"}}
	case typeNumber:
		return &Schema{Type: Types{"number"}}
	case typeRawMessage, typeRawValue:
		return new(Schema)
	}
	return nil
}

// itself returns the schema of a type that has its own way to be written or read, nil for any
// other. What is JSON then is not known, but that a text is a string.
func itself(t reflect.Type, dir direction) *Schema {
	own, any := fields.DecodesItself, fields.DecodesJSON
	if dir == written {
		own, any = fields.EncodesItself, fields.EncodesJSON
	}
	switch {
	case t.Kind() == reflect.Interface || !own(t):
		return nil
	case any(t):
		return new(Schema)
	}
	return &Schema{Type: Types{"string"}}
}

// scalar returns the schema of a boolean, a string or a number. There is no format that tells the
// size of a number: validators refuse formats that they do not know.
func scalar(t reflect.Type) *Schema {
	switch k := t.Kind(); {
	case k == reflect.Bool:
		return &Schema{Type: Types{"boolean"}}
	case k == reflect.String:
		return &Schema{Type: Types{"string"}}
	case k == reflect.Float64:
		return &Schema{Type: Types{"number"}}
	case k == reflect.Float32:
		most := strconv.FormatFloat(math.MaxFloat32, 'g', -1, 32)
		return &Schema{Type: Types{"number"}, Minimum: stdjson.RawMessage("-" + most), Maximum: stdjson.RawMessage(most)}
	case isUnsigned(k):
		return &Schema{Type: Types{"integer"}, Minimum: number(uint64(0)), Maximum: number(uint64(math.MaxUint64) >> (64 - t.Bits()))}
	}
	most := int64(math.MaxInt64) >> (64 - t.Bits())
	return &Schema{Type: Types{"integer"}, Minimum: number(-most - 1), Maximum: number(most)}
}

func number[N int64 | uint64](n N) stdjson.RawMessage { return stdjson.RawMessage(fmt.Sprint(n)) }

func isInteger(k reflect.Kind) bool { return k >= reflect.Int && k <= reflect.Uintptr }

func isUnsigned(k reflect.Kind) bool { return k >= reflect.Uint && k <= reflect.Uintptr }

func isFloat(k reflect.Kind) bool { return k == reflect.Float32 || k == reflect.Float64 }

// numeral is the pattern of a number that stands in a string.
func numeral(k reflect.Kind) string {
	switch {
	case isUnsigned(k):
		return `^(0|[1-9][0-9]*)$`
	case isInteger(k):
		return `^(0|-?[1-9][0-9]*)$`
	}
	return `^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`
}

// quoted returns the schema of a field with the tag option string.
func quoted(t reflect.Type) *Schema {
	switch k := t.Kind(); {
	case k == reflect.Pointer && t.Elem().Kind() != reflect.Pointer:
		return nullable(quoted(t.Elem()))
	case k == reflect.Bool:
		return &Schema{Type: Types{"string"}, Pattern: `^(true|false)$`}
	case k == reflect.String:
		return &Schema{Type: Types{"string"}, Pattern: `^"(.|\n)*"$`}
	case isInteger(k) || isFloat(k):
		return &Schema{Type: Types{"string"}, Pattern: numeral(k)}
	}
	return unencodable(fmt.Sprintf("the tag option string is not for a %v", t))
}
