package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	urlpath "path"
	"slices"
	"strings"
)

// folder is files that are served below a path of the URL.
type folder struct {
	path  string // "/", "/docs"
	files fs.FS
}

// pages serves the files of its folders.
type pages struct {
	folders []folder // the longest path first
	rpc     string   // where procedures are called
}

func newPages(folders []folder, rpc string) *pages {
	p := &pages{rpc: rpc}
	for _, f := range folders {
		p.folders = append(p.folders, folder{strings.TrimSuffix(f.path, "/"), visible{f.files}})
	}
	slices.SortFunc(p.folders, func(a, b folder) int { return len(b.path) - len(a.path) })
	return p
}

// ServeHTTP answers GET and HEAD. A browser may keep what it gets, and asks each time whether it has
// changed.
func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	if !reading(r) {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, fmt.Sprintf("found %s, want GET or HEAD: procedures are called by POST to %s", clip(r.Method), p.rpc), http.StatusMethodNotAllowed)
		return
	}
	f, name, ok := p.find(r.URL.Path)
	if !ok {
		http.Error(w, fmt.Sprintf("there is no page %q here: procedures are called by POST to %s", clip(r.URL.Path), p.rpc), http.StatusNotFound)
		return
	}
	if r.URL.Path == f.path {
		target := urlpath.Base(f.path) + "/"
		if r.URL.RawQuery != "" {
			target += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, target, http.StatusMovedPermanently)
		return
	}
	h.Set("Cache-Control", "no-cache")
	if tag := entityTag(f.files, name); tag != "" {
		h.Set("ETag", tag)
	}
	http.StripPrefix(f.path, http.FileServerFS(f.files)).ServeHTTP(w, r)
}

// has reports whether there is a page at a path.
func (p *pages) has(urlPath string) bool {
	_, _, ok := p.find(urlPath)
	return ok
}

// covers reports whether a path is below that of a folder.
func (p *pages) covers(urlPath string) bool {
	return slices.ContainsFunc(p.folders, func(f folder) bool {
		rest, below := strings.CutPrefix(urlPath, f.path)
		return below && (rest == "" || rest[0] == '/')
	})
}

// find returns the file for a path: of the folders the one with the longest path decides. For a directory it
// is index.html.
func (p *pages) find(urlPath string) (f folder, name string, ok bool) {
	for _, f := range p.folders {
		rest, below := strings.CutPrefix(urlPath, f.path)
		if !below || rest != "" && rest[0] != '/' {
			continue
		}
		name := strings.TrimPrefix(urlpath.Clean("/"+rest), "/")
		if name == "" {
			name = "."
		}
		info, err := fs.Stat(f.files, name)
		if err == nil && info.IsDir() {
			name = urlpath.Join(name, "index.html")
		}
		return f, name, err == nil
	}
	return folder{}, "", false
}

// reading reports whether a request may be for a page.
func reading(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

// entityTag returns a tag that changes with the file: from its time and size, or from all of it where it has
// no time, as embedded files.
func entityTag(files fs.FS, name string) string {
	info, err := fs.Stat(files, name)
	if err != nil {
		return ""
	}
	if !info.ModTime().IsZero() {
		return fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size())
	}
	file, err := files.Open(name)
	if err != nil {
		return ""
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return ""
	}
	return fmt.Sprintf(`"%x"`, sum.Sum(nil)[:12])
}

// clip shortens what a client sent to what is worth showing.
func clip(s string) string {
	const most = 100
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "..."
	}
	return s
}
