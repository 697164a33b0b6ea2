package jsonrpc

import "net/http"

// Guard serves h, which stands beside the Application, under its Host and Origin rules: pages, for
// example, that a stranger's web page is not to read by DNS rebinding.
//
//	mux.Handle("/rpc", app)
//	mux.Handle("/", app.Guard(http.FileServerFS(pages)))
//
// Every request counts as a browser's here, since nothing in a GET over plain HTTP tells: names
// other than localhost are served over TLS or where Options.Hosts lists them. A request that is
// refused is answered with 403, and with text that says why.
func (a *Application) Guard(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ref := a.admission.check(r, true); ref != nil {
			ref.send(w)
			return
		}
		h.ServeHTTP(w, r)
	})
}
