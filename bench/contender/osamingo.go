package contender

import (
	"context"

	gojson "github.com/goccy/go-json"
	"github.com/osamingo/jsonrpc/v2"

	"github.com/runrpc/jsonrpc/bench/work"
)

// osamingoHandler decodes the params itself, as the library's handlers do.
func osamingoHandler[P any](fn func(P) any) jsonrpc.HandlerFunc {
	return func(_ context.Context, raw *gojson.RawMessage) (any, *jsonrpc.Error) {
		var p P
		if err := jsonrpc.Unmarshal(raw, &p); err != nil {
			return nil, err
		}
		return fn(p), nil
	}
}

func osamingoFail(context.Context, *gojson.RawMessage) (any, *jsonrpc.Error) {
	return nil, &jsonrpc.Error{Code: -32000, Message: work.Fail().Error()}
}

// osamingo is osamingo/jsonrpc, which decodes with goccy/go-json.
func osamingo() Contender {
	return Contender{
		Name: "osamingo", Kind: Peer, Module: "github.com/osamingo/jsonrpc/v2", Via: "ServeHTTP, request used again",
		New: newOsamingo,
	}
}

func newOsamingo(setup Setup) (Instance, error) {
	subtract := osamingoHandler(func(p [2]int) any { return work.Subtract(p[0], p[1]) })
	methods := map[string]jsonrpc.HandlerFunc{
		"subtract":       subtract,
		"update":         subtract,
		"subtract_named": osamingoHandler(func(p work.SubtractParams) any { return work.Subtract(p.Minuend, p.Subtrahend) }),
		"order":          osamingoHandler(func(p [1]work.Order) any { return work.PlaceOrder(p[0]) }),
		"echo":           osamingoHandler(func(p [1]string) any { return work.Echo(p[0]) }),
		"echo_arr":       osamingoHandler(func(p [1][]int) any { return work.EchoArray(p[0]) }),
		"fail":           osamingoFail,
	}
	for i := range setup.Methods {
		methods[work.Numbered(i)] = subtract
	}
	s := jsonrpc.NewMethodRepository()
	for name, h := range methods {
		if err := s.RegisterMethod(name, h, nil, nil); err != nil {
			return Instance{}, err
		}
	}
	return Instance{Do: throughHTTP(s), HTTP: s}, nil
}
