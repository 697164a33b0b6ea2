//go:build unix

package main

import (
	"path/filepath"
	"syscall"
	"testing"
)

// To open a pipe that nobody writes to takes for ever.
func TestPipeAmongPages(t *testing.T) {
	web := site(t)
	if err := syscall.Mkfifo(filepath.Join(string(web), "pipe"), 0o600); err != nil {
		t.Skip("this system has no named pipes:", err)
	}
	if resp, body := ask(t, beginAt(t, "/rpc", folder{"/", web}), "GET", "/pipe"); resp.StatusCode != 404 {
		t.Errorf("got %d %q, want 404", resp.StatusCode, body)
	}
}
