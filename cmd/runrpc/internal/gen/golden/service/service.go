// Package service has a service, and functions beside it.
package service

//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
)

var made, closed atomic.Int64

// Counts tells how many services were made and closed.
func Counts() []int64 { return []int64{made.Load(), closed.Load()} }

// Service is what New makes. An embedded field's methods are not its own.
type Service struct {
	base
	sum atomic.Int64
}

type base struct{}

// Promoted is not served.
func (base) Promoted(chan int) {}

// Shared is served, since the service has one of its own.
func (base) Shared() int { return 1 }

// ErrBroken is the failure of New.
var ErrBroken = errors.New("no database")

// New makes a service.
func New(ctx context.Context) (*Service, error) {
	if _, limited := ctx.Deadline(); !limited {
		return nil, ErrBroken
	}
	made.Add(1)
	return new(Service), nil
}

// Charge takes money.
//
//   - amount: in cents
//   - currency: as ISO 4217
//     has it
//
//rpc:default currency="EUR"
func (s *Service) Charge(ctx context.Context, amount int64, currency Currency) (Receipt, error) {
	if amount < 0 {
		return Receipt{}, errors.New("negative")
	}
	return Receipt{s.sum.Add(amount), currency}, ctx.Err()
}

// Currency is one that is taken.
type Currency string

// The currencies.
const (
	Euro   Currency = "EUR"
	Dollar Currency = "USD"
	home            = Euro
)

// Receipt is the result of Charge.
type Receipt struct {
	// Sum is of all that was charged.
	Sum      int64    `json:"sum"`
	Currency Currency `json:"currency"`
}

// Refund is called otherwise.
//
//rpc:name pay_back
func (s *Service) Refund(amounts ...int64) {
	for _, amount := range amounts {
		s.sum.Add(-amount)
	}
}

// Home returns the first currency.
func (*Service) Home() Currency { return home }

// Shared is the service's own.
func (s *Service) Shared() int { return 2 }

// Owner takes what the server sets.
//
//rpc:extra user
func (*Service) Owner(r *http.Request, user string) string { return user + " by " + r.Method }

// Hidden is not served.
//
//rpc:skip
func (*Service) Hidden(chan int) {}

// Close is never served.
func (s *Service) Close() error { closed.Add(1); return nil }

// String is not either.
func (s *Service) String() string { return "a service" }
