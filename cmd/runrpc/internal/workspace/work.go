package workspace

import (
	"bytes"
	"go/version"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// work is what the generated go.work says, and what go.mod files say that it depends on.
type work struct {
	members   []member
	goVersion string // of the toolkit, where that is no member
	replaces  []modfile.Replace
	requires  []module.Version // of the program's own module
	godebug   []*modfile.Godebug
	sum       []byte // go.work.sum
}

// A member is a module that the workspace uses.
type member struct {
	dir       string // absolute
	path      string
	goVersion string
	// file is the go.mod of a module of the user's, nil for what is generated.
	file *modfile.File
	// cached says that it stands in the module cache.
	cached bool
	// lone says that only some files of dir are to be seen, and nothing below it.
	lone bool
}

// use adds a module once.
func (w *work) use(m member) {
	if !w.joined(m.dir) {
		w.members = append(w.members, m)
	}
}

// joined reports whether the module at dir is a member.
func (w *work) joined(dir string) bool {
	return slices.ContainsFunc(w.members, func(m member) bool { return m.dir == dir })
}

// replace adds a replacement of a version, or of all of them where old has none. One of the same that
// was there gives way, and for all versions every one of the module.
func (w *work) replace(old, by module.Version) {
	w.replaces = slices.DeleteFunc(w.replaces, func(r modfile.Replace) bool {
		return r.Old == old || r.Old.Path == old.Path && old.Version == ""
	})
	w.replaces = append(w.replaces, modfile.Replace{Old: old, New: by})
}

// require adds a requirement of the program's own module.
func (w *work) require(v module.Version) { w.requires = append(w.requires, v) }

// has reports whether a member has the module path.
func (w *work) has(path string) bool {
	for _, m := range w.members {
		if m.path == path {
			return true
		}
	}
	return false
}

// requiredByUser reports whether a module of the user's requires the module path.
func (w *work) requiredByUser(path string) bool {
	for _, m := range w.members {
		if m.requires(path) != "" {
			return true
		}
	}
	return false
}

// versions returns what the go.mod of m requires.
func (m member) versions() []module.Version {
	if m.file == nil {
		return nil
	}
	var versions []module.Version
	for _, r := range m.file.Require {
		versions = append(versions, r.Mod)
	}
	return versions
}

// requires returns the version that m requires of the module path, "" for none.
func (m member) requires(path string) string {
	for _, v := range m.versions() {
		if v.Path == path {
			return v.Version
		}
	}
	return ""
}

// covers reports whether a member's virtual go.mod serves dir already.
func (w *work) covers(dir string) bool {
	for _, m := range w.members {
		virtual := strings.HasPrefix(m.path, virtualPrefix)
		if virtual && (m.dir == dir || !m.lone && within(m.dir, dir)) {
			return true
		}
	}
	return false
}

// encode writes the go.work file.
func (w *work) encode() []byte {
	var b bytes.Buffer
	b.WriteString("go " + w.goLine() + "\n")
	for _, g := range w.godebug {
		b.WriteString("godebug " + g.Key + "=" + g.Value + "\n")
	}
	for _, m := range w.members {
		b.WriteString("use " + modfile.AutoQuote(filepath.ToSlash(m.dir)) + "\n")
	}
	for _, r := range w.replaces {
		b.WriteString("replace " + spell(r.Old) + " => " + spell(r.New) + "\n")
	}
	return b.Bytes()
}

// spell writes one side of a replace line, whose path may be a directory.
func spell(v module.Version) string {
	return strings.TrimSpace(modfile.AutoQuote(filepath.ToSlash(v.Path)) + " " + v.Version)
}

// goLine returns the latest go line of all that is joined: go refuses a workspace with an earlier one.
// Each module keeps its own language version.
func (w *work) goLine() string {
	latest := w.goVersion
	for _, m := range w.members {
		if version.Compare("go"+m.goVersion, "go"+latest) > 0 {
			latest = m.goVersion
		}
	}
	return latest
}

// within reports whether dir is root or lies below it. Both are clean absolute paths.
func within(root, dir string) bool {
	rel, err := filepath.Rel(root, dir)
	return err == nil && filepath.IsLocal(rel)
}
