package main_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A module that neither the module cache nor the network has.
const depModule = "example.com/dep v1.2.0"

func TestVendored(t *testing.T) {
	t.Parallel()
	tests := map[string]files{
		"required": {
			"go.mod":             "module example.com/user\n\ngo 1.20\n\nrequire " + depModule + "\n\nrequire example.com/dep/sub v0.1.0 // indirect\n",
			"vendor/modules.txt": "# " + depModule + "\n## explicit; go 1.18\nexample.com/dep\n# example.com/dep/sub v0.1.0\n## explicit\nexample.com/dep/sub/x\n",
		},
		"replaced": {
			"go.mod": "module example.com/user\n\ngo 1.20\n\nrequire " + depModule + "\n\nrequire example.com/dep/sub v0.1.0 // indirect\n\n" +
				"replace example.com/dep => ../gone\n\nreplace example.com/dep/sub v0.1.0 => example.com/fork v0.2.0\n",
			"vendor/modules.txt": "# " + depModule + " => ../gone\n## explicit; go 1.18\nexample.com/dep\n" +
				"# example.com/dep/sub v0.1.0 => example.com/fork v0.2.0\n## explicit; go 1.18\nexample.com/dep/sub/x\n# example.com/dep => ../gone\n",
		},
		"before pruning": {
			"go.mod":             "module example.com/user\n\ngo 1.16\n\nrequire " + depModule + "\n\nrequire example.com/unused v1.0.0\n",
			"vendor/modules.txt": "# " + depModule + "\n## explicit\nexample.com/dep\n# example.com/dep/sub v0.1.0\nexample.com/dep/sub/x\n# example.com/unused v1.0.0\n## explicit\n",
		},
		"in a workspace": {
			"go.work":            "go 1.22\n\nuse .\n",
			"go.mod":             "module example.com/user\n\ngo 1.22\n\nrequire " + depModule + "\n\nrequire example.com/dep/sub v0.1.0 // indirect\n",
			"vendor/modules.txt": "## workspace\n# " + depModule + "\n## explicit; go 1.18\nexample.com/dep\n# example.com/dep/sub v0.1.0\n## explicit\nexample.com/dep/sub/x\n",
		},
		"replaced in a workspace": {
			"go.work":            "go 1.22\n\nuse .\n\nreplace example.com/dep v1.2.0 => ./gone\n",
			"go.mod":             "module example.com/user\n\ngo 1.22\n\nrequire " + depModule + "\n\nrequire example.com/dep/sub v0.1.0 // indirect\n",
			"vendor/modules.txt": "## workspace\n# " + depModule + " => ./gone\n## explicit; go 1.18\nexample.com/dep\n# example.com/dep/sub v0.1.0\n## explicit\nexample.com/dep/sub/x\n",
		},
		// The toolkit needs a later version of this one, which the module cache has.
		"shared with the toolkit": {
			"go.mod": "module example.com/user\n\ngo 1.20\n\nrequire " + depModule + "\n\nrequire (\n\texample.com/dep/sub v0.1.0 // indirect\n\tgithub.com/rs/zerolog v1.1.1\n)\n",
			"vendor/modules.txt": "# " + depModule + "\n## explicit; go 1.18\nexample.com/dep\n# example.com/dep/sub v0.1.0\n## explicit\nexample.com/dep/sub/x\n" +
				"# github.com/rs/zerolog v1.1.1\n## explicit\ngithub.com/rs/zerolog\n",
			"vendor/github.com/rs/zerolog/z.go": "package zerolog\n\nimport \"io\"\n\ntype Logger struct{}\n\nfunc New(io.Writer) Logger { return Logger{} }\n",
			"hello/log.go":                      "package hello\n\nimport (\n\t\"io\"\n\n\t\"github.com/rs/zerolog\"\n)\n\nvar log = zerolog.New(io.Discard)\n",
		},
	}
	for name, tree := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree["hello/h.go"] = "package hello\n\nimport \"example.com/dep\"\n\nfunc Hi() string { return dep.Word() }\n"
			tree["vendor/example.com/dep/d.go"] = "package dep\n\nimport \"example.com/dep/sub/x\"\n\nfunc Word() string { return x.Word }\n"
			tree["vendor/example.com/dep/sub/x/x.go"] = "package x\n\nconst Word = \"vendored\"\n"
			p := serve(t, write(t, tree), "./hello")
			p.wantResult("hello.hi", `[]`, `"vendored"`)
		})
	}
}

