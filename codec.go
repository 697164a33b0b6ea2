package jsonrpc

import (
	"bytes"
	"cmp"
	stdjson "encoding/json"
	"errors"
	"io"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// Codec turns Go values into JSON and back: parameters, results and the data of errors. It is
// used by many goroutines at once.
//
// MarshalWrite writes one JSON value. Unmarshal sets the value that v points to; data is one
// JSON value, which it must copy what it keeps of.
type Codec interface {
	MarshalWrite(w io.Writer, v any) error
	Unmarshal(data []byte, v any) error
}

// StrictCodec is the default: struct tags mean what they mean to encoding/json, and beyond that
// it refuses duplicate names and text that is not UTF-8, matches names in their exact case,
// sorts the keys of maps, and writes a nil slice as [] and a nil map as {}.
type StrictCodec struct{}

var strictOptions = json.JoinOptions(
	json.WithMarshalers(json.MarshalToFunc(marshalNumber)),
	json.WithUnmarshalers(json.UnmarshalFromFunc(unmarshalNumber)),
	jsonv1.DefaultOptionsV1(),
	jsontext.AllowDuplicateNames(false),
	jsontext.AllowInvalidUTF8(false),
	jsontext.EscapeForHTML(false),
	jsontext.EscapeForJS(false),
	json.MatchCaseInsensitiveNames(false),
	json.FormatNilSliceAsNull(false),
	json.FormatNilMapAsNull(false),
	jsonv1.MergeWithLegacySemantics(false),
	jsonv1.ReportErrorsWithLegacySemantics(false),
	jsonv1.UnmarshalArrayFromAnyLength(false),
	jsonv1.CallMethodsWithLegacySemantics(false),
)

// marshalNumber writes a json.Number as the number that it is; empty is 0, as for encoding/json.
func marshalNumber(enc *jsontext.Encoder, n stdjson.Number) error {
	return enc.WriteValue(jsontext.Value(cmp.Or(n, "0")))
}

// unmarshalNumber takes a number as it is written.
func unmarshalNumber(dec *jsontext.Decoder, n *stdjson.Number) error {
	switch dec.PeekKind() {
	case '0':
	case 'n':
		*n = ""
		return dec.SkipValue()
	default:
		return errors.New("a json.Number is a number")
	}
	raw, err := dec.ReadValue()
	*n = stdjson.Number(raw)
	return err
}

// MarshalWrite writes v as JSON.
func (StrictCodec) MarshalWrite(w io.Writer, v any) error {
	return json.MarshalWrite(w, v, strictOptions)
}

// Unmarshal sets the value that v points to.
func (StrictCodec) Unmarshal(data []byte, v any) error {
	return json.Unmarshal(data, v, strictOptions)
}

// StdCodec is encoding/json as it comes, for programs that rely on its leniency.
type StdCodec struct{}

// MarshalWrite writes v as JSON.
func (StdCodec) MarshalWrite(w io.Writer, v any) error {
	b, err := stdjson.Marshal(v)
	if err == nil {
		_, err = w.Write(b)
	}
	return err
}

// Unmarshal sets the value that v points to.
func (StdCodec) Unmarshal(data []byte, v any) error { return stdjson.Unmarshal(data, v) }

// coder is a Codec at work. With the default one it takes the short way for plain values.
type coder struct {
	codec  Codec
	strict bool
	limit  int // of an answer's bytes; 0: none
}

func newCoder(c Codec, limit int) coder {
	if c == nil {
		c = StrictCodec{}
	}
	_, strict := c.(StrictCodec)
	return coder{codec: c, strict: strict, limit: limit}
}

// errTooLong is why an encoding stopped: the answer's limit.
var errTooLong = errors.New("the answer is over its limit")

// appendWriter collects what a codec writes behind dst.
type appendWriter struct {
	dst   []byte
	start int
	limit int
}

func (w *appendWriter) Write(p []byte) (int, error) {
	if w.limit > 0 && len(w.dst)-w.start+len(p) > w.limit {
		return 0, errTooLong
	}
	w.dst = append(w.dst, p...)
	return len(p), nil
}

// encode appends v's JSON to dst. On an error dst comes back as it was, or longer by what the
// caller cuts off.
func (c coder) encode(dst []byte, v reflect.Value) ([]byte, error) {
	if v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return append(dst, "null"...), nil
	}
	switch v.Type() {
	case typeRawMessage, typeRawValue:
		return appendRaw(dst, v.Bytes())
	}
	if c.strict {
		if s := shortOf(v.Type()); s.encode != nil {
			if out, ok := s.encode(dst, v); ok {
				return out, nil
			}
		}
	}
	w := appendWriter{dst: dst, start: len(dst), limit: c.limit}
	if err := c.codec.MarshalWrite(&w, v.Interface()); err != nil {
		return dst, err
	}
	w.dst = bytes.TrimRight(w.dst, "\n")
	if len(w.dst) == len(dst) {
		return dst, errors.New("the codec wrote nothing")
	}
	return w.dst, nil
}

var (
	typeRawMessage = reflect.TypeFor[stdjson.RawMessage]()
	typeNumber     = reflect.TypeFor[stdjson.Number]()
	typeRawValue   = reflect.TypeFor[jsontext.Value]()
)

// appendRaw appends JSON that somebody else made, checked and compacted; nil is null.
func appendRaw(dst, raw []byte) ([]byte, error) {
	if raw == nil {
		return append(dst, "null"...), nil
	}
	return jsontext.AppendFormat(dst, raw, jsontext.AllowDuplicateNames(true), jsontext.PreserveRawStrings(true),
		jsontext.CanonicalizeRawInts(false), jsontext.CanonicalizeRawFloats(false))
}

// decode sets v, which is zero, from raw. The error tells what does not fit.
func (c coder) decode(raw []byte, v reflect.Value, fast decodeFunc) error {
	if c.strict && fast != nil {
		if fast(raw, 0, v) == len(raw) {
			return nil
		}
		v.SetZero()
	}
	return c.codec.Unmarshal(raw, v.Addr().Interface())
}
