// Package loans lends books, and says itself how it is served: see RPC.
package loans

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/examples/app/books"
)

// limit is how many books a reader may have.
const limit = 2

// ErrTaken tells that another reader has the book.
var ErrTaken = errors.New("another reader has the book")

// LimitError tells that a reader has too many books.
type LimitError struct{ Limit int }

// Error returns a text for the reader.
func (e *LimitError) Error() string { return fmt.Sprintf("no more than %d books at a time", e.Limit) }

// ErrorData returns what goes into the data of the JSON-RPC error.
func (e *LimitError) ErrorData() any { return map[string]int{"limit": e.Limit} }

// Desk lends books. It may be used by many goroutines at once.
type Desk struct {
	exists func(book int) bool

	mu      sync.Mutex
	readers map[int]string // who has which book
	times   map[int]int    // how often each was lent
}

// NewDesk makes a desk for the books that exist.
func NewDesk(exists func(book int) bool) *Desk {
	return &Desk{exists: exists, readers: map[int]string{}, times: map[int]int{}}
}

// RPC returns the methods of the desk. The reader is never a client's to choose.
func (d *Desk) RPC() jsonrpc.RPC {
	return jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{
			ErrTaken:           -32001,
			(*LimitError)(nil): -32002,
		},
		"borrow": jsonrpc.Func(d.Borrow, "reader", "book").Extra("reader").Doc("Lends a book to the caller."),
		"return": jsonrpc.Func(d.Return, "reader", "book").Extra("reader").Doc("Takes a book back."),
		"mine":   jsonrpc.Func(d.Mine, "reader").Extra("reader").Doc("Lists the caller's books."),
	}
}

// Borrow lends a book and returns how many the reader has then.
func (d *Desk) Borrow(reader string, book int) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	has := len(d.ofLocked(reader))
	switch holder, taken := d.readers[book]; {
	case !d.exists(book):
		return 0, fmt.Errorf("borrowing %d: %w", book, books.ErrUnknown)
	case taken && holder != reader:
		return 0, fmt.Errorf("borrowing %d, which %s has: %w", book, holder, ErrTaken)
	case taken:
		return has, nil
	case has == limit:
		return 0, &LimitError{limit}
	}
	d.readers[book] = reader
	d.times[book]++
	return has + 1, nil
}

// Return takes a book back; one that the reader does not have is left alone.
func (d *Desk) Return(reader string, book int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.readers[book] == reader {
		delete(d.readers, book)
	}
}

// Mine lists the books that a reader has.
func (d *Desk) Mine(reader string) []int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ofLocked(reader)
}

func (d *Desk) ofLocked(reader string) []int {
	var list []int
	for book, r := range d.readers {
		if r == reader {
			list = append(list, book)
		}
	}
	slices.Sort(list)
	return list
}

// Times returns how often each book was lent.
func (d *Desk) Times() map[int]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return maps.Clone(d.times)
}
