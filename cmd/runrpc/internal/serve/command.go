// Package serve is the command that serves Go packages: it finds and reads them, builds a program
// around them, and runs that until it is told to stop.
package serve

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/config"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// Command is the command line of runrpc serve.
type Command struct {
	Packages  []string `arg:"" optional:"" name:"packages" help:"What to serve: a directory with all packages below it, a .go file (its suffix may be left out) or an import path."`
	Addr      string   `default:"localhost:8080" placeholder:"HOST:PORT" help:"Address to listen on (${default}); port 0 takes a free one."`
	Path      string   `default:"/" help:"Path of the URL (${default}: any)."`
	Root      bool     `help:"Serve at the top: no package name before the methods."`
	Separator string   `default:"." help:"What stands between the parts of a method's name (${default})."`
	Toolkit   string   `env:"RUNRPC_TOOLKIT" type:"path" placeholder:"DIR" help:"Source of github.com/runrpc/jsonrpc to build with, instead of the one that your module requires or this binary came from."`
	Names     `embed:""`
	Static    `embed:""`
	TLS       `embed:""`
	Limits    `embed:"" group:"Limits (0: the default, negative: none)"`
	Access    `embed:"" group:"Access"`

	config.Flags `embed:""`
}

// AfterApply is called by kong when all is read.
func (c *Command) AfterApply() error {
	if len(c.Packages) > 0 {
		return nil
	}
	if c.File() == "" {
		return errors.New("found nothing to serve: name a package, as in runrpc ./hello, or write a " + config.Name + " that does, as runrpc new NAME makes one")
	}
	return &config.Error{File: c.FileName(), Text: "found no key packages in it, and no package on the command line"}
}

// Run serves until a signal comes.
func (c *Command) Run(streams console.Streams) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	tool, err := gotool.Find()
	if err != nil {
		return err
	}
	stop := catch()
	defer stop.close()
	ws, err := c.prepare(stop.soft, tool, streams)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ws.Close()) }()
	binary, err := build(stop.soft, ws, streams)
	if err != nil {
		return err
	}
	return run(binary, stop, streams)
}

// check refuses flags that cannot work.
func (c *Command) check() error {
	if !strings.HasPrefix(c.Path, "/") {
		return fmt.Errorf("%s: found %q, want a path that begins with /", c.At("path"), c.Path)
	}
	if c.Separator == "" {
		return fmt.Errorf("%s: found an empty one, want at least one character", c.At("separator"))
	}
	if _, err := c.folders(); err != nil {
		return err
	}
	return c.checkTLS()
}

// blame names the line of the configuration file that an error is about, if it comes from one.
func (c *Command) blame(flag string, err error) error {
	if c.Base(flag) == "" {
		return err
	}
	return fmt.Errorf("%s: %w", c.At(flag), err)
}

// prepare finds the packages and writes the program that serves them.
func (c *Command) prepare(ctx context.Context, tool *gotool.Tool, streams console.Streams) (_ *workspace.Workspace, err error) {
	targets := make([]source.Target, len(c.Packages))
	places := make([]workspace.Place, len(c.Packages))
	for i, arg := range c.Packages {
		if targets[i], err = source.LocateIn(c.Base("packages"), arg); err != nil {
			return nil, c.blame("packages", err)
		}
		places[i] = targets[i].Place
	}
	ws, err := workspace.Open(ctx, tool, places, c.Toolkit)
	if err != nil {
		return nil, err
	}
	if err := c.write(ctx, ws, targets, streams); err != nil {
		return nil, errors.Join(err, ws.Close())
	}
	return ws, nil
}

// write reads the packages and writes the program.
func (c *Command) write(ctx context.Context, ws *workspace.Workspace, targets []source.Target, streams console.Streams) error {
	pkgs, skipped, err := source.Load(ctx, ws, targets, source.Naming{Root: c.Root, Separator: c.Separator})
	functions := 0
	for _, pkg := range pkgs {
		functions += len(pkg.Functions)
		if !pkg.RPC {
			skipped = append(skipped, pkg.Skipped...)
		}
	}
	for _, s := range skipped {
		fmt.Fprintln(streams.Stderr, s)
	}
	if fault, ok := errors.AsType[*source.SyntaxError](err); ok {
		fmt.Fprintln(streams.Stderr, fault)
		return console.Exit(1)
	}
	if err != nil {
		return err
	}
	if functions == 0 {
		return fmt.Errorf("found no exported function to serve in %s", strings.Join(c.Packages, ", "))
	}
	references, err := c.references(pkgs)
	if err != nil {
		return err
	}
	folders, err := c.folders()
	if err != nil {
		return err
	}
	return genmain.Write(ws, pkgs, genmain.Settings{
		Addr:      c.Addr,
		Path:      c.Path,
		Separator: c.Separator,
		Drain:     c.drain(),
		Options:   append(c.Limits.options(), c.Access.options()...),
		Folders:   folders,
		TLSCert:   c.TLSCert,
		TLSKey:    c.TLSKey,

		References: references,
	})
}

// drain returns how long calls may take to finish: what their own timeout allows, and a little more.
func (c *Command) drain() time.Duration {
	const serverDefault, grace = 30 * time.Second, 5 * time.Second
	if c.Timeout < 0 {
		return 0
	}
	return cmp.Or(c.Timeout, serverDefault) + grace
}

// build compiles the program.
func build(ctx context.Context, ws *workspace.Workspace, streams console.Streams) (string, error) {
	if streams.Watched() {
		slow := time.AfterFunc(time.Second, func() { fmt.Fprintln(streams.Stderr, "runrpc: building ...") })
		defer slow.Stop()
	}
	var said bytes.Buffer
	binary, err := ws.Build(ctx, io.MultiWriter(streams.Stderr, &said))
	if err == nil || ctx.Err() != nil {
		return binary, err
	}
	// go has said why; only what it says of our own code needs a word.
	if strings.Contains(said.String(), "# "+workspace.MainModule+"\n") {
		return "", fmt.Errorf("the program that runrpc %s generates does not compile with the toolkit that your "+
			"module requires or --toolkit names: bring the two to one version", toolkit.Version())
	}
	return "", console.Exit(1)
}
