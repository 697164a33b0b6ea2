package scaffold

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write template/gomod and template/gosum anew")

// The requirements of a new project are those that go mod tidy finds, so that nothing has to be looked up
// when it is made.
func TestTidy(t *testing.T) {
	root, err := filepath.Abs(filepath.FromSlash("../../../.."))
	if err != nil {
		t.Fatal(err)
	}
	p := project{dir: filepath.Join(t.TempDir(), "shop"), name: "shop", module: "example.com/shop"}
	files, err := p.files(requirement{dir: root})
	if err != nil {
		t.Fatal(err)
	}
	if err := write(p.dir, files); err != nil {
		t.Fatal(err)
	}
	if !*update {
		tidy(t, p.dir, "-diff")
		return
	}
	tidy(t, p.dir)
	mod, _, _ := strings.Cut(read(t, p.dir, "go.mod"), "\nreplace ")
	rewrite(t, "gomod", strings.Replace(mod, p.module, templateModule, 1))
	rewrite(t, "gosum", read(t, p.dir, "go.sum"))
}

func tidy(t *testing.T, dir string, flags ...string) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"mod", "tidy"}, flags...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go mod tidy: %v: run go test ./cmd/runrpc/internal/scaffold -update\n%s", err, out)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func rewrite(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join("template", name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
