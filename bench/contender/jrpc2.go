package contender

import (
	"context"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/channel"
	"github.com/creachadair/jrpc2/handler"
	"github.com/creachadair/jrpc2/jhttp"

	"github.com/runrpc/jsonrpc/bench/work"
)

const jrpc2Module = "github.com/creachadair/jrpc2"

// jrpc2Direct is creachadair/jrpc2 over channel.Direct, its transport inside a process: each
// message is handed to another goroutine, and so is the answer. Over HTTP it is its bridge.
func jrpc2Direct() Contender {
	return Contender{Name: "jrpc2", Kind: Peer, Module: jrpc2Module, Via: "channel.Direct", New: func(setup Setup) (Instance, error) {
		if setup.HTTP {
			return newBridge(setup)
		}
		client, far := channel.Direct()
		s := jrpc2.NewServer(jrpc2Methods(setup), nil).Start(far)
		do := func(msg []byte) []byte {
			if client.Send(msg) != nil {
				return nil
			}
			answer, _ := client.Recv() // no answer is a wrong one
			return answer
		}
		stop := func() {
			client.Close()
			_ = s.Wait() // it reports the close
		}
		return Instance{Do: do, Close: stop}, nil
	}}
}

func newBridge(setup Setup) (Instance, error) {
	bridge := jhttp.NewBridge(jrpc2Methods(setup), nil)
	return Instance{Do: throughHTTP(bridge), HTTP: bridge, Close: func() { bridge.Close() }}, nil
}

// jrpc2Bridge is the same through its http.Handler, as jrpc2 is measured over HTTP.
func jrpc2Bridge() Contender {
	return Contender{
		Name: "jrpc2-bridge", Kind: Peer, Module: jrpc2Module, Via: "jhttp.Bridge's ServeHTTP, request used again", NoRegistry: true,
		New: func(setup Setup) (Instance, error) {
			in, err := newBridge(setup)
			in.HTTP = nil // that is jrpc2
			return in, err
		},
	}
}

func jrpc2Methods(setup Setup) handler.Map {
	byPosition := func(_ context.Context, a, b int) int { return work.Subtract(a, b) }
	subtract := handler.NewPos(byPosition, "minuend", "subtrahend")
	m := handler.Map{
		"subtract":       subtract,
		"subtract_named": subtract,
		"order":          handler.NewPos(func(_ context.Context, o work.Order) work.Order { return work.PlaceOrder(o) }, "order"),
		"echo":           handler.NewPos(func(_ context.Context, s string) string { return work.Echo(s) }, "s"),
		"echo_arr":       handler.NewPos(func(_ context.Context, a []int) []int { return work.EchoArray(a) }, "a"),
		"update":         handler.NewPos(func(_ context.Context, a, b int) error { work.Update(a, b); return nil }, "a", "b"),
		"fail":           handler.New(func(context.Context) error { return work.Fail() }),
	}
	for i := range setup.Methods {
		m[work.Numbered(i)] = handler.NewPos(byPosition, "minuend", "subtrahend")
	}
	return m
}
