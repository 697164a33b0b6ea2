package contender

import (
	"net/http"

	"github.com/gorilla/rpc/v2"
	"github.com/gorilla/rpc/v2/json2"

	"github.com/runrpc/jsonrpc/bench/work"
)

// gorillaService has one type of params for each method, so that params by position and by name
// are two methods.
type gorillaService struct{}

func (gorillaService) Subtract(_ *http.Request, a *[2]int, r *int) error {
	*r = work.Subtract(a[0], a[1])
	return nil
}

func (gorillaService) SubtractNamed(_ *http.Request, p *work.SubtractParams, r *int) error {
	*r = work.Subtract(p.Minuend, p.Subtrahend)
	return nil
}

func (gorillaService) Order(_ *http.Request, o *[1]work.Order, r *work.Order) error {
	*r = work.PlaceOrder(o[0])
	return nil
}

func (gorillaService) Echo(_ *http.Request, s *[1]string, r *string) error {
	*r = work.Echo(s[0])
	return nil
}

func (gorillaService) EchoArr(_ *http.Request, a *[1][]int, r *[]int) error {
	*r = work.EchoArray(a[0])
	return nil
}

type gorillaSubtract struct{}

func (gorillaSubtract) Subtract(_ *http.Request, a *[2]int, r *int) error {
	*r = work.Subtract(a[0], a[1])
	return nil
}

// gorilla is gorilla/rpc/v2 with its codec json2.
func gorilla() Contender {
	wire := names(map[string]string{
		"subtract": "T.Subtract", "subtract_named": "T.SubtractNamed", "order": "T.Order",
		"echo": "T.Echo", "echo_arr": "T.EchoArr", "nope": "T.Nope",
	}, ".Subtract")
	return Contender{
		Name: "gorilla", Kind: Peer, Module: "github.com/gorilla/rpc", Via: "ServeHTTP, request used again",
		Wire: wire, Skip: noBatches(), New: newGorilla,
	}
}

func newGorilla(setup Setup) (Instance, error) {
	s := rpc.NewServer()
	s.RegisterCodec(json2.NewCodec(), "application/json")
	if err := s.RegisterService(gorillaService{}, "T"); err != nil {
		return Instance{}, err
	}
	for i := range setup.Methods {
		if err := s.RegisterService(gorillaSubtract{}, work.Numbered(i)); err != nil {
			return Instance{}, err
		}
	}
	return Instance{Do: throughHTTP(s), HTTP: s}, nil
}
