package openrpc

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"sync"

	"github.com/go-json-experiment/json"
)

// rendering is what a document looks like, made once.
type rendering struct {
	of   *Document // another is a copy, which may have been changed
	once sync.Once
	err  error
	json file
	maps file
	text file
}

// file is something to serve, with what is in its headers.
type file struct {
	body        []byte
	contentType []string
	length      []string
	etag        []string
}

func newFile(body []byte, contentType string) file {
	sum := sha256.Sum256(body)
	return file{
		body:        body,
		contentType: []string{contentType},
		length:      []string{strconv.Itoa(len(body))},
		etag:        []string{`"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`},
	}
}

// rendered returns what the document looks like.
func (d *Document) rendered() (*rendering, error) {
	r := d.rendering
	if r == nil || r.of != d {
		r = &rendering{of: d}
	}
	r.once.Do(r.make)
	return r, r.err
}

func (r *rendering) make() {
	body, err := json.Marshal((*plainDocument)(r.of), options)
	if err != nil {
		r.err = err
		return
	}
	r.json = newFile(body, "application/json")
	r.maps = newFile(signatures(r.of), "application/json")
	r.text = newFile(overview(r.of), "text/plain; charset=utf-8")
}

// document returns the document's JSON.
func (r *rendering) document() ([]byte, error) {
	r.once.Do(r.make)
	return r.json.body, r.err
}
