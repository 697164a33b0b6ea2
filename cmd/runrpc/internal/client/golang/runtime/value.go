package runtime

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// encode writes JSON without making HTML of it.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// decode reads JSON. Of a value of type any, numbers are of type json.Number, so that no digit is lost.
func decode(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(v)
}

// Nullable is a value that may be null, and may be left out, which it is while it is the zero Nullable.
type Nullable[T any] struct {
	value *T
	null  bool
}

// Some returns a Nullable that is there.
func Some[T any](v T) Nullable[T] { return Nullable[T]{value: &v} }

// Null returns a Nullable that is null.
func Null[T any]() Nullable[T] { return Nullable[T]{null: true} }

// Get returns the value; ok is false where it is null or left out.
func (n Nullable[T]) Get() (value T, ok bool) {
	if n.value == nil {
		return value, false
	}
	return *n.value, true
}

// IsNull tells whether null is there.
func (n Nullable[T]) IsNull() bool { return n.null }

// IsZero tells whether the value is left out.
func (n Nullable[T]) IsZero() bool { return n.value == nil && !n.null }

// MarshalJSON writes the value, or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) {
	if n.value == nil {
		return []byte("null"), nil
	}
	return encode(*n.value)
}

// UnmarshalJSON reads the value, or null.
func (n *Nullable[T]) UnmarshalJSON(text []byte) error {
	*n = Nullable[T]{null: string(text) == "null"}
	if n.null {
		return nil
	}
	n.value = new(T)
	return decode(text, n.value)
}

// A member of an object, whose name may be one that no struct tag can have.
type member struct {
	name     string
	value    any
	optional bool // left out while it is zero
}

// encodeObject writes an object with members, and with others that have no field.
func encodeObject[T any](members []member, others map[string]T) ([]byte, error) {
	object := map[string]any{}
	for name, v := range others {
		object[name] = v
	}
	for _, m := range members {
		if v := reflect.ValueOf(m.value); m.optional && (!v.IsValid() || v.IsZero()) {
			continue
		}
		object[m.name] = m.value
	}
	return encode(object)
}

// decodeObject reads an object into fields, and the others into a map.
func decodeObject[T any](text []byte, fields map[string]any, others *map[string]T) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(text, &object); err != nil {
		return err
	}
	for name, raw := range object {
		if field, ok := fields[name]; ok {
			if err := decode(raw, field); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			continue
		}
		if others == nil {
			continue
		}
		var v T
		if err := decode(raw, &v); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if *others == nil {
			*others = map[string]T{}
		}
		(*others)[name] = v
	}
	return nil
}

// positional makes an array of params: the last ones are left out while they are zero, and null between others.
func positional(params []member, rest ...any) []any {
	list := make([]any, 0, len(params)+len(rest))
	for _, p := range params {
		if v := reflect.ValueOf(p.value); p.optional && (!v.IsValid() || v.IsZero()) {
			list = append(list, nil)
			continue
		}
		list = append(list, p.value)
	}
	for len(rest) == 0 && len(list) > 0 && list[len(list)-1] == nil && params[len(list)-1].optional {
		list = list[:len(list)-1]
	}
	return append(list, rest...)
}

// list returns l, which is no null in JSON.
func list[L ~[]T, T any](l L) L {
	if l == nil {
		return L{}
	}
	return l
}

// dict returns m, which is no null in JSON.
func dict[M ~map[string]T, T any](m M) M {
	if m == nil {
		return M{}
	}
	return m
}

// spread returns the elements of a list, to be params each for itself.
func spread[L ~[]T, T any](l L) []any {
	values := make([]any, len(l))
	for i, v := range l {
		values[i] = v
	}
	return values
}
