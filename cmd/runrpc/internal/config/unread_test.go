//go:build unix

package config_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestFilesThatCannotBeRead(t *testing.T) {
	dir := enter(t, nil)
	if err := os.Mkdir("runrpc.toml", 0o700); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("this system has no named pipes:", err)
	}
	if err := os.Symlink("nowhere", "dangling"); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "runrpc.toml: found no regular file")
	wantFault(t, "x/y.toml: found no such file", "--config=x/y.toml")
	wantFault(t, "dangling: found no such file", "--config=dangling")
	wantFault(t, pipe+": found no regular file", "--config="+pipe)
	wantFault(t, "/dev/zero: found no regular file", "--config=/dev/zero")
}
