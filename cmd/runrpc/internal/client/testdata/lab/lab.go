// Package lab is a service to try generated clients with: one method for each thing that a client has to do.
package lab

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// ErrZero tells that somebody divides by zero.
var ErrZero = errors.New("division by zero")

// LimitError tells of a limit.
type LimitError struct{ Limit int }

// Error tells that it was exceeded.
func (e *LimitError) Error() string { return "limit exceeded" }

// ErrorData returns the limit.
func (e *LimitError) ErrorData() any { return map[string]int{"limit": e.Limit} }

// A Tree holds trees.
type Tree struct {
	Name     string `json:"name"`
	Children []Tree `json:"children"`
}

// Kinds has values of many kinds.
type Kinds struct {
	When  time.Time         `json:"when"`
	Data  []byte            `json:"data"`
	Tags  []string          `json:"tags"`
	Names map[string]string `json:"names"`
	Maybe *int              `json:"maybe"`
	Class string            `json:"class"`
	Odd   string            `json:"odd name"`
	Any   any               `json:"any"`
}

type lab struct {
	cancelled atomic.Int64
	mu        sync.Mutex
	lines     []string
}

func (l *lab) wait(ctx context.Context, ms int) (string, error) {
	select {
	case <-ctx.Done():
		l.cancelled.Add(1)
		return "", ctx.Err()
	case <-time.After(time.Duration(ms) * time.Millisecond):
		return "done", nil
	}
}

func (l *lab) write(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, line)
}

func (l *lab) read() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string{}, l.lines...)
}

func divide(a, b float64) (float64, error) {
	switch {
	case b == 0:
		return 0, ErrZero
	case a > 1000:
		return 0, &LimitError{1000}
	case a < 0:
		return 0, errors.New("not for others to know")
	}
	return a / b, nil
}

// RPC returns the methods.
func RPC() jsonrpc.RPC {
	l := &lab{}
	return jsonrpc.RPC{
		"rpc.discover": openrpc.Discover(openrpc.Info{Title: "Lab", Version: "1.0.0"}, nil),
		"echo":         jsonrpc.Func(func(text string) string { return text }, "text"),
		"class.def":    jsonrpc.Func(func(from string, self int) string { return from }, "from", "self").Default("self", 1),
		"math": jsonrpc.RPC{
			"add":    jsonrpc.Func(func(a, b int64) int64 { return a + b }, "a", "b"),
			"sum":    jsonrpc.Func(func(first int64, rest ...int64) int64 { return sum(first, rest) }),
			"divide": jsonrpc.Func(divide, "a", "b"),
			jsonrpc.Errors: jsonrpc.ErrorMap{
				ErrZero:            -32040,
				(*LimitError)(nil): -32041,
			},
		},
		"slow": jsonrpc.RPC{
			"wait":      jsonrpc.Func(l.wait, "ms"),
			"cancelled": func() int64 { return l.cancelled.Load() },
		},
		"log": jsonrpc.RPC{
			"write": jsonrpc.Func(l.write, "line"),
			"read":  l.read,
		},
		"null": jsonrpc.RPC{
			"nothing": func() {},
			"maybe":   jsonrpc.Func(func(n *int) *int { return n }, "n"),
		},
		"tree":  jsonrpc.Func(func(t Tree) Tree { return t }, "tree"),
		"kinds": jsonrpc.Func(func(k Kinds) Kinds { return k }, "kinds"),
	}
}

func sum(n int64, rest []int64) int64 {
	for _, m := range rest {
		n += m
	}
	return n
}
