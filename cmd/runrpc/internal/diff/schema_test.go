package diff_test

import "testing"

// What a change of one schema means where the value is a param, and where it is a result.
func TestSchemas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, was, is string
		param, result string // the changes, "" for none
	}{
		{"nothing", `{"type":"string"}`, `{"type":"string"}`, ``, ``},
		{
			"another type", `{"type":"integer"}`, `{"type":"string"}`,
			`! /: type was integer, is string: callers`, `! /: type was integer, is string: readers`,
		},
		{"integer to number", `{"type":"integer"}`, `{"type":"number"}`, `+ /: type was integer, is number`, `! /: type was integer, is number: readers`},
		{"number to integer", `{"type":"number"}`, `{"type":"integer"}`, `! /: type was number, is integer: callers`, `+ /: type was number, is integer`},
		{"null too", `{"type":"string"}`, `{"type":["string","null"]}`, `+ /: type was string, is string | null`, `! /: type was string, is string | null: readers`},
		{"null too, by anyOf", `{"type":"string"}`, `{"anyOf":[{"type":"null"},{"type":"string"}]}`, `+ /: type was string, is string | null`, `! /: type was string, is string | null: readers`},
		{"null no more", `{"type":["string","null"]}`, `{"type":"string"}`, `! /: type was string | null, is string: callers`, `+ /: type was string | null, is string`},
		{"null said in another way", `{"type":["string","null"]}`, `{"oneOf":[{"type":"null"},{"type":"string"}]}`, ``, ``},
		{"any", `{"type":"string"}`, `{}`, `+ /: type was string, is any`, `! /: type was string, is any: readers`},
		{"true is any", `{}`, `true`, ``, ``},
		{"none", `{}`, `false`, `! /: type was any, is nothing: callers`, `+ /: type was any, is nothing`},
		{
			"values removed", `{"enum":["a","b","c"]}`, `{"enum":["a"]}`,
			`! /: values removed ("b", "c"): callers`, `+ /: values removed ("b", "c")`,
		},
		{"values added", `{"enum":["a"]}`, `{"enum":["a","b"]}`, `+ /: values added ("b")`, `! /: values added ("b"): readers`},
		{
			"values exchanged", `{"enum":["a"]}`, `{"enum":["b"]}`,
			"! /: values removed (\"a\"): callers\n+ /: values added (\"b\")", "! /: values added (\"b\"): readers\n+ /: values removed (\"a\")",
		},
		{"values in another order", `{"enum":["a","b"]}`, `{"enum":["b","a"]}`, ``, ``},
		{"an enum and consts", `{"enum":["a","b"]}`, `{"oneOf":[{"const":"a"},{"const":"b"}]}`, ``, ``},
		{"an enum of a free string", `{"type":"string"}`, `{"type":"string","enum":["a"]}`, `! /: type was string, is "a": callers`, `+ /: type was string, is "a"`},
		{"one number", `{"const":1.0}`, `{"const":1}`, ``, ``},
		{"digits beyond 2^53", `{"enum":[9007199254740993]}`, `{"enum":[9007199254740992]}`, "! /: values removed (9007199254740993): callers\n+ /: values added (9007199254740992)", "! /: values added (9007199254740992): readers\n+ /: values removed (9007199254740993)"},
		{"a value out of bounds", `{"enum":[1,20]}`, `{"type":"integer","maximum":10}`, "! /: values removed (20): callers\n+ /: type was 1 | 20, is integer", "! /: type was 1 | 20, is integer: readers\n+ /: values removed (20)"},
		{"minimum", `{"type":"integer"}`, `{"type":"integer","minimum":1}`, `! /: minimum was none, is 1: callers`, `+ /: minimum was none, is 1`},
		{"minimum lowered", `{"type":"integer","minimum":2}`, `{"type":"integer","minimum":1}`, `+ /: minimum was 2, is 1`, `! /: minimum was 2, is 1: readers`},
		{"exclusive minimum", `{"type":"number","minimum":1}`, `{"type":"number","exclusiveMinimum":1}`, `! /: minimum was 1, is 1 (exclusive): callers`, `+ /: minimum was 1, is 1 (exclusive)`},
		{"maximum", `{"type":"number","maximum":10}`, `{"type":"number","maximum":1e2}`, `+ /: maximum was 10, is 100`, `! /: maximum was 10, is 100: readers`},
		{"a huge exponent", `{"type":"number","maximum":1e999999999}`, `{"type":"number"}`, `+ /: maximum was +Inf, is none`, `! /: maximum was +Inf, is none: readers`},
		{"length", `{"type":"string","maxLength":10}`, `{"type":"string","minLength":1,"maxLength":5}`, "! /: minimum length was 0, is 1: callers\n! /: maximum length was 10, is 5: callers", "+ /: minimum length was 0, is 1\n+ /: maximum length was 10, is 5"},
		{"number of elements", `{"type":"array","maxItems":3}`, `{"type":"array"}`, `+ /: maximum number of elements was 3, is none`, `! /: maximum number of elements was 3, is none: readers`},
		{"pattern", `{"type":"string"}`, `{"type":"string","pattern":"^a"}`, `! /: pattern was none, is ^a: callers`, `+ /: pattern was none, is ^a`},
		{"another pattern", `{"type":"string","pattern":"a"}`, `{"type":"string","pattern":"b"}`, `! /: pattern was a, is b: callers`, `! /: pattern was a, is b: readers`},
		{"format", `{"type":"string"}`, `{"type":"string","format":"date-time"}`, `! /: format was none, is date-time: callers`, `+ /: format was none, is date-time`},
		{"a wider format", `{"type":"integer","format":"int32"}`, `{"type":"integer","format":"int64"}`, `+ /: format was int32, is int64`, `! /: format was int32, is int64: readers`},
		{"multipleOf", `{"type":"integer"}`, `{"type":"integer","multipleOf":5}`, `! /: multipleOf was none, is 5: callers`, `+ /: multipleOf was none, is 5`},
		{"elements", `{"type":"array","items":{"type":"integer"}}`, `{"type":"array","items":{"type":"string"}}`, `! /*: type was integer, is string: callers`, `! /*: type was integer, is string: readers`},
		{"elements of any kind", `{"type":"array"}`, `{"type":"array","items":{"type":"string"}}`, `! /*: type was any, is string: callers`, `+ /*: type was any, is string`},
		{"a tuple", `{"type":"array","items":[{"type":"integer"},{"type":"string"}]}`, `{"type":"array","items":[{"type":"integer"},{"type":"boolean"}]}`, `! /1: type was string, is boolean: callers`, `! /1: type was string, is boolean: readers`},
		{"a tuple of two drafts", `{"type":"array","items":[{"type":"integer"}],"additionalItems":false}`, `{"type":"array","prefixItems":[{"type":"integer"}],"items":false}`, ``, ``},
		{"a tuple in place of a list", `{"type":"array","items":{"type":"integer"}}`, `{"type":"array","prefixItems":[{"type":"integer"},{"type":"integer"}],"items":{"type":"integer"}}`, ``, ``},
		{"unique elements", `{"type":"array"}`, `{"type":"array","uniqueItems":true}`, `! /: uniqueItems was none, is true: callers`, `+ /: uniqueItems was none, is true`},
		{
			"a new member", `{"type":"object","properties":{"a":{}}}`, `{"type":"object","properties":{"a":{},"b":{"type":"integer"}}}`,
			`+ /b: added (integer)`, `+ /b: added (integer)`,
		},
		{
			"a new member that is required", `{"type":"object"}`, `{"type":"object","properties":{"b":{"type":"integer"}},"required":["b"]}`,
			`! /b: added, and required (integer): callers`, `+ /b: added, and required (integer)`,
		},
		{
			"a member less", `{"type":"object","properties":{"b":{"type":"integer"}}}`, `{"type":"object"}`,
			`! /b: removed (integer): callers`, `! /b: removed (integer): readers`,
		},
		{
			"a member less that was required", `{"type":"object","properties":{"b":{"type":"integer"}},"required":["b"]}`, `{"type":"object"}`,
			`! /b: removed (integer): callers`, `! /b: removed (integer): readers`,
		},
		{
			"required", `{"type":"object","properties":{"b":{}}}`, `{"type":"object","properties":{"b":{}},"required":["b"]}`,
			`! /b: became required: callers`, `+ /b: became required`,
		},
		{
			"optional", `{"type":"object","properties":{"b":{}},"required":["b"]}`, `{"type":"object","properties":{"b":{}}}`,
			`+ /b: became optional`, `! /b: became optional: readers`,
		},
		{"a member of a member", `{"properties":{"a":{"type":"object","properties":{"x/y":{"type":"string"}}}}}`, `{"properties":{"a":{"type":"object","properties":{"x/y":{"type":"null"}}}}}`, `! /a/x~1y: type was string, is null: callers`, `! /a/x~1y: type was string, is null: readers`},
		{"closed", `{"type":"object"}`, `{"type":"object","additionalProperties":false}`, `! /*: additional members was any, is none: callers`, `+ /*: additional members was any, is none`},
		{"open", `{"type":"object","additionalProperties":false}`, `{"type":"object"}`, `+ /*: additional members was none, is any`, `! /*: additional members was none, is any: readers`},
		{
			"a new member in a closed object", `{"type":"object","properties":{"a":{}},"additionalProperties":false}`, `{"type":"object","properties":{"a":{},"b":{"type":"integer"}},"additionalProperties":false}`,
			`+ /b: added (integer)`, `! /b: added (integer): readers`,
		},
		{
			"a member less in a closed object", `{"type":"object","properties":{"a":{},"b":{"type":"integer"}},"additionalProperties":false}`, `{"type":"object","properties":{"a":{}},"additionalProperties":false}`,
			`! /b: removed (integer): callers`, `! /b: removed (integer): readers`,
		},
		{"a map", `{"type":"object","additionalProperties":{"type":"integer"}}`, `{"type":"object","additionalProperties":{"type":"number"}}`, `+ /*: type was integer, is number`, `! /*: type was integer, is number: readers`},
		{"a member out of a map", `{"type":"object","additionalProperties":{"type":"integer"}}`, `{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"integer"}}`, `! /a: type was integer, is string: callers`, `! /a: type was integer, is string: readers`},
		{"a union of objects", `{"oneOf":[{"properties":{"k":{"const":"x"},"v":{"type":"integer"}}},{"properties":{"k":{"const":"y"}}}]}`, `{"oneOf":[{"properties":{"k":{"const":"x"},"v":{"type":"string"}}},{"properties":{"k":{"const":"y"}}}]}`, `! /v: type was integer, is string: callers`, `! /v: type was integer, is string: readers`},
		{"allOf", `{"allOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"b":{"type":"string"}},"required":["a"]}]}`, `{"properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["a"]}`, ``, ``},
		{"allOf of one member", `{"allOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"a":{"minimum":1}}}]}`, `{"properties":{"a":{"type":"integer","minimum":1}}}`, ``, ``},
		{"allOf that allows nothing", `{"allOf":[{"type":"integer"},{"type":"string"}]}`, `false`, ``, ``},
		{"not", `{"type":"string"}`, `{"type":"string","not":{"const":"x"}}`, `! /: not was none, is {"const":"x"}: callers`, `+ /: not was none, is {"const":"x"}`},
		{"if", `{"if":{"type":"string"}}`, `{"if":{"type":"string"}}`, ``, ``},
		{"docs", `{"type":"string","description":"a","title":"A"}`, `{"type":"string","description":"b"}`, ``, ``},
		{"a reference", `{"$ref":"#/components/schemas/A"}`, `{"type":"string"}`, ``, ``},
		{"references", `{"$ref":"#/components/schemas/Tree"}`, `{"$ref":"#/components/schemas/Wood"}`, ``, ``},
		{"a reference into a schema", `{"$ref":"#/components/schemas/Tree/properties/leaf"}`, `{"type":"integer"}`, `! /: type was string, is integer: callers`, `! /: type was string, is integer: readers`},
		{
			"a recursive type", `{"$ref":"#/components/schemas/Tree"}`, `{"$ref":"#/components/schemas/Bush"}`,
			`! /leaf: type was string, is integer: callers`, `! /leaf: type was string, is integer: readers`,
		},
		{
			"the same below twice", `{"properties":{"a":{"$ref":"#/components/schemas/A"},"b":{"$ref":"#/components/schemas/A"}}}`, `{"properties":{"a":{"$ref":"#/components/schemas/N"},"b":{"$ref":"#/components/schemas/N"}}}`,
			"! /a: type was string, is integer: callers\n! /b: type was string, is integer: callers", "! /a: type was string, is integer: readers\n! /b: type was string, is integer: readers",
		},
		{
			"the same in an alternative that was no good and elsewhere",
			`{"properties":{"u":{"anyOf":[{"properties":{"k":{"$ref":"#/components/schemas/A"}}}]},"k":{"$ref":"#/components/schemas/A"}}}`,
			`{"properties":{"u":{"anyOf":[{"properties":{"k":{"$ref":"#/components/schemas/N"},"n":{}}},{"properties":{"k":{"$ref":"#/components/schemas/A"}}}]},"k":{"$ref":"#/components/schemas/N"}}}`,
			"! /k: type was string, is integer: callers\n+ /u/k: type was string, is integer\n+ /u/n: added (any)", "! /u/k: type was string, is integer: readers\n! /k: type was string, is integer: readers",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			const method = `{"name":"m","params":[{"name":"p","schema":%s}],"result":{"name":"r","schema":{}}}`
			wantChanges(t, method, c.was, c.is, "/params/p", c.param)
			const giving = `{"name":"m","params":[],"result":{"name":"r","schema":%s}}`
			wantChanges(t, giving, c.was, c.is, "/result", c.result)
		})
	}
}
