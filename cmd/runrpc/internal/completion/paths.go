package completion

import (
	"os"
	"path/filepath"
	"strings"
)

// What paths are completed with.
func all(os.DirEntry) bool           { return true }
func directories(e os.DirEntry) bool { return isDir(e) }
func goFiles(e os.DirEntry) bool     { return isDir(e) || filepath.Ext(e.Name()) == ".go" }

func isDir(e os.DirEntry) bool { return e.IsDir() || e.Type()&os.ModeSymlink != 0 }

// packages completes what can be served.
func packages(current string) []candidate { return paths("", current, goFiles) }

// paths completes a path that may have something before it in the same word. Hidden files need their dot.
func paths(before, current string, fits func(os.DirEntry) bool) []candidate {
	dir, start := filepath.Split(current)
	entries, err := os.ReadDir(place(dir))
	if err != nil {
		return nil
	}
	var found []candidate
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasPrefix(name, start) || strings.HasPrefix(name, ".") && start == "" || !fits(entry) {
			continue
		}
		if info, err := os.Stat(filepath.Join(place(dir), name)); err == nil && info.IsDir() {
			name += "/"
		}
		found = append(found, candidate{before + dir + name, ""})
	}
	return found
}

// place is where a path leads to, with ~ for the home directory.
func place(dir string) string {
	if dir == "" {
		return "."
	}
	if rest, ok := strings.CutPrefix(dir, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return dir
}
