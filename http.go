package jsonrpc

import (
	"context"
	"errors"
	"net/http"
	"strconv"
)

// ServeHTTP answers a message that is POSTed as application/json. Whatever happens at the level
// of JSON-RPC, the status is 200, or 204 where there is nothing to answer; doc/protocol.md lists
// the others. GET and HEAD are for Options.Docs.
func (a *Application) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if ref := a.admission.check(r, fromBrowser(r)); ref != nil {
		ref.send(w)
		return
	}
	a.admission.share(w, r)
	switch {
	case len(a.admission.origins) > 0 && preflight(r):
		w.WriteHeader(http.StatusNoContent)
		return
	case a.documents(r):
		a.serveDocs(w, r)
		return
	case r.Method != http.MethodPost:
		a.refuseMethod(w, r)
		return
	}
	if ref := mediaType(r); ref != nil {
		ref.send(w)
		return
	}
	extras, err := a.requestExtras(r)
	if err != nil {
		a.refuseExtras(w, err)
		return
	}
	a.takePost(w, r).serve(extras)
}

// send answers with text. The body was not read: the connection is of no more use.
func (ref *refusal) send(w http.ResponseWriter) { http.Error(w, ref.reason, ref.status) }

func (a *Application) requestExtras(r *http.Request) (Extras, error) {
	if a.extras == nil {
		return nil, nil
	}
	return a.extras(r)
}

// refuseExtras answers a request that Options.Extras has refused.
func (a *Application) refuseExtras(w http.ResponseWriter, err error) {
	var known *HTTPError
	if errors.As(err, &known) && known.Status >= 400 && known.Status <= 599 {
		(&refusal{known.Status, known.Message}).send(w)
		return
	}
	id := newIncident()
	a.engine.log.incident(id, "", err, nil)
	(&refusal{http.StatusInternalServerError, "Internal error, incident " + id}).send(w)
}

var jsonContent = []string{"application/json"}

// send writes an answer; nil is 204. A message that is to be read before the connection's next
// is not: whole says so.
func send(w http.ResponseWriter, status int, body []byte, whole bool) {
	h := w.Header()
	switch {
	case body == nil:
		w.WriteHeader(http.StatusNoContent)
		return
	case status == http.StatusServiceUnavailable:
		h.Set("Retry-After", "1")
	}
	h["Content-Type"] = jsonContent
	if len(body) > serverBuffer || whole {
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	if status != http.StatusOK {
		w.WriteHeader(status)
	}
	_, _ = w.Write(body) // the client may be gone
}

// serverBuffer is the size of an answer up to which net/http finds its length itself.
const serverBuffer = 2 << 10

// background returns a request's context for what goes on after the answer.
func background(r *http.Request) context.Context { return context.WithoutCancel(r.Context()) }
