package main

import (
	"io/fs"
	"os"
	urlpath "path"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// visible shows of a directory what is to be served: regular files, and directories with an index.html; but
// nothing whose name begins with a dot, other than .well-known, which exists to be served.
type visible struct {
	files fs.FS
}

// Open implements fs.FS.
func (v visible) Open(name string) (fs.File, error) {
	if _, err := v.Stat(name); err != nil { // before it is opened: to open a pipe may take for ever
		return nil, err
	}
	return v.files.Open(name)
}

// Stat implements fs.StatFS.
func (v visible) Stat(name string) (fs.FileInfo, error) {
	none := &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && part != "." && part != ".well-known" {
			return nil, none
		}
	}
	info, err := fs.Stat(v.files, name)
	switch {
	case err != nil:
		return nil, none
	case info.IsDir():
		if index, err := fs.Stat(v.files, urlpath.Join(name, "index.html")); err != nil || !index.Mode().IsRegular() {
			return nil, none
		}
	case !info.Mode().IsRegular():
		return nil, none
	}
	return info, nil
}

// filesOf returns the files of a folder.
func filesOf(f settings.Folder) fs.FS {
	if !f.Embedded {
		return directory(f.Dir)
	}
	files, err := fs.Sub(embedded(), f.Dir)
	if err != nil {
		panic(err) // the path is runrpc's own
	}
	return files
}

// directory is a directory of the system's, from which no link leads out. It is looked up each time, since
// what builds pages may put another one in its place.
type directory string

// Open implements fs.FS.
func (d directory) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(d))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.FS().Open(name)
}

// Stat implements fs.StatFS.
func (d directory) Stat(name string) (fs.FileInfo, error) {
	root, err := os.OpenRoot(string(d))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return fs.Stat(root.FS(), name)
}
