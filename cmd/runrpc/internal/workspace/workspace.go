// Package workspace builds a generated program together with the user's packages and leaves the
// user's files as they are: a go.work in a temporary directory joins the user's module, a module of
// the program's own and the toolkit, and an overlay shows go the few files that have to be otherwise.
//
// What was considered: -modfile raises the user's go line and is refused inside workspaces, and a
// replace directive in the user's go.mod would have to be written there.
package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/module"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// MainModule is the path of the generated program's module.
const MainModule = "runrpc.generated"

// goVersion is the go line of what is generated.
const goVersion = "1.26.0"

// unreleased is the version required of a module whose replacement alone counts.
const unreleased = "v0.0.0-00010101000000-000000000000"

// A Place is a directory that the user named.
type Place struct {
	Dir  string // absolute, without symbolic links
	File string // the lone file in Dir that was named; empty: the directory
	// Import says that only an import path was given in Dir: it needs no package and no module.
	Import bool
}

// A Workspace is a temporary directory and what go builds from there. It is for one goroutine.
type Workspace struct {
	tool    *gotool.Tool
	dir     string // temporary, absolute
	work    work
	overlay overlay
	vendors []vendor
	toolkit string // the directory of the toolkit, empty where go finds it
}

// Open prepares a workspace for packages in the places. The toolkit is taken from the directory
// source; where that is empty, from what the user's module requires, and else from where this binary
// came from. Close must be called.
func Open(ctx context.Context, tool *gotool.Tool, places []Place, source string) (_ *Workspace, err error) {
	dir, err := os.MkdirTemp("", "runrpc-")
	if err != nil {
		return nil, err
	}
	ws := &Workspace{tool: tool, dir: dir, overlay: overlay{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, ws.Close())
		}
	}()
	// go compares directories by their real paths.
	if ws.dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	if err := os.Mkdir(ws.path("tmp"), 0o700); err != nil {
		return nil, err
	}
	if err := ws.join(ctx, places); err != nil {
		return nil, err
	}
	return ws, ws.addMain(ctx, source)
}

// Close removes the temporary directory.
func (w *Workspace) Close() error { return os.RemoveAll(w.dir) }

// join adds the modules of all places.
func (w *Workspace) join(ctx context.Context, places []Place) error {
	for _, p := range outermostFirst(places) {
		if w.work.covers(p.Dir) {
			continue
		}
		root, ok := ModuleRoot(p.Dir)
		switch {
		case ok && w.work.joined(root):
		case ok:
			if err := w.addModule(ctx, root); err != nil {
				return err
			}
		case !p.Import:
			if err := w.addVirtual(p, places); err != nil {
				return err
			}
		}
	}
	return nil
}

// addMain adds the program's own module, which requires the toolkit and all that is vendored.
func (w *Workspace) addMain(ctx context.Context, source string) error {
	shared, err := w.addToolkit(ctx, source)
	if err != nil {
		return err
	}
	for _, m := range w.work.members {
		if err := w.raise(m, shared); err != nil {
			return err
		}
	}
	for _, v := range w.vendors {
		if err := w.addVendor(v, shared); err != nil {
			return err
		}
	}
	if err := w.AddModule("main", MainModule, nil); err != nil {
		return err
	}
	mod := "module " + MainModule + "\n\ngo " + goVersion + "\n\nrequire (\n"
	for _, r := range w.work.requires {
		mod += "\t" + r.Path + " " + r.Version + "\n"
	}
	return w.write("main/go.mod", []byte(mod+")\n"))
}

// addToolkit makes the workspace replace the toolkit by its source, unless a module of the user's is
// the toolkit or requires it: then the types in the user's code and in the program must be the same.
// It returns what the toolkit's source requires in turn.
func (w *Workspace) addToolkit(ctx context.Context, source string) ([]module.Version, error) {
	if w.work.has(toolkit.Path) || source == "" && w.work.requiredByUser(toolkit.Path) {
		return nil, nil
	}
	if source == "" {
		found, err := toolkit.Find(ctx, w.tool)
		if err != nil {
			return nil, err
		}
		source = found
	}
	if err := toolkit.Check(source); err != nil {
		return nil, err
	}
	m, err := readMember(source)
	if err != nil {
		return nil, err
	}
	w.toolkit, w.work.goVersion = source, m.goVersion
	w.work.replace(module.Version{Path: toolkit.Path}, module.Version{Path: source})
	w.work.require(module.Version{Path: toolkit.Path, Version: unreleased})
	if version := m.requires(logger); version != "" {
		w.work.require(module.Version{Path: logger, Version: version})
	}
	return m.versions(), w.addSum(filepath.Join(source, "go.sum"))
}

