// Package time has the name of another.
package time

// Span is a length of time.
type Span int
