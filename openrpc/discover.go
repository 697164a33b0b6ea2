package openrpc

import (
	"bytes"
	"context"
	stdjson "encoding/json"
	"errors"
	"maps"
	"reflect"
	"strings"
	"sync"

	"github.com/runrpc/jsonrpc"
)

// MethodName is the name that OpenRPC gives the method of Discover.
const MethodName = "rpc.discover"

// Discover makes the method rpc.discover, which returns the document of the registry that it is
// called in:
//
//	rpc["rpc.discover"] = openrpc.Discover(openrpc.Info{Title: "Petshop", Version: "1.0.0"}, nil)
//
// In a namespace it describes that namespace's methods alone, by their full names. It is a
// method like any other: middleware guards it, and what refuses it refuses Docs too. Nil are no
// options.
//
// The document is made at the first call and kept until something changes: the Application's
// registry, a lazy entry, or what another server says of itself. A bare Call makes it each time.
func Discover(info Info, options *Options) *jsonrpc.Procedure {
	d := &discovery{info: info, options: options}
	return jsonrpc.Func(d.discover).
		Doc("Returns an OpenRPC schema as a description of this service.").
		Returns("an OpenRPC document")
}

// discovery is what a method of Discover knows.
type discovery struct {
	info    Info
	options *Options

	mu     sync.Mutex // held to make a document, too: others wait for it
	source *source    // the last
	doc    *Document  // of that and remote; nil: not made yet
	remote map[string]stdjson.RawMessage
}

// source is what there is to describe.
type source struct {
	of      *jsonrpc.Description
	under   string // the beginning of the names
	methods []jsonrpc.MethodInfo
	remotes []jsonrpc.MethodInfo // those that have a Describer
}

func (d *discovery) discover(ctx context.Context) (*Document, error) {
	of := jsonrpc.DescriptionOf(ctx)
	req := jsonrpc.RequestFrom(ctx)
	if of == nil || req == nil {
		return nil, errors.New("openrpc: rpc.discover was called outside of a registry")
	}
	under, standard := strings.CutSuffix(req.Method, MethodName)
	if !standard {
		under = "" // it has a name of its own
	}
	src := d.from(of, under)
	return d.document(src, askRemotes(ctx, src.remotes)), nil
}

// from returns the source for a description, the same for the same.
func (d *discovery) from(of *jsonrpc.Description, under string) *source {
	d.mu.Lock()
	defer d.mu.Unlock()
	if s := d.source; s != nil && s.of == of && s.under == under {
		return s
	}
	s := &source{of: of, under: under}
	for _, m := range of.Methods {
		if strings.HasPrefix(m.Name, under) {
			s.methods = append(s.methods, m)
			if m.Describer != nil {
				s.remotes = append(s.remotes, m)
			}
		}
	}
	d.source, d.doc = s, nil
	return s
}

// document returns the document of a source, and of what other servers have said.
func (d *discovery) document(src *source, remote map[string]stdjson.RawMessage) *Document {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.source == src && d.doc != nil && maps.EqualFunc(d.remote, remote, sameText) {
		return d.doc
	}
	doc := build(src.of.Separator, src.methods, remote, d.info, d.options)
	if d.source == src {
		d.doc, d.remote = doc, remote
	}
	return doc
}

func sameText(a, b stdjson.RawMessage) bool { return bytes.Equal(a, b) }

var typeDocument = reflect.TypeFor[*Document]()

// schemaOfDocument describes the result of rpc.discover. It is less than OpenRPC's own schema,
// which lies on a server: a description should be of use without it.
func schemaOfDocument() *Schema {
	object := func() *Schema { return &Schema{Type: Types{"object"}} }
	return &Schema{
		Title: "OpenRPC Document", Description: "see https://spec.open-rpc.org", Type: Types{"object"},
		Properties: Properties{
			{"openrpc", &Schema{Type: Types{"string"}}},
			{"info", object()},
			{"methods", &Schema{Type: Types{"array"}, Items: object()}},
		},
		Required: []string{"openrpc", "info", "methods"},
	}
}
