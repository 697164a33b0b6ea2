package openrpc_test

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/internal/metaschema"
	"github.com/runrpc/jsonrpc/openrpc"
)

var info = openrpc.Info{Title: "Test", Version: "1"}

// parse reads JSON, and numbers as they are written.
func parse(text string) (v any) {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		panic(err)
	}
	return v
}

// compile compiles the schema that a pointer leads to in a document.
func compile(t testing.TB, doc any, pointer string) *metaschema.Schema {
	t.Helper()
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := metaschema.At(text, pointer)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return s
}

// both are the schemas of one type.
type both struct {
	written, accepted *metaschema.Schema
	doc               *openrpc.Document
}

// box has one T as a parameter and one as a result, below a name, where the codec decides.
type box[T any] struct {
	V T `json:"v"`
}

// schemasOf makes the schemas of a T inside of a box.
func schemasOf[T any](t testing.TB, opts *openrpc.Options) both {
	t.Helper()
	rpc := jsonrpc.RPC{
		"m": jsonrpc.Func(func(context.Context, box[T]) (r box[T], err error) { return r, nil }, "p"),
	}
	if err := rpc.Check(); err != nil {
		t.Fatal(err)
	}
	doc := openrpc.New(rpc.Describe(), info, opts)
	return both{
		compile(t, doc, "/methods/0/result/schema"),
		compile(t, doc, "/methods/0/params/0/schema"),
		doc,
	}
}

// encode encodes a value as the server does.
func encode(v any) (string, error) {
	var b bytes.Buffer
	err := jsonrpc.StrictCodec{}.MarshalWrite(&b, v)
	return b.String(), err
}

// typeOf is a T for messages.
func typeOf[T any]() string { return reflect.TypeFor[T]().String() }
