package openrpc_test

import (
	"encoding/json"
	"math/big"
	"math/rand/v2"
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// kind is a type in the table of properties.
type kind struct {
	name string
	test func(t *testing.T)
}

// kindOf makes a kind of a T. The invalid values are no values of it, in a result or a parameter.
// Loose kinds have schemas that allow more than the codec takes, since no schema could tell.
func kindOf[T any](loose bool, invalid ...string) kind {
	return kind{typeOf[T](), func(t *testing.T) { testKind[T](t, loose, invalid) }}
}

var tellShade = &openrpc.Options{Types: map[reflect.Type]openrpc.Type{
	reflect.TypeFor[shade](): {Enum: []any{"light", "dark"}},
}}

// exact are kinds whose schema allows nothing that the codec refuses.
func exact() []kind {
	return []kind{
		kindOf[bool](false, `1`, `"true"`),
		kindOf[string](false, `1`, `[]`),
		kindOf[int](false, `1.5`, `"1"`, `9223372036854775808`, `-9223372036854775809`),
		kindOf[int8](false, `128`, `-129`, `"1"`),
		kindOf[int16](false, `32768`),
		kindOf[int32](false, `2147483648`, `-2147483649`),
		kindOf[int64](false, `9223372036854775808`),
		kindOf[uint](false, `-1`, `18446744073709551616`),
		kindOf[uint8](false, `-1`, `256`),
		kindOf[uint16](false, `65536`),
		kindOf[uint32](false, `4294967296`),
		kindOf[uint64](false, `18446744073709551616`),
		kindOf[float32](false, `"1"`, `3.5e38`),
		kindOf[float64](false, `"1"`, `true`),
		kindOf[*int](false, `"1"`, `1.5`),
		kindOf[**string](false, `1`),
		kindOf[[]string](false, `"x"`, `[1]`, `{}`),
		kindOf[[]byte](false, `1`, `"!"`, `"YQ"`),
		kindOf[[]plainByte](false, `1`, `"!"`),
		kindOf[[3]byte](false, `"YWJj"`, `[1,2]`, `[1,2,256]`, `[1,2,3,4]`),
		kindOf[[2]string](false, `["a"]`, `["a",1]`),
		kindOf[[0]int](false, `[1]`),
		kindOf[map[string]int8](false, `[]`, `{"a":"1"}`, `{"a":128}`),
		kindOf[map[color]bool](false, `{"a":1}`),
		kindOf[any](false),
		kindOf[json.RawMessage](false),
		kindOf[jsontext.Value](false),
		kindOf[json.Number](false, `"1"`, `true`),
		kindOf[time.Duration](false, `"1s"`, `1.5`),
		kindOf[time.Month](false, `"March"`),
		kindOf[level](false, `"level-4"`, `1`),
		kindOf[pattern](false, `"x"`, `1`),
		kindOf[flat](false, `[]`, `{"a":128}`, `{"h":{}}`),
		kindOf[tags](false, `1`, `{"empty":1}`, `{"pair":[1]}`, `{"a b/c~d":"x"}`),
		kindOf[quotes](false, `{"int":1}`, `{"uint":"-1"}`, `{"float":"x"}`, `{"bool":true}`, `{"text":"x"}`),
		kindOf[outer](false, `{"x":"1"}`, `{"z":1}`),
		kindOf[members](false, `{"a":1,"more":"x"}`),
		kindOf[anyMembers](false, `{"a":300}`, `[]`),
		kindOf[pointed](false, `{"b":1}`),
		kindOf[tree](false, `{"left":1}`, `{"left":{"left":{"value":"x"}}}`, `{"more":[1]}`),
		kindOf[forest](false, `[[1]]`, `{}`),
		kindOf[index](false, `{"a":1}`, `{"a":{"b":[]}}`),
		kindOf[page[tree]](false, `{"items":[1]}`),
		kindOf[pair[string, []page[int8]]](false, `{"value":[{"items":[300]}]}`),
		kindOf[struct {
			A struct{ B []struct{ C int } }
		}](false, `{"A":{"B":[{"C":"x"}]}}`),
		kindOf[[]map[string][]*[]inner](false, `[{"a":[[1]]}]`),
	}
}

// loose are kinds of which no schema can tell all.
func loose() []kind {
	return []kind{
		kindOf[time.Time](true, `1`, `"yesterday"`, `"2026-01-02"`),
		kindOf[big.Int](true, `"1"`, `1.5`),
		kindOf[*big.Int](true, `"1"`, `1.5`),
		kindOf[big.Float](true, `1`),
		kindOf[big.Rat](true, `1`),
		kindOf[netip.Addr](true, `1`),
		kindOf[netip.Prefix](true, `{}`),
		kindOf[map[int8]bool](true, `{"a":true}`, `{"1.5":true}`),
		kindOf[map[uint]bool](true, `{"-1":true}`),
		kindOf[map[float64]bool](true, `{"x":true}`),
		kindOf[map[name]int](true, `{"a":true}`),
		kindOf[map[any]int](true, `{"a":true}`),
		kindOf[map[netip.Addr]int](true, `{"a":true}`),
		kindOf[name](true, `1`, `{}`),
		kindOf[color](true, `"blue"`, `1`),
		kindOf[*color](true, `"blue"`, `1`),
		kindOf[map[string]color](true, `{"a":"blue"}`),
		kindOf[shade](true, `"red"`),
		kindOf[signal](true),
	}
}

// TestKinds: what is written validates, what is invalid does not, and what validates is accepted.
func TestKinds(t *testing.T) {
	for _, k := range append(exact(), loose()...) {
		t.Run(k.name, k.test)
	}
}

func testKind[T any](t *testing.T, loose bool, invalid []string) {
	s := schemasOf[T](t, tellShade)
	r := rand.New(rand.NewPCG(1, 2))
	for range 80 {
		text, err := encode(random(r, reflect.TypeFor[box[T]](), 0).Interface())
		if err != nil {
			t.Fatalf("a random value: %v", err)
		}
		if err := s.written.Validate(text); err != nil {
			t.Fatalf("the server writes %s\n%v", text, err)
		}
		accepts := (jsonrpc.StrictCodec{}).Unmarshal([]byte(text), new(box[T])) == nil
		if err := s.accepted.Validate(text); err != nil && accepts {
			t.Fatalf("the server accepts %s\n%v", text, err)
		}
		if !loose {
			testSound[T](t, r, s, text)
		}
	}
	for _, text := range invalid {
		text = `{"v":` + text + `}`
		if s.written.Validate(text) == nil {
			t.Errorf("the result's schema allows %s", text)
		}
		if s.accepted.Validate(text) == nil {
			t.Errorf("the parameter's schema allows %s", text)
		}
	}
}

// testSound changes what the server writes: what the schema allows then, the server accepts.
func testSound[T any](t *testing.T, r *rand.Rand, s both, text string) {
	t.Helper()
	for range 20 {
		changed, err := json.Marshal(mutate(r, parse(text)))
		if err != nil {
			t.Fatal(err)
		}
		if s.accepted.Validate(string(changed)) != nil {
			continue
		}
		if err := (jsonrpc.StrictCodec{}).Unmarshal(changed, new(box[T])); err != nil {
			t.Fatalf("the schema allows %s, and the server does not accept it: %v", changed, err)
		}
	}
}
