package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// doc/runrpc.md is what go generate makes of the help.
func TestManual(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile("../../doc/runrpc.md")
	if err != nil {
		t.Fatal(err)
	}
	got := client{}.run(t, "manual", "--format=markdown")
	if diff := cmp.Diff(outcome{0, string(want), ""}, got); diff != "" {
		t.Error("go generate ./cmd/runrpc changes it (-want +got):\n" + diff)
	}
	file := filepath.Join(t.TempDir(), "runrpc.md")
	if diff := cmp.Diff(outcome{}, client{}.run(t, "manual", "--format", "markdown", "-o", file)); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != string(want) {
		t.Errorf("%v: found %s", err, text)
	}
	missing := client{}.run(t, "manual", "-o", filepath.Join(file, "nope"))
	if missing.Code != 2 || !strings.HasPrefix(missing.Stderr, "runrpc: --output: ") || strings.Count(missing.Stderr, "\n") != 1 {
		t.Errorf("got %#v", missing)
	}
}

// The man page has no faults that man would tell of.
func TestManPage(t *testing.T) {
	t.Parallel()
	got := client{}.run(t, "manual")
	if got.Code != 0 || !strings.HasPrefix(got.Stdout, ".TH RUNRPC 1\n.SH NAME\nrunrpc \\- Serves Go functions") {
		t.Errorf("got %#v", got)
	}
	if _, err := exec.LookPath("groff"); err != nil {
		t.Skip("groff is not installed")
	}
	groff := exec.Command("groff", "-man", "-ww", "-Tutf8", "-z")
	groff.Stdin = strings.NewReader(got.Stdout)
	if out, err := groff.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v: %s", err, out)
	}
}
