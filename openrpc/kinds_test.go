package openrpc_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// color says its values.
type color string

func (color) Enum() []any { return []any{color("red"), color("green"), color("red")} }

// level has values that are written as text.
type level int

func (level) Enum() []any { return []any{level(1), level(2), level(3)} }

func (l level) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "level-%d", int(l)), nil }

func (l *level) UnmarshalText(text []byte) error {
	if _, err := fmt.Sscanf(string(text), "level-%d", (*int)(l)); err != nil || *l < 1 || *l > 3 {
		return errors.New("no level")
	}
	return nil
}

// pattern says its schema.
type pattern string

func (pattern) JSONSchema() json.RawMessage {
	return json.RawMessage(`{"type":"string","pattern":"^p"}`)
}

func (p *pattern) UnmarshalJSON(text []byte) error {
	if len(text) < 2 || text[1] != 'p' {
		return errors.New("no pattern")
	}
	return json.Unmarshal(text, (*string)(p))
}

// signal is JSON of its own, and says what.
type signal bool

func (s signal) MarshalJSON() ([]byte, error) {
	if s {
		return []byte(`{"on":true}`), nil
	}
	return []byte(`[]`), nil
}

// shade is told about with Options.
type shade string

// name is a string by another name, and a text.
type name struct{ first, last string }

func (n name) MarshalText() ([]byte, error) { return []byte(n.first + " " + n.last), nil }

func (n *name) UnmarshalText(text []byte) error {
	_, err := fmt.Sscan(string(text), &n.first, &n.last)
	return err
}

// once is read one way and written another.
type once struct{ N int }

func (once) MarshalText() ([]byte, error) { return []byte("once"), nil }

// marked bytes are written one by one.
type marked byte

func (marked) MarshalText() ([]byte, error) { return []byte("m"), nil }

type plainByte byte

type flat struct {
	A int8     `json:"a"`
	B uint16   `json:"b"`
	C string   `json:"c"`
	D float32  `json:"d"`
	E bool     `json:"e"`
	F any      `json:"f"`
	G *int32   `json:"g"`
	H []string `json:"h"`
	I [2]uint8 `json:"i"`
	J []byte   `json:"j"`
	K map[string]float64
	_ int
}

type tags struct {
	Empty    string          `json:"empty,omitempty"`
	Zero     int             `json:"zero,omitzero"`
	Slice    []int           `json:"slice,omitempty"`
	Pointer  *string         `json:"pointer,omitempty"`
	Never    struct{ X int } `json:"never,omitempty"`
	Pair     [2]int          `json:"pair,omitempty"`
	Nothing  [0]int          `json:"nothing,omitempty"`
	When     time.Time       `json:"when,omitempty"`
	Then     time.Time       `json:"then,omitzero"`
	Any      any             `json:"any,omitempty"`
	Dash     int             `json:"-"`
	Minus    int             `json:"-x"`
	Untagged int
	Odd      int `json:"a b/c~d"`
}

type quotes struct {
	Int   int           `json:"int,string"`
	Uint  *uint8        `json:"uint,string"`
	Float float64       `json:"float,string"`
	Bool  bool          `json:"bool,string"`
	Text  string        `json:"text,string"`
	Left  *int          `json:"left,string,omitempty"`
	Span  time.Duration `json:"span,string"`
}

type inner struct {
	X int `json:"x"`
	Y int `json:"y"`
}

type Shown struct {
	Y string `json:"y"`
	Z string `json:"z"`
}

type outer struct {
	inner
	*Shown
	W int `json:"w"`
}

type members struct {
	A     int            `json:"a"`
	Other map[string]int `json:",embed"`
}

type anyMembers struct {
	A     int8           `json:"a"`
	Other jsontext.Value `json:",embed"`
}

type pointed struct {
	Other *map[string]bool `json:",embed"`
}

type tree struct {
	Value int    `json:"value"`
	Left  *tree  `json:"left"`
	Right *tree  `json:"right,omitempty"`
	More  []tree `json:"more"`
	By    map[string]tree
}

type forest []forest

type index map[string]index

type page[T any] struct {
	Items []T  `json:"items"`
	Next  *int `json:"next"`
}

type pair[K comparable, V any] struct {
	Key   K `json:"key"`
	Value V `json:"value"`
}
