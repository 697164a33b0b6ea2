package openrpc_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc/internal/metaschema"
)

// isDocument checks a document against the meta-schema, and what that leaves to words: names are
// unique, codes too, optional parameters come last, and each reference leads somewhere.
func isDocument(t *testing.T, doc any) {
	t.Helper()
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := metaschema.Validate(text); err != nil {
		t.Errorf("it is no OpenRPC document: %v\n%s", err, text)
	}
	root := parse(string(text)).(map[string]any)
	unique(t, root["methods"], "name", "methods")
	for _, m := range list(root["methods"]) {
		name := m["name"].(string)
		unique(t, m["params"], "name", name+": params")
		unique(t, m["errors"], "code", name+": errors")
		unique(t, m["tags"], "name", name+": tags")
		optional := false
		for _, p := range list(m["params"]) {
			required, _ := p["required"].(bool)
			if optional && required {
				t.Errorf("%s: %s is required behind an optional one", name, p["name"])
			}
			optional = optional || !required
		}
		if m["result"] == nil {
			t.Errorf("%s: no result, which makes it a notification", name)
		}
	}
	references(t, root, root)
}

func list(v any) []map[string]any {
	elements, _ := v.([]any)
	out := make([]map[string]any, len(elements))
	for i, e := range elements {
		out[i] = e.(map[string]any)
	}
	return out
}

func unique(t *testing.T, v any, member, where string) {
	t.Helper()
	seen := map[any]bool{}
	for _, e := range list(v) {
		if seen[e[member]] {
			t.Errorf("%s: found the %s %v twice", where, member, e[member])
		}
		seen[e[member]] = true
	}
}

// references checks that each reference of v leads to a part of root.
func references(t *testing.T, root, v any) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			references(t, root, e)
		}
	case map[string]any:
		for name, e := range v {
			if to, ok := e.(string); ok && name == "$ref" && !leads(root, to) {
				t.Errorf("the reference %q leads nowhere", to)
			}
			if !slices.Contains([]string{"data", "value", "default", "const", "enum", "examples"}, name) {
				references(t, root, e)
			}
		}
	}
}

func leads(root any, to string) bool {
	path, local := strings.CutPrefix(to, "#/")
	for _, name := range strings.Split(path, "/") {
		object, _ := root.(map[string]any)
		root = object[name]
	}
	return local && root != nil
}

// TestMetaSchema knows what is none.
func TestMetaSchema(t *testing.T) {
	for text, valid := range map[string]bool{
		`{"openrpc":"1.4.1","info":{"title":"","version":""},"methods":[]}`:                                                           true,
		`{"openrpc":"1.3.0","info":{"title":"","version":""},"methods":[]}`:                                                           false,
		`{"openrpc":"1.4.1","info":{"title":""},"methods":[]}`:                                                                        false,
		`{"openrpc":"1.4.1","info":{"title":"","version":""},"methods":[{"name":"m"}]}`:                                               false,
		`{"openrpc":"1.4.1","info":{"title":"","version":""},"methods":[{"name":"m","params":[{"name":"p"}]}]}`:                       false,
		`{"openrpc":"1.4.1","info":{"title":"","version":""},"methods":[{"name":"m","params":[{"name":"p","schema":{"type":"x"}}]}]}`: false,
	} {
		if err := metaschema.Validate([]byte(text)); (err == nil) != valid {
			t.Errorf("%s: %v", text, err)
		}
	}
}
