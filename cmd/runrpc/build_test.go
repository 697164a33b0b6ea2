package main_test

import (
	"debug/buildinfo"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// built runs runrpc build in dir and returns the binary and what was said. The source is gone then.
func built(t *testing.T, tree files, args ...string) (binary, said string) {
	t.Helper()
	dir := editable(t, tree)
	binary = filepath.Join(t.TempDir(), "server.exe")
	cmd, tmp := command(t, dir, append([]string{"build", "-o", binary}, args...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	assertEmpty(t, tmp)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	return binary, string(out)
}

// run starts a binary somewhere else, with nothing of go's at hand.
func run(t *testing.T, binary string, env []string, args ...string) *process {
	t.Helper()
	cmd, tmp := command(t, t.TempDir(), args...)
	cmd.Path = binary
	cmd.Env = append([]string{"PATH=", "TMPDIR=" + tmp}, env...)
	return start(t, cmd, tmp)
}

func TestBuild(t *testing.T) {
	t.Parallel()
	binary, said := built(t, files{"go.mod": userModule, "hello/h.go": hello, "hello/in/internal/i.go": "package i\n\nfunc I() int { return 1 }\n"},
		"--path=/rpc", "--separator=::", "--max-batch=1", "--addr=localhost:0", "hello")
	if said != "" {
		t.Errorf("it says %q", said)
	}
	p := run(t, binary, nil)
	if !strings.HasSuffix(p.url, "/rpc") {
		t.Error("got the URL " + p.url)
	}
	p.wantResult("hello::hi", `["you"]`, `"hi you"`)
	p.wantResult("hello::in::internal::i", `[]`, `1`)
	p.stop()

	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, s := range info.Settings {
		got[s.Key] = s.Value
	}
	want := map[string]string{"-trimpath": "true", "CGO_ENABLED": "0"}
	for key, value := range want {
		if got[key] != value {
			t.Errorf("%s is %q, want %q", key, got[key], value)
		}
	}
}

// The pages beside the functions are part of the binary.
func TestBuiltPages(t *testing.T) {
	t.Parallel()
	tree := files{
		"go.mod": userModule, "hello/h.go": hello, "web/index.html": "<h1>home</h1>", "web/css/a.css": "a {}", "web/.secret": "x",
		"runrpc.toml": "addr = \"localhost:0\"\npackages = [\"./hello\"]\npath = \"/rpc\"\n[static]\n\"/\" = \"web\"\n",
	}
	binary, _ := built(t, tree)
	p := run(t, binary, nil)
	p.wantResult("hello.hi", `["you"]`, `"hi you"`)
	base := strings.TrimSuffix(p.url, "/rpc")
	for path, want := range map[string]string{
		"/": "200 text/html; charset=utf-8 <h1>home</h1>", "/css/a.css": "200 text/css; charset=utf-8 a {}",
	} {
		if got := fetch(t, base+path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	if got := fetch(t, base+"/.secret"); !strings.HasPrefix(got, "404 ") {
		t.Errorf("/.secret: got %s, want 404", got)
	}
	p.stop()

	tree["web/a|b"] = ""
	cmd, _ := command(t, editable(t, tree), "build", "-o", filepath.Join(t.TempDir(), "server.exe"))
	if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "found the file a|b, and go embeds none of that name") {
		t.Errorf("got %v, %s", err, out)
	}
}

// A binary has flags of its own, whose defaults are those that it was built with.
func TestBuiltFlags(t *testing.T) {
	t.Parallel()
	addr := freeAddr(t)
	binary, _ := built(t, files{"go.mod": userModule, "hello/h.go": hello}, "--addr", addr, "./hello")
	t.Run("version", func(t *testing.T) {
		t.Parallel()
		want := "server.exe: ./hello, no known revision\n" +
			"built with github.com/runrpc/jsonrpc (devel) (" + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH + ")\n"
		if got := answer(t, binary, 0, "--version"); got != want {
			t.Errorf("got  %swant %s", got, want)
		}
	})
	t.Run("usage", func(t *testing.T) {
		t.Parallel()
		got := answer(t, binary, 0, "--help")
		for _, want := range []string{"Usage: server.exe [flags]", "Serves ./hello", "--addr HOST:PORT", "(" + addr + ", or RUNRPC_ADDR)", "--log", "--quiet", "--version"} {
			if !strings.Contains(got, want) {
				t.Errorf("found no %q in:\n%s", want, got)
			}
		}
	})
	for args, want := range map[string]string{
		"--nope":         "server.exe: flag provided but not defined: -nope (--help tells the usage)\n",
		"hello":          "server.exe: found the argument \"hello\", want flags alone (--help tells the usage)\n",
		"--log=loud":     "server.exe: --log: found \"loud\", want auto, text, json or off (--help tells the usage)\n",
		"--addr":         "server.exe: flag needs an argument: -addr (--help tells the usage)\n",
		"--supervised x": "server.exe: flag provided but not defined: -supervised (--help tells the usage)\n",
	} {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			if got := answer(t, binary, 2, strings.Fields(args)...); got != want {
				t.Errorf("got  %swant %s", got, want)
			}
		})
	}
	t.Run("addresses", func(t *testing.T) {
		t.Parallel()
		p := run(t, binary, nil)
		if want := "http://" + addr + "/"; p.url != want {
			t.Errorf("got the URL %s, want %s", p.url, want)
		}
		got := answer(t, binary, 1)
		if want := "server.exe: " + addr + " is in use: choose another address with --addr (port 0 takes a free one)\n"; got != want {
			t.Errorf("got  %swant %s", got, want)
		}
		run(t, binary, []string{"RUNRPC_ADDR=localhost:0"}).wantResult("hello.hi", `["you"]`, `"hi you"`)
		run(t, binary, []string{"RUNRPC_ADDR=" + addr}, "--addr=localhost:0").wantResult("hello.hi", `["you"]`, `"hi you"`)
	})
	t.Run("orders that are none", func(t *testing.T) {
		t.Parallel()
		want := "runrpc: found no orders on standard input (EOF): --supervised is for runrpc alone\n"
		if got := answer(t, binary, 1, "--supervised"); got != want {
			t.Errorf("got  %swant %s", got, want)
		}
	})
}

// answer runs a binary, which must end with an exit code, and returns what it writes.
func answer(t *testing.T, binary string, want int, args ...string) string {
	t.Helper()
	cmd := exec.Command(binary, args...)
	out, _ := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code != want {
		t.Errorf("%v: exit code %d, want %d", args, code, want)
	}
	return string(out)
}

// The binary knows the revision of the module.
func TestBuiltRevision(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	dir := editable(t, files{"go.mod": userModule, "hello/h.go": hello, "other/o.go": "package other\n"})
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@example.com"}, args...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	version := func() string {
		t.Helper()
		binary := filepath.Join(t.TempDir(), "server.exe")
		cmd, _ := command(t, dir, "build", "-o", binary, "hello")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		line, _, _ := strings.Cut(answer(t, binary, 0, "--version"), "\n")
		return line
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "one")
	clean := regexp.MustCompile(`^server\.exe: hello, revision [0-9a-f]{40}$`)
	if got := version(); !clean.MatchString(got) {
		t.Errorf("got %s", got)
	}
	save(t, dir, "other/o.go", "package other // changed\n")
	changed := regexp.MustCompile(`^server\.exe: hello, revision [0-9a-f]{40} with changes$`)
	if got := version(); !changed.MatchString(got) {
		t.Errorf("got %s", got)
	}
}

// Another system is built for where the environment says so.
func TestBuildForOthers(t *testing.T) {
	t.Parallel()
	dir := editable(t, files{"go.mod": userModule, "hello/h.go": "//go:build windows\n\n" + hello})
	binary := filepath.Join(t.TempDir(), "server.exe")
	cmd, _ := command(t, dir, "build", "-o", binary, "hello")
	cmd.Env = append(cmd.Env, "GOOS=windows", "GOARCH=arm64")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(text), "MZ") {
		t.Errorf("it begins with %q, which no program of Windows does", text[:4])
	}
}

