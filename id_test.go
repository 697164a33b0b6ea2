package jsonrpc_test

import (
	"context"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// validIDs are ids that must come back byte for byte.
var validIDs = []string{
	`null`, `0`, `-0`, `1`, `-600`, `1.0`, `1.50`, `0.1e1`, `1E+3`, `-2e-7`, `1e400`,
	`9007199254740993`, `18446744073709551616`, `123456789012345678901234567890`, `-0.10000000000000000000000000001`,
	`""`, `" "`, `"1"`, `"abc-123"`, `"null"`, `"\u0061\u00E9"`, `"\/\b\f\n\r\t\"\\"`, `"\u0000"`, `"\ud83d\ude00"`, `"😀"`, `"<é&>"`, `"\u2028` + "\u2028" + `"`,
}

func TestIDComesBackByteForByte(t *testing.T) {
	var table []wire
	for _, id := range validIDs {
		table = append(table,
			wire{"result " + id, `{"jsonrpc":"2.0","method":"get_data","id":` + id + `}`, pinged(id)},
			wire{"white space " + id, "{\"id\"\t:\n" + id + " \r,\"jsonrpc\":\"2.0\",\"method\":\"get_data\"}", pinged(id)},
			wire{"no method " + id, `{"jsonrpc":"2.0","method":"no.such","id":` + id + `}`, unknown(id)},
			wire{"error " + id, `{"jsonrpc":"2.0","method":"fail","id":` + id + `}`, faultFor(`{"code":-32001,"message":"application failure"}`, id)},
			wire{"incident " + id, `{"jsonrpc":"2.0","method":"boom","id":` + id + `}`, faultFor(`{"code":-32603,"message":"Internal error","data":{"incident":"#"}}`, id)},
			wire{"invalid params " + id, `{"jsonrpc":"2.0","method":"text","params":[1],"id":` + id + `}`, faultFor(`{"code":-32602,"message":"Invalid params","data":[{"param":"/0","expected":"string","got":"number"}]}`, id)},
			wire{"invalid request " + id, `{"jsonrpc":"2.0","id":` + id + `}`, refused("method is missing or no string", id)},
		)
	}
	runWires(t, wireService(), nil, table)
}

func TestIDOfAnotherType(t *testing.T) {
	const reason = "id is a string, a number or null"
	var table []wire
	for _, id := range []string{`true`, `false`, `[]`, `[1]`, `{}`, `{"a":{"b":"c"}}`} {
		table = append(table,
			wire{id, `{"jsonrpc":"2.0","method":"get_data","id":` + id + `}`, refused(reason, "null")},
			wire{"no method " + id, `{"jsonrpc":"2.0","id":` + id + `}`, refused(reason, "null")},
			wire{"scalar params " + id, `{"jsonrpc":"2.0","method":"get_data","params":1,"id":` + id + `}`, refused(reason, "null")},
		)
	}
	runWires(t, wireService(), nil, table)
}

// A Handler sees what the client sent: null is an id, a notification has none.
func TestIDInTheRequest(t *testing.T) {
	seen := make(chan string, 100)
	r := jsonrpc.RPC{"look": func(req string) string { return req }}
	r[jsonrpc.Use] = jsonrpc.Chain(func(next jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			if req.Notification() != (req.ID == nil) {
				t.Errorf("Notification() is %t for the id %q", req.Notification(), req.ID)
			}
			if req.Notification() {
				seen <- "none"
			} else {
				seen <- string(req.ID)
			}
			return next.ServeRPC(ctx, req)
		})
	})
	for _, way := range routes(t, r, nil) {
		t.Run(way.name, func(t *testing.T) {
			for _, id := range validIDs {
				sameAnswer(t, way.send(t, `{"jsonrpc":"2.0","method":"look","params":["x"],"id":`+id+`}`), resultFor(`"x"`, id))
				if got := <-seen; got != id {
					t.Errorf("the Handler saw the id %s, want %s", got, id)
				}
			}
			sameAnswer(t, way.send(t, `{"jsonrpc":"2.0","method":"look","params":["x"]}`), "")
			if got := <-seen; got != "none" {
				t.Errorf("the Handler saw the id %s in a notification", got)
			}
		})
	}
}
