// Command petshop shows what a described service looks like: nested types, enums, errors with
// codes, and a text about everything.
//
//	go run ./examples/petshop
//	curl localhost:8080/openrpc.json
//	curl localhost:8080/map
//	curl localhost:8080 -H 'Content-Type: application/json' \
//	    -d '{"jsonrpc": "2.0", "method": "pets.list", "params": {"species": "cat"}, "id": 1}'
//
// pets.go and orders.go have the types, shop.go and desk.go what is done with them, and registry.go
// makes the methods of it. With -openrpc the command writes the document and ends.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/runrpc/jsonrpc"
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
		fmt.Fprintln(os.Stderr, "petshop:", err)
		os.Exit(1)
	}
}

// writeDocument writes what rpc.discover returns.
func writeDocument(w io.Writer) error {
	app, err := jsonrpc.NewApplication(RPC(), nil)
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
	return serve(ctx, ln, RPC())
}

// serve serves a registry until ctx ends, and finishes what it has begun.
func serve(ctx context.Context, ln net.Listener, rpc jsonrpc.RPC) error {
	app, err := jsonrpc.NewApplication(rpc, &jsonrpc.Options{Docs: openrpc.Docs})
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	srv := app.Server("")
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return errors.Join(srv.Shutdown(grace), app.Shutdown(grace))
}
