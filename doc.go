// Package jsonrpc is a composable JSON-RPC 2.0 toolkit. A program builds a plain map of
// procedures, calls it in-process, and serves it over HTTP.
//
// # The common path
//
// A registry is a map from method names to what answers them, most often functions:
//
//	rpc := jsonrpc.RPC{
//		"add":      func(a, b int) int { return a + b },
//		"greeting": jsonrpc.Func(greeting, "name").Default("name", "world"),
//		"billing":  billing.RPC(), // a registry in a registry: billing.charge
//	}
//
// [RPC.Call] answers a message in-process; nil are the extra variables, of which there are none:
//
//	answer := rpc.Call([]byte(`{"jsonrpc":"2.0","method":"add","params":[2,3],"id":1}`), nil)
//
// [NewApplication] checks a registry and makes an http.Handler of a copy. Nil are the options,
// whose zero value is the safe default:
//
//	app, err := jsonrpc.NewApplication(rpc, nil)
//	if err != nil {
//		return err // names every fault of the registry at once
//	}
//	return app.Server("localhost:8080").ListenAndServe()
//
// # Procedures
//
// A function may take a context.Context and an *http.Request before its parameters, and return a
// result, an error, both or nothing. A plain function takes its parameters by position. [Func]
// names them, and gives them defaults; where the parameters are one struct without a name, its
// JSON fields are the parameters. [Typed] does the same without reflection. [Object] serves a
// value's methods, and [Lazy] makes an entry at its first call.
//
// # Middleware
//
// Everything that answers a call can be seen as a [Handler]. A [Middleware] takes one and
// returns one, and stands around a registry, a namespace or one method:
//
//	rpc[jsonrpc.Use] = jsonrpc.Chain(logged, limited)
//	rpc["stop"] = jsonrpc.Func(stop).With(adminsOnly)
//
// # Errors
//
// An error that is mapped to a code is part of the API, with its own text. Any other is answered
// as a Server error with an incident, an id under which the log tells the rest:
//
//	rpc[jsonrpc.Errors] = jsonrpc.ErrorMap{
//		billing.ErrNoFunds:         -32001, // a sentinel
//		(*billing.LimitError)(nil): -32002, // a type
//	}
//
// # Extra variables
//
// A parameter that is declared with [Procedure.Extra] is set by the server and can not be set by
// a client. Its value comes from [WithExtra], [Options] or [RPC.Call]; see [Extras].
//
// # Descriptions
//
// A registry knows its methods: [RPC.Methods] lists them, with what [Procedure.Doc],
// [Procedure.Param], [Procedure.Returns] and [Procedure.Example] have to say. Package openrpc
// makes a document of that, and [Options].Docs serves it.
//
// # Departures from the specification
//
// Every example of the specification is answered as it shows. Beyond it, or otherwise:
//
//   - Names that begin with "rpc." are reserved for extensions by the specification. In a registry
//     they hold its settings, which can not be called. A name of which a part begins with "_" can
//     not be called either.
//   - The codes -32800 and -32810 to -32813 are this package's own, outside of the reserved range.
//   - Errors made here carry data: the reason of a Parse error and of an Invalid Request, the
//     faulty parameters of Invalid params, the incident of an Internal error.
//   - A duplicate member jsonrpc, method, params or id is an Invalid Request; the specification
//     does not say.
//   - An id of null makes a request, not a notification, and is answered with null. A number is
//     echoed byte for byte, with a fraction too.
//   - params of null are no params.
//   - Batches, bodies, answers and their nesting have limits, and calls a deadline.
//   - With Options.V1 JSON-RPC 1.0 is spoken too.
//
// doc/guide.md goes through all of it task by task and doc/openrpc.md through descriptions,
// doc/protocol.md lists what is answered to what, and doc/decisions.md says why.
package jsonrpc
