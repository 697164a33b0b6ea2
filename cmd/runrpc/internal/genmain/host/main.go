// Command main serves over HTTP JSON-RPC what methods.go lists. runrpc wrote it and builds it in a
// temporary directory; apart from methods.go it is the same for everyone.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/runrpc/jsonrpc"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "runrpc:", err)
		os.Exit(1)
	}
}

func run() error {
	// The first signal drains; the second, no longer caught, ends the process at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// runrpc holds the other end of standard input, so it ends with runrpc, however that ends.
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	rpc, err := registry()
	if err != nil {
		return err
	}
	if err := refer(rpc, references()); err != nil {
		return err
	}
	app, err := jsonrpc.NewApplication(rpc, options())
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is in use: choose another address with --addr (port 0 takes a free one)", addr)
	}
	if err != nil {
		return err
	}
	banner(os.Stdout, rpc, ln.Addr())
	return serve(ctx, app, ln, stop)
}

// serve answers calls until ctx ends, and then finishes those that have begun.
func serve(ctx context.Context, app *jsonrpc.Application, ln net.Listener, caught func()) error {
	srv := app.Server(addr)
	srv.Handler = route(app, path, folders())
	serve := srv.Serve
	if secure() {
		cert, err := readCertificate(tlsCert, tlsKey)
		if err != nil {
			return errors.Join(err, ln.Close())
		}
		srv.TLSConfig = cert.config()
		serve = func(ln net.Listener) error { return srv.ServeTLS(ln, "", "") }
	}
	failed := make(chan error, 1)
	go func() { failed <- serve(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	caught()
	fmt.Fprintln(os.Stderr, "runrpc: finishing the calls that have begun; once more ends them")
	ctx = context.Background()
	if drain > 0 {
		limited, cancel := context.WithTimeout(ctx, drain)
		defer cancel()
		ctx = limited
	}
	return errors.Join(srv.Shutdown(ctx), app.Shutdown(ctx))
}
