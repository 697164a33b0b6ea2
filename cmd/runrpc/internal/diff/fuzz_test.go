package diff_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/diff"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
)

// A maker makes a document of random bytes.
type maker struct{ bytes []byte }

// pick returns a number below n.
func (m *maker) pick(n int) int {
	if len(m.bytes) == 0 {
		return 0
	}
	b := m.bytes[0]
	m.bytes = m.bytes[1:]
	return int(b) % n
}

func (m *maker) list(most int, one func(i int) string) string {
	parts := make([]string, m.pick(most+1))
	for i := range parts {
		parts[i] = one(i)
	}
	return strings.Join(parts, ",")
}

func (m *maker) schema(depth int) string {
	if depth == 0 {
		return `{"type":"string"}`
	}
	sub := func(int) string { return m.schema(depth - 1) }
	switch m.pick(16) {
	case 0:
		return fmt.Sprintf(`{"type":%q}`, []string{"null", "boolean", "integer", "number", "string", "array", "object"}[m.pick(7)])
	case 1:
		return fmt.Sprintf(`{"type":["integer","null"],"minimum":%d,"exclusiveMaximum":%d}`, m.pick(5), m.pick(9))
	case 2:
		return fmt.Sprintf(`{"type":"string","minLength":%d,"maxLength":%d,"pattern":"x{%d}","format":"f%d"}`, m.pick(3), m.pick(9), m.pick(3), m.pick(2))
	case 3:
		return fmt.Sprintf(`{"enum":[%s]}`, m.list(4, func(int) string { return []string{"1", "2.5", `"a"`, "null", "[1]", `{"x":1}`, "true"}[m.pick(7)] }))
	case 4:
		return fmt.Sprintf(`{"const":%d}`, m.pick(4))
	case 5:
		return fmt.Sprintf(`{"type":"array","items":%s,"minItems":%d}`, sub(0), m.pick(3))
	case 6:
		return fmt.Sprintf(`{"type":"array","items":[%s],"additionalItems":%s}`, m.list(3, sub), sub(0))
	case 7, 8, 9:
		properties := m.list(4, func(i int) string { return fmt.Sprintf(`"%c%d":%s`, 'a'+m.pick(3), i, sub(0)) })
		required := m.list(2, func(i int) string { return fmt.Sprintf(`"%c%d"`, 'a'+m.pick(3), i) })
		return fmt.Sprintf(`{"type":"object","properties":{%s},"required":[%s],"additionalProperties":%s}`, properties, required, sub(0))
	case 10:
		return fmt.Sprintf(`{"allOf":[%s]}`, m.list(3, sub))
	case 11:
		return fmt.Sprintf(`{"anyOf":[%s]}`, m.list(4, sub))
	case 12:
		return fmt.Sprintf(`{"oneOf":[%s],"type":["object","string"]}`, m.list(4, sub))
	case 13:
		return fmt.Sprintf(`{"not":%s}`, sub(0))
	case 14:
		return []string{"true", "false", "{}"}[m.pick(3)]
	default:
		return fmt.Sprintf(`{"$ref":"#/components/schemas/S%d"}`, m.pick(4))
	}
}

func (m *maker) document() string {
	methods := m.list(3, func(i int) string {
		params := m.list(3, func(i int) string {
			return fmt.Sprintf(`{"name":"p%d","required":%t,"schema":%s}`, i, m.pick(2) == 0, m.schema(3))
		})
		structure := []string{"either", "by-name", "by-position"}[m.pick(3)]
		return fmt.Sprintf(`{"name":"m%d","paramStructure":%q,"params":[%s],"result":{"name":"r","schema":%s},"errors":[{"code":%d,"message":"e"}]}`,
			i+m.pick(2), structure, params, m.schema(3), m.pick(3))
	})
	schemas := make([]string, 4)
	for i := range schemas {
		schemas[i] = fmt.Sprintf(`"S%d":%s`, i, m.schema(3))
	}
	return fmt.Sprintf(`{"openrpc":"1.4.1","info":{"title":"T","version":"1"},"methods":[%s],"components":{"schemas":{%s}}}`,
		methods, strings.Join(schemas, ","))
}

// A document has no differences from itself, and whatever another is like, there is an answer.
func FuzzCompare(f *testing.F) {
	f.Add([]byte{}, []byte{1})
	f.Add([]byte{2, 2, 0, 7, 3, 15, 1, 5, 0, 2, 8, 3, 11, 2, 0, 4}, []byte{2, 2, 0, 8, 3, 15, 1, 5, 0, 2, 8, 3, 12, 2, 0, 4})
	f.Add([]byte(strings.Repeat("\x02\x0b\x03\x0f\x01", 40)), []byte(strings.Repeat("\x03\x0a\x02\x0f\x02", 40)))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		one, other := (&maker{a}).document(), (&maker{b}).document()
		was, err := document.Parse([]byte(one))
		if err != nil { // a circle, for example
			return
		}
		again, err := document.Parse([]byte(one))
		if err != nil {
			t.Fatal(err)
		}
		if report, err := diff.Compare(was, again); err != nil || !report.Empty() {
			t.Errorf("found differences of a document from itself: %v\n%s\n%s", err, lines(report, ""), one)
		}
		is, err := document.Parse([]byte(other))
		if err != nil {
			return
		}
		forth, err := diff.Compare(was, is)
		if err != nil {
			t.Fatal(err)
		}
		back, err := diff.Compare(is, was)
		if err != nil {
			t.Fatal(err)
		}
		if forth.Empty() != back.Empty() {
			t.Errorf("found differences in one direction alone\n%s\n%s\n%s\n%s", lines(forth, ""), lines(back, ""), one, other)
		}
	})
}
