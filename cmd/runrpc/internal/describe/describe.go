// Package describe asks a server what it can do: by an OpenRPC document, by a map of names to signatures, or by a
// list of names.
package describe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
)

// A Service is what a server says of itself.
type Service struct {
	Source  string   `json:"source"` // where it says so: "rpc.discover"
	Title   string   `json:"title,omitzero"`
	Version string   `json:"version,omitzero"`
	Methods []Method `json:"methods"` // sorted by name
}

// A Method is what a server says of one of its methods.
type Method struct {
	Name       string     `json:"name"`
	Signature  string     `json:"signature,omitzero"` // where a map is all there is
	Summary    string     `json:"summary,omitzero"`
	Doc        string     `json:"description,omitzero"`
	Deprecated bool       `json:"deprecated,omitzero"`
	Structure  string     `json:"paramStructure,omitzero"` // "by-name", "by-position", "either"
	Described  bool       `json:"-"`                       // the params are known
	Params     []Param    `json:"params,omitempty"`
	Result     *Param     `json:"result,omitzero"`
	Errors     []Error    `json:"errors,omitempty"`
	schemas    *documents // what $ref in the schemas points into
}

// A Param is a parameter, or a result.
type Param struct {
	Name     string         `json:"name"`
	Type     string         `json:"type"`
	Required bool           `json:"required,omitzero"`
	Default  jsontext.Value `json:"default,omitzero"`
	Doc      string         `json:"description,omitzero"`
	Schema   jsontext.Value `json:"schema,omitzero"`
}

// An Error is an error that a method may answer.
type Error struct {
	Code    jsontext.Value `json:"code"`
	Message string         `json:"message"`
}

// Find asks a server for its methods, in each way there is until one works. The error is a console.Fault.
func Find(ctx context.Context, e *remote.Endpoint) (*Service, error) {
	var tried []string
	for i, way := range ways {
		service, err := way.within(ctx, e, i > 0)
		if err == nil {
			service.Source = way.name
			slices.SortStableFunc(service.Methods, func(a, b Method) int { return strings.Compare(a.Name, b.Name) })
			return service, nil
		}
		if _, final := errors.AsType[console.Fault](err); final && i == 0 {
			return nil, err
		}
		tried = append(tried, way.name+": "+err.Error())
	}
	return nil, console.Faultf("%s: it does not say which methods it has (%s)", e.URL.Redacted(), strings.Join(tried, "; "))
}

// A way to ask. An error that is a console.Fault tells that no answer came at all.
type way struct {
	name string
	ask  func(context.Context, *remote.Endpoint) (*Service, error)
}

// within asks, and may take only a part of the time, where other ways are left.
func (w way) within(ctx context.Context, e *remote.Endpoint, part bool) (*Service, error) {
	if part {
		limited, cancel := context.WithTimeout(ctx, e.Timeout/4)
		defer cancel()
		ctx = limited
	}
	service, err := w.ask(ctx, e)
	if part && ctx.Err() != nil && err != nil {
		err = errors.New("no answer in time")
	}
	return service, err
}

var ways = []way{
	{"rpc.discover", discover},
	{"GET openrpc.json", openRPC},
	{"GET map", signatures},
	{"system.listMethods", listMethods},
}

func discover(ctx context.Context, e *remote.Endpoint) (*Service, error) {
	result, err := call(ctx, e, "rpc.discover")
	if err != nil {
		return nil, err
	}
	return read(result)
}

func openRPC(ctx context.Context, e *remote.Endpoint) (*Service, error) {
	value, err := get(ctx, e, "openrpc.json")
	if err != nil {
		return nil, err
	}
	return read(value)
}

// signatures reads a map of names to signatures.
func signatures(ctx context.Context, e *remote.Endpoint) (*Service, error) {
	value, err := get(ctx, e, "map")
	if err != nil {
		return nil, err
	}
	members, err := message.Members(value)
	if err != nil {
		return nil, err
	}
	if len(members) == 0 {
		return nil, errors.New("it is empty")
	}
	service := &Service{}
	for name, value := range members {
		signature, ok := message.String(value)
		if !ok {
			return nil, fmt.Errorf("%s: found %s, want a signature", message.Short(name), message.Kind(value))
		}
		service.Methods = append(service.Methods, Method{Name: name, Signature: signature})
	}
	return service, nil
}

func listMethods(ctx context.Context, e *remote.Endpoint) (*Service, error) {
	result, err := call(ctx, e, "system.listMethods")
	if err != nil {
		return nil, err
	}
	names, err := message.Elements(result)
	if err != nil {
		return nil, err
	}
	service := &Service{}
	for _, value := range names {
		name, ok := message.String(value)
		if !ok {
			return nil, fmt.Errorf("found %s, want a name", message.Kind(value))
		}
		service.Methods = append(service.Methods, Method{Name: name})
	}
	return service, nil
}

// call calls a method without params.
func call(ctx context.Context, e *remote.Endpoint, method string) (jsontext.Value, error) {
	response, answer, err := e.Call(ctx, message.Request{Method: method, ID: jsontext.Value("1")})
	switch {
	case answer == nil || err != nil && answer.HTTP.StatusCode == http.StatusUnauthorized:
		return nil, err
	case err != nil:
		return nil, errors.New(answer.Instead())
	case response.Error != nil:
		return nil, fmt.Errorf("error %s", response.Error.Code)
	}
	return response.Result, nil
}

// get asks for a document below the address.
func get(ctx context.Context, e *remote.Endpoint, name string) (jsontext.Value, error) {
	answer, err := e.Get(ctx, name)
	if err != nil {
		return nil, err
	}
	if answer.HTTP.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP %s", strings.TrimSpace(answer.HTTP.Status))
	}
	value, err := message.Parse(answer.Text)
	if err != nil {
		return nil, errors.New("found no JSON")
	}
	return value, nil
}
