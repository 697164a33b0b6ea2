package check

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// The sentences that several cases are about.
const (
	saysVersion  = `A String specifying the version of the JSON-RPC protocol. MUST be exactly "2.0".`
	saysMethod   = `A String containing the name of the method to be invoked.`
	saysReserved = `Method names that begin with rpc. are reserved for system extensions, and MUST NOT be used for anything else.`
	saysInvalid  = `-32600 Invalid Request: The JSON sent is not a valid Request object.`
)

var requestCases = []Case{
	{
		"request.version", `a version other than "2.0" is an invalid request`, "4", saysVersion,
		func(r *run) finding { return r.invalid(r.changed("jsonrpc", `"1.9"`)).should() },
	},
	{
		"request.version-number", `a version that is a Number is an invalid request`, "4", saysVersion,
		func(r *run) finding { return r.invalid(r.changed("jsonrpc", `2.0`)).should() },
	},
	{
		"request.version-missing", `what is done with a request of JSON-RPC 1.0`, "3",
		`Most 2.0 implementations should consider trying to handle 1.0 objects, even if not the peer-to-peer and class hinting aspects of 1.0.`,
		withoutVersion,
	},
	{
		"request.method-missing", `an object without a method is an invalid request`, "5.1", saysInvalid,
		func(r *run) finding { return r.invalid(`{"jsonrpc":"2.0","id":1}`) },
	},
	{
		"request.method-number", `a method that is a Number is an invalid request`, "4", saysMethod,
		func(r *run) finding { return r.invalid(`{"jsonrpc":"2.0","method":1,"params":"bar"}`) },
	},
	{
		"request.object", `an object that is no request at all is an invalid request`, "5.1", saysInvalid,
		func(r *run) finding { return r.invalid(`{"foo":"boo"}`) },
	},
	{
		"request.primitive", `a Primitive is no request`, "5.1", saysInvalid,
		// RFC 4627, which the specification names, knows no JSON text that is a Primitive, so -32700 is right too.
		func(r *run) finding { return r.refused("1", "-32600", "-32700") },
	},
	{
		"request.member-case", `the names of members are case-sensitive`, "2",
		`All member names exchanged between the Client and the Server that are considered for matching of any kind should be considered to be case-sensitive.`,
		func(r *run) finding {
			return r.invalid(`{"jsonrpc":"2.0","METHOD":` + quoted(r.unknown) + `,"id":1}`).should()
		},
	},
	{
		"request.member-unknown", `what is done with a member that the specification does not name`, "4",
		`The Request object has the following members:`, unknownMember,
	},
	{
		"request.params-missing", `params may be left out`, "4",
		`This member MAY be omitted.`, withoutParams,
	},
	{
		"request.params-primitive", `params that are a Primitive are refused`, "4.2",
		`If present, parameters for the rpc call MUST be provided as a Structured value.`, primitiveParams,
	},
	{
		"request.params-null", `what is done with params that are Null`, "4.2",
		`If present, parameters for the rpc call MUST be provided as a Structured value.`, nullParams,
	},
	{
		"request.reserved", `a method name that begins with rpc. belongs to extensions`, "8", saysReserved,
		func(r *run) finding { return r.notFound("rpc." + r.unknown) },
	},
}

func quoted(text string) string {
	value, _ := jsontext.AppendQuote(nil, text)
	return string(value)
}

// changed returns a call of the unknown method with another value for a member.
func (r *run) changed(member, value string) string {
	members := map[string]string{"jsonrpc": `"2.0"`, "method": quoted(r.unknown), "id": "1"}
	members[member] = value
	text := `{"jsonrpc":` + members["jsonrpc"] + `,"method":` + members["method"]
	if params := members["params"]; params != "" {
		text += `,"params":` + params
	}
	return text + `,"id":` + members["id"] + `}`
}

// invalid wants a text to be refused as an invalid request.
func (r *run) invalid(text string) finding { return r.refused(text, "-32600") }

