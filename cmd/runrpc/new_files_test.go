//go:build unix

package main_test

import (
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parts are the files of a new project.
var parts = []string{
	".dockerignore", ".gitignore", "Dockerfile", "Makefile", "README.md", "bill/bill.go", "bill/bill_test.go", "go.mod", "go.sum",
	"main.go", "main_test.go", "runrpc.toml", "server.go", "shop.service", "static/app.js", "static/index.html", "static/style.css",
}

// readTree returns the texts of all files in dir.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, path))
		texts[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// wantParts checks that all files are there, and those in Go well formed.
func wantParts(t *testing.T, texts map[string]string) {
	t.Helper()
	var names []string
	for name, text := range texts {
		names = append(names, name)
		if filepath.Ext(name) != ".go" {
			continue
		}
		if formatted, err := format.Source([]byte(text)); err != nil || string(formatted) != text {
			t.Errorf("%s: not as gofmt writes it: %v", name, err)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(parts, names); diff != "" {
		t.Error("files (-want +got):\n" + diff)
	}
}

// wantNamed checks that everything is called as the project.
func wantNamed(t *testing.T, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		for _, left := range []string{"yourservice", "scaffold/template"} {
			if strings.Contains(text, left) {
				t.Errorf("%s: found %q", name, left)
			}
		}
	}
	for name, want := range map[string]string{
		"go.mod":       "module example.com/team/shop\n",
		"main.go":      "\"example.com/team/shop/bill\"",
		"README.md":    "# shop\n",
		"Makefile":     "docker build -t shop .",
		".gitignore":   "/shop\n",
		"shop.service": "ExecStart=/usr/local/bin/shop ",
	} {
		if !strings.Contains(texts[name], want) {
			t.Errorf("%s: found no %q", name, want)
		}
	}
	for _, link := range regexp.MustCompile(`\]\(([^)]*)\)`).FindAllStringSubmatch(texts["README.md"], -1) {
		if _, ok := texts[link[1]]; !ok && !strings.HasPrefix(link[1], "https://") {
			t.Errorf("README.md: found a link to %q, which is not there", link[1])
		}
	}
}

// wantDockerfile checks what the Dockerfile copies, without a docker.
func wantDockerfile(t *testing.T, texts map[string]string) {
	t.Helper()
	copied, entry := "", ""
	for line := range strings.Lines(texts["Dockerfile"]) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0:
		case fields[0] == "ENTRYPOINT":
			entry = strings.Join(fields[1:], " ")
		case fields[0] == "COPY" && strings.HasPrefix(fields[1], "--from=build"):
			copied = fields[3]
			if !strings.Contains(texts["Dockerfile"], "-o "+fields[2]+" .") {
				t.Errorf("Dockerfile: found %s copied, which is not built", fields[2])
			}
		case fields[0] == "COPY":
			for _, name := range fields[1 : len(fields)-1] {
				if _, ok := texts[name]; !ok && name != "." {
					t.Errorf("Dockerfile: found %q copied, which is not there", name)
				}
			}
		}
	}
	if want := `["` + copied + `", "-addr", ":8080"]`; copied != "/shop" || entry != want {
		t.Errorf("Dockerfile: found the entry point %s for %q", entry, copied)
	}
}

// wantUnit checks the systemd unit with systemd's own tool, where that is installed, and the keys that
// matter in any case.
func wantUnit(t *testing.T, shop, unit string) {
	t.Helper()
	for _, line := range []string{"[Unit]", "[Service]", "[Install]", "DynamicUser=yes", "Restart=on-failure", "WantedBy=multi-user.target"} {
		if !strings.Contains("\n"+unit, "\n"+line+"\n") {
			t.Errorf("shop.service: found no line %s", line)
		}
	}
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Log("systemd-analyze is not installed: the unit is checked for its keys alone")
		return
	}
	dir := t.TempDir()
	binary, path := filepath.Join(dir, "shop"), filepath.Join(dir, "shop.service")
	offline(t, shop, "build", "-o", binary, ".")
	if err := os.WriteFile(path, []byte(strings.Replace(unit, "/usr/local/bin/shop", binary, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("systemd-analyze", "verify", path).CombinedOutput()
	if err != nil || strings.Contains(string(out), "shop.service") {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
}
