package openrpc_test

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math/rand"
	randv2 "math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// gives is a registry with a method that returns a T.
func gives[T any]() jsonrpc.RPC { return jsonrpc.RPC{"m": func() (v T) { return v }} }

// schemaNames lists the parts of a document.
func schemaNames(doc *openrpc.Document) []string {
	if doc.Components == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(doc.Components.Schemas))
}

// TestSchemas spells some out: what the properties leave open, people see.
func TestSchemas(t *testing.T) {
	for _, c := range []struct {
		rpc  jsonrpc.RPC
		want string
	}{
		{gives[int8](), `{"type":"integer","minimum":-128,"maximum":127}`},
		{gives[uint32](), `{"type":"integer","minimum":0,"maximum":4294967295}`},
		{gives[int64](), `{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}`},
		{gives[uint64](), `{"type":"integer","minimum":0,"maximum":18446744073709551615}`},
		{gives[float64](), `{"type":"number"}`},
		{gives[*string](), `{"type":["string","null"]}`},
		{gives[any](), `{}`},
		{gives[io.Reader](), `{}`},
		{gives[[]byte](), `{"type":"string","contentEncoding":"base64"}`},
		{gives[[2]bool](), `{"type":"array","items":{"type":"boolean"},"minItems":2,"maxItems":2}`},
		{gives[map[string]string](), `{"type":"object","additionalProperties":{"type":"string"}}`},
		{gives[map[int8]bool](), `{"type":"object","propertyNames":{"pattern":"^(0|-?[1-9][0-9]*)$"},"additionalProperties":{"type":"boolean"}}`},
		{gives[time.Time](), `{"type":"string","format":"date-time"}`},
		{gives[time.Duration](), `{"description":"nanoseconds","type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}`},
		{gives[[]marked](), `{"type":"array","items":{"type":"string"}}`},
		{gives[struct{}](), `{"type":"object"}`},
		{gives[loop](), `{"$ref":"#/components/schemas/loop"}`},
		{gives[struct {
			A int8 `json:"a" doc:"The first."`
			B color
			C *color `doc:"The last."`
		}](), `{"type":"object","properties":{"a":{"description":"The first.","type":"integer","minimum":-128,"maximum":127},` +
			`"B":{"$ref":"#/components/schemas/color"},` +
			`"C":{"description":"The last.","anyOf":[{"$ref":"#/components/schemas/color"},{"type":"null"}]}},"required":["a","B","C"]}`},
		{gives[struct {
			A color `doc:"With a text."`
		}](), `{"type":"object","properties":{"A":{"description":"With a text.","allOf":[{"$ref":"#/components/schemas/color"}]}},"required":["A"]}`},
	} {
		if diff := cmp.Diff(c.want, jsonOf(t, describe(t, c.rpc, nil).Methods[0].Result.Schema)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestRequired: what is written always is required of a result, and nothing of a parameter.
func TestRequired(t *testing.T) {
	s := schemasOf[tags](t, nil).doc.Components.Schemas
	if diff := cmp.Diff([]string{"never", "pair", "when", "-x", "Untagged", "a b/c~d"}, s["tags"].Required); diff != "" {
		t.Errorf("of the result (-want +got):\n%s", diff)
	}
	if got := s["tagsInput"].Required; got != nil {
		t.Errorf("of the parameter: %v", got)
	}
	if got := schemasOf[outer](t, nil).doc.Components.Schemas["outer"].Required; !slices.Equal(got, []string{"x", "w"}) {
		t.Errorf("behind an embedded pointer: %v", got)
	}
}

// TestAsymmetric are types that are taken in another way than they are given.
func TestAsymmetric(t *testing.T) {
	for _, c := range []struct {
		name, written, accepted string
		schemas                 both
	}{
		{"a text", `"once"`, `{"N":1}`, schemasOf[once](t, nil)},
		{"bytes that are written as texts", `["m","m"]`, `"AQI="`, schemasOf[[]marked](t, nil)},
		{"an interface", `{"any":1}`, `null`, schemasOf[io.Reader](t, nil)},
	} {
		written, accepted := `{"v":`+c.written+`}`, `{"v":`+c.accepted+`}`
		if err := c.schemas.written.Validate(written); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if err := c.schemas.accepted.Validate(accepted); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.schemas.accepted.Validate(written) == nil {
			t.Errorf("%s: %s is accepted too", c.name, c.written)
		}
	}
}

// TestInput: a type has a second schema only where it is taken and given, and the two differ.
func TestInput(t *testing.T) {
	give, take := func() (v inner) { return v }, jsonrpc.Func(func(inner) {}, "v")
	for name, c := range map[string]struct {
		rpc  jsonrpc.RPC
		want []string
	}{
		"given":           {jsonrpc.RPC{"give": give}, []string{"inner"}},
		"taken":           {jsonrpc.RPC{"take": take}, []string{"inner"}},
		"both":            {jsonrpc.RPC{"give": give, "take": take}, []string{"inner", "innerInput"}},
		"alike":           {jsonrpc.RPC{"give": func() (v color) { return v }, "take": func(color) {}}, []string{"color"}},
		"alike inside":    {jsonrpc.RPC{"give": func() (v forest) { return v }, "take": func(forest) {}}, []string{"forest"}},
		"by what it uses": {jsonrpc.RPC{"give": func() (v list2) { return v }, "take": func(list2) {}}, []string{"inner", "innerInput", "list2", "list2Input"}},
	} {
		if diff := cmp.Diff(c.want, schemaNames(describe(t, c.rpc, nil))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

type list2 []inner

type größe struct{ N int }

// loop leads to itself, and nowhere else.
type loop *loop

// Tag is one more of that name.
type Tag struct{ Name string }

// TestNames: each type has a name of its own, the same whatever else there is.
func TestNames(t *testing.T) {
	type inner struct{ Local int }
	type pages = page[page[*inner]]
	for name, c := range map[string]struct {
		rpc  jsonrpc.RPC
		want []string
	}{
		"generics":         {gives[page[tree]](), []string{"page_tree", "tree"}},
		"generics of many": {gives[pair[string, []map[int]time.Duration]](), []string{"pair_string_map_int_Duration"}},
		"local types":      {jsonrpc.RPC{"a": func() (v inner) { return v }, "b": func() (v list2) { return v }}, []string{"inner", "inner_2", "list2"}},
		"two packages": {gives[struct {
			A openrpc.Tag
			B Tag
		}](), []string{"ExternalDocs", "openrpc.Tag", "openrpc_test.Tag"}},
		"no letters of ASCII": {gives[größe](), []string{"gr__e"}},
		"two packages of one name": {gives[struct {
			A rand.Rand
			B randv2.Rand
		}](), []string{"math.rand.Rand", "math.rand.v2.Rand"}},
		"generics of generics": {gives[pages](), []string{"inner", "page_inner", "page_page_inner"}},
	} {
		doc := describe(t, c.rpc, nil)
		if diff := cmp.Diff(c.want, schemaNames(doc)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

type faultyTag struct {
	A int `json:"B"`
	B int
}

type hidden struct{ _ sync.Mutex }

// TestUnencodable: what is no JSON allows anything, and says why.
func TestUnencodable(t *testing.T) {
	for name, c := range map[string]struct {
		rpc  jsonrpc.RPC
		want string
	}{
		"a channel inside":  {gives[[]chan int](), "a chan int is no JSON"},
		"a function inside": {gives[map[string]func()](), "a func() is no JSON"},
		"a complex number":  {gives[complex64](), "a complex64 is no JSON"},
		"keys":              {gives[map[bool]int](), "a map[bool]int is no JSON"},
		"keys of numbers":   {gives[map[json.Number]int](), "a map[json.Number]int is no JSON"},
		"two fields of one name": {gives[faultyTag](),
			`a openrpc_test.faultyTag is no JSON: Go struct fields A and B conflict over JSON object name \"B\"`},
		"no fields": {gives[hidden](), "a openrpc_test.hidden is no JSON: Go struct has no exported fields"},
		"the option string": {gives[struct {
			//lint:ignore SA5008 what becomes of it is tested
			A []int `json:",string"`
		}](), "the tag option string is not for a []int"},
	} {
		text := jsonOf(t, describe(t, c.rpc, nil))
		if !strings.Contains(text, `"description":"`+c.want+`"`) {
			t.Errorf("%s: want %s in %s", name, c.want, text)
		}
	}
}

type panics struct{ N int }

func (panics) JSONSchema() json.RawMessage { panic("no schema") }

type babbles struct{ N int }

func (babbles) JSONSchema() json.RawMessage { return json.RawMessage(`{"type":`) }

type badEnum string

func (badEnum) Enum() []any { return []any{func() {}} }

// mutes has values that panic when they are written.
type mutes int

func (mutes) Enum() []any { return []any{mutes(1)} }

func (mutes) MarshalText() ([]byte, error) { panic("mute") }

// picky decodes itself, and refuses what nobody has asked it.
type picky struct{ N int8 }

func (*picky) UnmarshalJSON([]byte) error { return errors.New("no") }

type base struct{ N int }

func (base) JSONSchema() json.RawMessage { return json.RawMessage(`{"description":"of base"}`) }

type derived struct {
	base
	M int
}

type overriding struct{ base }

func (overriding) JSONSchema() json.RawMessage { return json.RawMessage(`{"description":"its own"}`) }

// TestOwnSchemas: what a type says of itself, and what becomes of it when it can not.
func TestOwnSchemas(t *testing.T) {
	for name, c := range map[string]struct {
		rpc  jsonrpc.RPC
		want string
	}{
		"a schema":                     {gives[pattern](), `{"title":"pattern","type":"string","pattern":"^p"}`},
		"values":                       {gives[color](), `{"title":"color","type":"string","enum":["red","green"]}`},
		"values that are texts":        {gives[level](), `{"title":"level","type":"string","enum":["level-1","level-2","level-3"]}`},
		"a panic":                      {gives[panics](), `{"title":"panics","description":"openrpc_test.panics does not say its schema: panic: no schema"}`},
		"no JSON":                      {gives[babbles](), `{"title":"babbles","description":"openrpc_test.babbles does not say its schema: what JSONSchema returns is none"}`},
		"values that are none":         {gives[badEnum](), `{"title":"badEnum","description":"the values of openrpc_test.badEnum are no JSON"}`},
		"values that panic":            {gives[mutes](), `{"title":"mutes","description":"the values of openrpc_test.mutes are no JSON"}`},
		"what decodes itself alone":    {gives[picky](), `{"title":"picky","type":"object","properties":{"N":{"type":"integer","minimum":-128,"maximum":127}},"required":["N"]}`},
		"what an embedded field says":  {gives[derived](), `{"title":"derived","type":"object","properties":{"N":{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807},"M":{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}},"required":["N","M"]}`},
		"what is said in place of it":  {gives[overriding](), `{"title":"overriding","description":"its own"}`},
		"a pointer to one that speaks": {gives[**pattern](), `{"title":"pattern","type":"string","pattern":"^p"}`},
	} {
		doc := describe(t, c.rpc, nil)
		names := schemaNames(doc)
		if len(names) != 1 {
			t.Fatalf("%s: found the schemas %v", name, names)
		}
		if diff := cmp.Diff(c.want, jsonOf(t, doc.Components.Schemas[names[0]])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestToldTypes: what Options say of types goes before all else.
func TestToldTypes(t *testing.T) {
	opts := &openrpc.Options{Types: map[reflect.Type]openrpc.Type{
		reflect.TypeFor[inner]():         {Doc: "A place.", Fields: map[string]string{"y": "Up."}},
		reflect.TypeFor[color]():         {Enum: []any{"blue"}},
		reflect.TypeFor[level]():         {Schema: &openrpc.Schema{Const: json.RawMessage("1")}},
		reflect.TypeFor[[]color]():       {Doc: "Many colors."},
		reflect.TypeFor[time.Duration](): {Schema: &openrpc.Schema{Type: openrpc.Types{"number"}}, Doc: "Told."},
	}}
	rpc := jsonrpc.RPC{"m": func() (v struct {
		A inner
		B color
		C level
		D []color
		E time.Duration
	}) {
		return v
	}}
	doc := describe(t, rpc, opts)
	got := map[string]string{"": jsonOf(t, doc.Methods[0].Result.Schema.Properties.Get("D"))}
	for name, s := range doc.Components.Schemas {
		got[name] = jsonOf(t, s)
	}
	number := `"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}`
	want := map[string]string{
		"inner":    `{"title":"inner","description":"A place.","type":"object","properties":{"x":{` + number + `,"y":{"description":"Up.",` + number + `},"required":["x","y"]}`,
		"color":    `{"title":"color","type":"string","enum":["blue"]}`,
		"level":    `{"title":"level","const":1}`,
		"Duration": `{"title":"Duration","description":"Told.","type":"number"}`,
		"":         `{"description":"Many colors.","type":"array","items":{"$ref":"#/components/schemas/color"}}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
