package check

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

const (
	saysEcho   = `The Server MUST reply with the same value in the Response object if included.`
	saysIDType = `An identifier established by the Client that MUST contain a String, Number, or NULL value if included.`
)

var idCases = []Case{
	{"id.string", `an id that is a String comes back`, "4", saysEcho, echoes(`"an id"`)},
	{"id.string-empty", `an empty String as id comes back`, "4", saysEcho, echoes(`""`)},
	{"id.string-digits", `a String of digits as id comes back as a String`, "4", saysEcho, echoes(`"1"`)},
	{"id.string-unicode", `a String beyond ASCII as id comes back`, "4", saysEcho, echoesOrRefuses(`"é\"\\\n😀"`)},
	{"id.string-long", `a String of 1000 characters as id comes back`, "4", saysEcho, echoesOrRefuses(`"` + strings.Repeat("x", 1000) + `"`)},
	{"id.number", `an id that is a Number comes back`, "4", saysEcho, echoes(`42`)},
	{"id.zero", `an id of 0 comes back`, "4", saysEcho, echoes(`0`)},
	{"id.negative", `a negative id comes back`, "4", saysEcho, echoes(`-7`)},
	{"id.fraction", `an id with a fraction comes back`, "4", `The value SHOULD normally not be Null and Numbers SHOULD NOT contain fractional parts`, echoesOrRefuses(`1.5`)},
	{"id.large", `an id beyond 2^53 comes back with all its digits`, "4", saysEcho, large},
	{"id.null", `an id of Null makes a call, not a notification`, "4.1", `A Notification is a Request object without an "id" member.`, nullID},
	{"id.object", `an id that is an Object is invalid`, "4", saysIDType, badID(`{"a":1}`)},
	{"id.array", `an id that is an Array is invalid`, "4", saysIDType, badID(`[1]`)},
	{"id.boolean", `an id that is a Boolean is invalid`, "4", saysIDType, badID(`true`)},
	{"id.result", `the id comes back beside a result`, "4", saysEcho, needs(func(r *run, p *procedure) finding {
		return r.echoed(r.send(p.call(`"beside a result"`)), `"beside a result"`)
	})},
}

// echoes calls the unknown method with an id.
func echoes(id string) func(*run) finding {
	return func(r *run) finding { return r.echoed(r.send(r.changed("id", id)), id) }
}

// echoed wants the id in the answer, and the request not to be called invalid for it.
func (r *run) echoed(e *exchange, id string) finding {
	response, err := e.single()
	switch {
	case err != nil:
		return fail("%v", err)
	case !message.Same(response.id(), jsontext.Value(id)):
		return fail("found the id %s, want %s", message.OrMissing(response.id()), message.Short(id))
	case response.code() == "-32600" && !r.picky:
		return fail("the request is refused with -32600")
	}
	return pass
}

// echoesOrRefuses lets the server refuse what RFC 4627 allows it to limit, or the client should not send; but not change
// it.
func echoesOrRefuses(id string) func(*run) finding {
	return func(r *run) finding {
		e := r.send(r.changed("id", id))
		if response, err := e.single(); err == nil && (response.code() == "-32600" || response.code() == "-32700") && !r.picky {
			return warn("the request is refused with %s", response.code())
		}
		return r.echoed(e, id)
	}
}

// large lets the server round: RFC 4627 allows an implementation to set limits on the range of numbers.
func large(r *run) finding {
	return r.echoed(r.send(r.changed("id", "9007199254740993")), "9007199254740993").should()
}

func nullID(r *run) finding {
	e := r.send(r.changed("id", "null"))
	if e.silent() {
		return fail("nothing was answered, as to a notification")
	}
	return r.echoed(e, "null")
}

// badID wants an id of another type to be refused, and not to come back.
func badID(id string) func(*run) finding {
	return func(r *run) finding {
		response, err := r.send(r.changed("id", id)).single()
		switch {
		case err != nil:
			return warn("%v", err)
		case response.code() != "-32600":
			return warn("found %s, want the error -32600", answerOf(response))
		case !response.hasNoID():
			return warn("found the id %s, want null", message.OrMissing(response.id()))
		}
		return pass
	}
}

func answerOf(r response) string {
	if r.failed() {
		return "the code " + orNone(r.code())
	}
	return "a result"
}
