// Package contract has a service that is an interface, whose methods' parameters have no names.
package contract

//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen -o bindings.go --func Procedures .

import (
	"context"
	"fmt"
	"io"
)

// Contract is what New returns.
type Contract interface {
	io.Closer
	Reader
	// Charge takes one struct, which is the parameter list.
	Charge(context.Context, *ChargeRequest) (*ChargeResponse, error)
	// Ping takes an empty one.
	Ping(context.Context, PingRequest) error
	// Owe has names.
	Owe(to string, cents int) string
	Two(int, string) string
}

// Reader is part of the contract.
type Reader interface {
	// Labels takes all named parameters.
	Labels(map[string]string) int
}

// ChargeRequest is a parameter list.
type ChargeRequest struct {
	Amount   int    `json:"amount"`
	Currency string `json:"currency" rpc:"default=\"EUR\""`
}

// ChargeResponse is a result.
type ChargeResponse struct {
	Text string `json:"text"`
}

// PingRequest is an empty parameter list.
type PingRequest struct{}

// New makes what keeps the contract.
func New() Contract { return &keeper{} }

type keeper struct{}

func (*keeper) Charge(_ context.Context, r *ChargeRequest) (*ChargeResponse, error) {
	return &ChargeResponse{fmt.Sprint(r.Amount, r.Currency)}, nil
}
func (*keeper) Ping(context.Context, PingRequest) error { return nil }
func (*keeper) Owe(to string, cents int) string         { return fmt.Sprint(to, cents) }
func (*keeper) Two(n int, s string) string              { return fmt.Sprint(n, s) }
func (*keeper) Labels(all map[string]string) int        { return len(all) }
func (*keeper) Close() error                            { return nil }
func (*keeper) More(chan int)                           {}
