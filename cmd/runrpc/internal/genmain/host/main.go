// Command main serves over HTTP JSON-RPC what methods.go lists. runrpc wrote it and builds it in a
// temporary directory; apart from methods.go and settings.json it is the same for everyone.
package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

//go:embed settings.json
var compiled []byte

func main() {
	if slices.Equal(os.Args[1:], []string{settings.Supervised}) {
		exit("runrpc", supervised())
	}
	exit(name(), alone(os.Args[1:]))
}

// exit ends the program, with a word on what went wrong.
func exit(name string, err error) {
	if err == nil {
		os.Exit(0)
	}
	fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
	if errors.Is(err, errUsage) {
		os.Exit(2)
	}
	os.Exit(1)
}

// A program is what is served.
type program struct {
	orders  settings.Orders
	methods []jsonrpc.MethodInfo
	misfits []string
	docs    string // the path of the URL where people find them; empty: nowhere
	server  *server
}

// prepare makes all ready to take calls.
func prepare(o settings.Orders) (*program, error) {
	p := &program{orders: o}
	rpc, err := registry(func(line string) { p.misfits = append(p.misfits, line) })
	if err != nil || !o.Heir { // an heir leaves them to runrpc, which knows what has been said before
		for _, line := range p.misfits {
			fmt.Fprintln(os.Stderr, line)
		}
	}
	if err != nil {
		return nil, err
	}
	if err := refer(rpc, references()); err != nil {
		return nil, err
	}
	p.methods = rpc.Methods()
	opts := options(o.Settings, p.methods)
	opts.Docs = discoverable(rpc, o.Settings)
	app, err := jsonrpc.NewApplication(rpc, opts)
	if err != nil {
		return nil, err
	}
	if o.Settings.Warm {
		if err := warmUp(context.Background(), app); err != nil {
			return nil, err
		}
	}
	r := newRoute(o.Settings, app, opts.Docs != nil)
	p.docs = r.docsPath()
	p.server = newServer(app, r.handler())
	return p, p.server.secure(o.Settings.Certificate)
}

// options returns the Application's options.
func options(s settings.Settings, methods []jsonrpc.MethodInfo) *jsonrpc.Options {
	return &jsonrpc.Options{
		Logger:           logger(s, os.Stderr, methods),
		ExposeErrors:     s.ExposeErrors,
		V1:               s.V1,
		MaxBody:          s.MaxBody,
		MaxResponse:      s.MaxResponse,
		MaxBatch:         s.MaxBatch,
		BatchWorkers:     s.BatchWorkers,
		MaxDepth:         s.MaxDepth,
		MaxConcurrent:    s.MaxConcurrent,
		MaxNotifications: s.MaxNotifications,
		ReadTimeout:      s.ReadTimeout,
		Timeout:          s.Timeout,
		LazyTimeout:      s.LazyTimeout,
		Hosts:            s.Hosts,
		Origins:          s.Origins,
	}
}

// show shows the start screen, unless another program has done so.
func (p *program) show(bound net.Addr) {
	if !p.orders.Heir && !p.orders.Settings.Quiet {
		newScreen(p.orders, os.Stdout).show(p.methods, p.docs, bound)
	}
}
