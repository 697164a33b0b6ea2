package jsonrpc

import (
	"bytes"
	"encoding/binary"
	"math"
	"reflect"
	"testing"
	"time"
)

var strictCoder = newCoder(nil, 0)

// compareDecoding decodes text both ways, and returns the value where it is one.
func compareDecoding(t *testing.T, typ reflect.Type, text []byte) (v reflect.Value, ok bool) {
	t.Helper()
	s := scanner{text: text, maxDepth: 1000}
	if s.value(0, 0) != len(text) {
		return v, false // nothing but one value ever comes so far
	}
	got, want := reflect.New(typ).Elem(), reflect.New(typ).Elem()
	wantErr := StrictCodec{}.Unmarshal(text, want.Addr().Interface())
	gotErr := strictCoder.decode(bytes.Clone(text), got, shortOf(typ).decode)
	if (gotErr == nil) != (wantErr == nil) {
		t.Errorf("%v from %s: %v; the codec: %v", typ, text, gotErr, wantErr)
		return v, false
	}
	if gotErr == nil && !sameValue(got, want) {
		t.Errorf("%v from %s: %#v; the codec: %#v", typ, text, got, want)
	}
	return got, gotErr == nil
}

// sameValue compares like reflect.DeepEqual, and tells -0 from 0.
func sameValue(a, b reflect.Value) bool {
	return reflect.DeepEqual(a.Interface(), b.Interface()) &&
		(a.Kind() != reflect.Float64 || math.Signbit(a.Float()) == math.Signbit(b.Float()))
}

// compareEncoding encodes v both ways, as it is and in an interface, and returns the text where
// it has one.
func compareEncoding(t *testing.T, v reflect.Value) (text []byte, ok bool) {
	t.Helper()
	var want bytes.Buffer
	wantErr := StrictCodec{}.MarshalWrite(&want, v.Interface())
	for _, v := range []reflect.Value{v, reflect.ValueOf(v.Interface())} {
		const before = "before"
		got, err := strictCoder.encode([]byte(before), v)
		if (err == nil) != (wantErr == nil) || err == nil && string(got) != before+want.String() {
			t.Errorf("%#v to %s, %v; the codec: %s, %v", v, got, err, &want, wantErr)
		}
	}
	return want.Bytes(), wantErr == nil
}

func FuzzPlain(f *testing.F) {
	for _, text := range plainSeeds {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, typ := range plainTypes {
			if v, ok := compareDecoding(t, typ, text); ok {
				if again, ok := compareEncoding(t, v); ok {
					compareDecoding(t, typ, again)
				}
			}
		}
	})
}

// FuzzPlainValues makes values of the types from the fuzzer's bytes, and reads what they are
// encoded to, also with a byte of it changed.
func FuzzPlainValues(f *testing.F) {
	for _, seed := range []string{
		"", "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
		"\x01hello, world \xe2\x82\xac\"\\<>&\u2028\x00\x7f and on and on and on and on", "\x80\x7f\xf0\x00\x00\x00\x00\x00\x00\x01\x02\x03\x40\x49\x0f\xdb",
	} {
		f.Add([]byte(seed), uint16(3), byte('0'))
	}
	f.Fuzz(func(t *testing.T, seed []byte, at uint16, with byte) {
		for _, typ := range plainTypes {
			v := reflect.New(typ).Elem()
			(&filler{left: seed}).fill(v, 0)
			text, ok := compareEncoding(t, v)
			if !ok {
				continue
			}
			compareDecoding(t, typ, text)
			changed := bytes.Clone(text)
			changed[int(at)%len(changed)] = with
			compareDecoding(t, typ, changed)
		}
	})
}

// filler makes values of what bytes are left; without any it makes zeros.
type filler struct{ left []byte }

func (f *filler) take(n int) []byte {
	b := make([]byte, n)
	f.left = f.left[copy(b, f.left):]
	return b
}

func (f *filler) count(most int) int { return int(f.take(1)[0]) % (most + 1) }

// bits returns a number; small ones are as likely as large ones.
func (f *filler) bits() uint64 { return binary.LittleEndian.Uint64(f.take(8)) >> (8 * f.count(7)) }

func (f *filler) fill(v reflect.Value, depth int) {
	switch k := v.Kind(); {
	case k == reflect.Bool:
		v.SetBool(f.count(1) == 1)
	case v.CanInt():
		v.SetInt(int64(f.bits()))
	case v.CanUint():
		v.SetUint(f.bits())
	case k == reflect.Float64 && f.count(1) == 1:
		v.SetFloat(math.Float64frombits(f.bits()))
	case v.CanFloat():
		v.SetFloat(float64(int64(f.bits())) / 8)
	case k == reflect.String:
		v.SetString(string(f.take(f.count(12))))
	case k == reflect.Pointer && f.count(2) > 0 && depth < 5:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), depth+1)
	case k == reflect.Slice && f.count(2) > 0 && depth < 5:
		v.Set(reflect.MakeSlice(v.Type(), f.count(3), 4))
		f.fillEach(v, v.Len(), v.Index, depth)
	case k == reflect.Array:
		f.fillEach(v, v.Len(), v.Index, depth)
	case k == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		f.fillEach(v, v.NumField(), v.Field, depth)
	}
}

func (f *filler) fillEach(v reflect.Value, n int, part func(int) reflect.Value, depth int) {
	for i := range n {
		if p := part(i); p.CanSet() {
			f.fill(p, depth+1)
		}
	}
}
