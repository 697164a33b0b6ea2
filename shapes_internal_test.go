//lint:file-ignore U1000 some fields are there to be left out

package jsonrpc

import (
	stdjson "encoding/json"
	"reflect"
	"time"
)

// The types that the short way is compared for, plain ones and such as must be left to the
// codec. A new shape of types needs no more than a line here.
var plainTypes = []reflect.Type{
	reflect.TypeFor[bool](), reflect.TypeFor[plainBool](),
	reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[int16](), reflect.TypeFor[int32](), reflect.TypeFor[int64](), reflect.TypeFor[plainInt](),
	reflect.TypeFor[uint](), reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](), reflect.TypeFor[plainUint](), reflect.TypeFor[uintptr](),
	reflect.TypeFor[float32](), reflect.TypeFor[float64](), reflect.TypeFor[plainFloat](),
	reflect.TypeFor[string](), reflect.TypeFor[plainString](), reflect.TypeFor[stdjson.Number](),
	reflect.TypeFor[time.Duration](), reflect.TypeFor[time.Month](), reflect.TypeFor[time.Time](),

	reflect.TypeFor[*int](), reflect.TypeFor[**string](), reflect.TypeFor[*plainBool](), reflect.TypeFor[***float64](),
	reflect.TypeFor[[]int](), reflect.TypeFor[[]int64](), reflect.TypeFor[[]float64](), reflect.TypeFor[[]string](), reflect.TypeFor[[]plainInt](), reflect.TypeFor[[]bool](), reflect.TypeFor[[][]float64](), reflect.TypeFor[[]*bool](), reflect.TypeFor[*[]plainInt](), reflect.TypeFor[plainSlice](),
	reflect.TypeFor[[]byte](), reflect.TypeFor[[]plainByte](), reflect.TypeFor[[][]byte](), reflect.TypeFor[[]stdjson.RawMessage](),
	reflect.TypeFor[[2]int](), reflect.TypeFor[[]any](), reflect.TypeFor[any](), reflect.TypeFor[map[string]int](),

	reflect.TypeFor[struct{}](), reflect.TypeFor[[]struct{}](),
	reflect.TypeFor[plainPoint](), reflect.TypeFor[*plainPoint](), reflect.TypeFor[[]plainPoint](), reflect.TypeFor[[]*plainPoint](),
	reflect.TypeFor[plainTags](), reflect.TypeFor[plainNested](), reflect.TypeFor[[]plainNested](),
	reflect.TypeFor[plainOmits](), reflect.TypeFor[plainOmitsZero](), reflect.TypeFor[plainMany](), reflect.TypeFor[plainSimilar](),
	reflect.TypeFor[plainTree](), reflect.TypeFor[plainMixed](), reflect.TypeFor[plainSecret](), reflect.TypeFor[plainEmbeds](),

	tags(`json:"é"`, `json:"a b"`, `json:"<"`, `json:"'x'"`, `json:"a/b"`, `json:""`), tags(`json:"a,string"`, `json:"b,string,omitempty"`),
	tags(`json:"a,omitempty,omitempty"`), tags(`json:"-,"`), tags(`json:"-b"`, `json:"'-'"`), tags(`json:"a,nonsense"`), tags(`json:"a,case:ignore"`), tags(`json:"a,inline"`),
	tags(`json:"x"`, `json:"x"`), tags(`json:"B"`, ``), tags(`json:"a,"`), tags(`json:",,"`), tags(`json: "a"`), tags(`json`), tags(`json:"a" json:"b"`), tags(`json:" a"`), tags(`json:"a, omitempty"`),
	tags(`json:"-"`), tags(`json:"-"`, `json:"-"`), tags(``, `json:"-"`), tags(`json:"a,format:x"`), tags(`json:"a,embed"`), tags(`json:"a,unknown"`), tags(`json:"a,OmitEmpty"`), tags(`json:"a,omitzero:x"`),

	reflect.TypeFor[ownInt](), reflect.TypeFor[ownText](), reflect.TypeFor[*ownInt](), reflect.TypeFor[[]ownText](), reflect.TypeFor[holdsOwn](),
	reflect.TypeFor[zeroOnValue](), reflect.TypeFor[zeroOnPointer](), reflect.TypeFor[holdsZeros](), reflect.TypeFor[holdsZeroOnPointer](), reflect.TypeFor[[]holdsZeroOnPointer](),
}

