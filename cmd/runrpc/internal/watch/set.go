// Package watch tells when the content of files has changed.
package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// A Set says what is watched. All paths are absolute.
type Set struct {
	Trees []string // directories whose source files count, with those of all directories below
	Dirs  []string // directories whose source files count
	Lists []string // directories of which the list of files counts
	Files []string // files, which need not exist
	Rules Rules
}

// Rules tell what counts by its name. Nil functions are no rules.
type Rules struct {
	Skip   func(dir string) bool  // a directory in a tree does not count, nor what is below
	Nested string                 // a directory in a tree that has a file of this name is a tree of its own
	Source func(file string) bool // a file is a source file
	// Temporary says of a file in one of the Lists that it is of no interest.
	Temporary func(file string) bool
}

// A visitor is told of what counts, in part more than once.
type visitor struct {
	dir    func(path string) // a directory in which something may appear
	file   func(path string) // a file whose content counts
	listed func(path string) // a file of which it counts that it is there
}

// walk visits all that counts, what is listed at the end.
func (s Set) walk(v visitor) {
	for _, root := range s.Trees {
		s.tree(root, v)
	}
	for _, path := range s.Dirs {
		s.list(path, v)
	}
	for _, path := range s.Files {
		v.dir(filepath.Dir(path))
		v.file(path)
	}
	for _, path := range s.Lists {
		v.dir(path)
		for _, e := range entries(path) {
			if s.Rules.Temporary == nil || !s.Rules.Temporary(e.Name()) {
				v.listed(filepath.Join(path, e.Name()))
			}
		}
	}
}

// tree walks a tree.
func (s Set) tree(root string, v visitor) {
	for _, e := range s.list(root, v) {
		path := filepath.Join(root, e.Name())
		if !e.IsDir() || s.Rules.Skip != nil && s.Rules.Skip(e.Name()) {
			continue
		}
		if nested := filepath.Join(path, s.Rules.Nested); s.Rules.Nested != "" && isFile(nested) {
			v.file(nested) // when it goes, the tree grows
			continue
		}
		s.tree(path, v)
	}
}

// list walks a directory, without those in it, and returns all that it holds.
func (s Set) list(path string, v visitor) []fs.DirEntry {
	v.dir(path)
	all := entries(path)
	for _, e := range all {
		if !e.IsDir() && (s.Rules.Source == nil || s.Rules.Source(e.Name())) {
			v.file(filepath.Join(path, e.Name()))
		}
	}
	return all
}

// concerns reports whether what happens to a path may concern the set.
func (s Set) concerns(path string) bool {
	return s.Rules.Source == nil || s.Rules.Source(filepath.Base(path)) ||
		slices.Contains(s.Files, path)
}

// entries returns what a directory holds, nothing where it cannot be read.
func entries(dir string) []fs.DirEntry {
	all, _ := os.ReadDir(dir)
	return all
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
