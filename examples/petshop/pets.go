package petshop

import (
	"fmt"
	"time"
)

// Species is what kind of animal a pet is.
type Species string

// The species that the shop sells.
const (
	Cat    Species = "cat"
	Dog    Species = "dog"
	Parrot Species = "parrot"
)

// Enum lists all species, for the description.
func (Species) Enum() []any { return []any{Cat, Dog, Parrot} }

// Pet is an animal in the shop.
type Pet struct {
	ID      int64     `json:"id"`
	Name    string    `json:"name" doc:"what it is called"`
	Species Species   `json:"species"`
	Born    time.Time `json:"born"`
	Price   Money     `json:"price"`
	Tags    []string  `json:"tags" doc:"words to find it by"`
	Sold    bool      `json:"sold"`
	Mother  *int64    `json:"mother,omitempty" doc:"the id of its mother, where that is known"`
}

// Money is a sum.
type Money struct {
	Cents    int64  `json:"cents"`
	Currency string `json:"currency" doc:"three letters, as ISO 4217 has them"`
}

// Changes are what to change of a pet; what is left out stays.
type Changes struct {
	Name  *string   `json:"name,omitempty"`
	Price *Money    `json:"price,omitempty"`
	Tags  *[]string `json:"tags,omitempty"`
}

// Family is a pet with its mother, her mother, and so on.
type Family struct {
	Pet    Pet     `json:"pet"`
	Mother *Family `json:"mother"`
}

// Photo is a picture of a pet.
type Photo struct {
	ContentType string `json:"contentType"`
	Data        []byte `json:"data"`
}

// Page is a part of a list.
type Page[T any] struct {
	Items []T  `json:"items"`
	Total int  `json:"total" doc:"how many there are on all pages"`
	Next  *int `json:"next" doc:"the offset of the next page, null on the last"`
}

// Filter says which pets to list.
type Filter struct {
	Species *Species `json:"species" doc:"pets of this species alone"`
	Tags    []string `json:"tags,omitempty" doc:"pets that have all of these"`
	Offset  int      `json:"offset,omitempty" doc:"how many to leave out at the beginning"`
	Limit   int      `json:"limit" rpc:"default=20" doc:"how many to return, 100 at most"`
}

// InvalidError tells of a value that the shop does not take.
type InvalidError struct {
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

// Error returns the field and the reason.
func (e *InvalidError) Error() string { return fmt.Sprintf("%s %s", e.Field, e.Reason) }

// ErrorData returns both for a program.
func (e *InvalidError) ErrorData() any { return e }
