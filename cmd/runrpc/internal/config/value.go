package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// set gives a flag, or an argument, the value v of a file in the directory dir. The flag decodes it as it
// does what stands on a command line.
func set(to *kong.Value, v any, dir string) error {
	if err := fit(to.Target.Type(), v); err != nil {
		return err
	}
	members, isList := resolved(to, v, dir).([]any)
	if !isList {
		members = []any{resolved(to, v, dir)}
	}
	to.Target.SetZero()
	for _, member := range members { // the flag adds each to its list
		if err := decode(to, member, isList && to.Flag != nil); err != nil {
			return err
		}
	}
	return nil
}

// decode gives a flag a value, or a member of its list, in which separators are then to be escaped.
func decode(to *kong.Value, v any, escape bool) error {
	text := fmt.Sprint(v)
	if to.Enum != "" && !slices.Contains(to.EnumSlice(), text) {
		return fmt.Errorf("found %s, want one of %s", describe(v), strings.Join(to.EnumSlice(), ", "))
	}
	if escape {
		text = kong.JoinEscaped([]string{text}, to.Tag.Sep)
	}
	if _, isTable := v.(map[string]any); !isTable {
		v = text
	}
	if err := to.Parse(kong.Scan().PushTyped(v, kong.FlagValueToken), to.Target); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), to.ShortSummary()+": "))
	}
	return nil
}

// fit checks that a value is what TOML has for a flag of type t. Of a type that has a decoder of its own any
// value is, but for lists and tables.
func fit(t reflect.Type, v any) error {
	ok, want := false, "a string in quotes"
	switch kind := t.Kind(); {
	case kind == reflect.Pointer:
		return fit(t.Elem(), v)
	case t == reflect.TypeFor[time.Duration]():
		text, isString := v.(string)
		_, err := time.ParseDuration(text)
		ok, want = isString && err == nil, `a time like "30s" or "1m30s"`
	case kind == reflect.Slice && t.Name() == "":
		return fitAll(t, v)
	case kind == reflect.Map:
		_, ok = v.(map[string]any) // whose members are checked with their lines
		want = "a table"
	case t.PkgPath() != "":
		kind := reflect.TypeOf(v).Kind()
		ok, want = kind != reflect.Slice && kind != reflect.Map, "a single value"
	case kind == reflect.Bool:
		_, ok = v.(bool)
		want = "true or false"
	case kind >= reflect.Int && kind <= reflect.Uint64:
		_, ok = v.(int64)
		want = "a whole number"
	case kind == reflect.Float32 || kind == reflect.Float64:
		_, whole := v.(int64)
		_, ok = v.(float64)
		ok, want = ok || whole, "a number"
	default:
		_, ok = v.(string)
	}
	if !ok {
		return fmt.Errorf("found %s, want %s", describe(v), want)
	}
	return nil
}

// fitAll checks the members of a list.
func fitAll(t reflect.Type, v any) error {
	list, ok := v.([]any)
	if !ok {
		return fmt.Errorf("found %s, want a list: [%s]", describe(v), strings.TrimPrefix(describe(v), "the string "))
	}
	for _, member := range list {
		if err := fit(t.Elem(), member); err != nil {
			return fmt.Errorf("in the list %w", err)
		}
	}
	return nil
}

// describe tells what stands in a file.
func describe(v any) string {
	switch v := v.(type) {
	case string:
		const most = 40
		if runes := []rune(v); len(runes) > most {
			v = string(runes[:most]) + "…"
		}
		return "the string " + strconv.Quote(v)
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return fmt.Sprint(v)
}

// resolved makes the paths in a value relative to dir, where the flag's type says that it is one.
func resolved(to *kong.Value, v any, dir string) any {
	elem, isMap := strings.CutPrefix(to.Tag.Type, ":")
	if !slices.Contains([]string{"path", "existingfile", "existingdir", "filecontent"}, elem) {
		return v
	}
	switch v := v.(type) {
	case string:
		return below(dir, v)
	case []any:
		list := slices.Clone(v)
		for i, member := range list {
			list[i] = below(dir, fmt.Sprint(member))
		}
		return list
	case map[string]any:
		if !isMap {
			return v
		}
		table := map[string]any{}
		for key, member := range v {
			table[key] = below(dir, fmt.Sprint(member))
		}
		return table
	}
	return v
}

// below returns the absolute path for one that is seen from dir.
func below(dir, path string) string {
	switch {
	case path == "" || path == "-":
		return path
	case strings.HasPrefix(path, "~") || filepath.IsAbs(path):
		return kong.ExpandPath(path)
	}
	return kong.ExpandPath(filepath.Join(dir, filepath.FromSlash(path)))
}
