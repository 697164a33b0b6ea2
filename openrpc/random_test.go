package openrpc_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"net/netip"
	"reflect"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// maxNested is how deep random values go.
const maxNested = 4

// makers make values of types that have an inside of their own.
var makers = map[reflect.Type]func(*rand.Rand) any{
	reflect.TypeFor[time.Time](): func(r *rand.Rand) any {
		zone := time.FixedZone("", 60*(r.IntN(1600)-800))
		return time.Unix(r.Int64N(200e9)-60e9, r.Int64N(1e9)).In(zone)
	},
	reflect.TypeFor[big.Int](): func(r *rand.Rand) any {
		n := new(big.Int).Mul(big.NewInt(r.Int64()), big.NewInt(r.Int64()-math.MaxInt64/2))
		return *n
	},
	reflect.TypeFor[big.Float](): func(r *rand.Rand) any { return *big.NewFloat(r.NormFloat64()) },
	reflect.TypeFor[big.Rat]():   func(r *rand.Rand) any { return *big.NewRat(r.Int64N(100), 7) },
	reflect.TypeFor[netip.Addr](): func(r *rand.Rand) any {
		return pick(r, netip.Addr{}, netip.AddrFrom4([4]byte{byte(r.Uint32()), 1, 2, 3}), netip.MustParseAddr("fe80::1%eth0"))
	},
	reflect.TypeFor[netip.Prefix]():    func(r *rand.Rand) any { return netip.MustParsePrefix("10.0.0.0/8") },
	reflect.TypeFor[json.Number]():     func(r *rand.Rand) any { return pick[json.Number](r, "", "0", "-1.50", "1e400", "12345678901234567890") },
	reflect.TypeFor[json.RawMessage](): func(r *rand.Rand) any { return pick(r, nil, json.RawMessage(`{"a":[1,null]}`), json.RawMessage(`7`)) },
	reflect.TypeFor[jsontext.Value]():  func(r *rand.Rand) any { return pick(r, nil, jsontext.Value(`"x"`), jsontext.Value(`[{}]`)) },
	reflect.TypeFor[color]():           func(r *rand.Rand) any { return pick[color](r, "red", "green") },
	reflect.TypeFor[level]():           func(r *rand.Rand) any { return pick[level](r, 1, 2, 3) },
	reflect.TypeFor[pattern]():         func(r *rand.Rand) any { return pattern(fmt.Sprintf("p%d", r.IntN(100))) },
	reflect.TypeFor[signal]():          func(r *rand.Rand) any { return signal(r.IntN(2) == 0) },
	reflect.TypeFor[shade]():           func(r *rand.Rand) any { return pick[shade](r, "light", "dark") },
}

func pick[T any](r *rand.Rand, values ...T) T { return values[r.IntN(len(values))] }

// random makes a value of a type.
func random(r *rand.Rand, t reflect.Type, depth int) reflect.Value {
	v := reflect.New(t).Elem()
	if m := makers[t]; m != nil {
		if value := reflect.ValueOf(m(r)); value.IsValid() {
			v.Set(value)
		}
		return v
	}
	fill(r, v, depth)
	if own, ok := v.Addr().Interface().(*anyMembers); ok && own.Other != nil {
		own.Other = jsontext.Value(`{"more":[1]}`) // the members of an object
	}
	return v
}

func fill(r *rand.Rand, v reflect.Value, depth int) {
	t := v.Type()
	none := depth >= maxNested || r.IntN(4) == 0
	switch k := t.Kind(); {
	case k == reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case v.CanInt():
		v.SetInt(pick(r, 0, 1, -1, math.MinInt64, math.MaxInt64, r.Int64()) >> (64 - t.Bits()))
	case v.CanUint():
		v.SetUint(pick(r, 0, 1, math.MaxUint64, r.Uint64()) >> (64 - t.Bits()))
	case k == reflect.Float32:
		v.SetFloat(pick(r, 0, 1.5, -math.MaxFloat32, float64(r.Float32())))
	case k == reflect.Float64:
		v.SetFloat(pick(r, 0, -1.5e-9, math.MaxFloat64, r.NormFloat64()))
	case k == reflect.String:
		v.SetString(pick(r, "", "x", "a\nb \"q\" é😀", fmt.Sprint(r.Int())))
	case none && k != reflect.Struct && k != reflect.Array:
	case k == reflect.Pointer:
		v.Set(random(r, t.Elem(), depth+1).Addr())
	case k == reflect.Slice:
		v.Set(reflect.MakeSlice(t, r.IntN(3), 3))
		fillEach(r, v, depth)
	case k == reflect.Array:
		fillEach(r, v, depth)
	case k == reflect.Map:
		v.Set(reflect.MakeMap(t))
		for range r.IntN(3) {
			v.SetMapIndex(randomKey(r, t.Key(), depth+1), random(r, t.Elem(), depth+1))
		}
	case k == reflect.Interface && t.NumMethod() == 0:
		v.Set(reflect.ValueOf(pick[any](r, true, "text", 1.5, []any{nil, 1}, map[string]any{"a": nil})))
	case k == reflect.Struct:
		for i := range t.NumField() {
			if f := v.Field(i); f.CanSet() {
				f.Set(random(r, t.Field(i).Type, depth+1))
			}
		}
	}
}

func fillEach(r *rand.Rand, v reflect.Value, depth int) {
	for i := range v.Len() {
		v.Index(i).Set(random(r, v.Type().Elem(), depth+1))
	}
}

// randomKey makes a key of a map. An interface holds a string.
func randomKey(r *rand.Rand, t reflect.Type, depth int) reflect.Value {
	if t.Kind() == reflect.Interface {
		return reflect.ValueOf(pick(r, "", "a", "b"))
	}
	return random(r, t, depth)
}

// mutants are values that stand in for parts of others.
var mutants = []string{
	`null`, `true`, `0`, `-1`, `300`, `70000`, `-5000000000`, `1.5`, `1e39`, `1e30`, `123456789012345678901`,
	`""`, `"x"`, `"5"`, `"true"`, `"\"q\""`, `"YWJj"`, `"2026-01-02T03:04:05Z"`, `"red"`,
	`[]`, `[1]`, `["x"]`, `[null]`, `[1,2,3]`, `{}`, `{"a":1}`, `{"1":true}`, `{"a":{}}`,
}

// mutate returns v with a part of it changed.
func mutate(r *rand.Rand, v any) any {
	switch v := v.(type) {
	case []any:
		if len(v) > 0 && r.IntN(3) > 0 {
			i := r.IntN(len(v))
			v[i] = mutate(r, v[i])
			return v
		}
		if r.IntN(3) == 0 {
			return append(v, parse(pick(r, mutants...)))
		}
	case map[string]any:
		if len(v) > 0 && r.IntN(4) > 0 {
			for name := range v {
				if r.IntN(5) == 0 {
					delete(v, name)
				} else {
					v[name] = mutate(r, v[name])
				}
				return v
			}
		}
		if r.IntN(3) == 0 {
			v[pick(r, "x", "A", "a", "1", "-1", "300", "1.5")] = parse(pick(r, mutants...))
			return v
		}
	}
	return parse(pick(r, mutants...))
}