func TestBuildWithCgo(t *testing.T) {
	t.Parallel()
	if out, err := exec.Command("go", "env", "CGO_ENABLED").Output(); err != nil || strings.TrimSpace(string(out)) != "1" {
		t.Skip("there is no cgo")
	}
	binary, said := built(t, files{
		"go.mod":     userModule,
		"hello/h.go": "package hello\n\nimport \"example.com/user/c\"\n\nfunc Hi(int) int { return c.One() }\n",
		"c/c.go":     "package c\n\n// static int one() { return 1; }\nimport \"C\"\n\nfunc One() int { return int(C.one()) }\n",
	}, "--addr=localhost:0", "hello")
	if want := "runrpc: example.com/user/c uses cgo, so the binary needs the C libraries of the system that it runs on\n"; said != want {
		t.Errorf("got  %swant %s", said, want)
	}
	run(t, binary, nil).wantResult("hello.hi", `[1]`, `1`)
}

func TestBuildFaults(t *testing.T) {
	t.Parallel()
	dir := write(t, files{
		"go.mod":     userModule,
		"hello/h.go": hello,
		"types/t.go": "package types\n\nfunc Wrong() int { return \"x\" }\n",
	})
	out := t.TempDir()
	tests := []struct {
		name, output string
		args         []string
		want         string
	}{
		{"a directory", dir, []string{"hello"}, "runrpc: --output: " + dir + " is a directory, want the name of a file\n"},
		{"no such directory", out + "/none/x", []string{"hello"}, "runrpc: --output: cannot write in " + out + "/none: no such file or directory\n"},
		{"no file", os.DevNull, []string{"hello"}, "runrpc: --output: /dev/null is no regular file, want one or a new name\n"},
		{"below a file", filepath.Join(dir, "go.mod", "x"), []string{"hello"}, "runrpc: --output: " + filepath.Join(dir, "go.mod", "x") + ": not a directory\n"},
		{"no package", out + "/x", []string{"./nope"}, "runrpc: found nothing at \"./nope\": want a directory, a .go file or an import path\n"},
		{"a type error", out + "/x", []string{"types"}, "# example.com/user/types\ntypes/t.go:3:27: cannot use \"x\" (untyped string constant) as int value in return statement\n"},
		{"a wrong flag", out + "/x", []string{"--path=x", "hello"}, "runrpc: --path: found \"x\", want a path that begins with /\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := fails(t, dir, append([]string{"build", "-o", test.output}, test.args...)...)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error("output (-want +got):\n" + diff)
			}
		})
	}
	assertEmpty(t, out)
}
