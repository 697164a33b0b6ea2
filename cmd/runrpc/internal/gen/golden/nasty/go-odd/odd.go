// Package odd is not named like its directory.
package odd

// Shade is how light something is.
type Shade string

const (
	// Dark is.
	Dark Shade = "dark"
	// Light is not.
	Light Shade = "light"
)

// Pair is generic.
type Pair[A, B any] struct {
	First  A
	Second B
}

// Pairs is an alias of an instance.
type Pairs = []Pair[string, Shade]

// Any is a generic alias.
type Any[T any] = map[string]T
