//go:build unix

package tagged

func system() string { return "unix" }

// Both is there on all systems, from different files.
func Both() string { return "unix" }
