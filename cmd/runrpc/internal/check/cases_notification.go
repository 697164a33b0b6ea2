package check

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

const saysSilence = `The Server MUST NOT reply to a Notification, including those that are within a batch request.`

var notificationCases = []Case{
	{
		"notification.unknown", `nothing is answered to a notification of an unknown method`, "4.1", saysSilence,
		func(r *run) finding { return silent(r.tell(request(r.unknown, nil, ""))) },
	},
	{
		"notification.params", `nothing is answered to a notification with params`, "4.1", saysSilence,
		func(r *run) finding { return silent(r.tell(request(r.unknown, jsontext.Value(`[1,2,3,4,5]`), ""))) },
	},
	{
		"notification.known", `nothing is answered to a notification of a procedure that there is`, "4.1", saysSilence,
		needs(func(r *run, p *procedure) finding { return silent(r.tell(p.call(""))) }),
	},
	{
		"notification.error", `nothing is answered to a notification that goes wrong`, "4.1",
		`Notifications are not confirmable by definition, since they do not have a Response object to be returned.`,
		needs(func(r *run, p *procedure) finding {
			if p.wrong == nil {
				return skip("no params are known that %s refuses: --invalid names some", p.method)
			}
			return silent(r.tell(request(p.method, p.wrong, "")))
		}),
	},
}

// silent wants nothing, or at least no Response.
func silent(e *exchange) finding {
	switch {
	case e.err != nil:
		return warn("nothing was answered, but %v", e.err)
	case e.silent():
		return pass
	case speaks(e):
		return fail("a Response was sent")
	}
	return warn("something was sent, if no Response: %s", strings.TrimSpace(e.shown()))
}
