package check

import "github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"

const (
	saysParse = `-32700 Parse error: Invalid JSON was received by the server.`
	saysNoID  = `If there was an error in detecting the id in the Request object (e.g. Parse error/Invalid Request), it MUST be Null.`
)

var errorCases = []Case{
	{
		"error.parse", `what is no JSON is a parse error`, "5.1", saysParse,
		func(r *run) finding { return r.refused(notJSON, "-32700") },
	},
	{
		"error.parse-id", `the id of a parse error is Null`, "5", saysNoID,
		func(r *run) finding { return r.withNullID(notJSON) },
	},
	{
		"error.parse-end", `JSON that breaks off is a parse error`, "5.1", saysParse,
		func(r *run) finding { return r.refused(`{"jsonrpc":"2.0","method":"foobar","id":1`, "-32700") },
	},
	{
		"error.parse-rest", `text behind the JSON is a parse error`, "5.1", saysParse,
		func(r *run) finding { return r.refused(r.changed("id", "1")+` garbage`, "-32700").should() },
	},
	{
		"error.invalid-id", `the id of an invalid request without one is Null`, "5", saysNoID,
		func(r *run) finding { return r.withNullID(`{"jsonrpc":"2.0","method":1,"params":"bar"}`) },
	},
	{
		"error.method-not-found", `an unknown method is not found`, "5.1",
		`-32601 Method not found: The method does not exist / is not available.`,
		func(r *run) finding { return r.notFound(r.unknown) },
	},
	{
		"error.invalid-params", `params that a method refuses are invalid params`, "5.1",
		`-32602 Invalid params: Invalid method parameter(s).`, needs(invalidParams),
	},
	{
		"error.internal", `a fault of the server is an internal error`, "5.1",
		`-32603 Internal error: Internal JSON-RPC error.`,
		func(*run) finding { return skip("nothing that can be sent brings a sound server to it") },
	},
}

// notJSON is the specification's own example.
const notJSON = `{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]`

// withNullID wants the id of the answer to be Null, where there is an answer.
func (r *run) withNullID(text string) finding {
	response, err := r.send(text).single()
	switch {
	case err != nil:
		return skip("no Response came: %v", err)
	case !response.hasNoID():
		return fail("found the id %s, want null", message.OrMissing(response.id()))
	}
	return pass
}

func invalidParams(r *run, p *procedure) finding {
	if p.wrong == nil {
		return skip("no params are known that %s refuses: --invalid names some", p.method)
	}
	response, err := r.send(request(p.method, p.wrong, "1")).single()
	switch {
	case err != nil:
		return fail("%v", err)
	case !response.failed() && p.named:
		return warn("%s takes the params that --invalid names", p.method)
	case !response.failed():
		return skip("%s takes any params: --invalid names some that are refused", p.method)
	case response.code() != "-32602":
		return warn("found the code %s, want -32602", orNone(response.code()))
	}
	return pass
}
