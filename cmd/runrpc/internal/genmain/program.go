package genmain

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
)

// overlayPrograms shows go the files of main packages under another package name, since Go lets no one
// import a main package. What they compile to is otherwise the same.
func overlayPrograms(to Target, pkgs []source.Package) error {
	done := map[string]bool{}
	for _, pkg := range pkgs {
		if pkg.Name != "main" || done[pkg.Dir] {
			continue
		}
		done[pkg.Dir] = true
		if err := overlayProgram(to, pkg); err != nil {
			return err
		}
	}
	return nil
}

func overlayProgram(to Target, pkg source.Package) error {
	for _, path := range pkg.Files {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if text, err = importable(path, text); err != nil {
			return err
		}
		if err := to.Overlay(path, text); err != nil {
			return err
		}
	}
	return hideTests(to, pkg.Dir)
}

// hideTests makes go not see the tests in a directory: it would find them to be of another package.
func hideTests(to Target, dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") {
			to.Hide(filepath.Join(dir, e.Name()))
		}
	}
	return err
}

// importable renames the package of a file to main_, and makes the compiler report its lines as those
// of path: it would name the overlaid file.
func importable(path string, text []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, text, parser.PackageClauseOnly)
	if err != nil {
		return nil, err
	}
	clause, name := fset.Position(file.Package), fset.Position(file.Name.Pos())
	var b bytes.Buffer
	b.Write(text[:clause.Offset])
	fmt.Fprintf(&b, "/*line %s:%d:%d*/", path, clause.Line, clause.Column)
	b.Write(text[clause.Offset:name.Offset])
	b.WriteString("main_")
	b.Write(text[name.Offset+len("main"):])
	return b.Bytes(), nil
}
