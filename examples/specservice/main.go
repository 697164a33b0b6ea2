// Command specservice serves the procedures that conformance suites for JSON-RPC 2.0 call: the
// ones of the specification's own examples, and some that fail in every way there is.
//
//	go run ./examples/specservice -addr 127.0.0.1:8080
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/runrpc/jsonrpc"
)

var errApplication = errors.New("application failure")

// service returns the registry.
func service() jsonrpc.RPC {
	return jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errApplication: -32001},

		"subtract": jsonrpc.Func(func(minuend, subtrahend float64) float64 { return minuend - subtrahend }, "minuend", "subtrahend"),
		"sum":      jsonrpc.Func(sum, "numbers"),
		"add":      jsonrpc.Func(func(a, b float64) float64 { return a + b }, "a", "b"),
		"div":      jsonrpc.Func(div, "a", "b"),
		"greeting": jsonrpc.Func(func(name string) string { return "Hello, " + name + "!" }, "name").Default("name", "world"),
		"echo":     jsonrpc.Func(func(value json.RawMessage) json.RawMessage { return value }, "value"),
		"get_data": func() []any { return []any{"hello", 5} },
		"whoami":   jsonrpc.Func(func(user string) string { return user }, "user").Extra("user"),

		"update":       func(...json.RawMessage) {},
		"notify_hello": func(...json.RawMessage) {},

		"fail":  func() error { return errApplication },
		"boom":  func() { panic("boom") },
		"sleep": jsonrpc.Func(sleep, "ms"),
	}
}

func sum(numbers ...float64) float64 {
	total := 0.0
	for _, n := range numbers {
		total += n
	}
	return total
}

func div(a, b float64) (float64, error) {
	if b == 0 {
		return 0, jsonrpc.ServerError(0, "divided by 0", []float64{a, b})
	}
	return a / b, nil
}

func sleep(ctx context.Context, ms int) (int, error) {
	select {
	case <-time.After(time.Duration(ms) * time.Millisecond):
		return ms, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "the address to listen on")
	flag.Parse()
	if err := serve(*addr); err != nil {
		fmt.Fprintln(os.Stderr, "specservice:", err)
		os.Exit(1)
	}
}

// serve serves until the process is told to end, and finishes what it has begun.
func serve(addr string) error {
	app, err := jsonrpc.NewApplication(service(), &jsonrpc.Options{
		Extras: func(*http.Request) (jsonrpc.Extras, error) { return jsonrpc.Extras{"user": "alice"}, nil },
	})
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := app.Server(addr)
	drained := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		drained <- errors.Join(srv.Shutdown(grace), app.Shutdown(grace))
	}()
	if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-drained
}
