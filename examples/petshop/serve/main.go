// Command serve serves the petshop, with its description:
//
//	go run ./examples/petshop/serve
//	curl localhost:8080/openrpc.json
//	curl localhost:8080/map
//
// With -openrpc it writes the document and ends.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/examples/petshop"
	"github.com/runrpc/jsonrpc/openrpc"
)

func main() {
	addr := flag.String("addr", "localhost:8080", "the address to listen on")
	write := flag.Bool("openrpc", false, "write the OpenRPC document and end")
	flag.Parse()
	run := func() error { return run(*addr) }
	if *write {
		run = func() error { return writeDocument(os.Stdout) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

// writeDocument writes what rpc.discover returns.
func writeDocument(w io.Writer) error {
	app, err := jsonrpc.NewApplication(petshop.RPC(), nil)
	if err != nil {
		return err
	}
	doc, err := app.ServeRPC(context.Background(), &jsonrpc.Request{Method: openrpc.MethodName})
	if err != nil {
		return err
	}
	return jsonrpc.StrictCodec{}.MarshalWrite(w, doc)
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
	return serve(ctx, ln)
}

// serve serves until ctx ends, and finishes what it has begun.
func serve(ctx context.Context, ln net.Listener) error {
	app, err := jsonrpc.NewApplication(petshop.RPC(), &jsonrpc.Options{Docs: openrpc.Docs})
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	srv := app.Server("")
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
