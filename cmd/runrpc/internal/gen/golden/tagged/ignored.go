//go:build ignore

package tagged

// Nowhere is part of no package.
func Nowhere() string { return "nowhere" }
