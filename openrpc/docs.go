package openrpc

import (
	"bytes"
	"cmp"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc/docpage"
)

// Docs is for Options.Docs of an Application. Under whatever path that is mounted it serves
//
//   - openrpc.json: the document
//   - map: a JSON object with the signature of each method
//   - any other path: the page of package docpage for browsers; for others, where there is no dot in
//     its last part, a page of text
//
// Where the Application gets no path below its own, the queries ?openrpc.json and ?map do as well.
//
// A request calls rpc.discover as a POST would, so that what guards that method guards these
// too: what it refuses is 403 with the error's text, and 404 says that there is no rpc.discover.
// The page alone is for everybody, since it tells nothing itself: those who are refused can give it
// the headers that let them in. The files have an ETag, and are made once for a document.
func Docs(app *jsonrpc.Application) http.Handler {
	return &docs{app: app, page: docpage.Handler(), text: true}
}

// WithPage is Docs with a page of your own in place of both, which gets all paths but those of
// the two files. Everybody gets it, also those whom rpc.discover refuses: it has to ask for
// openrpc.json itself, with what its user gives it to be let in.
func WithPage(page http.Handler) func(*jsonrpc.Application) http.Handler {
	return func(app *jsonrpc.Application) http.Handler { return &docs{app: app, page: page} }
}

type docs struct {
	app  *jsonrpc.Application
	page http.Handler // nil: the text
	text bool         // for those who do not want HTML
}

func (d *docs) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := asked(r)
	known := name == "openrpc.json" || name == "map"
	if !known && d.text {
		w.Header().Set("Vary", "Accept")
	}
	switch {
	case !known && d.page != nil && (!d.text || browses(r)):
		d.page.ServeHTTP(w, r)
		return
	case !known && name != "." && strings.Contains(name, "."):
		http.NotFound(w, r)
		return
	}
	files, err := d.files(r)
	switch {
	case err != nil:
		refuse(w, err)
	case name == "openrpc.json":
		files.json.serve(w, r)
	case name == "map":
		files.maps.serve(w, r)
	default:
		files.text.serve(w, r)
	}
}

// asked returns what a request is for: its query names it, or the end of its path.
func asked(r *http.Request) string {
	if q := r.URL.RawQuery; q == "openrpc.json" || q == "map" {
		return q
	}
	return path.Base(r.URL.Path)
}

// browses tells whether a request is for the page, or for a part of it, which has a query.
func browses(r *http.Request) bool {
	return r.URL.RawQuery != "" || strings.Contains(r.Header.Get("Accept"), "text/html")
}

// requestID is the id of the calls. With null, a call is no notification.
var requestID = stdjson.RawMessage("null")

// files calls rpc.discover and renders what it returns.
func (d *docs) files(r *http.Request) (*rendering, error) {
	v, err := d.app.ServeRPC(r.Context(), &jsonrpc.Request{Method: MethodName, ID: requestID})
	if err != nil {
		return nil, err
	}
	doc, ok := v.(*Document)
	if !ok { // somebody's own method
		var b bytes.Buffer
		if err := (jsonrpc.StrictCodec{}).MarshalWrite(&b, v); err != nil {
			return nil, err
		}
		if doc, err = Parse(b.Bytes()); err != nil {
			return nil, err
		}
	}
	return doc.rendered()
}

var (
	noCache = []string{"no-cache"} // a copy may be kept, and has to be asked for again
	noSniff = []string{"nosniff"}
)

// serve serves a file, or tells that it has not changed.
func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h["Etag"], h["Cache-Control"], h["X-Content-Type-Options"] = f.etag, noCache, noSniff
	if f.known(r) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h["Content-Type"], h["Content-Length"] = f.contentType, f.length
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.body) // the client may be gone
	}
}

// known tells whether the client has the file. An ETag of ours stands in no other.
func (f *file) known(r *http.Request) bool {
	return slices.ContainsFunc(r.Header["If-None-Match"], func(tags string) bool {
		return tags == "*" || strings.Contains(tags, f.etag[0])
	})
}

// refuse answers with what rpc.discover has answered, as text.
func refuse(w http.ResponseWriter, err error) {
	var e *jsonrpc.Error
	if !errors.As(err, &e) {
		e = &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: "Internal error: " + err.Error()}
	}
	status, text := http.StatusForbidden, e.Message
	switch e.Code {
	case jsonrpc.CodeMethodNotFound:
		status, text = http.StatusNotFound, "there is no "+MethodName+" here: openrpc.Discover makes it"
	case jsonrpc.CodeInternalError, jsonrpc.CodeServerError:
		status = http.StatusInternalServerError
		if data, err := json.Marshal(e.Data); err == nil && e.Data != nil {
			text += " " + string(data) // the incident
		}
	case jsonrpc.CodeTimeout, jsonrpc.CodeCancelled, jsonrpc.CodeUnavailable, jsonrpc.CodeOverloaded:
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "1")
	}
	http.Error(w, cmp.Or(text, fmt.Sprintf("refused with the code %d", e.Code)), status)
}
