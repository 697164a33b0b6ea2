package contender

import (
	"context"
	"net"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/runrpc/jsonrpc/bench/work"
)

const gethModule = "github.com/ethereum/go-ethereum"

type gethService struct{}

func (gethService) Subtract(_ context.Context, a, b int) int         { return work.Subtract(a, b) }
func (gethService) Order(_ context.Context, o work.Order) work.Order { return work.PlaceOrder(o) }
func (gethService) Echo(_ context.Context, s string) string          { return work.Echo(s) }
func (gethService) EchoArr(_ context.Context, a []int) []int         { return work.EchoArray(a) }
func (gethService) Update(_ context.Context, a, b int)               { work.Update(a, b) }
func (gethService) Fail(context.Context) error                       { return work.Fail() }

type gethSubtract struct{}

func (gethSubtract) Subtract(_ context.Context, a, b int) int { return work.Subtract(a, b) }

func gethWire() work.Wire {
	return names(map[string]string{
		"subtract": "t_subtract", "subtract_named": "t_subtract_named", "order": "t_order", "echo": "t_echo",
		"echo_arr": "t_echoArr", "update": "t_update", "fail": "t_fail", "nope": "t_nope",
	}, "_subtract")
}

func gethSkip() map[string]string { return unable("params by position only", "named") }

// geth is ethereum/go-ethereum/rpc through its http.Handler.
func geth() Contender {
	return Contender{
		Name: "geth", Kind: Peer, Module: gethModule, Via: "ServeHTTP, request used again",
		Wire: gethWire(), Skip: gethSkip(),
		New: func(setup Setup) (Instance, error) {
			s, err := gethServer(setup)
			return Instance{Do: throughHTTP(s), HTTP: s, Close: s.Stop}, err
		},
	}
}

// gethPipe is geth in the process as its DialInProc has it: a codec over net.Pipe.
func gethPipe() Contender {
	return Contender{
		Name: "geth-pipe", Kind: Peer, Module: gethModule, Via: "net.Pipe, lines",
		Wire: gethWire(), Skip: gethSkip(), NoRegistry: true,
		New: func(setup Setup) (Instance, error) {
			s, err := gethServer(setup)
			near, far := net.Pipe()
			go s.ServeCodec(rpc.NewCodec(far), 0)
			stop := func() {
				near.Close()
				s.Stop()
			}
			return Instance{Do: throughLines(near), Close: stop}, err
		},
	}
}

func gethServer(setup Setup) (*rpc.Server, error) {
	s := rpc.NewServer()
	if err := s.RegisterName("t", gethService{}); err != nil {
		return s, err
	}
	for i := range setup.Methods {
		if err := s.RegisterName(work.Numbered(i), gethSubtract{}); err != nil {
			return s, err
		}
	}
	return s, nil
}
