// Command app is a lending library: a program that is written by hand with the toolkit, where
// examples/hello needs nothing but its functions.
//
//	go run ./examples/app
//	curl localhost:8080/rpc -H 'Content-Type: application/json' -H 'Authorization: Bearer ada-token' \
//	    -d '{"jsonrpc": "2.0", "method": "loans.borrow", "params": {"book": 1}, "id": 1}'
//
// registry.go puts the methods together, access.go says who may call what, and this file serves
// them beside a page.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"github.com/runrpc/jsonrpc"
)

//go:embed static
var static embed.FS

func main() {
	addr := flag.String("addr", "localhost:8080", "the address to listen on")
	flag.Parse()
	if err := run(*addr); err != nil {
		fmt.Fprintln(os.Stderr, "app:", err)
		os.Exit(1)
	}
}

// run serves until the process is told to end.
func run(addr string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Printf("Open http://%v/\n", ln.Addr())
	logger := zerolog.New(os.Stderr).With().Timestamp().Logger()
	return serve(ctx, ln, &logger)
}

// serve serves until ctx ends, and finishes what it has begun.
func serve(ctx context.Context, ln net.Listener, logger *zerolog.Logger) error {
	app, err := jsonrpc.NewApplication(registry(), &jsonrpc.Options{Extras: reader, Logger: logger})
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	pages, err := fs.Sub(static, "static")
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	mux := http.NewServeMux()
	mux.Handle("/rpc", app)
	mux.Handle("/", http.FileServerFS(pages))

	srv := app.Server("")
	srv.Handler = mux
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return errors.Join(srv.Shutdown(grace), app.Shutdown(grace))
}
