package describe

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// read reads an OpenRPC document. What it does not need may be missing or wrong.
func read(text jsontext.Value) (*Service, error) {
	root, err := message.Members(text)
	if err != nil {
		return nil, err
	}
	methods, err := message.Elements(root["methods"])
	if err != nil {
		return nil, fmt.Errorf("no OpenRPC document: methods: %w", err)
	}
	d := &documents{objects: map[string]map[string]jsontext.Value{"": root}}
	info, _ := message.Members(root["info"])
	service := &Service{Title: word(info["title"]), Version: word(info["version"])}
	for i, value := range methods {
		method, err := d.method(value)
		if err != nil {
			return nil, fmt.Errorf("no OpenRPC document: methods[%d]: %w", i, err)
		}
		service.Methods = append(service.Methods, method)
	}
	return service, nil
}

// word returns a string, or "" for what is none.
func word(value jsontext.Value) string {
	text, _ := message.String(value)
	return text
}

func (d *documents) method(value jsontext.Value) (Method, error) {
	members, err := d.object(value)
	if err != nil {
		return Method{}, err
	}
	name, ok := message.String(members["name"])
	if !ok {
		return Method{}, errors.New("found no name")
	}
	method := Method{
		Name:       name,
		Summary:    word(members["summary"]),
		Doc:        word(members["description"]),
		Deprecated: members["deprecated"].Kind() == jsontext.KindTrue,
		Structure:  word(members["paramStructure"]),
		Described:  true,
		schemas:    d,
	}
	params, err := message.Elements(members["params"])
	if members["params"] != nil && err != nil {
		return Method{}, fmt.Errorf("params: %w", err)
	}
	for i, value := range params {
		param, err := d.param(value)
		if err != nil {
			return Method{}, fmt.Errorf("params[%d]: %w", i, err)
		}
		method.Params = append(method.Params, param)
	}
	if result := members["result"]; result.Kind() == jsontext.KindBeginObject {
		param, err := d.param(result)
		if err != nil {
			return Method{}, fmt.Errorf("result: %w", err)
		}
		method.Result = &param
	}
	method.Errors = d.errors(members["errors"])
	return method, nil
}

// param reads a content descriptor.
func (d *documents) param(value jsontext.Value) (Param, error) {
	members, err := d.object(value)
	if err != nil {
		return Param{}, err
	}
	param := Param{
		Name:     word(members["name"]),
		Type:     typeOf(members["schema"]),
		Required: members["required"].Kind() == jsontext.KindTrue,
		Doc:      word(members["description"]),
		Schema:   members["schema"],
	}
	if param.Doc == "" {
		param.Doc = word(members["summary"])
	}
	if schema, err := d.object(param.Schema); err == nil {
		param.Default = schema["default"]
		if param.Doc == "" {
			param.Doc = word(schema["description"])
		}
	}
	return param, nil
}

func (d *documents) errors(value jsontext.Value) []Error {
	var found []Error
	values, _ := message.Elements(value)
	for _, value := range values {
		members, err := d.object(value)
		if err == nil && message.IsInteger(members["code"]) {
			found = append(found, Error{members["code"], word(members["message"])})
		}
	}
	return found
}

// documents finds what $ref points to. It keeps what it has taken apart, so that a large document with many
// references is read once.
type documents struct {
	objects map[string]map[string]jsontext.Value // by JSON Pointer
	arrays  map[string][]jsontext.Value
}

// object returns the members of an object, of the one it refers to where it does.
func (d *documents) object(value jsontext.Value) (map[string]jsontext.Value, error) {
	const most = 16 // references to references
	for range most {
		members, err := message.Members(value)
		if err != nil {
			return nil, err
		}
		ref, ok := message.String(members["$ref"])
		if !ok {
			return members, nil
		}
		if value, err = d.at(ref); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("found a $ref that goes in a circle")
}

// at returns what stands at a reference into the document.
func (d *documents) at(ref string) (jsontext.Value, error) {
	pointer, local := strings.CutPrefix(ref, "#/")
	if !local {
		return nil, fmt.Errorf("found the $ref %q, want one into the document, as #/a/b", message.Short(ref))
	}
	path := ""
	var value jsontext.Value
	for part := range strings.SplitSeq(pointer, "/") {
		value = d.child(path, value, strings.NewReplacer("~1", "/", "~0", "~").Replace(part))
		if value == nil {
			return nil, fmt.Errorf("found nothing at the $ref %q", message.Short(ref))
		}
		path += "/" + part
	}
	return value, nil
}

// child returns a member or element of the value at a path; nil where there is none.
func (d *documents) child(path string, value jsontext.Value, name string) jsontext.Value {
	if value.Kind() == jsontext.KindBeginArray {
		return d.element(path, value, name)
	}
	members, known := d.objects[path]
	if !known {
		members, _ = message.Members(value)
		d.objects[path] = members
	}
	return members[name]
}

func (d *documents) element(path string, value jsontext.Value, name string) jsontext.Value {
	elements, known := d.arrays[path]
	if !known {
		elements, _ = message.Elements(value)
		if d.arrays == nil {
			d.arrays = map[string][]jsontext.Value{}
		}
		d.arrays[path] = elements
	}
	i, err := strconv.Atoi(name)
	if err != nil || i < 0 || i >= len(elements) {
		return nil
	}
	return elements[i]
}
