package genmain

import (
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/module"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// described is a type with what its source says of it.
type described struct {
	source.Type
	Path string // of its package
}

// typesOf lists the types of all packages: those that serve nothing may declare what others take.
func typesOf(pkgs []source.Package) []described {
	var all []described
	done := map[string]bool{}
	for _, pkg := range pkgs {
		if done[pkg.ImportPath] {
			continue
		}
		done[pkg.ImportPath] = true
		for _, t := range pkg.Types {
			if t.About() != "" || t.Fields != nil || t.Enum() != nil {
				all = append(all, described{t, pkg.ImportPath})
			}
		}
	}
	return all
}

// title names what is served: the package, or what several have in common.
func title(pkgs []served) string {
	if len(pkgs) == 1 {
		return called(pkgs[0].Package)
	}
	var names []string
	common := strings.Split(pkgs[0].ImportPath, "/")
	for _, pkg := range pkgs {
		names = append(names, called(pkg.Package))
		common = common[:shared(common, strings.Split(pkg.ImportPath, "/"))]
	}
	root := strings.Join(common, "/")
	if root == "" || workspace.Virtual(root+"/") && len(common) == 1 {
		return strings.Join(names, ", ")
	}
	if unversioned, _, ok := module.SplitPathVersion(root); ok {
		root = unversioned
	}
	return path.Base(root)
}

// shared returns how many elements two paths begin with alike.
func shared(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// called returns the name of a package, for a program that of its directory.
func called(pkg source.Package) string {
	if pkg.Name == "main" {
		return filepath.Base(pkg.Dir)
	}
	return pkg.Name
}

// about returns what the source says of the package, if there is one alone.
func about(pkgs []served) string {
	if len(pkgs) != 1 {
		return ""
	}
	return strings.TrimSpace(pkgs[0].Doc)
}
