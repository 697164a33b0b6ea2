package source

import (
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"
)

// walk returns the directories of a tree that count, root among them, and a word on those that one
// might miss. It leaves out what go leaves out, and node_modules.
func walk(root string) (map[string]bool, []Skip, error) {
	counted := map[string]bool{}
	var skipped []Skip
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path == root {
			counted[path] = true
			return nil
		}
		why := leftOut(path, d)
		if why != "" {
			skipped = append(skipped, Skip{Pos: token.Position{Filename: path}, Why: why})
		}
		if !d.IsDir() {
			return nil
		}
		if why != "" || Ignored(d.Name()) {
			return fs.SkipDir
		}
		counted[path] = true
		return nil
	})
	return counted, skipped, err
}

// Ignored reports whether a directory of that name holds no packages by convention.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") ||
		slices.Contains([]string{"testdata", "vendor", "node_modules"}, name)
}

// leftOut says why a directory that may hold packages is left out.
func leftOut(path string, d fs.DirEntry) string {
	switch {
	case Ignored(d.Name()):
		return ""
	case d.Type()&fs.ModeSymlink != 0 && hasGo(path):
		return "a symbolic link to a directory, which go does not follow: name it as well to serve it"
	case !d.IsDir():
		return ""
	}
	if info, err := os.Stat(filepath.Join(path, "go.mod")); err == nil && !info.IsDir() {
		return "a module of its own: name it as well to serve it"
	}
	if module.CheckImportPath("x/"+d.Name()) != nil && hasGo(path) {
		return "go allows no such name in an import path: rename it to serve it"
	}
	return ""
}

// hasGo reports whether path is a directory with Go files.
func hasGo(path string) bool {
	entries, err := os.ReadDir(path)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return filepath.Ext(e.Name()) == ".go" })
}
