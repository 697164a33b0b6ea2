// Package cache has a service of an unexported generic type.
package cache

//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .

import "context"

type cache[K comparable, V any] struct {
	values map[K]V
}

type entry = cache[string, []int]

// New makes a cache.
func New(context.Context) *entry {
	return &entry{values: map[string][]int{}}
}

// Put stores values and returns those before.
func (c *cache[K, V]) Put(key K, value V) V {
	was := c.values[key]
	c.values[key] = value
	return was
}
