// Package doc_test compiles and runs what the documents show.
package doc_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// documents are those that show code.
var documents = []string{"../README.md", "guide.md", "openrpc.md", "protocol.md"}

// module is a user's module with what the documents show, beside the checkout.
type module struct{ dir string }

// newModule makes a module that requires the checkout, and what the checkout requires.
func newModule(t *testing.T) *module {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	const path = "github.com/runrpc/jsonrpc"
	m := &module{t.TempDir()}
	m.add(t, "go.mod", fmt.Sprintf("%s\nrequire %s v0.0.0\n\nreplace %s => %q\n",
		strings.Replace(string(mod), "module "+path, "module example.com/user", 1), path, path, root))
	m.add(t, "go.sum", string(sum))
	return m
}

func (m *module) add(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(m.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// command prepares go in the module.
func (m *module) command(args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off", "GOFLAGS=-mod=mod")
	return cmd
}

// TestGo compiles all go blocks, and runs those that output follows.
func TestGo(t *testing.T) {
	m := newModule(t)
	run := m.addDocuments(t)
	if out, err := m.command("vet", "-unreachable=false", "./...").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := m.command("run", "./run")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	printed := strings.Split(string(out), "\x01")
	if len(printed) != len(run)+1 {
		t.Fatalf("found %d sections, want %d:\n%s\n%s", len(printed)-1, len(run), out, stderr.String())
	}
	for i, s := range run {
		s.compare(t, printed[i+1])
	}
}

// addDocuments adds a package for each section, and a program that runs those with output, which
// it returns.
func (m *module) addDocuments(t *testing.T) []*section {
	t.Helper()
	var run []*section
	var imports, calls strings.Builder
	n := 0
	for _, file := range documents {
		sections := read(t, file)
		for _, s := range sections {
			n++
			pkg := fmt.Sprintf("s%d", n)
			m.addSection(t, s, pkg, sections[0])
			if s.prints() {
				run = append(run, s)
				fmt.Fprintf(&imports, "import %q\n", "example.com/user/"+pkg)
				fmt.Fprintf(&calls, "fmt.Print(\"\\x01\")\nif err := %s.Section(); err != nil {\nfmt.Println(err)\n}\n", pkg)
			}
		}
	}
	m.add(t, "run/main.go", fmt.Sprintf("package main\n\nimport \"fmt\"\n%s\nfunc main() {\n%s}\n", &imports, &calls))
	return run
}

func (m *module) addSection(t *testing.T, s *section, pkg string, preamble *section) {
	t.Helper()
	if text := s.program(t, pkg, preamble); text != "" {
		m.add(t, pkg+"/section.go", text)
	}
	for i, b := range s.blocks {
		if b.is("go") && b.whole() {
			m.add(t, fmt.Sprintf("%sp%d/main.go", pkg, i), fmt.Sprintf("//line %s:%d\n%s", s.file, b.line, b.text))
		}
	}
}

// prints tells whether a section's Go has output to compare.
func (s *section) prints() bool {
	return slices.ContainsFunc(s.blocks, func(b *block) bool { return b.is("go") && b.output != nil })
}

// compare compares what a section's blocks print. Each begins with its number between zeros.
func (s *section) compare(t *testing.T, printed string) {
	t.Helper()
	got := map[int]string{}
	parts := strings.Split(printed, "\x00")
	for i := 1; i+1 < len(parts); i += 2 {
		n, err := strconv.Atoi(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		got[n] = parts[i+1]
	}
	for i, b := range s.blocks {
		if !b.is("go") || b.output == nil {
			continue
		}
		if diff := cmp.Diff(plain(b.output.text), plain(got[i])); diff != "" {
			t.Errorf("%s:%d: output (-want +got):\n%s", s.file, b.output.line, diff)
		}
	}
}
