// Package books holds the library's books. It knows nothing of JSON-RPC: the methods of a Shelf
// are served as they are.
package books

import (
	"errors"
	"strings"
)

// ErrUnknown tells of a book that the library does not have.
var ErrUnknown = errors.New("there is no such book")

// Book is one book.
type Book struct {
	ID    int    `json:"id"`
	Title string `json:"title"`
}

// Shelf is a fixed set of books. It may be used by many goroutines at once.
type Shelf struct {
	books []Book
}

// NewShelf makes a shelf of titles; their ids count from 1.
func NewShelf(titles ...string) *Shelf {
	s := &Shelf{}
	for i, title := range titles {
		s.books = append(s.books, Book{ID: i + 1, Title: title})
	}
	return s
}

// Find returns the books whose title contains text, in any case.
func (s *Shelf) Find(text string) []Book {
	var found []Book
	for _, b := range s.books {
		if strings.Contains(strings.ToLower(b.Title), strings.ToLower(text)) {
			found = append(found, b)
		}
	}
	return found
}

// Get returns a book by its id.
func (s *Shelf) Get(id int) (Book, error) {
	if !s.Has(id) {
		return Book{}, ErrUnknown
	}
	return s.books[id-1], nil
}

// Has tells whether there is a book with this id.
func (s *Shelf) Has(id int) bool { return id >= 1 && id <= len(s.books) }
