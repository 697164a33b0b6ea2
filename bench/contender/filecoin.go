package contender

import (
	"bytes"
	"context"

	jsonrpc "github.com/filecoin-project/go-jsonrpc"
	logging "github.com/ipfs/go-log/v2"

	"github.com/runrpc/jsonrpc/bench/work"
)

type filecoinService struct{}

func (filecoinService) Subtract(_ context.Context, a, b int) int { return work.Subtract(a, b) }

// SubtractNamed takes raw params, which is the library's only way to named ones.
func (filecoinService) SubtractNamed(_ context.Context, raw jsonrpc.RawParams) (int, error) {
	p, err := jsonrpc.DecodeParams[work.SubtractParams](raw)
	return work.Subtract(p.Minuend, p.Subtrahend), err
}
func (filecoinService) Order(_ context.Context, o work.Order) work.Order { return work.PlaceOrder(o) }
func (filecoinService) Echo(_ context.Context, s string) string          { return work.Echo(s) }
func (filecoinService) EchoArr(_ context.Context, a []int) []int         { return work.EchoArray(a) }
func (filecoinService) Update(_ context.Context, a, b int) error         { work.Update(a, b); return nil }
func (filecoinService) Fail(context.Context) error                       { return work.Fail() }

type filecoinSubtract struct{}

func (filecoinSubtract) Subtract(_ context.Context, a, b int) int { return work.Subtract(a, b) }

// filecoin is filecoin-project/go-jsonrpc. It logs every error of a procedure as text; that is
// turned off.
func filecoin() Contender {
	wire := names(map[string]string{
		"subtract": "T.Subtract", "subtract_named": "T.SubtractNamed", "order": "T.Order", "echo": "T.Echo",
		"echo_arr": "T.EchoArr", "update": "T.Update", "fail": "T.Fail", "nope": "T.Nope",
	}, ".Subtract")
	return Contender{
		Name: "filecoin", Kind: Peer, Module: "github.com/filecoin-project/go-jsonrpc", Via: "HandleRequest(reader, writer)",
		Wire: wire, New: newFilecoin,
	}
}

func newFilecoin(setup Setup) (Instance, error) {
	if err := logging.SetLogLevel("rpc", "fatal"); err != nil {
		return Instance{}, err
	}
	s := jsonrpc.NewServer()
	s.Register("T", filecoinService{})
	for i := range setup.Methods {
		s.Register(work.Numbered(i), filecoinSubtract{})
	}
	in, out := new(bytes.Reader), new(bytes.Buffer)
	do := func(msg []byte) []byte {
		in.Reset(msg)
		out.Reset()
		s.HandleRequest(context.Background(), in, out)
		return out.Bytes()
	}
	return Instance{Do: do, HTTP: s}, nil
}
