package document_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
	"github.com/runrpc/jsonrpc/openrpc"
)

// with makes a document with a parameter of a schema, and with components.
func with(schema, components string) string {
	return `{"openrpc":"1.3.2","info":{"title":"T","version":"1"},"methods":[{"name":"m","params":[{"name":"p","schema":` + schema +
		`}]}],"components":{` + components + `},"definitions":{"D":{"type":"string"}}}`
}

func ref(to string) string { return fmt.Sprintf(`{"$ref":%q}`, to) }

func TestFaults(t *testing.T) {
	t.Parallel()
	const a = "#/components/schemas/A"
	schemas := func(text string) string { return `"schemas":{` + text + `}` }
	for name, c := range map[string]struct{ text, want string }{
		"nothing":       {"", "found no OpenRPC document: it is empty"},
		"a page":        {"\n<!DOCTYPE html><title>Sign in</title>", "found no OpenRPC document: it is a web page"},
		"YAML":          {"openrpc: 1.2.6\n", "found no OpenRPC document: it is YAML, want JSON"},
		"no JSON":       {`{"openrpc":}`, "found no OpenRPC document: it is not JSON"},
		"more":          {`{} {}`, "found no OpenRPC document"},
		"a number":      {`1`, "found no OpenRPC document"},
		"OpenAPI":       {`{"openapi":"3.1.0","info":{"title":"T","version":"1"}}`, "found an OpenAPI document, want an OpenRPC document"},
		"a message":     {`{"jsonrpc":"2.0","result":{}}`, "found a JSON-RPC message, want an OpenRPC document"},
		"no version":    {`{"info":{}}`, `found no member "openrpc"`},
		"version 2":     {`{"openrpc":"2.0.0"}`, `found the version "2.0.0", want 1.x`},
		"a wrong type":  {`{"openrpc":"1.2.6","methods":{}}`, "found no OpenRPC document"},
		"no name":       {`{"openrpc":"1.2.6","methods":[{}]}`, "methods[0]: found no name"},
		"a name twice":  {`{"openrpc":"1.2.6","methods":[{"name":"a","params":[]},{"name":"a","params":[]}]}`, `found two methods with the name "a"`},
		"a param twice": {`{"openrpc":"1.2.6","methods":[{"name":"a","params":[{"name":"p","schema":{}},{"name":"p","schema":{}}]}]}`, `found two params with the name "p"`},
		"nowhere":       {with(ref(a), ""), `the method "m": the param "p": the $ref "` + a + `" leads nowhere`},
		"nowhere below": {with(`{"properties":{"x":{"items":{"anyOf":[`+ref(a+"/x")+`]}}}}`, schemas(`"A":{}`)), `the $ref "` + a + `/x" leads nowhere`},
		"elsewhere":     {with(ref("https://example.com/schema.json"), ""), `the $ref "https://example.com/schema.json", want one into the document`},
		"a file":        {with(ref("../other.json#/A"), ""), `want one into the document`},
		"an anchor":     {with(ref("#A"), ""), `want one into the document`},
		"itself":        {with(ref(a), schemas(`"A":`+ref(a))), `the $ref "` + a + `" leads in a circle`},
		"two":           {with(ref(a), schemas(`"A":`+ref("#/components/schemas/B")+`,"B":`+ref(a))), "leads in a circle"},
		"made of it":    {with(ref(a), schemas(`"A":{"anyOf":[{"allOf":[`+ref(a)+`]}]}`)), "leads in a circle"},
		"not it":        {with(ref(a), schemas(`"A":{"not":`+ref(a)+`}`)), "leads in a circle"},
		"unused":        {with(`{}`, schemas(`"A":`+ref(a+"x"))), `components.schemas.A: the $ref "` + a + `x" leads nowhere`},
		"no schema":     {with(ref("#/info/title"), ""), "leads to what is no schema"},
		"null":          {with(`{"properties":{"x":null}}`, ""), "found null, want a schema"},
		"a list":        {with(`[{}]`, ""), "found an array, want a schema"},
		"deep":          {with(strings.Repeat(`{"items":`, 300)+"{}"+strings.Repeat("}", 300), ""), "nested deeper than 200"},
		"very deep":     {strings.Repeat("[", 1_000_000), "nested deeper than 200"},
		"many steps":    {with(ref("#/components/schemas/S0"), schemas(chain(100_000, `{"$ref":"#/components/schemas/S%d"}`))), "over more than 100 steps"},
		"many parts":    {with(ref("#/components/schemas/S0"), schemas(chain(1000, `{"allOf":[{"$ref":"#/components/schemas/S%d"}]}`))), "over more than 100 steps"},
		"much":          {strings.Repeat(" ", 32<<20+1), "found more than 32 MiB"},
		"a long name":   {with(ref("#/"+strings.Repeat("x", 10000)), ""), "the $ref"},
		"other content": {`{"openrpc":"1.2.6","methods":[{"name":"a","params":[` + ref("#/components/contentDescriptors/P") + `]}]}`, "leads nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			_, err := document.Parse([]byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got the error %v, want %s", err, c.want)
			}
			if text := err.Error(); strings.ContainsAny(text, "\n\r") || len(text) > 1000 {
				t.Errorf("got more than a line: %q", text)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// chain makes schemas each of which leads to the next, and at last to none.
func chain(n int, form string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"S%d":`+form+`,`, i, i+1)
	}
	fmt.Fprintf(&b, `"S%d":{}`, n)
	return b.String()
}

func TestReferences(t *testing.T) {
	t.Parallel()
	const components = `"schemas":{
		"A":{"properties":{"x/y~z %":{"type":"integer"}}},
		"B":{"$ref":"#/components/schemas/A"},
		"a/b":{"type":"boolean"},
		"Tree":{"properties":{"trees":{"items":{"$ref":"#/components/schemas/Tree"}}}},
		"T":{"items":[{"type":"null"}]}},
		"contentDescriptors":{"C":{"name":"c","schema":{"type":"number"}}}`
	for to, want := range map[string]string{
		"#/components/schemas/B/":                               "", // a member with an empty name
		"#/components/schemas/a~1b":                             `{"type":"boolean"}`,
		"#/components/schemas/A/properties/x~1y~0z%20%25":       `{"type":"integer"}`,
		"#/components/contentDescriptors/C/schema":              `{"type":"number"}`,
		"#/components/schemas/T/items/0":                        `{"type":"null"}`,
		"#/components/schemas/T/items/1":                        "",
		"#/components/schemas/T/items/-1":                       "",
		"#/components/schemas/T/items/x":                        "",
		"#/definitions/D":                                       `{"type":"string"}`,
		"#/components/schemas/B":                                `{"properties":{"x/y~z %":{"type":"integer"}}}`,
		"#/components/schemas/Tree/properties/trees/items":      `{"properties":{"trees":{"items":{"$ref":"#/components/schemas/Tree"}}}}`,
		"#/components/schemas/Tree/properties/trees/items/deep": "",
	} {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			d, err := document.Parse([]byte(with(ref(to), components)))
			if err != nil {
				if want != "" {
					t.Error(err)
				}
				return
			}
			s, _ := d.Follow(d.Methods[0].Params[0].Schema)
			if text, err := s.MarshalJSON(); err != nil || string(text) != want {
				t.Errorf("got %s (%v), want %s", text, err, want)
			}
		})
	}
}

// Documents of all versions are taken, with a byte order mark too.
func TestVersions(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.0.0-rc1", "1.2.6", "1.3.2", "1.4.1", openrpc.Version} {
		d, err := document.Parse([]byte("\xef\xbb\xbf" + `{"openrpc":"` + version + `","info":{"title":"T","version":"1"},"methods":[{"name":"m","params":[]}]}`))
		if err != nil || len(d.Methods) != 1 {
			t.Errorf("%s: %v", version, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(with(ref("#/definitions/D"), "")))
	f.Add([]byte(with(`{"items":[{},{"allOf":[{"not":{}}]}],"prefixItems":[true]}`, `"schemas":{"A":{"$ref":"#/components/schemas/A"}}`)))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := document.Parse(text)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r\x1b") {
				t.Errorf("got more than a line: %q", err)
			}
			return
		}
		for _, m := range d.Methods {
			for _, p := range m.Params {
				if s, _ := d.Follow(p.Schema); s == nil || s.Ref != "" {
					t.Errorf("found no schema of %q", p.Name)
				}
			}
		}
	})
}
