package interop_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestJayson(t *testing.T) {
	peer{startJayson(t), "subtract", map[string]string{
		"error.internal": "skip",
		// {"id": null} gets nothing, as in JSON-RPC 1.0. Here "a Notification is a Request object without an "id"
		// member", an id may be Null, and all but notifications MUST be answered (section 5).
		"id.null": "fail",
		// What is no JSON gets HTTP 400 with the text "SyntaxError: ...", and no Response: not the error -32700 of
		// section 5.1 that the examples of section 7 show, nor the single Response that section 6 demands with a MUST.
		"error.parse": "fail", "error.parse-end": "fail", "batch.parse": "fail", "error.parse-rest": "warn",
		"error.parse-id": "skip",
		// JavaScript's numbers are floating, so 2^53+1 comes back as 2^53. It is not "the same value", but RFC 4627
		// allows limits on the range of numbers: a warning.
		"id.large": "warn",
	}}.try(t)
}

// startJayson installs jayson in a directory of the test's and runs the server there until the test ends.
func startJayson(t *testing.T) (url string) {
	t.Helper()
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed", program)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("jayson")); err != nil {
		t.Fatal(err)
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("npm cannot install jayson (%v): is its registry reachable?\n%s", err, out)
	}
	node := exec.Command("node", filepath.Join(dir, "server.js"))
	node.Stderr = os.Stderr
	stdin, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		_ = node.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the server does not start: %v", err)
	}
	return strings.TrimSpace(line)
}
