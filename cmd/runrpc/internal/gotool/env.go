package gotool

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"golang.org/x/mod/module"
)

// Env is what go env says.
type Env struct {
	GOWORK     string // the go.work file in force, "off" or empty
	GOMODCACHE string
	GOFLAGS    string
}

// Env asks go env about the directory dir.
func (t *Tool) Env(ctx context.Context, dir string) (Env, error) {
	var env Env
	out, err := t.Output(ctx, Command{Args: []string{"env", "-json", "GOWORK", "GOMODCACHE", "GOFLAGS"}, Dir: dir})
	if err != nil {
		return env, err
	}
	return env, json.Unmarshal(out, &env)
}

// CacheDir returns the directory of a module's source in the module cache, if it is there.
func (e Env) CacheDir(v module.Version) (string, bool) {
	path, pathErr := module.EscapePath(v.Path)
	version, versionErr := module.EscapeVersion(v.Version)
	if pathErr != nil || versionErr != nil {
		return "", false
	}
	dir := filepath.Join(e.GOMODCACHE, filepath.FromSlash(path)+"@"+version)
	info, err := os.Stat(dir)
	return dir, err == nil && info.IsDir()
}
