package source

import (
	"fmt"
	"go/token"
	"os"
	"path/filepath"
)

// Short returns path as seen from the current directory if it lies below, as compilers print it.
func Short(path string) string {
	dir, err := os.Getwd()
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

// Position returns "file:line".
func Position(pos token.Position) string {
	return fmt.Sprintf("%s:%d", Short(pos.Filename), pos.Line)
}

// Exactly returns "file:line:column".
func Exactly(pos token.Position) string { return fmt.Sprintf("%s:%d", Position(pos), pos.Column) }