// logger is the module that the program imports beside the toolkit, which requires it. Go imports nothing from
// a module that none in the workspace requires by itself; a module that requires the toolkit does.
const logger = "github.com/rs/zerolog"

// AddModule adds a module of the program's: dir is its directory's name, files are its Go files by
// name. Its path may lie inside a module of the user's, for the right to import internal packages.
func (w *Workspace) AddModule(dir, path string, files map[string][]byte) error {
	w.work.use(member{dir: w.path(dir), path: path, goVersion: goVersion})
	mod := "module " + path + "\n\ngo " + goVersion + "\n"
	if err := w.write(filepath.Join(dir, "go.mod"), []byte(mod)); err != nil {
		return err
	}
	for name, text := range files {
		if err := w.write(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	return nil
}

// WriteMain adds a Go file to the program.
func (w *Workspace) WriteMain(name string, text []byte) error {
	return w.write(filepath.Join("main", name), text)
}

// Overlay makes go read text instead of the file path, which need not exist.
func (w *Workspace) Overlay(path string, text []byte) error {
	name := fmt.Sprintf("overlay/%d-%s", len(w.overlay), filepath.Base(path))
	w.overlay[path] = w.path(name)
	return w.write(name, text)
}

// Hide makes go not see the file path.
func (w *Workspace) Hide(path string) { w.overlay[path] = "" }

// Has reports whether the program can import the package in a directory of the toolkit: a vendor directory holds
// those alone that the user's code imports.
func (w *Workspace) Has(dir string) bool {
	if w.toolkit == "" {
		return true
	}
	_, err := os.Stat(filepath.Join(w.toolkit, dir))
	return err == nil
}

// List describes the packages that match the patterns.
func (w *Workspace) List(ctx context.Context, patterns ...string) ([]gotool.Package, error) {
	c, err := w.command()
	if err != nil {
		return nil, err
	}
	return w.tool.List(ctx, c, patterns...)
}

// Deps describes the packages that the program is made of, its own among them, as far as go can tell.
func (w *Workspace) Deps(ctx context.Context) ([]gotool.Package, error) {
	c, err := w.command()
	if err != nil {
		return nil, err
	}
	return w.tool.Deps(ctx, c, MainModule)
}

// ToolkitVersion returns the version of the toolkit that the program is built with.
func (w *Workspace) ToolkitVersion(ctx context.Context) (string, error) {
	c, err := w.command()
	if err != nil {
		return "", err
	}
	m, err := w.tool.Module(ctx, c, toolkit.Path)
	if err != nil {
		return "", err
	}
	return toolkit.VersionOf(m), nil
}

// A Build says how the program is compiled.
type Build struct {
	Output string    // the binary; empty: one that Close removes with all else
	Flags  []string  // of go build
	Env    []string  // added to the environment
	Stderr io.Writer // the compiler's messages, with paths as seen from the current directory
}

// Build compiles the program and returns the path of the binary.
func (w *Workspace) Build(ctx context.Context, b Build) (string, error) {
	c, err := w.command()
	if err != nil {
		return "", err
	}
	// A suffix that Windows wants and others allow.
	binary := cmp.Or(b.Output, w.path("serve.exe"))
	// The main package stands in no repository, and go fails where it finds a broken one above it.
	c.Args = slices.Concat([]string{"build", "-buildvcs=false", "-o", binary}, b.Flags, c.Args, []string{MainModule})
	c.Env = append(c.Env, b.Env...)
	c.Stderr = b.Stderr
	_, err = w.tool.Output(ctx, c)
	return binary, err
}

// Holds reports whether a path is one of the workspace's own.
func (w *Workspace) Holds(path string) bool { return within(w.dir, path) }

// command writes down what was added and returns the flags and environment that apply it.
func (w *Workspace) command() (gotool.Command, error) {
	overlay, err := w.overlay.encode()
	if err != nil {
		return gotool.Command{}, err
	}
	err = errors.Join(
		w.write("overlay.json", overlay),
		w.write("go.work", w.work.encode()),
		w.write("go.work.sum", w.work.sum),
	)
	return gotool.Command{
		// Flags given here win over GOFLAGS, where workspaces allow none of -mod=mod and -modfile.
		Args: []string{"-mod=readonly", "-modfile=", "-overlay=" + w.path("overlay.json")},
		Env:  []string{"GOWORK=" + w.path("go.work"), "GOTMPDIR=" + w.path("tmp")},
	}, err
}

// path returns the absolute path of a file of the workspace's own.
func (w *Workspace) path(name string) string { return filepath.Join(w.dir, name) }

func (w *Workspace) write(name string, text []byte) error {
	path := w.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}
