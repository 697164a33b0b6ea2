package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A newcomer has a fresh clone and its runrpc, and types at a prompt in one directory after the other.
type newcomer struct {
	t      *testing.T
	runrpc string
	dir    string
	at     *strings.Replacer // what is another in each run
}

// clone makes a newcomer. What is cloned is what is committed.
func clone(t *testing.T) *newcomer {
	t.Helper()
	home := t.TempDir()
	fresh := filepath.Join(home, "jsonrpc")
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	if _, err := os.Stat(filepath.Join(checkout(t), ".git")); err != nil {
		t.Skip("this is no clone")
	}
	if out, err := exec.Command("git", "clone", "-q", checkout(t), fresh).CombinedOutput(); strings.Contains(string(out), "dubious ownership") {
		t.Skip("git clones nothing of another user's")
	} else if err != nil {
		t.Fatalf("git clone: %v\n%s", err, out)
	}
	n := &newcomer{t: t, dir: home, runrpc: filepath.Join(home, "runrpc.exe"), at: strings.NewReplacer()}
	build := exec.Command("go", "build", "-buildvcs=false", "-o", n.runrpc, "./cmd/runrpc")
	build.Dir = fresh
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return n
}

// types runs a command line to its end, and compares what it prints and its exit code.
func (n *newcomer) types(line string, code int, want string) {
	n.t.Helper()
	if got := n.prints(line, code); got != want {
		n.t.Errorf("$ %s\ngot:\n%swant:\n%s", line, got, want)
	}
}

// prints runs a command line to its end, which must have an exit code.
func (n *newcomer) prints(line string, code int) string {
	n.t.Helper()
	words := strings.Fields(line)
	cmd := exec.CommandContext(n.t.Context(), words[0], words[1:]...)
	if words[0] == "runrpc" {
		cmd.Path, cmd.Err = n.runrpc, nil
	}
	cmd.Dir = n.dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off", "NO_PROXY=*")
	out, err := cmd.CombinedOutput()
	if got := cmd.ProcessState.ExitCode(); got != code {
		n.t.Fatalf("$ %s\nexit code %d, want %d (%v):\n%s", line, got, code, err, out)
	}
	return n.at.Replace(string(out))
}

// starts runs a program until the test ends, and waits until it serves.
func (n *newcomer) starts(binary, dir string, args ...string) *project {
	n.t.Helper()
	cmd, tmp := command(n.t, dir, args...)
	cmd.Path, cmd.Err = binary, nil
	return &project{process: start(n.t, cmd, tmp), dir: dir}
}

