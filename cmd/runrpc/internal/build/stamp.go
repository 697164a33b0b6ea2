package build

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// stamp tells what the binary is built from.
func (c *Command) stamp(ctx context.Context, ws *workspace.Workspace, dir string) (settings.Built, error) {
	if root, ok := workspace.ModuleRoot(dir); ok {
		dir = root
	}
	toolkit, err := ws.ToolkitVersion(ctx)
	return settings.Built{Packages: c.Packages, Revision: revision(ctx, dir), Toolkit: toolkit}, err
}

// revision returns the revision that a directory is at, empty where git knows none.
func revision(ctx context.Context, dir string) string {
	hash, err := git(ctx, dir, "rev-parse", "HEAD")
	if err != nil {
		return ""
	}
	if changes, err := git(ctx, dir, "status", "--porcelain", "--", "."); err != nil || changes != "" {
		return "revision " + hash + " with changes"
	}
	return "revision " + hash
}

// gitTime is how long git may take: in a large repository it looks at many files.
const gitTime = 10 * time.Second

// git runs git, which writes nothing.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, gitTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0")
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// reason returns what the system says without the path, which may be one of our own making.
func reason(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}