// tags returns a struct type of integers A, B and so on with tags.
func tags(tags ...reflect.StructTag) reflect.Type {
	fields := make([]reflect.StructField, len(tags))
	for i, tag := range tags {
		fields[i] = reflect.StructField{Name: string(rune('A' + i)), Type: reflect.TypeFor[int](), Tag: tag}
	}
	return reflect.StructOf(fields)
}

type (
	plainBool   bool
	plainInt    int32
	plainUint   uint64
	plainByte   uint8
	plainFloat  float64
	plainString string
	plainSlice  []plainString

	plainPoint struct{ X, Y int }

	plainTags struct {
		A int    `json:"a"`
		B string `json:"bee"`
		C bool   `json:"-"`
		D float64
		e int
		F uint8 `json:",omitempty"`
	}
	plainNested struct {
		Name  string       `json:"name"`
		At    plainPoint   `json:"at"`
		Way   []plainPoint `json:"way"`
		Maybe *plainPoint  `json:"maybe"`
		Deep  struct {
			Text []string `json:"text"`
		} `json:"deep"`
	}
	plainOmits struct {
		A bool        `json:"a,omitempty"`
		B int         `json:"b,omitempty"`
		C uint        `json:"c,omitempty"`
		D float64     `json:"d,omitempty"`
		E string      `json:"e,omitempty"`
		F []int       `json:"f,omitempty"`
		G *int        `json:"g,omitempty"`
		H plainPoint  `json:"h,omitempty"`
		I *plainPoint `json:"i,omitempty"`
	}
	plainOmitsZero struct {
		A bool        `json:"a,omitzero"`
		B int         `json:"b,omitzero"`
		C uint        `json:"c,omitzero"`
		D float64     `json:"d,omitzero"`
		E string      `json:"e,omitzero"`
		F []int       `json:"f,omitzero"`
		G *int        `json:"g,omitzero"`
		H plainPoint  `json:"h,omitzero"`
		I plainOmits  `json:"i,omitzero,omitempty"`
		J *plainPoint `json:"j,omitempty,omitzero"`
	}
	plainSimilar struct {
		A     int `json:"a"`
		AB    int `json:"ab"`
		ABC   int `json:"abc"`
		Upper int `json:"A"`
		Line  int `json:"a_b"`
		Dash  int `json:"a-b"`
		Digit int `json:"1"`
	}
	plainTree struct {
		Value int          `json:"value"`
		Nodes []*plainTree `json:"nodes,omitempty"`
	}
	plainMixed struct {
		A int            `json:"a"`
		M map[string]int `json:"m"`
		V any            `json:"v"`
		R [2]int         `json:"r"`
		T time.Time      `json:"t,omitzero"`
	}
	plainSecret struct{ hidden int }
	plainEmbeds struct {
		plainPoint
		*plainOmits
		Z int
	}

	ownInt             int
	ownText            string
	holdsOwn           struct{ A, B ownInt }
	zeroOnValue        int
	zeroOnPointer      int
	holdsZeroOnPointer struct {
		B zeroOnPointer `json:"b,omitzero"`
	}
	holdsZeros struct {
		A zeroOnValue   `json:"a,omitzero"`
		B zeroOnPointer `json:"b,omitzero"`
		C *zeroOnValue  `json:"c,omitzero"`
		D zeroOnValue   `json:"d,omitempty"`
	}
)

func (n ownInt) MarshalJSON() ([]byte, error)   { return []byte(`"own"`), nil }
func (s *ownText) UnmarshalText(b []byte) error { *s = ownText("<" + string(b) + ">"); return nil }
func (n zeroOnValue) IsZero() bool              { return n == 7 }
func (n *zeroOnPointer) IsZero() bool           { return *n == 7 }

// plainMany has more fields than the set of those seen may hold.
type plainMany struct {
	A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, B0, B1, B2, B3, B4, B5, B6, B7, B8, B9, C0, C1, C2, C3, C4, C5, C6, C7, C8, C9, D0, D1, D2, D3, D4 int
	E0, E1, E2, E3, E4, E5, E6, E7, E8, E9, F0, F1, F2, F3, F4, F5, F6, F7, F8, F9, G0, G1, G2, G3, G4, G5, G6, G7, G8, G9, H0, H1, H2, H3, H4 string
}

