//go:build unix

package main_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// create runs runrpc new in dir, which must succeed, and returns what it says.
func create(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd, tmp := command(t, dir, append([]string{"new"}, args...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("runrpc new: %v\n%s", err, out)
	}
	assertEmpty(t, tmp)
	return string(out)
}

// offline runs go in dir with the network off, and returns what it prints.
func offline(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestNew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	said := create(t, dir, "shop", "--module", "example.com/team/shop")
	want := `Made shop: a service with its tests, a page that calls it, and a README.md that says more.

  cd shop
  go test ./...   # its tests
  runrpc          # serve what runrpc.toml names
  go run .        # serve the same from main.go

Its go.mod replaces the toolkit by ` + checkout + `, since this runrpc has no released version.
`
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error("what it says (-want +got):\n" + diff)
	}
	shop := filepath.Join(dir, "shop")
	texts := readTree(t, shop)
	wantParts(t, texts)
	wantNamed(t, texts)
	wantDockerfile(t, texts)
	wantUnit(t, shop, texts["shop.service"])
	before := fingerprint(t, shop)
	offline(t, shop, "vet", "./...")
	offline(t, shop, "test", "./...")
	offline(t, shop, "build", "-o", filepath.Join(t.TempDir(), "shop"), ".")
	offline(t, shop, "mod", "verify")
	if diff := cmp.Diff(before, fingerprint(t, shop)); diff != "" {
		t.Error("go has changed the project (-before +after):\n" + diff)
	}
	t.Run("runrpc", func(t *testing.T) {
		cmd, tmp := command(t, shop)
		cmd.Env = append(cmd.Env, "RUNRPC_ADDR=localhost:0")
		p := start(t, cmd, tmp)
		wantShop(t, p, strings.TrimSuffix(p.url, "/rpc"), texts)
		for _, doc := range []string{"bill.split(cents int, percent int, people int)", "Tip returns so many percent"} {
			if !strings.Contains(p.banner, doc) {
				t.Errorf("found no %q in the start screen:\n%s", doc, p.banner)
			}
		}
	})
	t.Run("go run", func(t *testing.T) {
		root := goRun(t, shop)
		wantShop(t, &process{t: t, url: root + "/rpc"}, root, texts)
	})
}

// wantShop calls the service of a new project and fetches its page.
func wantShop(t *testing.T, p *process, root string, texts map[string]string) {
	t.Helper()
	p.wantResult("bill.split", `{"cents":1000,"percent":10,"people":3}`, `{"total":1100,"shares":[367,367,366]}`)
	p.wantResult("bill.tip", `[1999,15]`, `300`)
	want := `{"jsonrpc":"2.0","error":{"code":-32001,"message":"people: found 0, want 1 to 100"},"id":1}`
	if got := p.call("bill.split", `[1,1,0]`); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for path, page := range map[string]struct{ kind, file string }{
		"/":          {"text/html; charset=utf-8", "static/index.html"},
		"/app.js":    {"text/javascript; charset=utf-8", "static/app.js"},
		"/style.css": {"text/css; charset=utf-8", "static/style.css"},
	} {
		if got, want := fetch(t, root+path), "200 "+page.kind+" "+texts[page.file]; got != want {
			t.Errorf("GET %s\ngot  %s\nwant %s", path, got, want)
		}
	}
}

// goRun runs go run . on a free port until the test ends, and returns the URL of the page. Like systemd it
// ends the whole group of processes, and wants the server to end by itself.
func goRun(t *testing.T, dir string) string {
	t.Helper()
	cmd := exec.Command("go", "run", ".", "-addr", "localhost:0")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "serving at "); ok {
			url, _, _ = strings.Cut(url, "/,")
			return url
		}
	}
	t.Fatal("go run . has ended without serving")
	return ""
}

func TestNewMakefile(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("make is not installed")
	}
	dir := t.TempDir()
	create(t, dir, "shop")
	shop := filepath.Join(dir, "shop")
	run := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("make", args...)
		cmd.Dir = shop
		cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off", "MAKEFLAGS=", "MAKELEVEL=0")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("make %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	if got := run(); strings.Count(got, "\n") != 6 || !strings.Contains(got, "make test   check and test all\n") {
		t.Errorf("make says:\n%s", got)
	}
	run("test", "build")
	if _, err := os.Stat(filepath.Join(shop, "shop")); err != nil {
		t.Error(err)
	}
}

