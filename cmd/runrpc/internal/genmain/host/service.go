package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/runrpc/jsonrpc"
)

// service makes the entry for what the function New of a package makes.
func service[T any](path string, New func(context.Context) (T, error)) *jsonrpc.LazyEntry {
	return jsonrpc.LazyObject(func(ctx context.Context) (T, error) {
		v, err := New(ctx)
		if err != nil {
			err = fmt.Errorf("%s: New: %w", path, err)
		}
		return v, err
	})
}

// withoutContext, withoutError and withoutBoth make the other forms of New the one that service takes.
func withoutContext[T any](New func() (T, error)) func(context.Context) (T, error) {
	return func(context.Context) (T, error) { return New() }
}

func withoutError[T any](New func(context.Context) T) func(context.Context) (T, error) {
	return func(ctx context.Context) (T, error) { return New(ctx), nil }
}

func withoutBoth[T any](New func() T) func(context.Context) (T, error) {
	return func(context.Context) (T, error) { return New(), nil }
}

// warmUp makes all services before anything is served.
func warmUp(ctx context.Context, app *jsonrpc.Application) error {
	err := app.Warm(ctx)
	if err == nil {
		return nil
	}
	text := strings.ReplaceAll(strings.TrimPrefix(err.Error(), "jsonrpc: "), "\njsonrpc: ", "\nrunrpc: ")
	return errors.Join(errors.New(text), app.Shutdown(context.WithoutCancel(ctx)))
}