// toolkitCopy returns a copy of the toolkit that can be told from it by jsonrpc.Mark.
func toolkitCopy(t *testing.T, mark string) string {
	t.Helper()
	dir, checkout := t.TempDir(), filepath.Join("..", "..")
	entries, err := os.ReadDir(checkout)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch name := e.Name(); {
		case e.IsDir() && !strings.HasPrefix(name, "."):
			err = os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(checkout, name)))
		case e.Type().IsRegular():
			err = copyFile(filepath.Join(dir, name), filepath.Join(checkout, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	text := "package jsonrpc\n\nconst Mark = \"" + mark + "\"\n"
	if err := os.WriteFile(filepath.Join(dir, "mark.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func copyFile(to, from string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o600)
}

// The user's code and the program around it must see one and the same toolkit.
func TestUsersToolkit(t *testing.T) {
	t.Parallel()
	marked, other := toolkitCopy(t, "copy"), toolkitCopy(t, "other")
	writeIn(t, other, files{"examples/x/internal/x.go": "package x\n\nimport \"github.com/runrpc/jsonrpc\"\n\nfunc Mark() string { return jsonrpc.Mark }\n"})
	sum, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	_, requires, _ := strings.Cut(string(mod), "\nrequire")
	tree := files{
		"go.mod": "module example.com/user\n\ngo 1.26.0\n\nrequire github.com/runrpc/jsonrpc v0.0.1\n\n" +
			"replace github.com/runrpc/jsonrpc => " + marked + "\n\nrequire" + requires,
		"go.sum": string(sum),
		"a/a.go": "package a\n\nimport \"github.com/runrpc/jsonrpc\"\n\nfunc RPC() jsonrpc.RPC { return jsonrpc.RPC{\"mark\": func() string { return jsonrpc.Mark }} }\n",
	}
	dir := write(t, tree)
	t.Run("required", func(t *testing.T) {
		t.Parallel()
		serve(t, dir, "./a").wantResult("a.mark", `[]`, `"copy"`)
	})
	t.Run("another by flag", func(t *testing.T) {
		t.Parallel()
		serve(t, dir, "--toolkit", other, "./a").wantResult("a.mark", `[]`, `"other"`)
	})
	t.Run("replaced in a workspace", func(t *testing.T) {
		t.Parallel()
		joined := maps.Clone(tree)
		joined["go.mod"] = "module example.com/user\n\ngo 1.26.0\n\nrequire github.com/runrpc/jsonrpc v0.0.1\n\nrequire" + requires
		joined["go.work"] = "go 1.26.0\n\nuse .\n\nreplace github.com/runrpc/jsonrpc v0.0.1 => " + marked + "\n"
		inWork := write(t, joined)
		serve(t, inWork, "./a").wantResult("a.mark", `[]`, `"copy"`)
		serve(t, inWork, "--toolkit", other, "./a").wantResult("a.mark", `[]`, `"other"`)
	})
	t.Run("another by variable", func(t *testing.T) {
		t.Parallel()
		cmd, tmp := command(t, dir, "--addr", "localhost:0", "./a")
		cmd.Env = append(cmd.Env, "RUNRPC_TOOLKIT="+other)
		start(t, cmd, tmp).wantResult("a.mark", `[]`, `"other"`)
	})
	t.Run("a package of the toolkit's own", func(t *testing.T) {
		t.Parallel()
		serve(t, other, "./examples/x/internal").wantResult("x.mark", `[]`, `"other"`)
	})
	t.Run("vendored", func(t *testing.T) {
		t.Parallel()
		p := serve(t, vendor(t, tree), "./a")
		p.wantResult("a.mark", `[]`, `"copy"`)
		p.wantCode("rpc.discover", `[]`, -32601)
		if want := "found no package openrpc in the toolkit, "; !strings.Contains(p.stderr.String(), want) {
			t.Errorf("found no %q in:\n%s", want, p.stderr)
		}
	})
	t.Run("vendored with its description", func(t *testing.T) {
		t.Parallel()
		whole := maps.Clone(tree)
		whole["b/b.go"] = "package b\n\nimport _ \"github.com/runrpc/jsonrpc/openrpc\"\n"
		p := serve(t, vendor(t, whole), "./a")
		if got := p.call("rpc.discover", `[]`); !strings.Contains(got, `"a.mark"`) || strings.Contains(p.stderr.String(), "openrpc") {
			t.Errorf("it describes itself as %s, and says:\n%s", got, p.stderr)
		}
	})
	t.Run("one that does not suit", func(t *testing.T) {
		t.Parallel()
		old := write(t, files{"go.mod": "module github.com/runrpc/jsonrpc\n\ngo 1.26\n", "j.go": "package jsonrpc\n\ntype RPC map[string]any\n\nconst Mark = \"old\"\n"})
		got := fails(t, dir, "--toolkit", old, "./a")
		if want := "does not compile with the toolkit that your module requires or --toolkit names"; !strings.Contains(got, want) {
			t.Errorf("found no %q in:\n%s", want, got)
		}
	})
	t.Run("no toolkit", func(t *testing.T) {
		t.Parallel()
		want := "runrpc: " + dir + " is not a directory of the module github.com/runrpc/jsonrpc: found no go.mod of that name in it\n"
		if got := fails(t, dir, "--toolkit", dir, "./a"); got != want {
			t.Errorf("got  %swant %s", got, want)
		}
	})
}

// vendor writes a module, runs go mod vendor in it, and removes what go took the packages from.
func vendor(t *testing.T, tree files) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range tree {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "mod", "vendor")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go mod vendor: %v\n%s", err, out)
	}
	return writeIn(t, dir, nil)
}
