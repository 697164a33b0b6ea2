// Package stats tells what is read. It stands for a package that is slow to start: the registry
// names its method as a string, and opens it at the first call.
package stats

import (
	"context"
	"fmt"

	"github.com/runrpc/jsonrpc/examples/app/books"
	"github.com/runrpc/jsonrpc/examples/app/loans"
)

// Stats are the library's statistics.
type Stats struct {
	desk  *loans.Desk
	shelf *books.Shelf
}

// Open makes the statistics ready.
func Open(_ context.Context, desk *loans.Desk, shelf *books.Shelf) (*Stats, error) {
	return &Stats{desk: desk, shelf: shelf}, nil
}

// Popular returns the book that was lent most often.
func (s *Stats) Popular() (books.Book, error) {
	best, most := 0, 0
	for id, n := range s.desk.Times() {
		if n > most || n == most && id < best {
			best, most = id, n
		}
	}
	book, err := s.shelf.Get(best)
	if err != nil {
		return books.Book{}, fmt.Errorf("nothing was lent yet: %w", err)
	}
	return book, nil
}

// Close lets go of what Open has opened. The Application calls it when it is shut down.
func (s *Stats) Close() error { return nil }
