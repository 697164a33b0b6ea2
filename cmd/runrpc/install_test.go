package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// An installed runrpc serves a lone file in a foreign directory with the network off: what go install
// has brought into the module cache is enough.
func TestInstalled(t *testing.T) {
	t.Parallel()
	version := module.Version{Path: "github.com/runrpc/jsonrpc", Version: "v0.0.9"}
	proxy := newProxy(t, version, toolkitCopy(t, "installed"))
	cache, bin := filepath.Join(t.TempDir(), "mod"), t.TempDir()
	install := exec.Command("go", "install", version.Path+"/cmd/runrpc@"+version.Version)
	install.Dir = t.TempDir()
	install.Env = append(os.Environ(), "GOMODCACHE="+cache, "GOBIN="+bin, "GOFLAGS=-modcacherw", "GOSUMDB=off",
		"GOPROXY="+fileURL(proxy)+","+fileURL(cacheProxy(t)))
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("go install: %v\n%s", err, out)
	}
	if err := os.RemoveAll(proxy); err != nil {
		t.Fatal(err)
	}
	installed := func(t *testing.T, dir string, args ...string) *process {
		cmd, tmp := command(t, dir, append([]string{"--addr", "localhost:0"}, args...)...)
		cmd.Path = filepath.Join(bin, "runrpc")
		cmd.Env = append(cmd.Env, "GOMODCACHE="+cache)
		return start(t, cmd, tmp)
	}
	t.Run("a lone file", func(t *testing.T) {
		mark := "package hello\n\nimport \"github.com/runrpc/jsonrpc\"\n\nfunc Mark() string { return jsonrpc.Mark }\n"
		p := installed(t, write(t, files{"hello.go": mark}), "hello")
		p.wantResult("hello.mark", `[]`, `"installed"`)
	})
	t.Run("a module", func(t *testing.T) {
		p := installed(t, write(t, files{"go.mod": userModule, "hello/h.go": hello}), "./hello")
		p.wantResult("hello.hi", `["you"]`, `"hi you"`)
	})
	t.Run("a new project", func(t *testing.T) {
		dir := t.TempDir()
		cmd, tmp := command(t, dir, "new", "shop")
		cmd.Path = filepath.Join(bin, "runrpc")
		cmd.Env = append(cmd.Env, "GOMODCACHE="+cache)
		if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "replace") {
			t.Fatalf("%v\n%s", err, out)
		}
		assertEmpty(t, tmp)
		shop := filepath.Join(dir, "shop")
		mod, err := os.ReadFile(filepath.Join(shop, "go.mod"))
		if err != nil || !strings.Contains(string(mod), "\nrequire "+version.Path+" "+version.Version+"\n") || strings.Contains(string(mod), "replace") {
			t.Errorf("go.mod: %v\n%s", err, mod)
		}
		for _, args := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
			cmd := exec.Command("go", args...)
			cmd.Dir = shop
			cmd.Env = append(os.Environ(), "GOMODCACHE="+cache, "GOPROXY=off", "GOFLAGS=-mod=readonly", "GOWORK=off")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("go %v: %v\n%s", args, err, out)
			}
		}
		p := installed(t, shop)
		p.wantResult("bill.tip", `[1000,10]`, `100`)
	})
}

// newProxy makes a module proxy that has one version of one module.
func newProxy(t *testing.T, version module.Version, source string) string {
	t.Helper()
	proxy := t.TempDir()
	dir := filepath.Join(proxy, filepath.FromSlash(version.Path), "@v")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	info, err := json.Marshal(struct{ Version string }{version.Version})
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(source, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"list":                    []byte(version.Version + "\n"),
		version.Version + ".info": info,
		version.Version + ".mod":  mod,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	archive, err := os.Create(filepath.Join(dir, version.Version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	if err := zip.CreateFromDir(archive, version, source); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return proxy
}

func fileURL(dir string) string { return "file://" + filepath.ToSlash(dir) }

// cacheProxy returns the downloads of the module cache, which are laid out as a proxy's files are.
func cacheProxy(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(out)), "cache", "download")
}
