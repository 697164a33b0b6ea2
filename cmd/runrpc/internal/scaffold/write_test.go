package scaffold

import (
	"os"
	"path/filepath"
	"testing"
)

// What cannot be finished is taken back, and nothing else.
func TestWriteTakesBack(t *testing.T) {
	impossible := map[string]string{"a/b": "text", "a": "a file where a directory is", "c": "text"}
	parent := t.TempDir()
	made, given := filepath.Join(parent, "made"), filepath.Join(parent, "given")
	if err := os.Mkdir(given, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{made, given} {
		if err := write(dir, impossible); err == nil {
			t.Errorf("%s: found no error", dir)
		}
	}
	if _, err := os.Lstat(made); !os.IsNotExist(err) {
		t.Errorf("left behind what it made: %v", err)
	}
	entries, err := os.ReadDir(given)
	if err != nil || len(entries) != 0 {
		t.Errorf("left behind %v, %v", entries, err)
	}
}