// plainSeeds are values for these types, and near misses.
var plainSeeds = []string{
	`true`, `false`, `null`, `0`, `-0`, `1`, `-1`, `127`, `128`, `-128`, `-129`, `255`, `256`, `65536`, `2147483648`, `-2147483649`, `4294967296`,
	`9007199254740992`, `9007199254740993`, `999999999999999999`, `1000000000000000000`, `9223372036854775807`, `9223372036854775808`, `-9223372036854775808`,
	`-9223372036854775809`, `18446744073709551615`, `18446744073709551616`, `123456789012345678901234567890`,
	`1.0`, `-0.0`, `0.1`, `1e0`, `1E+2`, `1e-7`, `1e21`, `-1e-9`, `1e308`, `1e309`, `5e-324`, `2e-324`, `1.7976931348623157e308`, `0.30000000000000004`, `100e-2`,
	`""`, `"x"`, `"true"`, `"1"`, `"1.5"`, `"\"\\\/\b\f\n\r\t"`, `"\u0000\u001f\u007f\u0080"`, `"\u00e9\u20AC"`, `"é€😀"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00\ud83d"`,
	`"\ud83d\u0041"`, `"\\u0041"`, `"a\\"`, `"\\\""`, `"é\""`, "\"\u2028\u2029<>&'\"", `"AP8="`, `"AP8"`, `"2026-01-02T03:04:05Z"`,
	`[]`, `[ ]`, `[1,2,3]`, "[ 1 ,\t2\n,\r3 ]", `[null]`, `[1,null,2]`, `[1.5,"x"]`, `["a","b","\u0063"]`, `[[],[1],[2,3]]`, `[[null]]`, `[true,null,false]`, `[0,255]`, `[1,2,3,4,5,6,7,8,9,10]`,
	`{}`, `{ }`, `[{}]`, `[{},null,{}]`, `{"X":1,"Y":2}`, `{"Y":1,"X":2}`, `{ "X" : 1 , "Y" : 2 }`, `{"X":1}`, `{"X":null}`, `{"x":1,"y":2}`, `{"X":1,"X":1}`, `{"X":1,"Z":{"a":[1]}}`,
	`{"\u0058":1,"Y":2}`, `{"X":1,"\u0058":2}`, `{"X":1.0}`, `{"X":"1"}`, `{"X":9223372036854775808}`, `[{"X":1,"Y":2},{"Y":3}]`, `[{"X":1},null]`,
	`{"a":1,"bee":"b","D":2.5,"F":3}`, `{"C":true,"-":true,"e":1,"hidden":1}`, `{"F":0}`, `{"":1}`, `{"a":"x"}`,
	`{"name":"n","at":{"X":1,"Y":2},"way":[{"X":1},{"Y":2}],"maybe":{"X":3},"deep":{"text":["a","b"]}}`, `{"maybe":null,"way":null,"deep":{}}`, `{"at":null}`, `{"deep":null}`, `{"deep":{"text":null}}`,
	`{"a":true,"b":1,"c":2,"d":-0,"e":"","f":[],"g":0,"h":{},"i":{}}`, `{"a":false,"b":0,"c":0,"d":0.0,"f":null,"g":null,"h":{"X":0},"i":null,"j":{}}`, `{"i":{"f":[1]},"d":-0.0}`,
	`{"a":1,"ab":2,"abc":3,"A":4,"a_b":5,"a-b":6,"1":7}`, `{"abc":1,"ab":2,"a":3}`, `{"abcd":1}`, `{"value":1,"nodes":[{"value":2},{"nodes":[{"value":3}]},null]}`,
	`{"a":1,"m":{"x":1},"v":[1,{}],"r":[1,2],"t":"2026-01-02T03:04:05Z"}`, `{"r":[1]}`, `{"X":1,"a":true,"Z":3}`, `{"a":"1","b":"1.5"}`, `{"é":1,"a b":2,"<":3,"x":4,"'x'":4,"a/b":5,"F":6}`,
	`{"-":1,"-b":2}`, `{"x":1}`, `{"A":7,"B":8}`, `{"a":7,"b":7,"c":7,"d":7}`, `{"a":0,"b":0,"c":0,"d":0}`, `{"A0":1,"H4":"x","D4":2}`,
}
