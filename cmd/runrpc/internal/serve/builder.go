package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/diagnosis"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// A Builder makes programs of a Service, one after the other as its source changes. It is for one goroutine.
type Builder struct {
	Service *Service

	tool     *gotool.Tool
	streams  console.Streams
	progress *console.Progress // of the build under way
	skipped  notes
	excerpt  bool     // faults are shown with their source
	watching bool     // edits start successors
	embeds   bool     // programs hold all that they serve
	flags    []string // of go build
}

// NewBuilder returns a Builder that writes what is wrong with the source to standard error.
func NewBuilder(s *Service, tool *gotool.Tool, streams console.Streams) *Builder {
	b := &Builder{Service: s, tool: tool, streams: streams, excerpt: streams.Watched()}
	tool.Downloading = b.downloading
	return b
}

// Embed makes programs hold the files that they serve, as those do that run elsewhere.
func (b *Builder) Embed() { b.embeds = true }

// downloading tells what go downloads.
func (b *Builder) downloading(module string) {
	switch {
	case b.progress != nil && b.progress.Live():
		b.progress.Say("downloading " + module)
	case !b.Service.Quiet:
		fmt.Fprintln(b.streams.Stderr, "go: downloading "+module)
	}
}

// Say tells something that is no error.
func (b *Builder) Say(text string) {
	if !b.Service.Quiet {
		fmt.Fprintln(b.stderr(), "runrpc: "+text)
	}
}

// stderr returns standard error, above the progress if there is one.
func (b *Builder) stderr() io.Writer {
	if b.progress != nil {
		return b.progress
	}
	return b.streams.Stderr
}

// A Stamp tells what a program is built from, whose source lies in dir.
type Stamp func(ctx context.Context, ws *workspace.Workspace, dir string) (settings.Built, error)

// Prepare finds the packages, reads them, and writes the program that serves them, with a stamp if that is
// not nil. An error is of the type console.Exit if what is wrong has been written.
func (b *Builder) Prepare(ctx context.Context, stamp Stamp) (*workspace.Workspace, error) {
	targets, places, err := b.Service.locate()
	if err != nil {
		return nil, err
	}
	ws, err := workspace.Open(ctx, b.tool, places, b.Service.Toolkit)
	if err != nil {
		return nil, err
	}
	s := b.Service.Settings()
	if stamp != nil {
		s.Built, err = stamp(ctx, ws, places[0].Dir)
	}
	if err == nil {
		err = b.write(ctx, ws, targets, s)
	}
	if err != nil {
		return nil, errors.Join(err, ws.Close())
	}
	return ws, nil
}

const noOpenRPC = "found no package openrpc in the toolkit, and so nothing tells what is served: a vendor directory has it after " +
	`import _ "` + toolkit.Path + `/openrpc" and go mod vendor; --no-docs does without`

// write reads the packages and writes the program.
func (b *Builder) write(ctx context.Context, ws *workspace.Workspace, targets []source.Target, s settings.Settings) error {
	pkgs, skipped, err := source.Load(ctx, ws, targets, b.Service.naming())
	functions := 0
	for _, pkg := range pkgs {
		functions += pkg.Count()
		if !pkg.RPC {
			skipped = append(skipped, pkg.Skipped...)
		}
	}
	notes := lines(skipped)
	if !s.NoDocs && !ws.Has("openrpc") {
		notes = append(notes, noOpenRPC)
	}
	b.skipped.show(b.stderr(), notes)
	if fault, ok := errors.AsType[*source.SyntaxError](err); ok {
		out := b.diagnosis()
		fmt.Fprintln(out, fault)
		return errors.Join(console.Exit(1), out.Close())
	}
	if err != nil {
		return err
	}
	if functions == 0 {
		return fmt.Errorf("found no exported function to serve in %s", strings.Join(b.Service.Packages, ", "))
	}
	references, err := b.Service.references(pkgs)
	if err != nil {
		return err
	}
	for i := range s.Folders {
		s.Folders[i].Embedded = b.embeds
	}
	return genmain.Write(ws, pkgs, references, s)
}

func lines(skipped []source.Skip) []string {
	var lines []string
	for _, s := range skipped {
		lines = append(lines, s.String())
	}
	return lines
}

// diagnosis returns a writer to standard error for what the go command says. Close must be called.
func (b *Builder) diagnosis() *diagnosis.Writer {
	return diagnosis.NewWriter(b.stderr(), diagnosis.Style{Paint: console.Paint(b.streams.Stderr), Excerpt: b.excerpt})
}

// Begin shows that something takes long, from when it does until the function is called that it returns.
func (b *Builder) Begin(what string) (end func()) {
	b.progress = b.streams.Progress(what)
	return func() {
		b.progress.End()
		b.progress = nil
	}
}

// Build compiles a program and returns the binary. An error is of the type console.Exit if the go command
// has said what is wrong.
func (b *Builder) Build(ctx context.Context, ws *workspace.Workspace, how workspace.Build) (string, error) {
	out := b.diagnosis()
	how.Stderr = out
	binary, err := ws.Build(ctx, how)
	if closed := out.Close(); err == nil || ctx.Err() != nil {
		return binary, errors.Join(err, closed)
	}
	// go has said why; only what it says of our own code needs a word.
	if strings.Contains(out.Said(), "# "+workspace.MainModule+"\n") {
		return "", fmt.Errorf("the program that runrpc %s generates does not compile with the toolkit that your "+
			"module requires or --toolkit names: bring the two to one version", toolkit.Version())
	}
	return "", console.Exit(1)
}

// orders returns what a program is told that is the first one.
func (b *Builder) orders() settings.Orders {
	return settings.Orders{
		Settings: b.Service.Settings(),
		Watching: b.watching,
		Width:    console.Width(b.streams.Stdout),
	}
}

// hasten makes binaries that are soon replaced: without what only debuggers read they are linked in a fraction
// of the time. What the user's GOFLAGS say of linking counts more.
func (b *Builder) hasten(ctx context.Context) error {
	env, err := b.tool.Env(ctx, "")
	if err == nil && !strings.Contains(env.GOFLAGS, "-ldflags") {
		b.flags = []string{"-ldflags=-w"}
	}
	return err
}
