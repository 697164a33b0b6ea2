package contender

import (
	"context"
	"io"

	gojson "github.com/goccy/go-json"
	"github.com/runrpc/jsonrpc"

	"github.com/runrpc/jsonrpc/bench/work"
)

const ourModule = "github.com/runrpc/jsonrpc"

// ours is the project as a reader of its first page uses it: functions, and a Call without an
// Application. Over HTTP it is an Application with the default options, like all of ours.
func ours() Contender {
	return Contender{Name: "ours", Kind: Ours, Module: ourModule, Via: "RPC.Call, Func", New: func(s Setup) (Instance, error) {
		r := ourRegistry(s, bySignature)
		if !s.HTTP {
			return Instance{Do: bare(r)}, nil
		}
		return application(r, ourOptions(s, nil))
	}}
}

// oursTyped is ours with the generic procedures that need no reflection.
func oursTyped() Contender {
	return Contender{Name: "ours-typed", Kind: Ours, Module: ourModule, Via: "RPC.Call, Typed", New: func(s Setup) (Instance, error) {
		return Instance{Do: bare(ourRegistry(s, byType))}, nil
	}}
}

// oursApp is oursTyped with every default limit and deadline.
func oursApp() Contender {
	return Contender{Name: "ours-app", Kind: Ours, Module: ourModule, Via: "Application.CallContext, Typed", New: func(s Setup) (Instance, error) {
		return application(ourRegistry(s, byType), ourOptions(s, nil))
	}}
}

// oursFast is oursApp with a fast codec in place of the strict one.
func oursFast() Contender {
	return Contender{Name: "ours-fast", Kind: Ours, Module: ourModule, Via: "Application.CallContext, Typed, goccy codec", New: func(s Setup) (Instance, error) {
		return application(ourRegistry(s, byType), ourOptions(s, goccyCodec{}))
	}}
}

// oursMiddleware is oursTyped behind a middleware.
func oursMiddleware() Contender {
	return Contender{Name: "ours-middleware", Kind: Ours, Module: ourModule, Via: "RPC.Call, Typed, one middleware", New: func(s Setup) (Instance, error) {
		r := ourRegistry(s, byType)
		r[jsonrpc.Use] = jsonrpc.Chain(traced)
		if !s.HTTP {
			return Instance{Do: bare(r)}, nil
		}
		return application(r, ourOptions(s, nil))
	}}
}

// ourRegistry has the standard procedures and s.Methods more.
func ourRegistry(s Setup, subtract func() *jsonrpc.Procedure) jsonrpc.RPC {
	r := jsonrpc.RPC{
		"subtract":       subtract(),
		"subtract_named": subtract(),
		"order":          jsonrpc.Func(work.PlaceOrder, "order"),
		"echo":           work.Echo,
		"echo_arr":       work.EchoArray,
		"update":         work.Update,
		"fail":           work.Fail,
	}
	for i := range s.Methods {
		r[work.Numbered(i)] = subtract()
	}
	return r
}

func bySignature() *jsonrpc.Procedure { return jsonrpc.Func(work.Subtract, "minuend", "subtrahend") }

func byType() *jsonrpc.Procedure {
	return jsonrpc.Typed(func(_ context.Context, p work.SubtractParams) (int, error) {
		return work.Subtract(p.Minuend, p.Subtrahend), nil
	})
}

// ourOptions are the defaults, but for what a measurement needs lifted.
func ourOptions(s Setup, codec jsonrpc.Codec) *jsonrpc.Options {
	opts := &jsonrpc.Options{Codec: codec}
	if s.Batch > 0 {
		opts.MaxBatch = -1
	}
	return opts
}

func bare(r jsonrpc.RPC) func([]byte) []byte {
	return func(msg []byte) []byte { return r.Call(msg, nil) }
}

// application has both ways in.
func application(r jsonrpc.RPC, opts *jsonrpc.Options) (Instance, error) {
	app, err := jsonrpc.NewApplication(r, opts)
	do := func(msg []byte) []byte { return app.CallContext(context.Background(), msg, nil) }
	return Instance{Do: do, HTTP: app}, err
}

type traceKey struct{}

// traced is a middleware that uses the context, as most do.
func traced(next jsonrpc.Handler) jsonrpc.Handler {
	return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
		return next.ServeRPC(context.WithValue(ctx, traceKey{}, req), req)
	})
}

// goccyCodec is a codec that is faster and less strict.
type goccyCodec struct{}

func (goccyCodec) MarshalWrite(w io.Writer, v any) error {
	b, err := gojson.Marshal(v)
	if err == nil {
		_, err = w.Write(b)
	}
	return err
}

func (goccyCodec) Unmarshal(b []byte, v any) error { return gojson.Unmarshal(b, v) }