// A project can be made in an empty directory, by any way to name it.
func TestNewPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, arg, cd string }{
		{"here", "shop", ".", ""},
		{"an empty directory", "", "shop", "  cd shop\n"},
		{"in another directory", "other dir", "../new", "  cd ../new\n"},
		{"a path to quote", "", "other dir/new", "  cd 'other dir/new'\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for _, empty := range []string{"shop", "other dir"} {
				if err := os.Mkdir(filepath.Join(dir, empty), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			in := filepath.Join(dir, c.in)
			said := create(t, in, c.arg)
			if cd := strings.Contains(said, "  cd "); cd != (c.cd != "") || !strings.Contains(said, c.cd) {
				t.Errorf("it says:\n%s", said)
			}
			offline(t, filepath.Join(in, c.arg), "vet", "./...")
		})
	}
}

func TestNewByLink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"link": "empty", "dangling": "nowhere"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	create(t, dir, "link")
	if _, err := os.Stat(filepath.Join(dir, "empty", "go.mod")); err != nil {
		t.Error(err)
	}
	if got, want := fails(t, dir, "new", "dangling"), "runrpc: found dangling, a link that leads nowhere: choose another name\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// Inside a workspace go does nothing for a module that is no member.
func TestNewInWorkspace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	work := filepath.Join(dir, "go.work")
	if err := os.WriteFile(work, []byte("go 1.26.0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	said := create(t, dir, "shop")
	if want := "  cd shop\n  go work use .   # since " + work + " is in force there\n"; !strings.Contains(said, want) {
		t.Errorf("found no %q in:\n%s", want, said)
	}
	for _, args := range [][]string{{"work", "use", "."}, {"vet", "./..."}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = filepath.Join(dir, "shop")
		cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %v: %v\n%s", args, err, out)
		}
	}
}

func TestNewFaults(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"full/notes.txt": "", "file": "", "go.mod": userModule})
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"full"}, `found the directory full with notes.txt in it: choose another name, nothing is overwritten`},
		{[]string{"file"}, `found the file file: choose another name, nothing is overwritten`},
		{[]string{"file/x"}, `found no directory ` + dir + `/file to make x in: make it first`},
		{[]string{"none/x"}, `found no directory ` + dir + `/none to make x in: make it first`},
		{[]string{""}, `found an empty name: want that of the directory to make`},
		{[]string{"Shop"}, `found the name "Shop": want at most 64 of a-z, 0-9, - and _ that begin with a letter, like shop`},
		{[]string{"My Shop!"}, `found the name "My Shop!": want at most 64 of a-z, 0-9, - and _ that begin with a letter, like my-shop`},
		{[]string{"2shop"}, `found the name "2shop": want at most 64 of a-z, 0-9, - and _ that begin with a letter, like shop`},
		{[]string{"größe"}, `found the name "größe": want at most 64 of a-z, 0-9, - and _ that begin with a letter, like gr-e`},
		{[]string{strings.Repeat("x", 65)}, `found the name "` + strings.Repeat("x", 65) + `": want at most 64`},
		{[]string{"/"}, `found the name "/": want at most 64 of a-z, 0-9, - and _ that begin with a letter`},
		{[]string{"bill"}, `found the name "bill", which a directory in the project has: choose another, the binary gets it`},
		{[]string{"time"}, `found the module path "time", which has another meaning to go: give another with --module, like example.com/time`},
		{[]string{"main"}, `found the module path "main", which has another meaning to go: give another with --module, like example.com/main`},
		{[]string{"shop", "--module", "a b"}, `found the module path "a b": invalid char ' ': want one like example.com/shop`},
		{[]string{"shop", "--module", "/x"}, `found the module path "/x": empty path element: want one like example.com/shop`},
		{[]string{"shop", "--module", "../x"}, `found the module path "../x": `},
		{[]string{"shop", "--module", "x.com/y/v1"}, `found the module path "x.com/y/v1", whose version is none: want one like example.com/shop/v2`},
		{[]string{"shop", "--module", "net/http"}, `found the module path "net/http", which has another meaning to go: give another with --module, like example.com/http`},
		{[]string{"shop", "--module", "github.com/runrpc/jsonrpc"}, `found the module path "github.com/runrpc/jsonrpc", which has another meaning to go`},
		{[]string{"shop", "--toolkit", "full"}, dir + `/full is not a directory of the module github.com/runrpc/jsonrpc: found no go.mod of that name in it`},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			t.Parallel()
			got := fails(t, dir, append([]string{"new"}, c.args...)...)
			if !strings.HasPrefix(got, "runrpc: "+c.want) || strings.Count(got, "\n") != 1 {
				t.Errorf("got  %swant %s", got, c.want)
			}
		})
	}
}
