// Package metaschema validates OpenRPC documents, and values against the schemas in them, for tests.
package metaschema

import (
	"bytes"
	"embed"
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed *.json
var files embed.FS

// where are the URLs that the schemas refer to each other by.
var where = map[string]string{
	"https://meta.open-rpc.org/":      "openrpc-1.4.json",
	"https://meta.json-schema.tools/": "json-schema-tools.json",
	"https://meta.json-schema.tools":  "json-schema-tools.json",
}

// Validate checks a document against OpenRPC's own schema.
func Validate(document []byte) error {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for url, name := range where {
		text, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return err
		}
		if object, ok := schema.(map[string]any); ok {
			// It calls its dialect by the name of a schema that is in it: draft 7.
			object["$schema"], object["$id"] = "http://json-schema.org/draft-07/schema#", url
		}
		if err := c.AddResource(url, schema); err != nil {
			return err
		}
	}
	s, err := c.Compile("https://meta.open-rpc.org/")
	if err != nil {
		return err
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

// Schema is a schema in a document.
type Schema struct{ compiled *jsonschema.Schema }

// At compiles the schema that a JSON Pointer leads to in a document. Formats and encodings count.
func At(document []byte, pointer string) (*Schema, error) {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft7)
	c.AssertFormat()
	c.AssertContent()
	if err := c.AddResource("mem://openrpc.json", v); err != nil {
		return nil, err
	}
	s, err := c.Compile("mem://openrpc.json#" + pointer)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", pointer, err)
	}
	return &Schema{s}, nil
}

// Validate checks a value.
func (s *Schema) Validate(value string) error {
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(value))
	if err != nil {
		return err
	}
	return s.compiled.Validate(v)
}
