package openrpc

import (
	stdjson "encoding/json"
	"reflect"
	"slices"

	"github.com/runrpc/jsonrpc"
)

// Options are what a description has beyond Info and what the registry tells. The zero value is
// fine.
type Options struct {
	Servers      []Server
	ExternalDocs *ExternalDocs
	Tags         map[string]string     // texts about tags, of which each namespace is one
	Types        map[reflect.Type]Type // what reflection can not see of types
}

// New makes a document of a description. Methods that are not known yet, and namespaces that
// only another server knows, are in its list Incomplete. nil are no options.
func New(d *jsonrpc.Description, info Info, options *Options) *Document {
	return build(d.Separator, d.Methods, nil, info, options)
}

// builder makes a document.
type builder struct {
	*Document
	options Options
	types   *generator
	sep     string
}

// build makes a document of methods, and of what their Describers have returned, by name.
func build(sep string, methods []jsonrpc.MethodInfo, remote map[string]stdjson.RawMessage, info Info, options *Options) *Document {
	b := &builder{Document: &Document{OpenRPC: Version, Info: info, Methods: []Method{}}, sep: sep}
	if options != nil {
		b.options = *options
	}
	b.Servers, b.ExternalDocs = b.options.Servers, b.options.ExternalDocs
	b.types = newGenerator(b.options.Types)
	var absent []string
	for _, m := range methods {
		if m.Lazy {
			absent = append(absent, m.Name)
		} else {
			b.Methods = append(b.Methods, b.method(m))
		}
	}
	b.Components = &Components{Schemas: b.types.components()}
	for _, name := range absent {
		if err := b.adopt(remote[name], name); err != nil {
			b.Incomplete = append(b.Incomplete, name)
		}
	}
	slices.Sort(b.Incomplete)
	if len(b.Components.Schemas) == 0 {
		b.Components = nil
	}
	b.rendering = &rendering{of: b.Document}
	return b.Document
}
