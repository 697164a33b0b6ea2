package clients_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What is tried, seen from here.
const (
	root    = "../.."
	sources = root + "/cmd/runrpc/internal/client/testdata"
)

// runrpc is the binary under test.
var runrpc string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "runrpc-clients-")
	if err != nil {
		panic(err)
	}
	runrpc = filepath.Join(dir, "runrpc.exe")
	build := exec.Command("go", "build", "-o", runrpc, "./cmd/runrpc")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\n%v\n", out, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// A language is what clients are written in, with what it takes to check and to run them.
type language struct {
	name, flag string
	install    func(t *testing.T, dir string) // into a directory with a copy of testdata/NAME
	check      func(t *testing.T, dir string, clients []string)
	run        func(t *testing.T, dir string, args ...string) string
}

var languages = []language{
	{"ts", "ts", installNode, checkTypeScript, runNode},
	{"go", "go", nil, checkGo, runGo},
	{"python", "python", installPython, checkPython, runPython},
}

// prepare copies what there is for a language, and installs what it needs.
func (l language) prepare(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", l.name))); err != nil {
		t.Fatal(err)
	}
	if l.install != nil {
		l.install(t, dir)
	}
	return dir
}

func (l language) generate(t *testing.T, document, out string) {
	t.Helper()
	if said, err := exec.Command(runrpc, "client", document, "--lang", l.flag, "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", document, err, said)
	}
}

func TestClients(t *testing.T) {
	for _, l := range languages {
		t.Run(l.name, func(t *testing.T) {
			dir := l.prepare(t)
			t.Run("documents", func(t *testing.T) { l.documents(t, dir) })
			t.Run("scenario", func(t *testing.T) { l.scenario(t, dir) })
		})
	}
}

// documents tries that what a document may say, however strange, is a client that compiles, passes the strictest
// checks and can be loaded.
func (l language) documents(t *testing.T, dir string) {
	documents, err := filepath.Glob(sources + "/*/*.json")
	if err != nil || len(documents) < 10 {
		t.Fatalf("found the documents %q (%v)", documents, err)
	}
	var clients []string
	for _, document := range documents {
		name := strings.NewReplacer("-", "", ".json", "").Replace(filepath.Base(document))
		l.generate(t, document, filepath.Join(dir, "documents", name))
		clients = append(clients, filepath.Join("documents", name))
	}
	l.check(t, dir, clients)
}

// scenario tries that a client does what it says, against a running runrpc.
func (l language) scenario(t *testing.T, dir string) {
	lab := serve(t, sources+"/lab")
	shop := serve(t, root+"/examples/petshop")
	l.generate(t, lab, filepath.Join(dir, "lab"))
	l.generate(t, shop, filepath.Join(dir, "shop"))
	if got := l.run(t, dir, lab, shop); got != "ok\n" {
		t.Errorf("got %q, want ok", got)
	}
}

var served = regexp.MustCompile(`^Serving at (http://[^ ,]+)`)

// serve has runrpc serve a directory until the test ends.
func serve(t *testing.T, dir string) (url string) {
	t.Helper()
	server := exec.Command(runrpc, "--root", "--addr", "localhost:0", dir)
	var said bytes.Buffer
	server.Stderr = &said
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
		t.Logf("%s: %s", dir, &said)
	})
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if match := served.FindStringSubmatch(lines.Text()); match != nil {
			return match[1]
		}
	}
	t.Fatalf("%s is not served", dir)
	return ""
}

// command runs a command in a directory and returns what it printed.
func command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