// TestFirstTenMinutes is what somebody does who has just cloned the repository.
func TestFirstTenMinutes(t *testing.T) {
	t.Parallel()
	n := clone(t)

	// A new project passes its own tests.
	if got := n.prints("runrpc new shop", 0); !strings.HasPrefix(got, "Made shop: a service with its tests, a page that calls it, and a README.md that says more.\n\n  cd shop\n  go test ./...") {
		t.Errorf("runrpc new says:\n%s", got)
	}
	n.types("runrpc new shop", 1, "runrpc: found the directory shop with .dockerignore in it: choose another name, nothing is overwritten\n")
	n.dir = filepath.Join(n.dir, "shop")
	if got := n.prints("go test ./...", 0); strings.Count(got, "ok  \tshop") != 2 {
		t.Errorf("go test says:\n%s", got)
	}

	// It is served, with its page, and called.
	p := n.starts(n.runrpc, n.dir, "--addr", "localhost:0", "--watch")
	site := strings.TrimSuffix(p.url, "/rpc")
	n.at = strings.NewReplacer(site, "SITE")
	if want := "bill.split(cents int, percent int, people int)  Split shares"; !strings.HasPrefix(p.banner, want) {
		t.Errorf("the start screen is\n%s", p.banner)
	}
	if got := fetch(t, site+"/"); !strings.HasPrefix(got, "200 text/html; charset=utf-8 <!doctype html>") {
		t.Errorf("the page is %.80s", got)
	}
	n.types("runrpc call "+p.url+" bill.tip 1000 15", 0, "150\n")
	n.types("runrpc call "+p.url+" bill.split people=3 cents:=1000 percent:=10", 1, "runrpc: bill.split: the server answers with an error\n"+
		"  code     -32602\n  message  Invalid params\n  data     [{\"param\": \"/people\", \"expected\": \"integer\", \"got\": \"string\"}]\n")
	n.types("runrpc call "+p.url+" bill.split people:=3 cents:=1000 percent:=10", 0, `{"total":1100,"shares":[367,367,366]}`+"\n")
	nobody := freeAddr(t)
	n.types("runrpc call "+nobody+" bill.tip", 2, "runrpc: http://"+nobody+"/: nothing listens on "+nobody+": is the server running?\n")

	// An edit is served, a broken one is told, and mended.
	source := read(t, n.dir, "bill", "bill.go")
	p.edit("bill/bill.go", strings.Replace(source, "return (cents*percent + 50) / 100, nil", "return cents * percent / 100, nil", 1))
	p.next("runrpc: bill/bill.go changed: " + again)
	n.types("runrpc call "+p.url+" bill.tip 999 5", 0, "49\n")
	p.edit("bill/bill.go", strings.Replace(source, "return (cents*percent + 50) / 100, nil", "return cents * percent, oops", 1))
	if got, want := p.next("until an edit mends it"), "   39 |     return cents * percent, oops\n      |                             ^\n"; !strings.Contains(got, "bill/bill.go:39:26: undefined: oops\n") || !strings.Contains(got, want) {
		t.Errorf("the fault is told as\n%s", got)
	}
	n.types("runrpc call "+p.url+" bill.tip 999 5", 0, "49\n")
	p.edit("bill/bill.go", source)
	p.next("runrpc: bill/bill.go changed: mended, " + again)
	n.types("runrpc call "+p.url+" bill.tip 999 5", 0, "50\n")

	// It describes itself, and keeps to the specification.
	n.types("runrpc list "+p.url, 0, "bill.split(cents: integer, percent: integer, people: integer) -> Parts  Split shares a bill, and a tip of so many percent, among people.\n"+
		"bill.tip(cents: integer, percent: integer) -> integer  Tip returns so many percent of an amount, to the nearest cent.\n"+
		"rpc.discover() -> object                               Returns an OpenRPC schema as a description of this service.\n")
	if got := n.prints("runrpc list "+p.url+" bill.tip", 0); !strings.Contains(got, "cents") || !strings.Contains(got, "Tip returns so many percent of an amount, to the nearest cent.") {
		t.Errorf("the method is described as\n%s", got)
	}
	verdicts := n.prints("runrpc check "+p.url+" --method bill.tip --params [1000,15] --expect 150", 0)
	if summary := regexp.MustCompile(`\n65 cases: \d+ pass(, \d skip)?(, \d note)? \(\d+ms\)\n$`); !summary.MatchString(verdicts) {
		t.Errorf("the verdicts are\n%s", verdicts)
	}

	// Bindings without reflection, and a binary that runs anywhere.
	n.types("runrpc gen ./bill", 0, "")
	n.types("runrpc gen ./bill --check", 0, "")
	save(t, n.dir, "generated_test.go", "package main\n\nimport (\n\t\"testing\"\n\n\t\"shop/bill\"\n)\n\nfunc TestGenerated(t *testing.T) {\n"+
		"\tanswer := bill.RPC().Call([]byte(`{\"jsonrpc\":\"2.0\",\"method\":\"tip\",\"params\":[1000,15],\"id\":1}`), nil)\n"+
		"\tif string(answer) != `{\"jsonrpc\":\"2.0\",\"result\":150,\"id\":1}` {\n\t\tt.Error(string(answer))\n\t}\n}\n")
	if got := n.prints("go test -run TestGenerated .", 0); !strings.HasPrefix(got, "ok  \tshop\t") {
		t.Errorf("go test says:\n%s", got)
	}
	if got := n.prints("go vet ./...", 0); got != "" {
		t.Errorf("go vet says:\n%s", got)
	}
	binary := filepath.Join(t.TempDir(), "shop.exe")
	n.types("runrpc build -o "+binary, 0, "")
	server := n.starts(binary, t.TempDir(), "--addr", "localhost:0")
	n.types("runrpc call "+server.url+" bill.tip 1000 15", 0, "150\n")
	if code := server.stop(); code != 0 {
		t.Errorf("the binary ends with %d", code)
	}
	if code := p.stop(); code != 0 {
		t.Errorf("runrpc ends with %d", code)
	}
}
