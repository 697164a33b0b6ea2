package interop_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// runrpc is the binary under test.
var runrpc string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "runrpc-interop-")
	if err != nil {
		panic(err)
	}
	runrpc = filepath.Join(dir, "runrpc.exe")
	build := exec.Command("go", "build", "-o", runrpc, "./cmd/runrpc")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\n%v\n", out, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// A peer is a server by others that subtracts.
type peer struct {
	url, method string
	verdicts    map[string]string // of runrpc check, but for pass and note
}

// try calls the peer and checks it.
func (p peer) try(t *testing.T) {
	t.Helper()
	for _, args := range [][]string{{"42", "23"}, {"[42, 23]"}} {
		if len(args) == 1 { // as all of the params
			file := filepath.Join(t.TempDir(), "params.json")
			if err := os.WriteFile(file, []byte(args[0]), 0o600); err != nil {
				t.Fatal(err)
			}
			args = []string{"@" + file}
		}
		out, err := exec.Command(runrpc, append([]string{"call", p.url, p.method}, args...)...).CombinedOutput()
		if err != nil || string(out) != "19\n" {
			t.Errorf("call %s: %v, got %q", args, err, out)
		}
	}
	check := exec.Command(runrpc, "check", p.url, "--json", "--method", p.method, "--params", "[42, 23]",
		"--named", `{"minuend": 42, "subtrahend": 23}`, "--expect", "19", "--invalid", `["x"]`)
	out, _ := check.Output() // its exit code is part of what is compared
	var report struct {
		Cases []struct{ Name, Verdict string }
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	got, code := map[string]string{}, 0
	for _, c := range report.Cases {
		if c.Verdict != "pass" && c.Verdict != "note" {
			got[c.Name] = c.Verdict
		}
		if c.Verdict == "fail" {
			code = 1
		}
	}
	if diff := cmp.Diff(p.verdicts, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if check.ProcessState.ExitCode() != code || len(report.Cases) < 60 {
		t.Errorf("%d cases, exit code %d, want %d", len(report.Cases), check.ProcessState.ExitCode(), code)
	}
}
