// Package docpage is the page that people read about a service and try it with. It needs nothing
// but its own files, which are in the binary.
//
// The page is for any server that answers JSON-RPC 2.0 and describes itself: it sends its messages
// to the address that it is at, and asks for the description at the same address with the query
// openrpc.json. openrpc.Docs puts the two together.
package docpage

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"net/http"
	"sync"
	"time"
)

//go:embed page
var files embed.FS

// policy lets the page run its own scripts, show its own styles and talk to its own server, and
// nothing else: not even a text that is taken for markup by mistake could do more. Browsers that
// know trusted types refuse to take any text for markup.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// Handler serves the page, and what it is made of by the query: ?page.css, ?page.js, ?icon.svg.
// Any other query is the page's. With queries the page is one address, so it works under whatever
// path it is mounted: with a slash at its end or without, with or without what is below it, and
// behind a proxy that changes the path.
func Handler() http.Handler { return load() }

// load makes the assets of the files, once.
var load = sync.OnceValue(func() handler {
	root, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the files are in the binary
	}
	return handler{
		"":         newAsset(read(root, "index.html"), "text/html; charset=utf-8"),
		"page.css": newAsset(read(root, "page.css"), "text/css; charset=utf-8"),
		"page.js":  newAsset(join(root, "app.js"), "text/javascript; charset=utf-8"),
		"icon.svg": newAsset(read(root, "icon.svg"), "image/svg+xml"),
	}
})

// handler has the assets by their queries.
type handler map[string]asset

// asset is one of the files that are served.
type asset struct {
	body        []byte
	etag        string
	contentType string
}

func newAsset(body []byte, contentType string) asset {
	sum := sha256.Sum256(body)
	return asset{body, `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, contentType}
}

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := h[r.URL.RawQuery]
	if !ok {
		a = h[""]
	}
	header := w.Header()
	header.Set("Content-Type", a.contentType)
	header.Set("ETag", a.etag)
	header.Set("Cache-Control", "no-cache") // a copy may be kept, and has to be asked for again
	header.Set("Content-Security-Policy", policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.body))
}

func read(files fs.FS, name string) []byte {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		panic(err) // the files are in the binary
	}
	return text
}
