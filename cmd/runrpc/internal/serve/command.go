// Package serve is the command that serves Go packages: it finds and reads them, builds a program around
// them, and runs that until it is told to stop; anew after each edit if it watches them.
package serve

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/child"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/config"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
)

// Service are the flags for what is served and how.
type Service struct {
	Packages  []string       `arg:"" optional:"" name:"packages" help:"What to serve: a directory with all packages below it, a .go file (its suffix may be left out) or an import path."`
	Addr      string         `default:"localhost:8080" placeholder:"HOST:PORT" help:"Address to listen on (${default}); port 0 takes a free one."`
	Path      string         `default:"/" help:"Path of the URL (${default}: any)."`
	Root      bool           `help:"Serve at the top: no package name before the methods."`
	Separator string         `default:"." help:"What stands between the parts of a method's name (${default})."`
	Warm      bool           `help:"Make the services of all packages at the start, not at their first call."`
	NoDocs    bool           `help:"Do not tell what is served: no method rpc.discover, and no docs for GET."`
	Toolkit   string         `env:"RUNRPC_TOOLKIT" type:"path" placeholder:"DIR" help:"Source of github.com/runrpc/jsonrpc to build with, instead of the one that your module requires or this binary came from."`
	Log       settings.Log   `default:"auto" enum:"auto,text,json,off" placeholder:"FORM" help:"A log line for each call: text for people, json for programs; off: incidents alone; auto: text on a terminal, json elsewhere (${default})."`
	LogLevel  settings.Level `default:"info" enum:"info,warn,error" placeholder:"LEVEL" help:"The least that is logged: info for each call, warn for those answered with an error, error for those with an incident (${default})."`
	Quiet     bool           `short:"q" help:"Nothing but errors."`

	Names  `embed:""`
	Static `embed:""`
	TLS    `embed:""`
	Limits `embed:"" group:"Limits (0: the default, negative: none)"`
	Access `embed:"" group:"Access"`

	config.Flags `embed:""`
}

// AfterApply is called by kong when all is read.
func (s *Service) AfterApply() error {
	switch {
	case len(s.Packages) > 0:
		return nil
	case s.File() == "":
		return errors.New("found nothing to serve: name a package, as in runrpc ./hello, or write a " + config.Name + " that does, as runrpc new NAME makes one")
	}
	return &config.Error{File: s.FileName(), Text: "found no key packages in it, and no package on the command line"}
}

// Command is the command line of runrpc serve.
type Command struct {
	Service `embed:""`
	Watch   *bool `negatable:"" help:"Serve anew after each edit (where the output is a terminal)."`
	Poll    bool  `help:"Look for edits, where the system does not tell of them."`
}

// Run serves until a signal comes.
func (c *Command) Run(streams console.Streams) error {
	if err := c.Check(); err != nil {
		return err
	}
	tool, err := gotool.Find()
	if err != nil {
		return err
	}
	stop := catch()
	defer stop.close()
	b := NewBuilder(&c.Service, tool, streams)
	if err := b.hasten(stop.soft); err != nil {
		return err
	}
	if c.watching(streams) {
		return live(b, stop, c.Poll)
	}
	return once(b, stop)
}

// watching reports whether edits are watched.
func (c *Command) watching(streams console.Streams) bool {
	if c.Watch != nil {
		return *c.Watch
	}
	return console.Terminal(streams.Stdout)
}

// once serves one version until it ends by itself or a signal comes.
func once(b *Builder, stop signals) (err error) {
	v, err := b.version(stop.soft)
	defer func() { err = errors.Join(err, v.close()) }()
	if err != nil {
		return err
	}
	socket, err := child.Listen(b.Service.Addr)
	if err != nil {
		return err
	}
	defer func() { _ = socket.Close() }()
	if err := v.start(stop.soft, socket, b.orders()); err != nil {
		return err
	}
	select {
	case <-v.child.Ended():
		return v.child.Err()
	case <-stop.soft.Done():
	}
	_ = socket.Close()
	return cmp.Or(drain(stop, v), v.child.Err())
}

// Check refuses flags that cannot work.
func (s *Service) Check() error {
	if !strings.HasPrefix(s.Path, "/") {
		return fmt.Errorf("%s: found %q, want a path that begins with /", s.At("path"), s.Path)
	}
	if s.Separator == "" {
		return fmt.Errorf("%s: found an empty one, want at least one character", s.At("separator"))
	}
	if _, err := s.folders(); err != nil {
		return err
	}
	return s.checkTLS()
}
