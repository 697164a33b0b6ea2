package workspace

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// A vendor is a vendor directory of the user's, with go's list of what it holds.
type vendor struct {
	dir     string
	modules []vendored
	env     gotool.Env
}

// A vendored module lies in a vendor directory, without the go.mod that it came with.
type vendored struct {
	module.Version
	goVersion string
	replaced  bool // by a replace line of the user's
}

// noteVendor remembers the vendor directory below root, unless GOFLAGS turns vendoring off.
func (w *Workspace) noteVendor(root string, env gotool.Env) {
	v := vendor{dir: filepath.Join(root, "vendor"), env: env}
	list, err := os.ReadFile(filepath.Join(v.dir, "modules.txt"))
	off := slices.ContainsFunc(strings.Fields(env.GOFLAGS), func(flag string) bool {
		mode, ok := strings.CutPrefix(strings.TrimLeft(flag, "-"), "mod=")
		return ok && mode != "vendor"
	})
	if err != nil || off {
		return
	}
	v.modules = readVendored(string(list))
	w.vendors = append(w.vendors, v)
}

// addVendor replaces each vendored module by its directory, to which the overlay gives a go.mod:
// generated workspaces ignore vendor directories, and neither the network nor the module cache need
// have the modules. What the toolkit requires too comes from the module cache where it can: a vendor
// directory holds only the packages that the user's code imports.
func (w *Workspace) addVendor(v vendor, shared []module.Version) error {
	for _, m := range v.modules {
		i := slices.IndexFunc(shared, func(s module.Version) bool { return s.Path == m.Path && !m.replaced })
		if i >= 0 && semver.Compare(shared[i].Version, m.Version.Version) > 0 {
			continue
		}
		w.work.require(m.Version)
		if _, cached := v.env.CacheDir(m.Version); i >= 0 && cached {
			continue
		}
		if err := w.useVendored(v.dir, m); err != nil {
			return err
		}
	}
	return nil
}

// useVendored replaces one module by its directory below vendor.
func (w *Workspace) useVendored(vendor string, m vendored) error {
	old := m.Version
	if m.replaced {
		old.Version = "" // as the user's line does, whichever version the toolkit asks for
	}
	dir := filepath.Join(vendor, filepath.FromSlash(m.Path))
	if m.Path == toolkit.Path {
		w.toolkit = dir
	}
	w.work.replace(old, module.Version{Path: dir})
	mod := "module " + m.Path + "\n\ngo " + m.goVersion + "\n"
	return w.Overlay(filepath.Join(dir, "go.mod"), []byte(mod))
}

// readVendored reads vendor/modules.txt: a line "# PATH VERSION" a module, "=> ..." after it for a
// replaced one, and annotations after "## ". Replacements without a version stand at the end once more.
func readVendored(list string) []vendored {
	var modules []vendored
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if notes, ok := strings.CutPrefix(line, "## "); ok && len(modules) > 0 {
			if v := goNote(notes); v != "" {
				modules[len(modules)-1].goVersion = v
			}
			continue
		}
		entry, ok := strings.CutPrefix(line, "# ")
		fields := strings.Fields(entry)
		if !ok || len(fields) < 2 || fields[1] == "=>" {
			continue
		}
		modules = append(modules, vendored{
			Version:   module.Version{Path: fields[0], Version: fields[1]},
			goVersion: "1.16", // go notes none where the module states none
			replaced:  len(fields) > 2 && fields[2] == "=>",
		})
	}
	return modules
}

// goNote returns the version of "explicit; go 1.20".
func goNote(notes string) string {
	for note := range strings.SplitSeq(notes, ";") {
		if v, ok := strings.CutPrefix(strings.TrimSpace(note), "go "); ok {
			return v
		}
	}
	return ""
}
