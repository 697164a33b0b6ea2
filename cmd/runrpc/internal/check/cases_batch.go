package check

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

const (
	saysArray  = `The Server should respond with an Array containing the corresponding Response objects, after all of the batch Request objects have been processed.`
	saysEach   = `A Response object SHOULD exist for each Request object, except that there SHOULD NOT be any Response objects for notifications.`
	saysSingle = `If the batch rpc call itself fails to be recognized as an valid JSON or as an Array with at least one value, the response from the Server MUST be a single Response object.`
	saysEmpty  = `If there are no Response objects contained within the Response array as it is to be sent to the client, the server MUST NOT return an empty Array and should return nothing at all.`
)

var batchCases = []Case{
	{
		"batch.parse", `a batch that is no JSON gets a single parse error`, "6", saysSingle,
		func(r *run) finding {
			return r.refused(`[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method"]`, "-32700")
		},
	},
	{
		"batch.empty", `an empty Array gets a single invalid request`, "6", saysSingle,
		func(r *run) finding { return r.refused(`[]`, "-32600") },
	},
	{
		"batch.array", `a batch is answered with an Array`, "6", saysArray,
		func(r *run) finding {
			if _, err := r.send(r.batch("1", "2")).array(); err != nil {
				return warn("%v", err)
			}
			return pass
		},
	},
	{
		"batch.one", `a batch of one call is answered with an Array of one`, "6", saysArray,
		inBatches(func(r *run) finding { return r.answers(r.batch("1"), "1").should() }),
	},
	{
		"batch.each", `each call of a batch gets its answer`, "6", saysEach,
		inBatches(func(r *run) finding { return r.answers(r.batch("1", `"2"`, "3"), "1", `"2"`, "3").should() }),
	},
	{
		"batch.ids", `the ids of a batch are those that were sent`, "5",
		`It MUST be the same as the value of the id member in the Request Object.`, inBatches(batchIDs),
	},
	{
		"batch.notification", `a notification inside a batch is not answered`, "4.1", saysSilence, inBatches(batchNotification),
	},
	{
		"batch.notifications", `a batch of notifications alone gets nothing at all`, "6", saysEmpty, inBatches(batchNotifications),
	},
	{
		"batch.invalid", `what is no request inside a batch is an invalid request`, "6", saysEach,
		inBatches(func(r *run) finding { return r.invalidMembers(`[1]`, 1).should() }),
	},
	{
		"batch.invalid-all", `each member that is no request is an invalid request`, "6", saysEach,
		inBatches(func(r *run) finding { return r.invalidMembers(`[1,2,3]`, 3).should() }),
	},
	{
		"batch.mixed", `calls, notifications and invalid members go together`, "6", saysEach,
		inBatches(func(r *run) finding {
			text := "[" + strings.Join([]string{
				request(r.unknown, nil, `"a"`), request(r.unknown, nil, ""), `{"foo":"boo"}`, request(r.unknown, nil, `"b"`),
			}, ",") + "]"
			return r.answers(text, `"a"`, "null", `"b"`).should()
		}),
	},
	{"batch.result", `a call inside a batch is answered as alone`, "6", saysArray, inBatches(needs(batchResult))},
}

// batch returns a batch of calls of the unknown method.
func (r *run) batch(ids ...string) string {
	calls := make([]string, len(ids))
	for i, id := range ids {
		calls[i] = request(r.unknown, nil, id)
	}
	return "[" + strings.Join(calls, ",") + "]"
}

// inBatches judges only where the server answers a batch with an Array at all.
func inBatches(judge func(*run) finding) func(*run) finding {
	return func(r *run) finding {
		if r.batches == unknown {
			r.batches = no
			if _, err := r.send(r.batch("1", "2")).array(); err == nil {
				r.batches = yes
			}
		}
		if r.batches == no {
			return skip("the server does not answer a batch with an Array, see batch.array")
		}
		return judge(r)
	}
}

// An answer to a question that is asked once.
type known int

const (
	unknown known = iota
	yes
	no
)

// answers wants an answer with each of the ids, in any order, and no others.
func (r *run) answers(text string, ids ...string) finding {
	responses, err := r.send(text).array()
	if err != nil {
		return fail("%v", err)
	}
	missing, others := slices.Clone(ids), 0
	for _, response := range responses {
		i := slices.IndexFunc(missing, func(id string) bool { return message.Same(response.id(), jsontext.Value(id)) })
		if i < 0 {
			others++
			continue
		}
		missing = slices.Delete(missing, i, i+1)
	}
	switch {
	case len(missing) > 0:
		return fail("found no answer with the id %s", strings.Join(missing, ", "))
	case others > 0:
		return fail("found %d answers, want %d", len(responses), len(ids))
	}
	return pass
}

// batchIDs wants no other ids than those that were sent, and Null where one was not detected.
func batchIDs(r *run) finding {
	ids := []string{"1", `"2"`, "0"}
	responses, err := r.send(r.batch(ids...)).array()
	if err != nil {
		return fail("%v", err)
	}
	for _, response := range responses {
		known := slices.ContainsFunc(ids, func(id string) bool { return message.Same(response.id(), jsontext.Value(id)) })
		if !known {
			return fail("found the id %s, want one of %s", message.OrMissing(response.id()), strings.Join(ids, ", "))
		}
	}
	return pass
}

// batchNotification tells the answer to a notification by there being more answers than calls.
func batchNotification(r *run) finding {
	responses, err := r.send("[" + request(r.unknown, nil, "1") + "," + request(r.unknown, nil, "") + "]").array()
	switch {
	case err != nil:
		return fail("%v", err)
	case len(responses) > 1:
		return fail("found %d answers to one call and one notification", len(responses))
	}
	return pass
}

func batchNotifications(r *run) finding {
	e := r.tell("[" + request(r.unknown, nil, "") + "," + request(r.unknown, jsontext.Value(`[7]`), "") + "]")
	if e.value.Kind() == jsontext.KindBeginArray && len(e.responses()) == 0 {
		return fail("an empty Array was sent")
	}
	return silent(e)
}

// invalidMembers wants as many invalid requests as a batch has members.
func (r *run) invalidMembers(text string, count int) finding {
	responses, err := r.send(text).array()
	switch {
	case err != nil:
		return fail("%v", err)
	case len(responses) != count:
		return fail("found %d answers, want %d", len(responses), count)
	}
	for _, response := range responses {
		if response.code() != "-32600" {
			return fail("found %s, want the error -32600", answerOf(response))
		}
		if !response.hasNoID() {
			return fail("found the id %s, want null", message.OrMissing(response.id()))
		}
	}
	return pass
}

func batchResult(r *run, p *procedure) finding {
	responses, err := r.send("[" + p.call("1") + "," + request(r.unknown, nil, "2") + "]").array()
	if err != nil {
		return fail("%v", err)
	}
	for _, response := range responses {
		if !message.Same(response.id(), jsontext.Value("1")) {
			continue
		}
		if result := response.members["result"]; response.failed() || result == nil {
			return fail("found %s, want a result", answerOf(response))
		} else if p.expect != nil && !equal(result, p.expect) {
			return fail("found the result %s, want %s", message.Short(result), message.Short(p.expect))
		}
		return pass
	}
	return warn("found no answer with the id 1")
}
