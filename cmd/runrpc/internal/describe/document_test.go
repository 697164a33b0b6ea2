package describe

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// A large document whose methods share their parts is read once, not once a method.
func TestLargeDocument(t *testing.T) {
	t.Parallel()
	const methods = 3000
	var b strings.Builder
	b.WriteString(`{"methods":[`)
	for i := range methods {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":"m%d","params":[{"$ref":"#/components/contentDescriptors/p%d"}]}`, i, i)
	}
	b.WriteString(`],"components":{"contentDescriptors":{`)
	for i := range methods {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"p%d":{"name":"p","schema":{"type":"object","properties":{"x":{"type":"string","description":%q}}}}`, i, strings.Repeat("x", 1000))
	}
	b.WriteString(`}}}`)
	began := time.Now()
	service, err := read(jsontext.Value(b.String()))
	if err != nil || len(service.Methods) != methods || service.Methods[methods-1].Params[0].Type != "object" {
		t.Fatalf("%v: found %d methods", err, len(service.Methods))
	}
	if took := time.Since(began); took > 20*time.Second { // it is a fraction of a second
		t.Errorf("it took %s", took)
	}
}

// Whatever a server says of itself, it is read or refused, and can be shown.
func FuzzDocument(f *testing.F) {
	f.Add(`{"methods":[{"name":"m","params":[{"$ref":"#/a/b/0"}],"result":{"name":"r","schema":{"items":{"$ref":"#/s"}}}}],"a":{"b":[{"name":"p"}]},"s":{"properties":{"x":{"$ref":"#/s"}},"allOf":[{"$ref":"#/s"}]}}`)
	f.Add(`{"methods":[{"$ref":"#/methods/0"}]}`)
	f.Add(`{"methods":[{"name":"m","params":[{"name":"a","schema":{"oneOf":[{"type":["a","b"]},{"enum":[1,"x"]},true]}}],"errors":[{"code":1}]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		value, err := message.Parse([]byte(text))
		if err != nil {
			return
		}
		service, err := read(value)
		if err != nil {
			return
		}
		for _, m := range service.Methods {
			for _, p := range m.Params {
				if fields := m.Fields(p); len(fields) > 10_000 {
					t.Errorf("found %d fields", len(fields))
				}
				if len([]rune(p.Type)) > 60 {
					t.Errorf("found a type of %d characters", len(p.Type))
				}
			}
		}
	})
}
