package jsonrpc_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// scribble writes over memory that is not to be used any more.
func scribble(b []byte) {
	for i := range b[:cap(b)] {
		b[:cap(b)][i] = '!'
	}
}

// keeper is a registry whose procedures keep what they were given.
type keeper struct {
	mu   sync.Mutex
	kept []any
}

func (k *keeper) keep(v any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = append(k.kept, v)
}

func (k *keeper) registry() jsonrpc.RPC {
	type point struct {
		X, Y int
		Name string
		Way  []string
	}
	return jsonrpc.RPC{
		"text":  func(s string) string { k.keep(s); return s },
		"raw":   func(m json.RawMessage) json.RawMessage { k.keep(m); return m },
		"list":  func(l ...string) []string { k.keep(l); return l },
		"bytes": func(b []byte) []byte { k.keep(b); return b },
		"any":   func(v any) any { k.keep(v); return v },
		"map":   jsonrpc.Func(func(m map[string]string) map[string]string { k.keep(m); return m }, "m"),
		"point": jsonrpc.Func(func(p *point) *point { k.keep(p); return p }, "p"),
		"open":  func(p *point) *point { k.keep(p); return p },
		"typed": jsonrpc.Typed(func(_ context.Context, p point) (*point, error) { k.keep(p); return &p, nil }),
	}
}

