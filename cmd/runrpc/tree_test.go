package main_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// files maps slash-separated paths to what they hold.
type files map[string]string

// write writes files into a new directory, makes all of it read-only, and checks at the end of the test
// that nothing in it has changed: no content, no mode, no time of change, which for a directory is that of
// its list of files. As root, whom modes do not stop, that check is what shows writes.
func write(t *testing.T, fs files) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return writeIn(t, dir, fs)
}

// writeIn is write for a directory that is there.
func writeIn(t *testing.T, dir string, fs files) string {
	t.Helper()
	for name, text := range fs {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.TrimPrefix(text, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	protect(t, dir, 0o555, 0o444)
	before := fingerprint(t, dir)
	t.Cleanup(func() {
		if diff := cmp.Diff(before, fingerprint(t, dir)); diff != "" {
			t.Error("the tree has changed (-before +after):\n" + diff)
		}
		protect(t, dir, 0o755, 0o644) // for its removal
	})
	return dir
}

// protect sets the modes of all directories and files in dir.
func protect(t *testing.T, dir string, forDir, forFile os.FileMode) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.Type()&fs.ModeSymlink != 0:
			return err
		case d.IsDir():
			return os.Chmod(path, forDir)
		}
		return os.Chmod(path, forFile)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// fingerprint describes all files of a directory.
func fingerprint(t *testing.T, dir string) map[string]string {
	t.Helper()
	prints := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		var text []byte
		if info.Mode().IsRegular() {
			if text, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		prints[path] = fmt.Sprintf("%v %v %x", info.Mode(), info.ModTime(), sha256.Sum256(text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return prints
}
