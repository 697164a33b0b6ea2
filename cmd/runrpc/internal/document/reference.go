package document

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/openrpc"
)

// Follow returns the schema that s stands for, and the last reference on the way to it, "" where s is no reference.
func (d *Document) Follow(s *openrpc.Schema) (schema *openrpc.Schema, ref string) {
	for s.Ref != "" { // check has been here: there is an end
		ref = s.Ref
		s = d.refs.known[ref]
	}
	return s, ref
}

// references finds what references lead to. It keeps what it has taken apart.
type references struct {
	text       []byte
	components *openrpc.Components
	known      map[string]*openrpc.Schema
	objects    map[string]map[string]jsontext.Value // by JSON Pointer
	arrays     map[string][]jsontext.Value
}

// resolve returns the schema that a reference leads to, which may be a reference again.
func (r *references) resolve(ref string) (*openrpc.Schema, error) {
	if s := r.known[ref]; s != nil {
		return s, nil
	}
	s, err := r.find(ref)
	if err != nil {
		return nil, err
	}
	r.known[ref] = s
	return s, nil
}

func (r *references) find(ref string) (*openrpc.Schema, error) {
	pointer, local := strings.CutPrefix(ref, "#/")
	if !local {
		return nil, fmt.Errorf("found the $ref %q, want one into the document (#/...): nothing else is read", ref)
	}
	if name, ok := strings.CutPrefix(pointer, "components/schemas/"); ok && r.components != nil {
		if s := r.components.Schemas[unescape(name)]; s != nil {
			return s, nil
		}
	}
	value, err := r.value(pointer)
	if err != nil {
		return nil, fmt.Errorf("the $ref %q leads nowhere", ref)
	}
	s := new(openrpc.Schema)
	if err := json.Unmarshal(value, s); err != nil {
		return nil, fmt.Errorf("the $ref %q leads to what is no schema: %w", ref, err)
	}
	return s, nil
}

// value returns what stands at a JSON Pointer, which has no slash at its beginning.
func (r *references) value(pointer string) (jsontext.Value, error) {
	value := jsontext.Value(bytes.TrimSpace(r.text))
	path := ""
	for part := range strings.SplitSeq(pointer, "/") {
		next, err := r.child(path, value, unescape(part))
		if err != nil {
			return nil, err
		}
		value, path = next, path+"/"+part
	}
	return value, nil
}

// child returns a member or an element of the value at a path.
func (r *references) child(path string, value jsontext.Value, name string) (jsontext.Value, error) {
	var child jsontext.Value
	switch value.Kind() {
	case jsontext.KindBeginObject:
		members, err := kept(&r.objects, path, value, message.Members)
		if err != nil {
			return nil, err
		}
		child = members[name]
	case jsontext.KindBeginArray:
		elements, err := kept(&r.arrays, path, value, message.Elements)
		if err != nil {
			return nil, err
		}
		if i, err := strconv.ParseUint(name, 10, 31); err == nil && int(i) < len(elements) {
			child = elements[i]
		}
	}
	if child == nil {
		return nil, fmt.Errorf("found no %q", name)
	}
	return child, nil
}

// kept takes the value at a path apart, once.
func kept[T any](known *map[string]T, path string, value jsontext.Value, apart func(jsontext.Value) (T, error)) (T, error) {
	if parts, ok := (*known)[path]; ok {
		return parts, nil
	}
	parts, err := apart(value)
	if err == nil {
		if *known == nil {
			*known = map[string]T{}
		}
		(*known)[path] = parts
	}
	return parts, err
}

// unescape reads a part of a JSON Pointer, as it stands in the fragment of a URL.
func unescape(part string) string {
	if plain, err := url.PathUnescape(part); err == nil {
		part = plain
	}
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
}
