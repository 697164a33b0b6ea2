// Package toolkit finds the source of the toolkit that this binary belongs to, so that what it
// generates is built against the very same version, with no network.
package toolkit

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	// What it imports is what the programs that runrpc builds import, so go install brings all of
	// that into the module cache, and an installed runrpc needs no network.
	_ "github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
)

// Path is the toolkit's module path, and the import path of its root package.
const Path = "github.com/runrpc/jsonrpc"

// Variable is the environment variable that names the toolkit's directory.
const Variable = "RUNRPC_TOOLKIT"

// development is the version where none is known.
const development = "(devel)"

// Version returns the version that the binary was built from, "(devel)" where none is known.
func Version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Path == Path && info.Main.Version != "" {
		return info.Main.Version
	}
	return development
}

// VersionOf returns the version of the toolkit's module as go lists it, "(devel)" where none is known.
func VersionOf(m gotool.Module) string {
	if m.Replace == nil {
		return cmp.Or(m.Version, development)
	}
	// A directory of the module cache bears it in its name.
	_, version, _ := strings.Cut(filepath.Base(m.Replace.Path), "@")
	return cmp.Or(m.Replace.Version, version, development)
}

// Find returns the toolkit's directory: the module cache's for a binary that go install made,
// otherwise the checkout that it was compiled from or stands in.
func Find(ctx context.Context, tool *gotool.Tool) (string, error) {
	if release, ok := Installed(); ok {
		return cached(ctx, tool, release.Version)
	}
	if dir := compiledFrom(); Is(dir) {
		return dir, nil
	}
	if dir := above(os.Executable); dir != "" {
		return dir, nil
	}
	if dir := above(os.Getwd); dir != "" {
		return dir, nil
	}
	return "", fmt.Errorf("found no source of %s, which the server is built with: "+
		"set %s to a checkout of it, or run go install %s/cmd/runrpc@latest", Path, Variable, Path)
}

// Is reports whether dir holds the toolkit's module.
func Is(dir string) bool {
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	return err == nil && modfile.ModulePath(data) == Path
}

// Check says what is wrong with a directory that is to hold the toolkit's module.
func Check(dir string) error {
	if Is(dir) {
		return nil
	}
	return fmt.Errorf("%s is not a directory of the module %s: found no go.mod of that name in it", dir, Path)
}

// A Release is a version of the toolkit, with the checksum of its files as go.sum files have it.
type Release struct {
	Version string
	Sum     string
}

// Installed returns the version that go install took from the module cache. Only such a binary
// knows a checksum of its own module; one built in a checkout may bear a version all the same.
func Installed() (Release, bool) {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Path != Path || info.Main.Replace != nil || info.Main.Sum == "" {
		return Release{}, false
	}
	return Release{info.Main.Version, info.Main.Sum}, true
}

// cached returns the directory of a version in the module cache. Where that has been emptied since the
// installation, it downloads the version anew.
func cached(ctx context.Context, tool *gotool.Tool, version string) (string, error) {
	outside := os.TempDir() // of the user's module, which has no say here
	env, err := tool.Env(ctx, outside)
	if err != nil {
		return "", err
	}
	// Not from go mod download in any case: it asks the proxy even for what the cache has.
	if dir, ok := env.CacheDir(module.Version{Path: Path, Version: version}); ok && Is(dir) {
		return dir, nil
	}
	out, err := tool.Output(ctx, gotool.Command{
		Args: []string{"mod", "download", "-modfile=", "-json", Path + "@" + version},
		Dir:  outside,
		Env:  []string{"GOWORK=off"},
	})
	var got struct{ Dir, Error string }
	if len(out) > 0 {
		err = json.Unmarshal(out, &got)
	}
	if got.Error != "" {
		err = errors.New(got.Error)
	}
	if err != nil {
		return "", fmt.Errorf("%s@%s, which the server is built with, is not in the module cache any more "+
			"and cannot be downloaded: set %s to a checkout of it (%w)", Path, version, Variable, err)
	}
	return got.Dir, nil
}

// compiledFrom returns the checkout whose path the compiler recorded, "" under -trimpath.
func compiledFrom() string {
	_, file, _, ok := runtime.Caller(0)
	const self = "/cmd/runrpc/internal/toolkit/toolkit.go"
	dir, found := strings.CutSuffix(filepath.ToSlash(file), self)
	if !ok || !found {
		return ""
	}
	return filepath.FromSlash(dir)
}

// above returns the closest directory that holds the toolkit, from the place that find tells upwards.
func above(find func() (string, error)) string {
	dir, err := find()
	if err != nil {
		return ""
	}
	for {
		if Is(dir) {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}
