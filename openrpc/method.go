package openrpc

import (
	"cmp"
	stdjson "encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/runrpc/jsonrpc"
)

// method describes one method.
func (b *builder) method(m jsonrpc.MethodInfo) Method {
	out := Method{Name: m.Name, Deprecated: m.Deprecated, Raw: m.Raw, Tags: b.tags(m.Tags)}
	out.Summary, out.Description = summary(m.Doc)
	out.Params, out.ParamStructure = b.params(m)
	out.Result = &ContentDescriptor{Name: "result", Description: m.ResultDoc, Schema: b.result(m)}
	for _, e := range m.Errors {
		out.Errors = append(out.Errors, Error{Code: e.Code, Message: e.Message, Data: e.Data})
	}
	for _, ex := range m.Examples {
		out.Examples = append(out.Examples, pairing(ex, m, out.Params))
	}
	return out
}

func (b *builder) tags(names []string) []Tag {
	var tags []Tag
	for _, name := range names {
		if !slices.ContainsFunc(tags, func(t Tag) bool { return t.Name == name }) && name != "" {
			tags = append(tags, Tag{Name: name, Description: b.options.Tags[name]})
		}
	}
	return tags
}

func (b *builder) result(m jsonrpc.MethodInfo) *Schema {
	switch {
	case m.Raw:
		return new(Schema)
	case m.Result == nil:
		return &Schema{Type: Types{"null"}}
	case m.Result == typeDocument:
		return schemaOfDocument()
	}
	return b.types.schema(m.Result, written)
}

// summary splits a doc into its first sentence and what follows.
func summary(doc string) (first, rest string) {
	doc = strings.TrimSpace(doc)
	end := len(doc)
	if i := strings.Index(doc, "\n\n"); i >= 0 {
		end = i
	}
	for i := 0; i+1 < end; i++ {
		if (doc[i] == '.' || doc[i] == '!' || doc[i] == '?') && (doc[i+1] == ' ' || doc[i+1] == '\n') {
			end = i + 1
			break
		}
	}
	return strings.Join(strings.Fields(doc[:end]), " "), strings.TrimSpace(doc[end:])
}

// params describes the parameters, and how they are to be sent. OpenRPC wants all that are
// required to stand before the others, and has nothing for a variadic parameter or for one that
// takes all names. Where a procedure takes more than can be said, what is said is true: a call
// that follows it is taken.
func (b *builder) params(m jsonrpc.MethodInfo) (list []ContentDescriptor, structure string) {
	list = make([]ContentDescriptor, len(m.Params))
	structure = Either
	for i, p := range m.Params {
		list[i] = b.param(p, i)
		switch {
		case p.Keywords:
			structure, list[i].Keywords = ByPosition, true
		case p.Variadic && p.Name != "":
			structure = ByName // by position, its values stand side by side
		}
	}
	if !m.Named && !m.Raw {
		structure = ByPosition
		for i := len(list) - 2; i >= 0; i-- {
			list[i].Required = list[i].Required || list[i+1].Required // there is no way around it
		}
	}
	optional := slices.IndexFunc(list, func(d ContentDescriptor) bool { return !d.Required })
	if optional >= 0 && slices.ContainsFunc(list[optional:], func(d ContentDescriptor) bool { return d.Required }) {
		structure = ByName
		slices.SortStableFunc(list, func(a, b ContentDescriptor) int { return cmp.Compare(rank(a), rank(b)) })
	}
	return list, structure
}

func rank(d ContentDescriptor) int {
	if d.Required {
		return 0
	}
	return 1
}

// paramName returns the name that the i-th parameter is described with.
func paramName(p jsonrpc.ParamInfo, i int) string {
	if p.Keywords {
		return "params"
	}
	return cmp.Or(p.Name, fmt.Sprintf("arg%d", i+1))
}

// param describes the i-th parameter.
func (b *builder) param(p jsonrpc.ParamInfo, i int) ContentDescriptor {
	d := ContentDescriptor{Name: paramName(p, i), Required: p.Required}
	d.Summary, d.Description = summary(p.Doc)
	t := p.Type
	if p.Variadic && p.Name == "" {
		t, d.Variadic = t.Elem(), true
	}
	d.Schema = b.types.schema(t, accepted)
	if p.Default != nil {
		d.Schema = alongside(d.Schema)
		d.Schema.Default = p.Default
	}
	return d
}

// pairing describes an example: its values by the names of the parameters.
func pairing(ex jsonrpc.ExampleInfo, m jsonrpc.MethodInfo, params []ContentDescriptor) ExamplePairing {
	pair := ExamplePairing{Name: cmp.Or(ex.Name, "example"), Params: []Example{}, Result: &Example{Name: "result", Value: ex.Result}}
	values := named(ex, m)
	for _, d := range params {
		for _, v := range values[d.Name] {
			pair.Params = append(pair.Params, Example{Name: d.Name, Value: v})
		}
	}
	return pair
}

// named returns the values of an example by the name that its parameter is described with; a
// variadic one that has no name has several.
func named(ex jsonrpc.ExampleInfo, m jsonrpc.MethodInfo) map[string][]stdjson.RawMessage {
	values := map[string][]stdjson.RawMessage{}
	if ex.Params[0] == '{' {
		if len(m.Params) == 1 && m.Params[0].Keywords {
			return map[string][]stdjson.RawMessage{paramName(m.Params[0], 0): {ex.Params}}
		}
		object := map[string]stdjson.RawMessage{}
		_ = json.Unmarshal(ex.Params, &object) // it has been bound to the method
		for name, v := range object {
			values[name] = []stdjson.RawMessage{v}
		}
		return values
	}
	var array []stdjson.RawMessage
	_ = json.Unmarshal(ex.Params, &array)
	for i, p := range m.Params[:min(len(m.Params), len(array))] {
		value := array[i : i+1]
		if p.Variadic {
			value = array[i:]
		}
		if p.Variadic && p.Name != "" {
			rest, _ := json.Marshal(value)
			value = []stdjson.RawMessage{rest}
		}
		values[paramName(p, i)] = value
	}
	return values
}
