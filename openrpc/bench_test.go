package openrpc_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// manyMethods is a registry with n methods in namespaces of ten, which have docs, errors and
// types of many kinds.
func manyMethods(n int) jsonrpc.RPC {
	rpc := jsonrpc.RPC{"rpc.discover": openrpc.Discover(info, nil)}
	for i := range n - 1 {
		space := fmt.Sprintf("space%d", i/10)
		if rpc[space] == nil {
			rpc[space] = jsonrpc.RPC{jsonrpc.Errors: jsonrpc.ErrorMap{fmt.Errorf("error %d", i): -32001, (*http.MaxBytesError)(nil): -32002}}
		}
		p := jsonrpc.Func(func(tree, flat, *color, []pattern) (page[tree], error) { return page[tree]{}, nil }, "tree", "flat", "color", "patterns").
			Default("color", color("red")).Doc("Does something.\n\nIn a way that takes a paragraph to tell.").
			Param("tree", "The tree to do it with.").Returns("What came of it.")
		rpc[space].(jsonrpc.RPC)[fmt.Sprintf("method%d", i)] = p
	}
	return rpc
}

// BenchmarkDocument makes and renders the document of 1,000 methods.
func BenchmarkDocument(b *testing.B) {
	rpc := manyMethods(1000)
	d := rpc.Describe()
	if len(d.Methods) != 1000 {
		b.Fatalf("found %d methods", len(d.Methods))
	}
	b.Run("New", func(b *testing.B) {
		for b.Loop() {
			openrpc.New(d, info, nil)
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			text, err := openrpc.New(rpc.Describe(), info, nil).MarshalJSON()
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
		}
	})
}

// discard is a ResponseWriter that keeps nothing.
type discard struct{ header http.Header }

func (d discard) Header() http.Header       { return d.header }
func (discard) WriteHeader(int)             {}
func (discard) Write(p []byte) (int, error) { return len(p), nil }

// cachedGet returns what serves a GET again and again.
func cachedGet(tb testing.TB, header http.Header) func() {
	app := appOf(tb, manyMethods(1000), jsonrpc.Options{Docs: openrpc.Docs})
	r := httptest.NewRequest(http.MethodGet, "http://localhost/openrpc.json", nil)
	w := httptest.NewRecorder()
	app.ServeHTTP(w, r)
	if w.Code != http.StatusOK || w.Body.Len() < 100_000 {
		tb.Fatalf("found %d with %d bytes", w.Code, w.Body.Len())
	}
	if header != nil {
		r.Header.Set("If-None-Match", w.Header().Get("Etag"))
	}
	d := discard{http.Header{}}
	return func() {
		clear(d.header)
		app.ServeHTTP(d, r)
	}
}

// BenchmarkGet serves the document of 1,000 methods that is made already.
func BenchmarkGet(b *testing.B) {
	b.Run("200", func(b *testing.B) {
		get := cachedGet(b, nil)
		b.ReportAllocs()
		for b.Loop() {
			get()
		}
	})
	b.Run("304", func(b *testing.B) {
		get := cachedGet(b, http.Header{})
		b.ReportAllocs()
		for b.Loop() {
			get()
		}
	})
}

// TestGetAllocations: what is served again is neither encoded nor copied again.
func TestGetAllocations(t *testing.T) {
	get := cachedGet(t, nil)
	if n := testing.AllocsPerRun(100, get); n > 40 {
		t.Errorf("a GET allocates %v times", n)
	}
	size := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			get()
		}
	}).AllocedBytesPerOp()
	if size > 8<<10 {
		t.Errorf("a GET allocates %d bytes", size)
	}
}
