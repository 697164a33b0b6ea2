package main

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// Inner and Outer embed each other.
type (
	Inner struct {
		*Outer
		A int
	}
	Outer struct {
		*Inner
		B List[Kind]
	}
	List[T comparable] map[T]T
	Kind               string
)

// TestFindTypes finds what the source describes, wherever methods take or give it.
func TestFindTypes(t *testing.T) {
	path := reflect.TypeFor[Inner]().PkgPath()
	docs := []typeDoc{
		{path: path, name: "Inner", doc: "in", fields: map[string]string{"A": "a"}},
		{path: path, name: "Outer", doc: "out", fields: map[string]string{"B": "b"}},
		{path: path, name: "List", doc: "list"},
		{path: path, name: "Kind", enum: []string{`"x"`}},
		{path: "elsewhere", name: "Inner", doc: "another"},
		{path: path, name: "Unused", doc: "nobody's"},
	}
	rpc := jsonrpc.RPC{"m": func([]*Inner) error { return nil }}
	got := newTypeFinder(docs).find(rpc.Methods())
	both := map[string]string{"A": "a", "B": "b"}
	want := map[reflect.Type]openrpc.Type{
		reflect.TypeFor[Inner]():      {Doc: "in", Fields: both},
		reflect.TypeFor[Outer]():      {Doc: "out", Fields: both},
		reflect.TypeFor[List[Kind]](): {Doc: "list"},
		reflect.TypeFor[Kind]():       {Enum: docs[3].values(reflect.TypeFor[Kind]())},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if n := len(want[reflect.TypeFor[Kind]()].Enum); n != 1 {
		t.Errorf("found %d values, want 1", n)
	}
}
