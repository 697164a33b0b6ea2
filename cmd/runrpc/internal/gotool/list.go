package gotool

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// A Package is what go list says of one.
type Package struct {
	ImportPath     string
	Name           string
	Dir            string
	GoFiles        []string
	CgoFiles       []string
	IgnoredGoFiles []string
	EmbedFiles     []string
	Standard       bool
	Module         *Module
	Error          *PackageError
	Export         string // the file with its exported types, of ListExported alone
}

// A Module is what go list says of the module that holds a package.
type Module struct {
	Path    string
	Dir     string
	GoMod   string
	Main    bool
	Replace *Module // a directory where it has no version
	Version string
}

// A PackageError is why go list could not read a package.
type PackageError struct {
	Pos string
	Err string
}

// List runs go list -e -find on the patterns, without looking at what the packages import.
func (t *Tool) List(ctx context.Context, c Command, patterns ...string) ([]Package, error) {
	const fields = "-json=ImportPath,Name,Dir,GoFiles,CgoFiles,IgnoredGoFiles,Standard,Module,Error"
	return t.list(ctx, c, []string{"-find", fields}, patterns)
}

// Deps runs go list -e -deps on the patterns: it describes what they import, too.
func (t *Tool) Deps(ctx context.Context, c Command, patterns ...string) ([]Package, error) {
	const fields = "-json=ImportPath,Dir,GoFiles,CgoFiles,EmbedFiles,Standard,Module"
	return t.list(ctx, c, []string{"-deps", fields}, patterns)
}

// ListExported runs go list -e -export on the patterns and all that they import, which builds what is not
// built. A package that cannot be has no Export.
func (t *Tool) ListExported(ctx context.Context, c Command, patterns ...string) ([]Package, error) {
	return t.list(ctx, c, []string{"-export", "-deps", "-json=ImportPath,Name,Dir,GoFiles,CgoFiles,Standard,Error,Export"}, patterns)
}

// Module runs go list -m on a module path.
func (t *Tool) Module(ctx context.Context, c Command, path string) (Module, error) {
	var m Module
	c.Args = slices.Concat([]string{"list", "-m", "-json"}, c.Args, []string{"--", path})
	out, err := t.Output(ctx, c)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(out, &m)
}

func (t *Tool) list(ctx context.Context, c Command, flags, patterns []string) ([]Package, error) {
	c.Args = slices.Concat([]string{"list", "-e"}, flags, c.Args, []string{"--"}, patterns)
	out, err := t.Output(ctx, c)
	if err != nil {
		return nil, err
	}
	var pkgs []Package
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p Package
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		pkgs = append(pkgs, p)
	}
}
