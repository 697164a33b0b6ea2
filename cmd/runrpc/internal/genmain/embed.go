package genmain

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/mod/module"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// embedFolders puts the files of the folders that are to be embedded into the program, and returns the
// folders as it finds them there.
func embedFolders(to Target, folders []settings.Folder) ([]settings.Folder, error) {
	inside := slices.Clone(folders)
	found := false
	for i, f := range folders {
		if !f.Embedded {
			continue
		}
		inside[i].Dir = fmt.Sprintf("folders/%d", i)
		n, err := copyFiles(to, f.Dir, inside[i].Dir)
		if err != nil {
			return nil, fmt.Errorf("embedding %s: %w", f.Dir, err)
		}
		if n == 0 {
			return nil, fmt.Errorf("embedding %s: found no file in it", f.Dir)
		}
		found = true
	}
	if !found {
		return inside, nil
	}
	return inside, to.WriteMain("embedded.go", []byte(`package main

import (
	"embed"
	"io/fs"
)

//go:embed all:folders
var folders embed.FS

func embedded() fs.FS { return folders }
`))
}

// copyFiles copies the files of a directory that would be served, and returns their number. Links are followed
// as far as they stay inside, as the server follows them.
func copyFiles(to Target, dir, name string) (n int, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return 0, err
	}
	defer root.Close()
	files := root.FS()
	err = fs.WalkDir(files, ".", func(at string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case at != "." && strings.HasPrefix(d.Name(), ".") && d.Name() != ".well-known":
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		}
		if info, err := fs.Stat(files, at); err != nil || !info.Mode().IsRegular() {
			return nil // no page: a pipe, a link that leads out, or one to a directory
		}
		if d.Name() == "go.mod" || module.CheckFilePath(at) != nil {
			return fmt.Errorf("found the file %s, and go embeds none of that name: rename it, or serve the folder with runrpc serve", at)
		}
		text, err := fs.ReadFile(files, at)
		if err != nil {
			return err
		}
		n++
		return to.WriteMain(path.Join(name, at), text)
	})
	return n, err
}
