package clients_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// install runs what downloads something, or skips the test.
func install(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("%s %v: %v: is its registry reachable?\n%s", name, args, err, out)
	}
}

func installNode(t *testing.T, dir string) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed")
	}
	install(t, dir, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000")
}

func tsc(t *testing.T, dir string, args ...string) {
	t.Helper()
	flags := []string{
		"--strict", "--target", "es2022", "--module", "nodenext", "--types", "node",
		"--noUnusedLocals", "--noUnusedParameters", "--noUncheckedIndexedAccess", "--noImplicitOverride",
	}
	command(t, dir, filepath.Join(dir, "node_modules", ".bin", "tsc"), append(flags, args...)...)
}

func checkTypeScript(t *testing.T, dir string, clients []string) {
	t.Helper()
	var files []string
	for _, c := range clients {
		files = append(files, filepath.Join(c, "client.ts"))
	}
	tsc(t, dir, append(files, "--outDir", "out")...)
	for _, c := range clients {
		command(t, dir, "node", filepath.Join("out", filepath.Base(c), "client.js"))
	}
}

func runNode(t *testing.T, dir string, args ...string) string {
	t.Helper()
	tsc(t, dir, "--outDir", "out", "scenario.ts")
	return command(t, dir, "node", append([]string{filepath.Join("out", "scenario.js")}, args...)...)
}

func checkGo(t *testing.T, dir string, clients []string) {
	t.Helper()
	for _, c := range clients {
		if unformatted := command(t, dir, "gofmt", "-l", c); unformatted != "" {
			t.Errorf("gofmt has something to say about %s", unformatted)
		}
	}
	command(t, dir, "go", "vet", "./documents/...")
}

func runGo(t *testing.T, dir string, args ...string) string {
	t.Helper()
	command(t, dir, "go", "vet", ".")
	return command(t, dir, "go", append([]string{"run", "-race", "."}, args...)...)
}

// python is where installPython puts it.
func python(dir string) string { return filepath.Join(dir, "venv", "bin", "python") }

func installPython(t *testing.T, dir string) {
	t.Helper()
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("python3 is not installed")
	}
	if err := exec.Command("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))").Run(); err != nil {
		t.Skip("python3 is older than 3.11")
	}
	install(t, dir, "python3", "-m", "venv", "venv")
	install(t, dir, python(dir), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--timeout", "30", "--retries", "1", "-r", "requirements.txt")
}

// mypy checks files, which are modules of packages.
func mypy(t *testing.T, dir string, files ...string) {
	t.Helper()
	args := append([]string{"-m", "mypy", "--strict", "--explicit-package-bases"}, files...)
	command(t, dir, python(dir), args...)
}

func checkPython(t *testing.T, dir string, clients []string) {
	t.Helper()
	mypy(t, dir, "documents")
	for _, c := range clients {
		command(t, filepath.Join(dir, c), python(dir), "client.py")
	}
}

func runPython(t *testing.T, dir string, args ...string) string {
	t.Helper()
	for _, pkg := range []string{"lab", "shop"} {
		if err := os.WriteFile(filepath.Join(dir, pkg, "__init__.py"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mypy(t, dir, "scenario.py")
	return command(t, dir, python(dir), append([]string{"scenario.py"}, args...)...)
}