func keeperMsg(method string, n int) string {
	text := fmt.Sprintf("%s-%d-\\u00e9", strings.Repeat("x", n%50), n)
	point := fmt.Sprintf(`{"X":%d,"Y":%d,"Name":"%s","Way":["%s","b"]}`, n, -n, text, text)
	params := map[string]string{
		"text": `["` + text + `"]`, "raw": `[["` + text + `"]]`, "list": `["a","` + text + `"]`, "bytes": fmt.Sprintf(`["%04d"]`, n%10000),
		"any": `[{"a":["` + text + `"]}]`, "map": `[{"k` + fmt.Sprint(n) + `":"` + text + `"}]`, "point": "[" + point + "]", "open": point, "typed": point,
	}[method]
	return fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s,"id":"%s"}`, method, params, text)
}

// Messages and answers belong to the caller, who may write over them; what procedures were
// given is theirs. Neither may be seen in a later call.
func TestMemoryIsNobodyElses(t *testing.T) {
	var k keeper
	r := k.registry()
	app := newApp(t, r, nil)
	for name, call := range map[string]func(msg []byte) []byte{
		"call": func(msg []byte) []byte { return r.Call(msg, nil) },
		"app":  func(msg []byte) []byte { return app.CallContext(t.Context(), msg, nil) },
	} {
		for _, batch := range []bool{false, true} {
			t.Run(fmt.Sprint(name, batch), func(t *testing.T) {
				k.kept = nil
				var answers [][]byte
				var copies, prints []string
				n := 0
				for range 50 {
					for method := range r {
						n++
						text := keeperMsg(method, n)
						if batch {
							text = "[" + text + "," + keeperMsg(method, n+1) + "]"
						}
						msg := []byte(text)
						answer := call(msg)
						if strings.Contains(string(answer), `"error"`) {
							t.Fatalf("%s: %s", text, answer)
						}
						copies = append(copies, string(answer))
						scribble(msg)
						if n%2 == 0 { // half of the answers are kept, half written over
							answers = append(answers, answer)
						} else {
							scribble(answer)
							answers = append(answers, nil)
						}
						for len(prints) < len(k.kept) {
							prints = append(prints, printed(t, k.kept[len(prints)]))
						}
					}
				}
				for i, answer := range answers {
					if answer != nil && string(answer) != copies[i] {
						t.Fatalf("answer %d has become %s, was %s", i, answer, copies[i])
					}
				}
				for i, v := range k.kept {
					if got := printed(t, v); got != prints[i] {
						t.Fatalf("argument %d has become %s, was %s", i, got, prints[i])
					}
				}
			})
		}
	}
}

func printed(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A middleware that keeps the Request over HTTP keeps its bytes, though it should not.
func TestRequestKeptAfterTheCall(t *testing.T) {
	var k keeper
	r := k.registry()
	r[jsonrpc.Use] = jsonrpc.Chain(func(next jsonrpc.Handler) jsonrpc.Handler {
		return jsonrpc.HandlerFunc(func(ctx context.Context, req *jsonrpc.Request) (any, error) {
			k.keep(req.Params)
			k.keep(req.ID)
			return next.ServeRPC(ctx, req)
		})
	})
	inside := k.registry()
	inside["from"] = func(ctx context.Context) string {
		req := jsonrpc.RequestFrom(ctx)
		k.keep(req.ID)
		return req.Method
	}
	for name, r := range map[string]jsonrpc.RPC{"middleware": r, "RequestFrom": inside} {
		t.Run(name, func(t *testing.T) {
			k.kept = nil
			srv := serve(t, newApp(t, r, nil))
			var prints []string
			for n := range 100 {
				msg := keeperMsg("text", n)
				if name == "RequestFrom" && n%2 == 0 {
					msg = fmt.Sprintf(`{"jsonrpc":"2.0","method":"from","id":"%d%s"}`, n, strings.Repeat("y", 40))
				}
				if n%3 == 0 {
					msg = "[" + msg + "]"
				}
				answerOf(t, postMsg(t, srv.URL, msg))
				for len(prints) < len(k.kept) {
					prints = append(prints, printed(t, k.kept[len(prints)]))
				}
			}
			for i, v := range k.kept {
				if got := printed(t, v); got != prints[i] {
					t.Fatalf("%d has become %s, was %s", i, got, prints[i])
				}
			}
		})
	}
}

// Clients with distinct payloads get their own bytes back, alone and in batches, small and
// large, however many there are at a time.
func TestEachClientGetsItsOwn(t *testing.T) {
	echo := jsonrpc.RPC{"text": func(s string) string { return s }, "raw": func(m json.RawMessage) json.RawMessage { return m }}
	app := newApp(t, echo, nil)
	srv := serve(t, app)
	for name, send := range map[string]func(msg string) string{
		"call": func(msg string) string { return string(echo.Call([]byte(msg), nil)) },
		"app":  func(msg string) string { return string(app.CallContext(context.Background(), []byte(msg), nil)) },
		"http": func(msg string) string { return answerOf(t, postMsg(t, srv.URL, msg)) },
	} {
		t.Run(name, func(t *testing.T) {
			var clients sync.WaitGroup
			for client := range 16 {
				clients.Go(func() {
					rnd := rand.New(rand.NewPCG(uint64(client), 1))
					for n := range 20 {
						msg, want := ownMessage(rnd, client, n)
						if got := send(msg); got != want {
							t.Errorf("client %d got %.200s, want %.200s", client, got, want)
							return
						}
					}
				})
			}
			clients.Wait()
		})
	}
}

// ownMessage makes a message that only this client sends, and its answer.
func ownMessage(rnd *rand.Rand, client, n int) (msg, want string) {
	one := func(i int) (string, string) {
		size := 1 << rnd.IntN(12)
		if rnd.IntN(40) == 0 {
			size = 200_000 // beyond what pools keep
		}
		text := `"` + strings.Repeat(fmt.Sprintf("%x.%x.%x ", client, n, i), size/8+1) + `"`
		id := fmt.Sprintf(`"%d/%d/%d"`, client, n, i)
		method := []string{"text", "raw"}[rnd.IntN(2)]
		return `{"jsonrpc":"2.0","method":"` + method + `","params":[` + text + `],"id":` + id + `}`, resultFor(text, id)
	}
	if rnd.IntN(2) == 0 {
		return one(0)
	}
	var msgs, wants []string
	for i := range 1 + rnd.IntN(4) {
		m, w := one(i)
		msgs, wants = append(msgs, m), append(wants, w)
	}
	return "[" + strings.Join(msgs, ",") + "]", enclose(wants...)
}
