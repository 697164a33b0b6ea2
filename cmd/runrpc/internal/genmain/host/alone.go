package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// name is what the program is called.
func name() string { return filepath.Base(os.Args[0]) }

// alone serves as a program of its own, with the settings that it was built with and what args say.
func alone(args []string) error {
	var s settings.Settings
	if err := json.Unmarshal(compiled, &s); err != nil {
		return err
	}
	answered, err := readFlags(&s, args, os.Stdout)
	if err != nil || answered {
		return err
	}
	// The first signal drains; the second, no longer caught, ends the process at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // while it gets ready, too
	p, err := prepare(settings.Orders{Settings: s})
	if err != nil {
		return err
	}
	ln, err := listen(p.orders)
	if err != nil {
		return err
	}
	p.server.start(ln)
	p.show(ln.Addr())
	select {
	case err := <-p.server.ended:
		return err
	case <-ctx.Done():
	}
	stop() // before that is told
	p.server.leave(p.server.handler)
	if !s.Quiet {
		fmt.Fprintln(os.Stderr, name()+": finishing the calls that have begun; once more ends them")
	}
	return p.server.drain(s.Drain, moment, nil)
}

// moment is how long a client that keeps its connection has for its next call when the program is ending.
const moment = 250 * time.Millisecond
