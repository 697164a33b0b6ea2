package serve

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// Static is the flag for files that are served beside the functions.
type Static struct {
	Static map[string]string `type:":path" placeholder:"PATH=DIR" help:"Serve the files in a directory below a path of the URL, for GET."`
}

// folders returns the directories, each below a path that no other has.
func (s *Service) folders() ([]settings.Folder, error) {
	var folders []settings.Folder
	for _, at := range slices.Sorted(maps.Keys(s.Static.Static)) {
		folder, err := newFolder(at, s.Static.Static[at])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.At("static", at), err)
		}
		if slices.ContainsFunc(folders, func(m settings.Folder) bool { return m.Path == folder.Path }) {
			return nil, fmt.Errorf("%s: found another directory for %s", s.At("static", at), folder.Path)
		}
		folders = append(folders, folder)
	}
	return folders, nil
}

// newFolder checks a path and a directory.
func newFolder(at, dir string) (settings.Folder, error) {
	if clean := path.Clean(at); !strings.HasPrefix(at, "/") || clean != "/" && clean != strings.TrimSuffix(at, "/") {
		return settings.Folder{}, fmt.Errorf(`found the path %q, want one like "/" or "/docs" (keys of the file itself stand above its first table)`, at)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return settings.Folder{}, err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return settings.Folder{}, fmt.Errorf("found no directory %s", dir)
	}
	return settings.Folder{Path: path.Clean(at), Dir: dir}, nil
}
