package jsonrpc

import (
	"context"
	"net/http"
)

// docsRequest is the GET that Options.Docs answers, for the calls that are made to answer it.
type docsRequest struct {
	http   *http.Request
	extras Extras
}

// docsKey is where a docsRequest is in the context of its handler.
type docsKey struct{}

// documents tells whether a request is one for Options.Docs.
func (a *Application) documents(r *http.Request) bool {
	return a.docs != nil && (r.Method == http.MethodGet || r.Method == http.MethodHead)
}

func (a *Application) serveDocs(w http.ResponseWriter, r *http.Request) {
	extras, err := a.requestExtras(r)
	if err != nil {
		a.refuseExtras(w, err)
		return
	}
	ctx := context.WithValue(r.Context(), docsKey{}, &docsRequest{r, extras})
	a.docs.ServeHTTP(w, r.WithContext(ctx))
}

// refuseMethod answers a request with an HTTP method that is not served.
func (a *Application) refuseMethod(w http.ResponseWriter, r *http.Request) {
	allow, want := http.MethodPost, ", want POST"
	if a.docs != nil {
		allow, want = "GET, HEAD, POST", ", want GET or POST"
	}
	w.Header().Set("Allow", allow)
	(&refusal{http.StatusMethodNotAllowed, "found " + clip(r.Method) + want}).send(w)
}
