package main

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/runrpc/jsonrpc"
)

//go:embed static
var static embed.FS

// routes sends calls to the application and everything else to the page.
func routes(app *jsonrpc.Application) (http.Handler, error) {
	page, err := fs.Sub(static, "static")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/rpc", app)
	mux.Handle("/", app.Guard(http.FileServerFS(page)))
	return mux, nil
}

// serve serves until the process is told to end, and then finishes the calls that have begun.
func serve(addr string, app *jsonrpc.Application) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	handler, err := routes(app)
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	log.Printf("serving at http://%v/, Ctrl-C stops", ln.Addr())

	srv := app.Server(addr)
	srv.Handler = handler
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop() // from here on a signal ends the process at once
	grace, cancel := context.WithTimeout(context.Background(), 35*time.Second)
	defer cancel()
	return errors.Join(srv.Shutdown(grace), app.Shutdown(grace))
}
