package diff

import (
	stdjson "encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/openrpc"
)

// constrain takes over what a schema says of values of the alternative's kind.
func (a *alternative) constrain(s *openrpc.Schema) {
	switch a.kind {
	case integer, number:
		a.low = bound{value: numeral(s.Minimum)}.higher(bound{numeral(s.Other["exclusiveMinimum"]), true})
		a.high = bound{value: numeral(s.Maximum)}.lower(bound{numeral(s.Other["exclusiveMaximum"]), true})
		a.format = s.Format
		a.assert(s, "multipleOf")
	case text:
		a.least, a.most = least(s.MinLength), limitOf(s.MaxLength)
		a.format = s.Format
		if s.Pattern != "" {
			a.assertions = append(a.assertions, "pattern "+s.Pattern)
		}
		if s.ContentEncoding != "" {
			a.assertions = append(a.assertions, "contentEncoding "+s.ContentEncoding)
		}
		a.assert(s, "contentMediaType", "contentSchema")
	case array:
		a.least, a.most = least(s.MinItems), limitOf(s.MaxItems)
		a.elements(s)
		a.assert(s, "uniqueItems", "contains", "minContains", "maxContains", "unevaluatedItems")
	case object:
		a.least, a.most = least(count(s.Other["minProperties"])), limitOf(count(s.Other["maxProperties"]))
		a.properties(s)
		a.assert(s, "patternProperties", "dependencies", "dependentRequired", "dependentSchemas", "unevaluatedProperties")
	}
	a.assert(s, "if", "then", "else")
	if s.Not != nil {
		a.assertions = append(a.assertions, "not "+written(s.Not))
	}
	slices.Sort(a.assertions)
}

// assert takes keywords over as they are written.
func (a *alternative) assert(s *openrpc.Schema, keywords ...string) {
	for _, keyword := range keywords {
		if value := s.Other[keyword]; value != nil && string(value) != "false" {
			a.assertions = append(a.assertions, keyword+" "+canonical(value))
		}
	}
}

func (a *alternative) elements(s *openrpc.Schema) {
	if s.Items == nil {
		return
	}
	if s.Items.List == nil {
		a.rest = all{s.Items}
		return
	}
	for _, element := range s.Items.List {
		a.tuple = append(a.tuple, all{element})
	}
	if s.AdditionalItems != nil {
		a.rest = all{s.AdditionalItems}
	}
}

func (a *alternative) properties(s *openrpc.Schema) {
	missing := map[string]bool{}
	for _, name := range s.Required {
		missing[name] = true
	}
	for _, p := range s.Properties {
		a.members = append(a.members, member{p.Name, all{p.Schema}, missing[p.Name]})
		delete(missing, p.Name)
	}
	if s.AdditionalProperties != nil && !allows(s.AdditionalProperties) {
		a.others = all{s.AdditionalProperties}
	}
	for _, name := range s.Required {
		if missing[name] {
			delete(missing, name)
			a.members = append(a.members, member{name, slices.Clone(a.others), true})
		}
	}
	if s.PropertyNames != nil && !allows(s.PropertyNames) {
		a.assertions = append(a.assertions, "propertyNames "+written(s.PropertyNames))
	}
}

// A bound is where the numbers end. The zero value is none.
type bound struct {
	value *big.Float
	open  bool // the number itself is out
}

func (b bound) String() string {
	switch {
	case b.value == nil:
		return "none"
	case b.open:
		return b.value.Text('g', 20) + " (exclusive)"
	}
	return b.value.Text('g', 20)
}

func (b bound) same(c bound) bool {
	if b.value == nil || c.value == nil {
		return b.value == c.value
	}
	return b.open == c.open && b.value.Cmp(c.value) == 0
}

// order compares two bounds that there are; outer is what an open one is, compared with the number itself.
func (b bound) order(c bound, outer int) int {
	if d := b.value.Cmp(c.value); d != 0 || b.open == c.open {
		return d
	}
	if b.open {
		return outer
	}
	return -outer
}

// higher returns the lower bound of what is above both.
func (b bound) higher(c bound) bound {
	if b.value == nil || c.value != nil && c.order(b, 1) > 0 {
		return c
	}
	return b
}

// lower returns the upper bound of what is below both.
func (b bound) lower(c bound) bound {
	if b.value == nil || c.value != nil && c.order(b, -1) < 0 {
		return c
	}
	return b
}

// numeral reads a number of any size.
func numeral(text []byte) *big.Float {
	if jsontext.Value(text).Kind() != jsontext.KindNumber {
		return nil
	}
	value, _, err := big.ParseFloat(string(text), 10, 256, big.ToNearestEven)
	if err != nil {
		return nil
	}
	return value
}

// A limit is the largest of something, 0 for none and n+1 for n.
type limit int

func limitOf(n *int) limit {
	if n == nil || *n < 0 || *n+1 < 0 {
		return 0
	}
	return limit(*n + 1)
}

func (l limit) String() string {
	if l == 0 {
		return "none"
	}
	return fmt.Sprint(int(l) - 1)
}

// lower returns the limit of what has both.
func (l limit) lower(m limit) limit {
	if l == 0 || m != 0 && m < l {
		return m
	}
	return l
}

func least(n *int) int {
	if n == nil {
		return 0
	}
	return max(*n, 0)
}

func count(text stdjson.RawMessage) *int {
	var n int
	if text == nil || json.Unmarshal(text, &n) != nil {
		return nil
	}
	return &n
}

// canonicalValues returns the values that a schema lists, sorted, nil where it lists none.
func canonicalValues(s *openrpc.Schema) []string {
	var values []string
	if s.Enum != nil {
		values = []string{}
		for _, v := range s.Enum {
			values = append(values, canonical(v))
		}
		slices.Sort(values)
		values = slices.Compact(values)
	}
	if s.Const != nil {
		values = common(values, []string{canonical(s.Const)})
	}
	return values
}

// canonical returns JSON that is the same for the same value, but for numbers inside of arrays and objects, which stay
// as they are written. No digit is lost.
func canonical(value stdjson.RawMessage) string {
	v := jsontext.Value(value).Clone()
	if n := numeral(v); n != nil {
		return strings.ReplaceAll(n.Text('g', 60), "e+", "e")
	}
	if err := v.Compact(); err != nil {
		return string(value)
	}
	if k := v.Kind(); k == jsontext.KindBeginObject || k == jsontext.KindBeginArray {
		_ = v.Format(jsontext.ReorderRawObjects(true), jsontext.CanonicalizeRawFloats(false), jsontext.Multiline(false))
	}
	return string(v)
}

// written returns a schema's JSON.
func written(s *openrpc.Schema) string {
	text, err := s.MarshalJSON()
	if err != nil {
		return err.Error()
	}
	return canonical(text)
}
