package petshop

import (
	"errors"
	"fmt"
	"time"
)

// Status is how far an order has come.
type Status int

// What an order goes through.
const (
	Placed Status = iota
	Shipped
	Cancelled
)

var statusNames = [...]string{"placed", "shipped", "cancelled"}

// Enum lists all, for the description.
func (Status) Enum() []any { return []any{Placed, Shipped, Cancelled} }

// MarshalText returns the status as a word.
func (s Status) MarshalText() ([]byte, error) {
	if s < 0 || int(s) >= len(statusNames) {
		return nil, fmt.Errorf("there is no status %d", int(s))
	}
	return []byte(statusNames[s]), nil
}

// UnmarshalText reads the word.
func (s *Status) UnmarshalText(text []byte) error {
	for i, name := range statusNames {
		if string(text) == name {
			*s = Status(i)
			return nil
		}
	}
	return errors.New("want one of: placed, shipped, cancelled")
}

// Order is what somebody buys.
type Order struct {
	ID      int64             `json:"id"`
	Pets    []int64           `json:"pets"`
	Total   Money             `json:"total"`
	Address Address           `json:"address"`
	Status  Status            `json:"status"`
	Placed  time.Time         `json:"placed"`
	Notes   map[string]string `json:"notes,omitempty" doc:"whatever the customer wants to be remembered"`
}

// Address is where an order goes.
type Address struct {
	Name    string   `json:"name"`
	Lines   []string `json:"lines" doc:"the street and what else there is"`
	City    string   `json:"city"`
	Country string   `json:"country" doc:"two letters, as ISO 3166 has them"`
}

// ErrNotFound tells that there is no such pet or order.
var ErrNotFound = errors.New("there is no such thing in the shop")

// ErrTooLate tells that an order is on its way, or is cancelled already.
var ErrTooLate = errors.New("the order can no longer be changed")

// SoldError tells of pets that are sold already.
type SoldError struct {
	Pets []int64 `json:"pets"`
}

// Error counts the pets.
func (e *SoldError) Error() string {
	return fmt.Sprintf("%d of the pets are sold already", len(e.Pets))
}

// ErrorData returns which they are.
func (e *SoldError) ErrorData() any { return e }
