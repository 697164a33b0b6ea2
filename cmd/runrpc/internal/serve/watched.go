package serve

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/watch"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// named returns what can be watched before anything is known of the packages: what was named.
func (s *session) named() watch.Set {
	set := watch.Set{Rules: watch.Rules{Skip: source.Ignored, Nested: "go.mod", Source: counts, Temporary: temporary}}
	if file := s.Service.File(); file != "" {
		set.Files = append(set.Files, file)
	}
	_, places, err := s.Service.locate()
	if err != nil { // it is told when a version is made, too
		return set
	}
	for _, p := range places {
		switch {
		case p.File != "":
			set.Files = append(set.Files, filepath.Join(p.Dir, p.File))
		case !p.Import:
			set.Trees = append(set.Trees, p.Dir)
		}
		set.Files = append(set.Files, modFiles(p.Dir)...)
	}
	return set
}

// counts reports whether an edit of a file of that name can change what is served.
func counts(name string) bool {
	return workspace.Compiled(name) && !strings.HasSuffix(name, "_test.go") && !strings.HasPrefix(name, "_") && !temporary(name)
}

// modFiles returns the files that say which modules a directory's packages are built with.
func modFiles(dir string) []string {
	var files []string
	if root, ok := workspace.ModuleRoot(dir); ok {
		files = beside(filepath.Join(root, "go.mod"))
	}
	for ; ; dir = filepath.Dir(dir) {
		work := filepath.Join(dir, "go.work")
		if _, err := os.Stat(work); err == nil {
			return append(files, work, work+".sum")
		}
		if dir == filepath.Dir(dir) {
			return files
		}
	}
}

// beside returns a go.mod with the files of its directory that belong to it.
func beside(mod string) []string {
	dir := filepath.Dir(mod)
	return []string{mod, filepath.Join(dir, "go.sum"), filepath.Join(dir, "vendor", "modules.txt")}
}

// watch makes the session watch what a version is made of. Where there is none, it is what the last one was
// made of. What has changed since the version was begun is not in it.
func (s *session) watch(ctx context.Context, v *version, begun time.Time) {
	if v != nil {
		pkgs, err := v.ws.Deps(ctx)
		if err != nil { // go has said already what it thinks of the source
			return
		}
		s.imports = watch.Set{}
		for _, p := range pkgs {
			if editable(v.ws, p) {
				add(&s.imports, p)
			}
		}
	}
	set := s.named()
	set.Dirs = append(set.Dirs, s.imports.Dirs...)
	set.Lists = append(set.Lists, s.imports.Lists...)
	set.Files = append(set.Files, s.imports.Files...)
	s.watcher.Watch(set, begun)
}

// editable reports whether a package is one of the user's own.
func editable(ws *workspace.Workspace, p gotool.Package) bool {
	m := p.Module
	switch {
	case p.Standard, m == nil, ws.Holds(p.Dir):
		return false
	case m.Main:
		return true
	}
	return m.Replace != nil && m.Replace.Version == "" && !strings.HasSuffix(m.Dir, filepath.Join("vendor", filepath.FromSlash(m.Path)))
}

// add adds what a package is made of.
func add(set *watch.Set, p gotool.Package) {
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.EmbedFiles) {
		set.Files = append(set.Files, filepath.Join(p.Dir, name))
	}
	for _, name := range p.EmbedFiles { // beside which one may come that is embedded, too
		dir := filepath.Dir(filepath.Join(p.Dir, name))
		if !slices.Contains(set.Lists, dir) {
			set.Lists = append(set.Lists, dir)
		}
	}
	if workspace.Virtual(p.Module.Path) { // only what was named is of it
		return
	}
	set.Dirs = append(set.Dirs, p.Dir)
	set.Files = append(set.Files, beside(p.Module.GoMod)...)
}

// temporary reports whether an editor makes files of that name beside the one that is edited.
func temporary(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, "___") || name == "4913"
}
