package openrpc_test

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

var info = openrpc.Info{Title: "Test", Version: "1"}

// parse reads JSON as the validator wants it.
func parse(text string) any {
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		panic(err)
	}
	return v
}

// compile compiles the schema that a pointer leads to in a document.
func compile(t testing.TB, doc any, pointer string) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft7)
	c.AssertFormat()
	c.AssertContent()
	if err := c.AddResource("mem://doc.json", parse(string(text))); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("mem://doc.json#" + pointer)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return s
}

// both are the schemas of one type.
type both struct {
	written, accepted *jsonschema.Schema
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

// schemaText returns the JSON of a type's schema, in a box or, for a named one, as its part.
func schemaText[T any](t testing.TB, opts *openrpc.Options, pointer ...string) string {
	t.Helper()
	text, err := json.Marshal(schemasOf[T](t, opts).doc)
	if err != nil {
		t.Fatal(err)
	}
	v := parse(string(text))
	for _, name := range append([]string{"components", "schemas"}, pointer...) {
		object, ok := v.(map[string]any)
		if !ok || object[name] == nil {
			t.Fatalf("there is no %s in %s", name, text)
		}
		v = object[name]
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// typeOf is a T for messages.
func typeOf[T any]() string { return reflect.TypeFor[T]().String() }
