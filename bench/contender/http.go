package contender

import (
	"bytes"
	"net/http"
)

// handlerWriter is a ResponseWriter that keeps the answer.
type handlerWriter struct {
	header http.Header
	body   bytes.Buffer
}

func (w *handlerWriter) Header() http.Header         { return w.header }
func (w *handlerWriter) Write(p []byte) (int, error) { return w.body.Write(p) }
func (*handlerWriter) WriteHeader(int)               {}

// handlerBody is a request's body that can be used again.
type handlerBody struct{ bytes.Reader }

func (*handlerBody) Close() error { return nil }

// throughHTTP calls a handler with a request and a writer that are used again, for libraries
// without a way in for bytes: no sockets, and none of httptest's allocations.
func throughHTTP(h http.Handler) func([]byte) []byte {
	w, body := &handlerWriter{header: http.Header{}}, &handlerBody{}
	r, err := http.NewRequest(http.MethodPost, "/", body)
	if err != nil {
		panic(err) // the request is a constant
	}
	r.Header.Set("Content-Type", "application/json")
	return func(msg []byte) []byte {
		body.Reset(msg)
		r.ContentLength = int64(len(msg))
		clear(w.header)
		w.body.Reset()
		h.ServeHTTP(w, r)
		return w.body.Bytes()
	}
}
