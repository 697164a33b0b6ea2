// Package openrpc describes a registry as an OpenRPC 1.4 document (https://spec.open-rpc.org), for
// people, for tools and for generated clients.
//
// [Discover] makes the method rpc.discover, and [Docs] serves what it returns over HTTP:
//
//	rpc["rpc.discover"] = openrpc.Discover(openrpc.Info{Title: "Petshop", Version: "1.0.0"}, nil)
//	app, err := jsonrpc.NewApplication(rpc, &jsonrpc.Options{Docs: openrpc.Docs})
//
// Without the entry there is nothing to discover, and without the option nothing is served to a
// GET. Middleware around the entry guards both.
//
// # What is in a document
//
// Everything that the registry knows: methods in namespaces, with their parameters, defaults,
// results, the errors of each ErrorMap around them, and what [jsonrpc.Procedure] was told with
// Doc, Param, Returns, Tags, Errors and Example. Injected parameters are left out. Lazy entries
// are in it once they are made; a namespace of another server is, where its Resolver is a
// [jsonrpc.Describer].
//
// Only what is true is said of how params are sent. OpenRPC can not tell all that a procedure
// takes, so a variadic procedure with names is by name, one that takes all named parameters
// is by position with one object, and one with a required parameter behind an optional one is by
// name.
//
// # Schemas
//
// The JSON Schema of a type agrees with [jsonrpc.StrictCodec]. Schemas of results say what is
// written: a field that nothing omits is required, and a pointer may be null. Schemas of
// parameters say what is accepted: no field of a struct is required, since the codec takes an
// object without it. Where the two differ for one named type, it has two schemas: Pet and
// PetInput. What a parameter's schema allows is accepted, but for what no schema can tell: that an
// integer is not written as 1.0, and the range of a number that stands in a string. The codec takes
// some more than that, null for a number as 0, for example.
//
// A type says what reflection can not see itself, with one of the methods
//
//	func (Species) Enum() []any                   // all its values
//	func (Pattern) JSONSchema() json.RawMessage   // its schema
//
// neither of which needs this package, or is told about in [Options]. Texts about the fields of a
// struct stand in their tag doc.
package openrpc
