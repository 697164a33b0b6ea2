// Package build is the command that makes a server of Go packages: one binary, which needs nothing else.
package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/serve"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// Command is the command line of runrpc build.
type Command struct {
	serve.Service `embed:""`
	Output        string `short:"o" required:"" type:"path" placeholder:"BIN" help:"The binary to write. The other flags are its defaults; GOOS and GOARCH name another system to build for."`
}

// Help shows examples.
func (*Command) Help() string {
	return `The binary holds the pages of --static too; --tls-cert and --tls-key it reads at its start, and takes them as flags of its own, as it does --addr and --log.

    runrpc build ./hello -o hello-server
    GOOS=linux GOARCH=arm64 runrpc build ./methods --root -o server`
}

// Run builds the binary.
func (c *Command) Run(streams console.Streams) error {
	if err := c.Check(); err != nil {
		return err
	}
	if err := writable(c.Output); err != nil {
		return fmt.Errorf("--output: %w", err)
	}
	tool, err := gotool.Find()
	if err != nil {
		return err
	}
	ctx, stop := serve.Interruptible()
	defer stop()
	b := serve.NewBuilder(&c.Service, tool, streams)
	b.Embed()
	defer b.Begin("building")()
	ws, err := b.Prepare(ctx, c.stamp)
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	env, err := linking(ctx, ws, b)
	if err != nil {
		return err
	}
	_, err = b.Build(ctx, ws, workspace.Build{Output: c.Output, Flags: []string{"-trimpath"}, Env: env})
	return err
}

// linking returns the environment that links all into the binary, unless a package needs cgo or the user has
// decided.
func linking(ctx context.Context, ws *workspace.Workspace, b *serve.Builder) ([]string, error) {
	if os.Getenv("CGO_ENABLED") != "" {
		return nil, nil
	}
	pkgs, err := ws.Deps(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(pkgs, func(p gotool.Package) bool { return !p.Standard && len(p.CgoFiles) > 0 })
	if i < 0 {
		return []string{"CGO_ENABLED=0"}, nil
	}
	b.Say(pkgs[i].ImportPath + " uses cgo, so the binary needs the C libraries of the system that it runs on")
	return nil, nil
}

// writable reports whether a binary can be written to path.
func writable(path string) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s is a directory, want the name of a file", path)
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%s is no regular file, want one or a new name", path)
	case err != nil && !os.IsNotExist(err):
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	dir := filepath.Dir(path)
	probe, err := os.CreateTemp(dir, ".runrpc-*")
	if err != nil {
		return fmt.Errorf("cannot write in %s: %w", dir, reason(err))
	}
	_ = probe.Close()
	return os.Remove(probe.Name())
}
