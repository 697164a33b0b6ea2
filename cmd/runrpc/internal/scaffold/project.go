package scaffold

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/module"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// A project is what is to be made.
type project struct {
	dir       string // absolute; there is nothing in it
	name      string
	module    string
	workspace string // the go.work file in force, which does not know the project; empty: none
}

// newProject checks what the command line says.
func newProject(ctx context.Context, tool *gotool.Tool, dir, path string) (project, error) {
	p := project{module: path}
	if dir == "" {
		return p, errors.New("found an empty name: want that of the directory to make")
	}
	var err error
	if p.dir, err = filepath.Abs(dir); err != nil {
		return p, err
	}
	p.name = filepath.Base(p.dir)
	if err := checkName(p.name); err != nil {
		return p, err
	}
	if p.module == "" {
		p.module = p.name
	}
	if err := checkModule(ctx, tool, p.module); err != nil {
		return p, err
	}
	if err := checkFree(p.dir, dir); err != nil {
		return p, err
	}
	env, err := tool.Env(ctx, filepath.Dir(p.dir))
	if env.GOWORK != "off" {
		p.workspace = env.GOWORK
	}
	return p, err
}

// checkName refuses names that a binary, a container image and a systemd unit cannot all have.
func checkName(name string) error {
	if info, err := fs.Stat(template, "template/"+name); err == nil && info.IsDir() {
		return fmt.Errorf("found the name %q, which a directory in the project has: choose another, the binary gets it", name)
	}
	if regexp.MustCompile(`^[a-z][a-z0-9_-]{0,63}$`).MatchString(name) {
		return nil
	}
	plain := regexp.MustCompile(`[^a-z0-9_-]+`).ReplaceAllString(strings.ToLower(name), "-")
	plain = strings.TrimLeft(strings.TrimRight(plain, "-"), "-_0123456789")
	hint := ""
	if plain != "" && len(plain) <= 64 {
		hint = ", like " + plain
	}
	return fmt.Errorf("found the name %q: want at most 64 of a-z, 0-9, - and _ that begin with a letter%s", name, hint)
}

// checkModule refuses paths that go does not take for a module of a program's.
func checkModule(ctx context.Context, tool *gotool.Tool, path string) error {
	if err := module.CheckImportPath(path); err != nil {
		fault, ok := errors.AsType[*module.InvalidPathError](err)
		if ok {
			err = fault.Err
		}
		return fmt.Errorf("found the module path %q: %w: want one like example.com/shop", path, err)
	}
	if _, _, ok := module.SplitPathVersion(path); !ok {
		return fmt.Errorf("found the module path %q, whose version is none: want one like example.com/shop/v2", path)
	}
	taken := slices.Contains([]string{"all", "C", "cmd", "go", "main", "std", "tool", "toolchain", "vendor", "work", toolkit.Path}, path)
	if !taken {
		found, err := tool.List(ctx, gotool.Command{Dir: os.TempDir(), Env: []string{"GOWORK=off", "GOFLAGS="}}, path)
		taken = err == nil && slices.ContainsFunc(found, func(p gotool.Package) bool { return p.Standard })
	}
	if taken {
		return fmt.Errorf("found the module path %q, which has another meaning to go: give another with --module, like example.com/%s", path, path[strings.LastIndex(path, "/")+1:])
	}
	return nil
}

// checkFree refuses to write where there is something already. The directory is called shown.
func checkFree(dir, shown string) error {
	if parent, err := os.Stat(filepath.Dir(dir)); err != nil || !parent.IsDir() {
		return fmt.Errorf("found no directory %s to make %s in: make it first", filepath.Dir(dir), filepath.Base(dir))
	}
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		info, err = os.Stat(dir)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("found %s, a link that leads nowhere: choose another name", shown)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("found the file %s: choose another name, nothing is overwritten", shown)
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("found the directory %s with %s in it: choose another name, nothing is overwritten", shown, entries[0].Name())
	}
	return err
}

// write writes files into dir, which is empty or not there yet. When it fails it removes what it has made.
func write(dir string, files map[string]string) (err error) {
	made := os.Mkdir(dir, 0o777) == nil
	defer func() {
		if err == nil {
			return
		}
		if made {
			err = errors.Join(err, os.RemoveAll(dir))
			return
		}
		for name := range files {
			first, _, _ := strings.Cut(name, "/")
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, first)))
		}
	}()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
