//go:build !race

package jsonrpc_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/runrpc/jsonrpc"
)

// What a call may allocate, its answer included: the counts of today, to be lowered. A batch is
// of a hundred.
const (
	allocsTyped      = 2
	allocsTypedNamed = 2
	allocsFunc       = 3
	allocsFuncNamed  = 3
	allocsPlain      = 3
	allocsText       = 4
	allocsStruct     = 3
	allocsContext    = 4
	allocsMiddleware = 6
	allocsUnknown    = 1
	allocsError      = 4
	allocsParams     = 6
	allocsInvalid    = 3
	allocsBroken     = 4
	allocsNote       = 1
	allocsBatchTyped = 101
	allocsBatchFunc  = 201
	allocsBatchNotes = 100
	allocsAppTyped   = 2
	allocsAppError   = 4
	allocsAppBatch   = 105
)

// allocCases name what is measured. The race detector makes pools forget, so that there it is
// not.
var allocCases = []struct {
	name string
	msg  string
	app  bool
	want float64
}{
	{"typed", `{"jsonrpc":"2.0","method":"typed","params":[42,23],"id":1}`, false, allocsTyped},
	{"typed, named", `{"jsonrpc":"2.0","method":"typed","params":{"minuend":42,"subtrahend":23},"id":1}`, false, allocsTypedNamed},
	{"func", `{"jsonrpc":"2.0","method":"func","params":[42,23],"id":1}`, false, allocsFunc},
	{"func, named", `{"jsonrpc":"2.0","method":"func","params":{"minuend":42,"subtrahend":23},"id":1}`, false, allocsFuncNamed},
	{"plain", `{"jsonrpc":"2.0","method":"plain","params":[42,23],"id":1}`, false, allocsPlain},
	{"text", `{"jsonrpc":"2.0","method":"echo","params":["hello"],"id":1}`, false, allocsText},
	{"struct", `{"jsonrpc":"2.0","method":"swap","params":[{"minuend":1,"subtrahend":2}],"id":1}`, false, allocsStruct},
	{"context", `{"jsonrpc":"2.0","method":"context","id":1}`, false, allocsContext},
	{"middleware", `{"jsonrpc":"2.0","method":"guarded.typed","params":[42,23],"id":1}`, false, allocsMiddleware},
	{"unknown", `{"jsonrpc":"2.0","method":"no.such","params":[42,23],"id":1}`, false, allocsUnknown},
	{"error", `{"jsonrpc":"2.0","method":"fail","id":1}`, false, allocsError},
	{"invalid params", `{"jsonrpc":"2.0","method":"typed","params":[42,"23"],"id":1}`, false, allocsParams},
	{"invalid request", `{"jsonrpc":"2.0","id":1}`, false, allocsInvalid},
	{"parse error", `{"jsonrpc":"2.0","id":1`, false, allocsBroken},
	{"notification", `{"jsonrpc":"2.0","method":"typed","params":[42,23]}`, false, allocsNote},
	{"batch, typed", batchOf(100, "typed"), false, allocsBatchTyped},
	{"batch, func", batchOf(100, "func"), false, allocsBatchFunc},
	{"batch, notifications", "[" + strings.Repeat(`{"jsonrpc":"2.0","method":"typed","params":[42,23]},`, 99) + `{"jsonrpc":"2.0","method":"typed","params":[42,23]}]`, false, allocsBatchNotes},
	{"application, typed", `{"jsonrpc":"2.0","method":"typed","params":[42,23],"id":1}`, true, allocsAppTyped},
	{"application, error", `{"jsonrpc":"2.0","method":"fail","id":1}`, true, allocsAppError},
	{"application, batch", batchOf(100, "typed"), true, allocsAppBatch},
}

func TestAllocations(t *testing.T) {
	r := benchmarkRegistry()
	r["swap"] = jsonrpc.Func(func(p subtractParams) subtractParams { return subtractParams{p.Subtrahend, p.Minuend} }, "p")
	r["context"] = func(ctx context.Context) error { return ctx.Err() }
	r["guarded"] = jsonrpc.RPC{jsonrpc.Use: jsonrpc.Chain(traced), "typed": jsonrpc.Typed(typedSubtract)}
	app := newApp(t, r, nil)
	for _, c := range allocCases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // where members of a batch are never slow
				msg, ctx := []byte(c.msg), t.Context()
				got := testing.AllocsPerRun(200, func() {
					if c.app {
						app.CallContext(ctx, msg, nil)
					} else {
						r.Call(msg, nil)
					}
				})
				if got > c.want {
					t.Errorf("%v allocations, want %v at most", got, c.want)
				}
			})
		})
	}
}
