package scaffold

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/sumdb/dirhash"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// unreleased is the version that the template's go.mod requires of the toolkit: none that there is.
const unreleased = "v0.0.0-00010101000000-000000000000"

// A requirement is how a project comes by the toolkit: by a version, or from a directory.
type requirement struct {
	version string
	sums    []string // lines of go.sum
	dir     string
}

// newRequirement requires the toolkit in the directory source, or else the version that this binary was
// installed from, or else the checkout that it was built from.
func newRequirement(ctx context.Context, tool *gotool.Tool, source string) (requirement, error) {
	if source != "" {
		return requirement{dir: source}, toolkit.Check(source)
	}
	dir, err := toolkit.Find(ctx, tool)
	release, ok := toolkit.Installed()
	if err != nil || !ok {
		return requirement{dir: dir}, err
	}
	open := func(string) (io.ReadCloser, error) { return os.Open(filepath.Join(dir, "go.mod")) }
	sum, err := dirhash.Hash1([]string{"go.mod"}, open)
	line := toolkit.Path + " " + release.Version
	return requirement{version: release.Version, sums: []string{line + " " + release.Sum, line + "/go.mod " + sum}}, err
}

// mod returns the project's go.mod.
func (r requirement) mod(template string) string {
	if r.dir == "" {
		return strings.Replace(template, unreleased, r.version, 1)
	}
	return template + "\nreplace " + toolkit.Path + " => " + modfile.AutoQuote(filepath.ToSlash(r.dir)) + "\n"
}

// sum returns the project's go.sum, which is in order of the modules' paths.
func (r requirement) sum(template string) string {
	var lines []string
	added := false
	for line := range strings.Lines(template) {
		if !added && line > toolkit.Path {
			lines, added = append(lines, r.sums...), true
		}
		lines = append(lines, strings.TrimSuffix(line, "\n"))
	}
	return strings.Join(lines, "\n") + "\n"
}
