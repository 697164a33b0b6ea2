package check

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

const saysReserve = `The error codes from and including -32768 to -32000 are reserved for pre-defined errors. Any code within this range, but not defined explicitly below is reserved for future use.`

// responseCases look at all answers that the cases before them have brought.
var responseCases = []Case{
	{
		"response.version", `each answer has the version "2.0"`, "5", saysVersion,
		each(func(r response) finding {
			if text, ok := message.String(r.members["jsonrpc"]); !ok || text != "2.0" {
				return fail(`found the version %s, want "2.0"`, message.OrMissing(r.members["jsonrpc"]))
			}
			return pass
		}),
	},
	{
		"response.id", `each answer has an id`, "5", `This member is REQUIRED.`,
		each(func(r response) finding {
			if r.id() == nil { // of which type it is, is up to the request
				return fail("found none")
			}
			return pass
		}),
	},
	{
		"response.either", `each answer has a result or an error`, "5",
		`Either the result member or error member MUST be included, but both members MUST NOT be included.`,
		each(func(r response) finding {
			if r.members["result"] == nil && r.members["error"] == nil {
				return fail("found neither")
			}
			return pass
		}),
	},
	{
		"response.no-result", `there is no result beside an error`, "5",
		`This member MUST NOT exist if there was an error invoking the method.`,
		each(func(r response) finding {
			if r.failed() && r.members["result"] != nil {
				return fail("found the result %s beside an error", message.Short(r.members["result"]))
			}
			return pass
		}),
	},
	{
		"response.no-error", `there is no error beside a result`, "5",
		`This member MUST NOT exist if there was no error triggered during invocation.`,
		each(func(r response) finding {
			if !r.failed() && r.members["error"] != nil {
				return fail("found the error %s where there is none", message.Short(r.members["error"]))
			}
			return pass
		}),
	},
	{
		"response.error", `each error is an Object`, "5", `The value for this member MUST be an Object as defined in section 5.1.`,
		eachError(func(value jsontext.Value, _ map[string]jsontext.Value) finding {
			if value.Kind() != jsontext.KindBeginObject {
				return fail("found %s", message.Kind(value))
			}
			return pass
		}),
	},
	{
		"response.code", `the code of each error is an integer`, "5.1", `This MUST be an integer.`,
		eachError(func(_ jsontext.Value, members map[string]jsontext.Value) finding {
			if !message.IsInteger(members["code"]) {
				return fail("found the code %s", message.OrMissing(members["code"]))
			}
			return pass
		}),
	},
	{
		"response.message", `the message of each error is a String`, "5.1", `A String providing a short description of the error.`,
		eachError(func(_ jsontext.Value, members map[string]jsontext.Value) finding {
			if members["message"].Kind() != jsontext.KindString {
				return fail("found the message %s", message.OrMissing(members["message"]))
			}
			return pass
		}),
	},
	{
		"response.reserved", `no error has a code that is reserved for the future`, "5.1", saysReserve,
		eachError(func(_ jsontext.Value, members map[string]jsontext.Value) finding {
			code, err := strconv.Atoi(string(members["code"]))
			if err == nil && -32768 <= code && code < -32099 && !predefined(string(members["code"])) {
				return warn("found the code %d", code)
			}
			return pass
		}),
	},
}

// each judges all answers.
func each(judge func(response) finding) func(*run) finding {
	return some(func(response) bool { return true }, judge)
}

// eachError judges all errors among the answers.
func eachError(judge func(value jsontext.Value, members map[string]jsontext.Value) finding) func(*run) finding {
	return some(response.failed, func(r response) finding {
		members, _ := message.Members(r.members["error"])
		return judge(r.members["error"], members)
	})
}

// some judges the answers that are meant, and tells of the first that does not pass.
func some(meant func(response) bool, judge func(response) finding) func(*run) finding {
	return func(r *run) finding {
		found := skip("no such answer was seen")
		for _, e := range r.exchanges {
			if !e.due || e.other {
				continue
			}
			for _, response := range e.responses() {
				if !meant(response) {
					continue
				}
				if found = judge(response); found.verdict != Pass {
					found.reason += " in " + message.Short(response.text) + " to " + message.Short(e.sent)
					return found
				}
			}
		}
		return found
	}
}
