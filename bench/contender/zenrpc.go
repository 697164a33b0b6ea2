package contender

import (
	"context"
	"encoding/json"

	zen "github.com/vmkteam/zenrpc/v2"
	"github.com/vmkteam/zenrpc/v2/smd"

	"github.com/runrpc/jsonrpc/bench/work"
)

// zenrpcService has the shape that the library's code generator emits.
type zenrpcService struct{ zen.Service }

func (zenrpcService) SMD() smd.ServiceInfo { return smd.ServiceInfo{} }

func (zenrpcService) Invoke(_ context.Context, method string, params json.RawMessage) zen.Response {
	switch method {
	case "subtract", "subtract_named", "update":
		return zenrpcAnswer(params, func(p work.SubtractParams) any { return work.Subtract(p.Minuend, p.Subtrahend) }, "minuend", "subtrahend")
	case "order":
		type args struct {
			Order work.Order `json:"order"`
		}
		return zenrpcAnswer(params, func(a args) any { return work.PlaceOrder(a.Order) }, "order")
	case "echo":
		type args struct {
			S string `json:"s"`
		}
		return zenrpcAnswer(params, func(a args) any { return work.Echo(a.S) }, "s")
	case "echo_arr":
		type args struct {
			A []int `json:"a"`
		}
		return zenrpcAnswer(params, func(a args) any { return work.EchoArray(a.A) }, "a")
	case "fail":
		var resp zen.Response
		resp.Set(nil, work.Fail())
		return resp
	}
	return zen.NewResponseError(nil, zen.MethodNotFound, "", nil)
}

// zenrpcAnswer decodes params as the generated code does, and calls fn.
func zenrpcAnswer[P any](params json.RawMessage, fn func(P) any, names ...string) (resp zen.Response) {
	var err error
	if zen.IsArray(params) {
		if params, err = zen.ConvertToObject(names, params); err != nil {
			return zen.NewResponseError(nil, zen.InvalidParams, "", err.Error())
		}
	}
	var p P
	if len(params) > 0 {
		if err := json.Unmarshal(params, &p); err != nil {
			return zen.NewResponseError(nil, zen.InvalidParams, "", err.Error())
		}
	}
	resp.Set(fn(p))
	return resp
}

// zenrpc is vmkteam/zenrpc, whose dispatch is generated code.
func zenrpc() Contender {
	same := map[string]string{}
	for _, name := range []string{"subtract", "subtract_named", "order", "echo", "echo_arr", "update", "fail", "nope"} {
		same[name] = name
	}
	return Contender{
		Name: "zenrpc", Kind: Peer, Module: "github.com/vmkteam/zenrpc/v2", Via: "Server.Do(bytes)",
		Wire: names(same, ".subtract"), New: newZenrpc,
	}
}

func newZenrpc(setup Setup) (Instance, error) {
	s := zen.NewServer(zen.Options{BatchMaxLen: max(1000, setup.Batch)})
	s.Register("", zenrpcService{})
	for i := range setup.Methods {
		s.Register(work.Numbered(i), zenrpcService{})
	}
	do := func(msg []byte) []byte {
		answer, _ := s.Do(context.Background(), msg) // no answer is a wrong one
		return answer
	}
	return Instance{Do: do, HTTP: s}, nil
}
