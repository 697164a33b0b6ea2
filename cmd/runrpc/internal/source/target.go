// Package source finds the Go packages that a user names and describes the functions in them: names,
// parameters, documentation and directives as they stand in the source.
package source

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// A Target is what one argument of the command line names.
type Target struct {
	Arg string
	// Place is the directory, or the file in it. For an import path it is the current directory.
	Place workspace.Place
}

// Locate finds what arg names: a directory, also as the pattern DIR/... for all packages in it, a .go file
// (the suffix may be left out), or else an import path, which only go list can tell to be one.
func Locate(arg string) (Target, error) { return LocateIn("", arg) }

// LocateIn is Locate as seen from the directory base; empty is the current one.
func LocateIn(base, arg string) (Target, error) {
	if tree, ok := strings.CutSuffix(filepath.ToSlash(arg), "/..."); ok {
		if dir := from(base, tree); isDir(dir) {
			dir, err := realDir(dir)
			return Target{Arg: arg, Place: workspace.Place{Dir: dir}}, err
		}
	}
	path := from(base, arg)
	info, err := os.Stat(path)
	if err != nil {
		if info, err := os.Stat(path + ".go"); err == nil && info.Mode().IsRegular() {
			return file(arg, path+".go")
		}
		if !mayBeImportPath(arg) {
			return Target{}, fmt.Errorf("found nothing at %q: want a directory, a .go file or an import path", arg)
		}
		dir, err := realDir(base)
		return Target{Arg: arg, Place: workspace.Place{Dir: dir, Import: true}}, err
	}
	if info.IsDir() {
		dir, err := realDir(path)
		return Target{Arg: arg, Place: workspace.Place{Dir: dir}}, err
	}
	return file(arg, path)
}

// from returns path as it is seen from the directory base.
func from(base, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(base, path)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// file returns the target for the file at path.
func file(arg, path string) (Target, error) {
	if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
		return Target{}, fmt.Errorf("found the file %q: want a directory, a .go file that is no test, or an import path", path)
	}
	// Only the directory: go compiles a linked file where the link stands.
	dir, err := realDir(filepath.Dir(path))
	return Target{Arg: arg, Place: workspace.Place{Dir: dir, File: filepath.Base(path)}}, err
}

// mayBeImportPath tells paths of the file system from import paths, as the go command does.
func mayBeImportPath(arg string) bool {
	return arg != "" && !filepath.IsAbs(arg) && !strings.HasPrefix(arg, ".") &&
		!strings.HasSuffix(arg, ".go") && !strings.ContainsAny(arg, `\ @`)
}

// realDir returns dir as an absolute path without symbolic links. A link inside a module to a directory
// outside any keeps its place in the module.
func realDir(dir string) (string, error) {
	named, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	dir, err = filepath.EvalSymlinks(named)
	if err != nil {
		return "", err
	}
	if _, ok := workspace.ModuleRoot(dir); ok {
		return dir, nil
	}
	root, ok := workspace.ModuleRoot(named)
	if !ok {
		return dir, nil
	}
	rel, err := filepath.Rel(root, named)
	if err != nil {
		return "", err
	}
	root, err = filepath.EvalSymlinks(root)
	return filepath.Join(root, rel), err
}
