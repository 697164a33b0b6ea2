package serve

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/child"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/watch"
)

// A session serves, and serves anew after each edit. What it serves goes on while something is wrong with
// what should come next.
type session struct {
	*Builder
	stop    signals
	watcher *watch.Watcher
	socket  *child.Socket // nil until there is something to serve
	wanted  string        // the address that the configuration names instead; empty: none

	current *version   // the last one that began to serve; nil: there was none
	left    []*version // those before it that may have calls to finish

	imports watch.Set      // what the packages of the last version are made of
	changes []watch.Change // that no version has been made of
	noticed time.Time      // when the first of them was
	failed  bool           // what was made last does not serve
	misfits notes
	restart restart
}

// live runs a session until a signal comes.
func live(b *Builder, stop signals, poll bool) error {
	b.excerpt, b.watching = true, true
	s := &session{Builder: b, stop: stop}
	s.watcher = watch.New(watch.Options{Poll: poll, Warn: s.warn})
	defer s.watcher.Close()
	err := s.run()
	if s.socket != nil {
		_ = s.socket.Close()
	}
	return s.end(err)
}

// run makes a version after each edit.
func (s *session) run() error {
	s.watcher.Watch(s.named(), time.Time{})
	next := s.renew
	for {
		if next != nil {
			if err := s.attempt(next); err != nil {
				return err
			}
			next = nil
		}
		select {
		case changes := <-s.watcher.Changes():
			s.note(changes)
			next = s.renew
		case <-s.ended():
			s.report(s.current.child.Err())
		case <-s.restart.due():
			next = s.revive
		case <-s.stop.soft.Done():
			return s.interrupted()
		}
	}
}

// attempt does what it is given, and does it anew when an edit comes meanwhile. An error is one that no edit
// mends.
func (s *session) attempt(do func(context.Context) error) error {
	for {
		ctx, cancel := context.WithCancel(s.stop.soft)
		done := make(chan error, 1)
		go func() { done <- do(ctx) }()
		select {
		case err := <-done:
			cancel()
			return err
		case changes := <-s.watcher.Changes():
			cancel()
			if err := <-done; err != nil {
				return err
			}
			s.note(changes)
			do = s.renew
		}
	}
}

// note takes changes that are to be served.
func (s *session) note(changes []watch.Change) {
	if len(s.changes) == 0 {
		s.noticed = time.Now()
	}
	s.changes = watch.Merge(s.changes, changes)
}

// renew makes a version of the source as it is, and lets it take over. Unless that is called off, it serves
// then or what is wrong with it has been said.
func (s *session) renew(ctx context.Context) error {
	began := time.Now()
	err := s.configure()
	var v *version
	if err == nil {
		v, err = s.version(ctx)
	}
	if err == nil {
		err = s.replace(ctx, v)
	}
	if ctx.Err() == nil {
		s.watch(ctx, v, began)
	}
	if s.current != v {
		err = errors.Join(err, v.close())
	}
	return s.settle(ctx, err)
}

// replace starts a version and lets it take over.
func (s *session) replace(ctx context.Context, v *version) error {
	if s.socket == nil {
		socket, err := child.Listen(s.Service.Addr)
		if err != nil {
			return fatal{err}
		}
		s.socket = socket
	}
	o := s.orders()
	o.Heir = s.current != nil
	if err := v.start(ctx, s.socket, o); err != nil {
		return err
	}
	s.restart.began()
	before := s.current
	s.current = v
	if before == nil {
		s.misfits.remember(v.child.Misfits()) // it has said them itself
	} else {
		before.child.HandOver()
		s.leave(before)
		s.tell(before, v)
	}
	s.changes, s.failed = nil, false
	return nil
}

// revive starts the version once more that has ended.
func (s *session) revive(ctx context.Context) error {
	s.restart.cancel()
	o := s.orders()
	o.Heir = true
	err := s.current.start(ctx, s.socket, o)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		s.report(err)
	default:
		s.restart.began()
		s.Say("serving again")
	}
	return s.interrupted()
}

// A fatal error is one that no edit mends.
type fatal struct{ error }

func (f fatal) Unwrap() error { return f.error }

// settle ends an attempt: it says what went wrong, and returns what no edit mends.
func (s *session) settle(ctx context.Context, err error) error {
	if _, ok := errors.AsType[fatal](err); ok {
		return err
	}
	if ctx.Err() != nil { // called off
		return s.interrupted()
	}
	if err == nil {
		return nil
	}
	s.changes, s.failed = nil, true
	if _, said := errors.AsType[console.Exit](err); !said {
		fmt.Fprintln(s.streams.Stderr, "runrpc:", err)
	}
	if s.current == nil {
		s.Say("waiting for an edit that mends it")
	} else {
		s.Say("serving what was there before, until an edit mends it")
	}
	return nil
}

// interrupted returns the error of a session that is stopped before it serves.
func (s *session) interrupted() error {
	if s.stop.soft.Err() != nil && s.current == nil {
		return context.Cause(s.stop.soft)
	}
	return nil
}

// leave keeps a version until its calls are finished, and forgets those that have done so.
func (s *session) leave(v *version) {
	s.left = slices.DeleteFunc(append(s.left, v), func(v *version) bool {
		select {
		case <-v.child.Ended():
			_ = v.close()
			return true
		default:
			return false
		}
	})
}

// end waits for what has been served.
func (s *session) end(err error) error {
	versions := s.left
	if s.current != nil {
		versions = append(versions, s.current)
	}
	err = errors.Join(err, drain(s.stop, versions...))
	for _, v := range versions {
		err = errors.Join(err, v.close())
	}
	return err
}

// warn tells what the watcher has to say, at any time.
func (s *session) warn(text string) {
	if !s.Service.Quiet {
		fmt.Fprintln(s.streams.Stderr, "runrpc: "+text)
	}
}

// ended is closed when the current version has ended by itself.
func (s *session) ended() <-chan struct{} {
	if s.current == nil || s.restart.planned() {
		return nil
	}
	return s.current.child.Ended()
}

// report tells that the current version has ended, and plans its restart.
func (s *session) report(err error) {
	after := s.restart.plan()
	fmt.Fprintf(s.streams.Stderr, "runrpc: the server has ended (%s): it is started again in %v, and after an edit at once\n", reason(err), after)
}

func reason(err error) string {
	if err == nil {
		return "exit code 0"
	}
	return err.Error()
}
