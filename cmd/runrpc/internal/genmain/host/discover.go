package main

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/openrpc"
)

// discoverable makes a registry describe itself, unless it does so already, and returns what shows that.
func discoverable(rpc jsonrpc.RPC, s settings.Settings) func(*jsonrpc.Application) http.Handler {
	if s.NoDocs {
		return nil
	}
	if _, own := rpc[openrpc.MethodName]; !own {
		info := openrpc.Info{
			Title:       title,
			Version:     cmp.Or(strings.TrimPrefix(s.Built.Revision, "revision "), "devel"),
			Description: about,
		}
		rpc[openrpc.MethodName] = openrpc.Discover(info, &openrpc.Options{Types: newTypeFinder(types()).find(rpc.Methods())})
	}
	return openrpc.Docs
}

// A typeFinder finds the types that the source describes, among those that methods take and give.
type typeFinder struct {
	docs  map[typeName]typeDoc
	seen  map[reflect.Type]bool
	found map[reflect.Type]openrpc.Type
}

type typeName struct{ path, name string }

func newTypeFinder(docs []typeDoc) *typeFinder {
	f := &typeFinder{map[typeName]typeDoc{}, map[reflect.Type]bool{}, map[reflect.Type]openrpc.Type{}}
	for _, d := range docs {
		f.docs[typeName{d.path, d.name}] = d
	}
	return f
}

func (f *typeFinder) find(methods []jsonrpc.MethodInfo) map[reflect.Type]openrpc.Type {
	for _, m := range methods {
		for _, p := range m.Params {
			f.look(p.Type)
		}
		f.look(m.Result)
	}
	return f.found
}

// look looks at a type and all that it is made of.
func (f *typeFinder) look(t reflect.Type) {
	if t == nil || f.seen[t] {
		return
	}
	f.seen[t] = true
	if d, ok := f.doc(t); ok {
		f.found[t] = openrpc.Type{Doc: d.doc, Fields: f.fields(t, nil), Enum: d.values(t)}
	}
	switch t.Kind() {
	case reflect.Map:
		f.look(t.Key())
		f.look(t.Elem())
	case reflect.Pointer, reflect.Slice, reflect.Array:
		f.look(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			f.look(t.Field(i).Type)
		}
	}
}

// doc returns what the source says of a type, which for a generic one stands where that is declared.
func (f *typeFinder) doc(t reflect.Type) (typeDoc, bool) {
	name, _, _ := strings.Cut(t.Name(), "[")
	d, ok := f.docs[typeName{t.PkgPath(), name}]
	return d, ok
}

// fields returns the docs of a type's fields, with those of the structs that it embeds; around are those that
// embed it.
func (f *typeFinder) fields(t reflect.Type, around []reflect.Type) map[string]string {
	d, _ := f.doc(t)
	if t.Kind() != reflect.Struct || slices.Contains(around, t) {
		return d.fields
	}
	all := map[string]string{}
	for i := range t.NumField() {
		field := t.Field(i)
		embedded := field.Type
		if embedded.Kind() == reflect.Pointer {
			embedded = embedded.Elem()
		}
		if field.Anonymous && embedded.Kind() == reflect.Struct {
			maps.Copy(all, f.fields(embedded, append(around, t)))
		}
	}
	maps.Copy(all, d.fields)
	return all
}

// values returns all values of a type, nil where the type says itself what its JSON is.
func (d typeDoc) values(t reflect.Type) []any {
	for _, own := range []string{"Enum", "JSONSchema"} {
		if _, ok := reflect.PointerTo(t).MethodByName(own); ok {
			return nil
		}
	}
	var values []any
	for _, text := range d.enum {
		values = append(values, json.RawMessage(text))
	}
	return values
}
