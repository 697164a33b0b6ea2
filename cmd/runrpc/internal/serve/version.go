package serve

import (
	"context"
	"fmt"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/child"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// A version is the program for one state of the source.
type version struct {
	ws      *workspace.Workspace
	binary  string
	child   *child.Child // nil: not started yet
	streams console.Streams
}

// version makes the version for the source as it is. Where that does not compile, the error comes with a
// version that cannot be started.
func (b *Builder) version(ctx context.Context) (*version, error) {
	defer b.Begin("building")()
	ws, err := b.Prepare(ctx, nil)
	if err != nil {
		return nil, err
	}
	v := &version{ws: ws, streams: b.streams}
	v.binary, err = b.Build(ctx, ws, workspace.Build{Flags: b.flags})
	return v, err
}

// slowStart is how long a program may take to serve before that deserves a word.
const slowStart = 5 * time.Second

// start runs it until it serves.
func (v *version) start(ctx context.Context, socket *child.Socket, o settings.Orders) error {
	slow := time.AfterFunc(slowStart, func() {
		fmt.Fprintln(v.streams.Stderr, "runrpc: the program has started, but does not serve yet: what it does at its start takes long")
	})
	defer slow.Stop()
	c, err := child.Start(ctx, socket, v.binary, o, v.streams)
	if err == nil {
		v.child = c
	}
	return err
}

// close removes it once it has ended. There may be none.
func (v *version) close() error {
	if v == nil {
		return nil
	}
	return v.ws.Close()
}

// drain has versions finish the calls that have begun, and waits for their end. A second signal ends them.
func drain(stop signals, versions ...*version) error {
	for _, v := range versions {
		v.child.Drain()
	}
	for _, v := range versions {
		select {
		case <-v.child.Ended():
		case <-stop.hard.Done():
			for _, v := range versions {
				v.child.Kill()
			}
			return console.Exit(1)
		}
	}
	return nil
}
