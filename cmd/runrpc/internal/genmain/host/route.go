package main

import (
	"fmt"
	"net/http"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// route returns the handler for all requests: calls go to app, which is at one path or, at "/", wherever
// there is no page; everything else goes to the pages, if there are any.
func route(s settings.Settings, app *jsonrpc.Application) http.Handler {
	var folders []folder
	for _, f := range s.Folders {
		folders = append(folders, folder{f.Path, filesOf(f)})
	}
	return beside(app, s.Path, folders)
}

// beside serves app at a path, and folders.
func beside(app *jsonrpc.Application, path string, folders []folder) http.Handler {
	switch {
	case len(folders) == 0 && path == "/":
		return app
	case len(folders) == 0:
		return at(path, app)
	}
	pages := newPages(folders, path)
	guarded := app.Guard(pages)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := r.URL.Path == path || path == "/" && !reading(r)
		if call && !(reading(r) && pages.has(r.URL.Path)) {
			app.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// at serves h at one path alone.
func at(path string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != path {
			http.Error(w, fmt.Sprintf("404 there is nothing at %q: procedures are called by POST to %s", clip(r.URL.Path), path), http.StatusNotFound)
			return
		}
		h.ServeHTTP(w, r)
	})
}
