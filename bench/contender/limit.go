package contender

import (
	"bytes"
	"net/http"
	"strconv"
	"sync"

	"github.com/runrpc/jsonrpc/bench/work"
)

// limit is net/http alone: it reads the body and writes an answer that is right for the
// workload whose name is the path. Nothing that stands on net/http can be faster.
func limit() Contender {
	return Contender{Name: "limit", Kind: Reference, Via: "net/http alone, constant answer", New: func(Setup) (Instance, error) {
		answers := map[string][]byte{}
		for _, w := range work.All() {
			answers["/"+w.Name] = naiveAnswer(w.Body(nil))
		}
		bodies := newBuffers()
		return Instance{HTTP: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := bodies.get()
			defer bodies.put(body)
			if _, err := body.ReadFrom(r.Body); err != nil {
				return
			}
			writeJSON(w, answers[r.URL.Path])
		})}, nil
	}}
}

// buffers is a pool of buffers that come out empty.
type buffers struct{ pool sync.Pool }

func newBuffers() *buffers {
	return &buffers{sync.Pool{New: func() any { return new(bytes.Buffer) }}}
}

func (b *buffers) get() *bytes.Buffer {
	buf := b.pool.Get().(*bytes.Buffer)
	buf.Reset()
	return buf
}

func (b *buffers) put(buf *bytes.Buffer) { b.pool.Put(buf) }

// jsonType is shared between answers, which saves each a slice.
var jsonType = []string{"application/json"}

func writeJSON(w http.ResponseWriter, answer []byte) {
	h := w.Header()
	h["Content-Type"] = jsonType
	h["Content-Length"] = []string{strconv.Itoa(len(answer))}
	_, _ = w.Write(answer) // the client has gone then
}
