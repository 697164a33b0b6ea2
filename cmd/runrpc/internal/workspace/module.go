package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// virtualPrefix begins the module path given to directories outside any module. The first element has
// a dot, so that it is never taken for a package of the standard library.
const virtualPrefix = "runrpc.local/"

// Virtual reports whether a module path is one that was given to a directory outside any module.
func Virtual(path string) bool { return strings.HasPrefix(path, virtualPrefix) }

// ModuleRoot returns the closest directory with a go.mod, from dir upwards.
func ModuleRoot(dir string) (string, bool) {
	for {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && info.Mode().IsRegular() {
			return dir, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}

// addModule adds the user's module at root, with the workspace that it is in and what it vendors.
func (w *Workspace) addModule(ctx context.Context, root string) error {
	m, err := readMember(root)
	if err != nil {
		return err
	}
	if m.path == "std" || m.path == "cmd" {
		return fmt.Errorf("%s is part of the Go installation: want its packages named by their import paths", root)
	}
	env, err := w.tool.Env(ctx, root)
	if err != nil {
		return err
	}
	joined, err := w.addWork(env, root)
	if err != nil || joined {
		return err
	}
	m.cached = within(env.GOMODCACHE, root)
	w.work.use(m)
	w.noteVendor(root, env)
	return nil
}

// readMember reads the go.mod of a module of the user's.
func readMember(root string) (member, error) {
	path := filepath.Join(root, "go.mod")
	data, err := os.ReadFile(path)
	if err != nil {
		return member{}, err
	}
	// Lax, since a later go may know lines that this one does not: go itself is to judge.
	file, err := modfile.ParseLax(path, data, nil)
	if err != nil {
		return member{}, err
	}
	if file.Module == nil {
		return member{}, fmt.Errorf("%s: found no module line", path)
	}
	m := member{dir: root, path: file.Module.Mod.Path, file: file}
	if file.Go != nil {
		m.goVersion = file.Go.Version
	}
	return m, nil
}

// raise shows go the go.mod of a module of the user's with the versions that the toolkit requires, where
// those are later. They are selected anyhow, but go would read what each version that it has to change
// requires in turn, and where the module cache does not have that it would need the network.
func (w *Workspace) raise(m member, shared []module.Version) error {
	if m.cached { // go allows no overlay there
		return nil
	}
	raised := false
	for _, s := range shared {
		if have := m.requires(s.Path); have != "" && semver.Compare(have, s.Version) < 0 {
			if err := m.file.AddRequire(s.Path, s.Version); err != nil {
				return err
			}
			raised = true
		}
	}
	if !raised {
		return nil
	}
	return w.Overlay(filepath.Join(m.dir, "go.mod"), modfile.Format(m.file.Syntax))
}

// addVirtual adds a directory outside any module: go sees a go.mod in it, and of a directory in which
// files were named only those.
func (w *Workspace) addVirtual(p Place, places []Place) error {
	m := member{dir: p.Dir, path: w.virtualPath(p), goVersion: goVersion, lone: p.File != ""}
	w.work.use(m)
	if m.lone {
		if err := w.hideOthers(p.Dir, places); err != nil {
			return err
		}
	}
	mod := "module " + m.path + "\n\ngo " + goVersion + "\n"
	return w.Overlay(filepath.Join(p.Dir, "go.mod"), []byte(mod))
}

// hideOthers makes the files of dir that go would compile unseen, but for those in places.
func (w *Workspace) hideOthers(dir string, places []Place) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		named := slices.ContainsFunc(places, func(p Place) bool { return p.Dir == dir && p.File == e.Name() })
		if !named && !e.IsDir() && Compiled(e.Name()) {
			w.Hide(filepath.Join(dir, e.Name()))
		}
	}
	return nil
}

// Compiled reports whether go build compiles or links files of such a name, if it does not ignore them.
func Compiled(name string) bool { return slices.Contains(compiled, filepath.Ext(name)) }

var compiled = []string{".go", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx",
	".f", ".F", ".for", ".f90", ".s", ".S", ".sx", ".swig", ".swigcxx", ".syso"}

// virtualPath returns a module path that tells the user's directory or file in compiler messages.
func (w *Workspace) virtualPath(p Place) string {
	name := filepath.Base(p.Dir)
	if p.File != "" {
		name = strings.TrimSuffix(p.File, ".go")
	}
	name = strings.Trim(strings.Map(plain, name), "-")
	if name == "" {
		name = "package"
	}
	path := virtualPrefix + name
	for n := 2; w.work.has(path); n++ {
		path = fmt.Sprintf("%s%s%d", virtualPrefix, name, n)
	}
	return path
}

// plain keeps what any path of a module may hold.
func plain(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '_':
		return r
	}
	return '-'
}

// outermostFirst orders places so that one which holds others comes before them, and a directory
// before the files in it.
func outermostFirst(places []Place) []Place {
	sorted := slices.Clone(places)
	slices.SortStableFunc(sorted, func(a, b Place) int {
		if a.Dir != b.Dir {
			return len(a.Dir) - len(b.Dir)
		}
		return len(a.File) - len(b.File)
	})
	return sorted
}

// readIfThere reads a file and takes a missing one as empty.
func readIfThere(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}