// refused wants a text to be refused with one of some codes, and an id that is right.
func (r *run) refused(text string, codes ...string) finding {
	e := r.send(text)
	response, err := e.single()
	switch {
	case err != nil:
		return fail("%v", err)
	case !response.failed():
		return fail("it is answered with a result, want the error %s", codes[0])
	case !slices.Contains(codes, response.code()):
		return fail("found the code %s, want %s", orNone(response.code()), codes[0])
	}
	return rightID(response, text)
}

// rightID wants the id that the text has, or Null for one that was not detected.
func rightID(r response, text string) finding {
	sent := responseOf(jsontext.Value(text)).members["id"]
	switch {
	case r.hasNoID(), sent != nil && message.Same(r.id(), sent):
		return pass
	case sent == nil:
		return fail("found the id %s, want null", message.OrMissing(r.id()))
	}
	return fail("found the id %s, want null, or %s as it was sent", message.OrMissing(r.id()), sent)
}

func orNone(code string) string {
	if code == "" {
		return "of no error object"
	}
	return code
}

func withoutVersion(r *run) finding {
	e := r.send(`{"method":` + quoted(r.unknown) + `,"params":[],"id":1}`)
	e.other = true
	response, err := e.single()
	switch {
	case err != nil:
		return warn("%v", err)
	case response.code() == "-32600":
		return note("it is refused with -32600")
	case response.members["jsonrpc"] == nil:
		return note("it is answered as one of 1.0")
	}
	return note("it is answered as one of 2.0")
}

func unknownMember(r *run) finding {
	response, err := r.send(`{"jsonrpc":"2.0","method":` + quoted(r.unknown) + `,"id":1,"runrpc":true}`).single()
	switch {
	case err != nil:
		return warn("%v", err)
	case response.code() == "-32600":
		return note("the request is refused with -32600")
	}
	return note("the member is ignored")
}

func withoutParams(r *run) finding {
	response, err := r.send(request(r.unknown, nil, "1")).single()
	switch {
	case err != nil:
		return fail("%v", err)
	case response.code() == "-32600", response.code() == "-32700":
		return fail("the request is refused with %s", response.code())
	}
	return pass
}

func primitiveParams(r *run) finding {
	method := r.unknown
	if r.procedure != nil {
		method = r.procedure.method
	}
	response, err := r.send(request(method, jsontext.Value(`"bar"`), "1")).single()
	switch {
	case err != nil:
		return warn("%v", err)
	case !response.failed():
		return warn("the call is answered with a result")
	}
	switch code := response.code(); {
	case code == "-32600", code == "-32602", r.procedure == nil && code == "-32601":
		return pass
	default:
		return warn("found the code %s, want -32600 or -32602", orNone(code))
	}
}

func nullParams(r *run) finding {
	method := r.unknown
	if r.procedure != nil && r.procedure.positions == nil {
		method = r.procedure.method
	}
	response, err := r.send(request(method, jsontext.Value(`null`), "1")).single()
	switch code := response.code(); {
	case err != nil:
		return warn("%v", err)
	case code == "-32600", code == "-32602":
		return note("they are refused with %s", code)
	}
	return note("they are taken as left out")
}

// notFound calls a method that there is not.
func (r *run) notFound(method string) finding {
	response, err := r.send(request(method, nil, "1")).single()
	switch code := response.code(); {
	case err != nil:
		return fail("%v", err)
	case !response.failed():
		return skip("the server answers a result to a method of any name")
	case code == "-32601":
		return pass
	case r.procedure == nil && !predefined(code):
		return warn("found the code %s, want -32601: perhaps the server refuses calls before it looks for the method", orNone(code))
	default:
		return fail("found the code %s, want -32601", orNone(code))
	}
}

// predefined tells the codes that the specification gives one meaning.
func predefined(code string) bool {
	return slices.Contains([]string{"-32700", "-32600", "-32601", "-32602", "-32603"}, code)
}
