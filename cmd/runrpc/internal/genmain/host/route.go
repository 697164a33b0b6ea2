package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// A route says who answers which request: calls go to app, which is at one path or, at "/", wherever there is
// no page; everything else goes to the pages, if there are any.
type route struct {
	app   *jsonrpc.Application
	path  string
	pages *pages // nil: none
	docs  bool   // app answers GET too, at its path and below
}

func newRoute(s settings.Settings, app *jsonrpc.Application, docs bool) route {
	r := route{app: app, path: s.Path, docs: docs}
	if len(s.Folders) > 0 {
		var folders []folder
		for _, f := range s.Folders {
			folders = append(folders, folder{f.Path, filesOf(f)})
		}
		r.pages = newPages(folders, s.Path)
	}
	return r
}

// handler returns the handler for all requests.
func (r route) handler() http.Handler {
	if r.pages == nil && r.path == "/" {
		return r.app
	}
	pages := http.Handler(http.HandlerFunc(r.nothing))
	if r.pages != nil {
		pages = r.app.Guard(r.pages)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if r.calls(req) {
			r.app.ServeHTTP(w, req)
			return
		}
		pages.ServeHTTP(w, req)
	})
}

// calls reports whether a request is for the Application.
func (r route) calls(req *http.Request) bool {
	at := req.URL.Path
	switch {
	case !reading(req):
		return at == r.path || r.path == "/"
	case r.pages != nil && r.pages.has(at):
		return false
	}
	return at == r.path || r.docs && r.documents(at)
}

// documents reports whether a path is one of the docs, where there is no page. Pages at "/" have all paths but
// those of the two files.
func (r route) documents(at string) bool {
	if r.path == "/" && r.pages != nil && r.pages.covers(at) {
		return at == "/openrpc.json" || at == "/map"
	}
	return strings.HasPrefix(at, strings.TrimSuffix(r.path, "/")+"/")
}

// docsPath returns where people find the docs, empty if there are none.
func (r route) docsPath() string {
	below := strings.TrimSuffix(r.path, "/") + "/"
	switch {
	case !r.docs:
		return ""
	case r.pages != nil && r.pages.has(below):
		return below + "openrpc.json"
	}
	return below
}

// nothing answers where there is nothing.
func (r route) nothing(w http.ResponseWriter, req *http.Request) {
	http.Error(w, fmt.Sprintf("404 there is nothing at %q: procedures are called by POST to %s", clip(req.URL.Path), r.path), http.StatusNotFound)
}
