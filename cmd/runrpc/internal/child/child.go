// Package child runs the programs that serve, one after the other at one socket, so that no client notices
// when one takes over from another.
package child

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// patience is how long a program may take to make way, which needs no more than a moment.
const patience = 5 * time.Second

// lastWord is how long a program may take to say that it serves when it is about to be killed.
const lastWord = 100 * time.Millisecond

// A Child is a program that serves. Its methods are for one goroutine.
type Child struct {
	cmd     *exec.Cmd
	stdin   io.WriteCloser
	status  *os.File
	reports chan settings.Report // closed when no more come
	report  settings.Report      // the first one
	ended   chan struct{}
	err     error // once ended is closed
}

// Start starts a program and waits until it serves at the socket. An error is of the type console.Exit if
// the program has ended before, and said why. When ctx ends first, the program is killed, unless it serves.
func Start(ctx context.Context, socket *Socket, binary string, o settings.Orders, streams console.Streams) (*Child, error) {
	c := &Child{
		cmd:     exec.Command(binary, settings.Supervised),
		reports: make(chan settings.Report, 1),
		ended:   make(chan struct{}),
	}
	c.cmd.Stdout, c.cmd.Stderr = streams.Stdout, streams.Stderr
	if err := c.launch(socket, o); err != nil {
		return nil, err
	}
	var ready bool
	select {
	case c.report, ready = <-c.reports:
	case <-ctx.Done():
		select { // it may have said that it is ready, and shown it, while nobody looked
		case c.report, ready = <-c.reports:
		case <-time.After(lastWord):
		}
	}
	switch {
	case ready:
		return c, nil
	case ctx.Err() != nil:
		c.Kill()
		return nil, context.Cause(ctx)
	}
	_ = c.stdin.Close() // which ends a program that is confused enough to have closed the pipe
	<-c.ended
	return nil, cmp.Or(c.err, error(console.Exit(1))) // a program that serves has no good reason to end
}

// launch starts the program and tells it its orders.
func (c *Child) launch(socket *Socket, o settings.Orders) error {
	ours, theirs, err := os.Pipe()
	if err != nil {
		return err
	}
	defer theirs.Close()
	c.status = ours
	if c.stdin, err = c.cmd.StdinPipe(); err == nil {
		err = socket.give(c.cmd, theirs, &o)
	}
	if err == nil {
		err = c.cmd.Start()
	}
	if err != nil {
		return errors.Join(err, ours.Close())
	}
	go c.listen()
	go c.wait()
	orders, err := json.Marshal(o)
	if err != nil {
		c.Kill()
		return err
	}
	_, _ = c.stdin.Write(append(orders, '\n')) // it fails where the program has ended, which wait tells
	return nil
}

// listen hands on the reports until the program ends.
func (c *Child) listen() {
	defer close(c.reports)
	for reports := json.NewDecoder(c.status); ; {
		var r settings.Report
		if err := reports.Decode(&r); err != nil {
			return
		}
		select {
		case c.reports <- r:
		case <-c.ended:
			return
		}
	}
}

func (c *Child) wait() {
	c.err = exit(c.cmd.Wait())
	close(c.ended)
	_ = c.status.Close() // programs that it has started may still hold the other end
}

// exit hands on the program's exit code: it has said itself what went wrong.
func exit(err error) error {
	var failed *exec.ExitError
	if !errors.As(err, &failed) {
		return err
	}
	if code := failed.ExitCode(); code > 0 {
		return console.Exit(code)
	}
	return console.Exit(1) // by a signal
}

// Methods returns the methods that it serves, as the start screen shows them.
func (c *Child) Methods() []string { return c.report.Methods }

// Misfits returns a line for each function that it cannot serve.
func (c *Child) Misfits() []string { return c.report.Misfits }

// Ended is closed when the program has ended; then Err tells how: of the type console.Exit if with an exit
// code, nil if that was 0.
func (c *Child) Ended() <-chan struct{} { return c.ended }

// Err tells how the program has ended.
func (c *Child) Err() error { return c.err }

// HandOver asks the program to make way for another, and returns when it takes no new connection any more.
// It finishes the calls that have begun, and passes those on that come over connections which are left open.
func (c *Child) HandOver() {
	_, _ = fmt.Fprintln(c.stdin, settings.HandOver)
	select {
	case <-c.reports: // closed when the program ends, and then that is as well
	case <-time.After(patience):
	}
}

// Drain asks the program to finish the calls that have begun, and to end. Unlike a signal the end of its
// input works on all systems, and comes as well where this process is killed.
func (c *Child) Drain() { _ = c.stdin.Close() }

// Kill ends the program at once.
func (c *Child) Kill() {
	_ = c.cmd.Process.Kill()
	<-c.ended
}
