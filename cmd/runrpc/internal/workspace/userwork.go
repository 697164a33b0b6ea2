package workspace

import (
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
)

// addWork adds all that the user's own go.work joins, if root is a member of it. A module that is none
// is taken alone.
func (w *Workspace) addWork(env gotool.Env, root string) (joined bool, err error) {
	if env.GOWORK == "" || env.GOWORK == "off" {
		return false, nil
	}
	dir := filepath.Dir(env.GOWORK)
	data, err := os.ReadFile(env.GOWORK)
	if err != nil {
		return false, err
	}
	file, err := modfile.ParseWork(env.GOWORK, data, nil)
	if err != nil {
		return false, err
	}
	members, err := readMembers(dir, file)
	if err != nil || !slices.ContainsFunc(members, func(m member) bool { return m.dir == root }) {
		return false, err
	}
	for _, m := range members {
		w.work.use(m)
	}
	for _, r := range file.Replace {
		if r.New.Version == "" {
			r.New.Path = absolute(dir, r.New.Path)
		}
		w.work.replaces = append(w.work.replaces, *r)
	}
	w.work.godebug = append(w.work.godebug, file.Godebug...)
	w.noteVendor(dir, env)
	return true, w.addSum(env.GOWORK + ".sum")
}

// readMembers reads the modules that a go.work in dir uses.
func readMembers(dir string, file *modfile.WorkFile) ([]member, error) {
	var members []member
	for _, u := range file.Use {
		root, err := filepath.EvalSymlinks(absolute(dir, u.Path))
		if err != nil {
			return nil, err
		}
		m, err := readMember(root)
		if err != nil {
			return nil, err
		}
		members = append(members, m)
	}
	return members, nil
}

// addSum adds the checksums of a file, if it is there.
func (w *Workspace) addSum(path string) error {
	sum, err := readIfThere(path)
	w.work.sum = append(w.work.sum, sum...)
	return err
}

// absolute returns a path of a go.mod or go.work file that stands in dir.
func absolute(dir, path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
