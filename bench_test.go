package jsonrpc_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc"
)

type subtractParams struct {
	Minuend    int `json:"minuend"`
	Subtrahend int `json:"subtrahend"`
}

func subtract(a, b int) int { return a - b }

func typedSubtract(_ context.Context, p subtractParams) (int, error) {
	return p.Minuend - p.Subtrahend, nil
}

// caller is one way in.
type caller func(msg []byte) []byte

func benchmarkRegistry() jsonrpc.RPC {
	return jsonrpc.RPC{
		"func":  jsonrpc.Func(subtract, "minuend", "subtrahend"),
		"plain": subtract,
		"typed": jsonrpc.Typed(typedSubtract),
		"echo":  func(s string) string { return s },
		"fail":  func() error { return jsonrpc.ServerError(1, "no", nil) },
	}
}

type traceKey struct{}

// traced is a middleware that uses the context, as most do.
func traced(next jsonrpc.Handler) jsonrpc.Handler {
	return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
		return next.ServeRPC(context.WithValue(ctx, traceKey{}, req), req)
	})
}

func bare(r jsonrpc.RPC) caller {
	return func(msg []byte) []byte { return r.Call(msg, nil) }
}

func application(tb testing.TB, r jsonrpc.RPC) caller {
	app, err := jsonrpc.NewApplication(r, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return func(msg []byte) []byte { return app.CallContext(context.Background(), msg, nil) }
}

func batchOf(n int, method string) string {
	var members []string
	for i := range n {
		members = append(members, fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":[%d,23],"id":%d}`, method, i, i))
	}
	return "[" + strings.Join(members, ",") + "]"
}

func BenchmarkCall(b *testing.B) {
	guarded := benchmarkRegistry()
	guarded[jsonrpc.Use] = jsonrpc.Chain(traced)
	for _, c := range []struct {
		name string
		call caller
		msg  string
	}{
		{"tiny/typed", bare(benchmarkRegistry()), `{"jsonrpc":"2.0","method":"typed","params":[42,23],"id":1}`},
		{"tiny/func", bare(benchmarkRegistry()), `{"jsonrpc":"2.0","method":"func","params":[42,23],"id":1}`},
		{"tiny/plain", bare(benchmarkRegistry()), `{"jsonrpc":"2.0","method":"plain","params":[42,23],"id":1}`},
		{"tiny/app", application(b, benchmarkRegistry()), `{"jsonrpc":"2.0","method":"typed","params":[42,23],"id":1}`},
		{"tiny/middleware", bare(guarded), `{"jsonrpc":"2.0","method":"typed","params":[42,23],"id":1}`},
		{"tiny/unknown", bare(benchmarkRegistry()), `{"jsonrpc":"2.0","method":"nope","params":[42,23],"id":1}`},
		{"tiny/error", bare(benchmarkRegistry()), `{"jsonrpc":"2.0","method":"fail","id":1}`},
		{"named/typed", bare(benchmarkRegistry()), `{"jsonrpc":"2.0","method":"typed","params":{"minuend":42,"subtrahend":23},"id":1}`},
		{"named/func", bare(benchmarkRegistry()), `{"jsonrpc":"2.0","method":"func","params":{"minuend":42,"subtrahend":23},"id":1}`},
		{"batch100/typed", bare(benchmarkRegistry()), batchOf(100, "typed")},
		{"batch100/func", bare(benchmarkRegistry()), batchOf(100, "func")},
		{"batch100/app", application(b, benchmarkRegistry()), batchOf(100, "typed")},
	} {
		b.Run(c.name, func(b *testing.B) {
			msg := []byte(c.msg)
			b.ReportAllocs()
			for b.Loop() {
				c.call(msg)
			}
		})
	}
}
