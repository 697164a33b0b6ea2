package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/config"
)

// Values are flags of all kinds.
type Values struct {
	Packages []string `arg:"" optional:"" name:"packages"`
	Addr     string   `default:"localhost:8080"`
	MaxBody  int      `name:"max-body"`
	Ratio    float64
	Small    uint8
	Timeout  time.Duration
	Root     bool
	Watch    *bool `negatable:""`
	Hosts    []string
	Ports    []int
	Delays   []time.Duration
	Levels   []string          `enum:"debug,info"`
	Secret   string            `env:"-"`
	Log      string            `enum:"text,json,off" default:"text"`
	Key      string            `type:"path"`
	Keys     []string          `type:"path"`
	Static   map[string]string `type:":path"`
	Names    map[string]string
	When     time.Time
}

type command struct {
	Values       `embed:""`
	config.Flags `embed:""`
}

type grammar struct {
	Quiet bool
	Serve command `cmd:"" default:"withargs"`
	Build struct {
		Output string
		command
	} `cmd:""`
	Call struct {
		Timeout time.Duration
	} `cmd:""`
}

// enter makes dir the current directory, with some files, and returns it.
func enter(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	return dir
}

// parse reads a command line.
func parse(t *testing.T, args ...string) (*grammar, error) {
	t.Helper()
	g := new(grammar)
	parser, err := kong.New(g, config.Variables("RUNRPC"), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse(args)
	return g, err
}

const all = `
addr = "localhost:1"
packages = ["./hello", "example.com/x"]
max-body = -2_000
ratio = 2
small = 255
timeout = "1m30s"
root = true
watch = false
hosts = ["a.example", "b,c", 'd\']
ports = [80, 0x1bb]
delays = ["1s", "2m"]
levels = ["info", "debug"]
secret = "s"
log = "json"
key = "tls/key.pem"
keys = ["a", "/b"]
when = "2024-05-06T07:08:09Z"
quiet = true
output = "of another command"

[static]
"/" = "web"
"/docs" = '/srv/docs'

[names]
"sample.add" = "sample:Add"
sample.sub = "sample:Sub"
deep = { er.one = "x:One" }
`

func TestValues(t *testing.T) {
	dir := enter(t, map[string]string{"conf/it.toml": all})
	g, err := parse(t, "--config", "conf/it.toml")
	if err != nil {
		t.Fatal(err)
	}
	no := false
	want := Values{
		Packages: []string{"./hello", "example.com/x"},
		Addr:     "localhost:1",
		MaxBody:  -2000,
		Ratio:    2,
		Small:    255,
		Timeout:  90 * time.Second,
		Root:     true,
		Watch:    &no,
		Hosts:    []string{"a.example", "b,c", `d\`},
		Ports:    []int{80, 443},
		Delays:   []time.Duration{time.Second, 2 * time.Minute},
		Levels:   []string{"info", "debug"},
		Secret:   "s",
		Log:      "json",
		Key:      filepath.Join(dir, "conf", "tls", "key.pem"),
		Keys:     []string{filepath.Join(dir, "conf", "a"), "/b"},
		Static:   map[string]string{"/": filepath.Join(dir, "conf", "web"), "/docs": "/srv/docs"},
		Names:    map[string]string{"sample.add": "sample:Add", "sample.sub": "sample:Sub", "deep.er.one": "x:One"},
		When:     time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC),
	}
	if diff := cmp.Diff(want, g.Serve.Values); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if !g.Quiet {
		t.Error("found a flag of all commands without its value")
	}
	if got, want := g.Serve.File(), filepath.Join(dir, "conf", "it.toml"); got != want {
		t.Errorf("File() = %q, want %q", got, want)
	}
	if got, want := g.Serve.Base("packages"), filepath.Join(dir, "conf"); got != want {
		t.Errorf("Base(packages) = %q, want %q", got, want)
	}
	for _, c := range []struct {
		got, want string
	}{
		{g.Serve.At("addr"), "conf/it.toml:2: addr"},
		{g.Serve.At("static", "/docs"), `conf/it.toml:24: static "/docs"`},
		{g.Serve.At("names", "sample.sub"), `conf/it.toml:28: names "sample.sub"`},
		{g.Serve.At("names", "deep.er.one"), `conf/it.toml:29: names "deep.er.one"`},
		{g.Serve.At("names", "none"), `conf/it.toml:26: names "none"`},
		{g.Serve.At("nothing"), "--nothing"},
	} {
		if c.got != c.want {
			t.Errorf("At: got %s, want %s", c.got, c.want)
		}
	}
}

func TestAnotherCommand(t *testing.T) {
	enter(t, map[string]string{"runrpc.toml": all})
	g, err := parse(t, "build", "--max-body", "1")
	if err != nil {
		t.Fatal(err)
	}
	if got := g.Build; got.Output != "of another command" || got.Addr != "localhost:1" || got.MaxBody != 1 || got.FileName() != "runrpc.toml" {
		t.Errorf("got %+v", got)
	}
	g, err = parse(t, "call")
	if err != nil || g.Call.Timeout != 0 || g.Quiet {
		t.Errorf("a command that reads no file has read it: %+v, %v", g, err)
	}
}

func TestPrecedence(t *testing.T) {
	for _, c := range []struct {
		name      string
		args      []string
		env, file string
		want, at  string
	}{
		{"default", nil, "", "", "localhost:8080", "--addr"},
		{"file", nil, "", "file", "file", "runrpc.toml:1: addr"},
		{"variable", nil, "variable", "", "variable", "RUNRPC_ADDR"},
		{"variable over file", nil, "variable", "file", "variable", "RUNRPC_ADDR"},
		{"flag over file", []string{"--addr=flag"}, "", "file", "flag", "--addr"},
		{"flag over all", []string{"--addr=flag"}, "variable", "file", "flag", "--addr"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{}
			if c.file != "" {
				files["runrpc.toml"] = "addr = \"" + c.file + "\"\n"
			}
			if c.env != "" {
				t.Setenv("RUNRPC_ADDR", c.env)
			}
			enter(t, files)
			g, err := parse(t, c.args...)
			if err != nil || g.Serve.Addr != c.want || g.Serve.At("addr") != c.at {
				t.Errorf("got %q from %s, %v; want %q from %s", g.Serve.Addr, g.Serve.At("addr"), err, c.want, c.at)
			}
		})
	}
}

func TestArguments(t *testing.T) {
	enter(t, map[string]string{"runrpc.toml": `packages = ["file"]`})
	t.Run("file", func(t *testing.T) { wantPackages(t, []string{"file"}) })
	t.Run("command line", func(t *testing.T) { wantPackages(t, []string{"a", "b"}, "a", "b") })
	t.Run("variable", func(t *testing.T) {
		t.Setenv("RUNRPC_PACKAGES", "c,d")
		wantPackages(t, []string{"c", "d"})
		wantPackages(t, []string{"a"}, "a")
	})
}

func wantPackages(t *testing.T, want []string, args ...string) {
	t.Helper()
	g, err := parse(t, args...)
	if diff := cmp.Diff(want, g.Serve.Packages); err != nil || diff != "" {
		t.Errorf("%v: %v (-want +got):\n%s", args, err, diff)
	}
}

func TestFound(t *testing.T) {
	enter(t, map[string]string{
		"runrpc.toml":     `addr = "here"`,
		"sub/runrpc.toml": `addr = "sub"`,
		"sub/f.go":        "",
		"bare/b.go":       "",
		"x.toml":          `addr = "x"`,
	})
	for _, c := range []struct {
		name string
		args []string
		env  string
		want string
	}{
		{"nothing served", nil, "", "here"},
		{"a directory", []string{"sub"}, "", "sub"},
		{"all in a directory", []string{"./sub/..."}, "", "sub"},
		{"a file", []string{"sub/f.go"}, "", "sub"},
		{"a file without its suffix", []string{"./sub/f"}, "", "sub"},
		{"a directory without one", []string{"bare"}, "", "here"},
		{"several", []string{"sub", "bare"}, "", "here"},
		{"an import path", []string{"example.com/x"}, "", "here"},
		{"named", []string{"--config=x.toml", "sub"}, "", "x"},
		{"named by the variable", []string{"sub"}, "x.toml", "x"},
		{"named twice", []string{"--config=sub/runrpc.toml"}, "x.toml", "sub"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.env != "" {
				t.Setenv("RUNRPC_CONFIG", c.env)
			}
			if g, err := parse(t, c.args...); err != nil || g.Serve.Addr != c.want {
				t.Errorf("got %q, %v; want %q", g.Serve.Addr, err, c.want)
			}
		})
	}
}

func TestVariables(t *testing.T) {
	enter(t, nil)
	for name, value := range map[string]string{
		"RUNRPC_MAX_BODY": "5", "RUNRPC_HOSTS": "a,b", "RUNRPC_ROOT": "true", "RUNRPC_TIMEOUT": "7s",
		"RUNRPC_STATIC": "/=/srv", "RUNRPC_WATCH": "false", "RUNRPC_QUIET": "1", "RUNRPC_SECRET": "x", "-": "x", "RUNRPC_CALL_TIMEOUT": "9s",
	} {
		t.Setenv(name, value)
	}
	g, err := parse(t)
	if err != nil {
		t.Fatal(err)
	}
	no := false
	want := Values{
		Addr: "localhost:8080", MaxBody: 5, Timeout: 7 * time.Second, Root: true, Watch: &no,
		Hosts: []string{"a", "b"}, Log: "text", Static: map[string]string{"/": "/srv"},
	}
	if diff := cmp.Diff(want, g.Serve.Values); diff != "" || !g.Quiet {
		t.Error("(-want +got):\n" + diff)
	}
	if g, err = parse(t, "call"); err != nil || g.Call.Timeout != 9*time.Second {
		t.Errorf("call: got %v, %v", g.Call, err)
	}
}

func TestReload(t *testing.T) {
	enter(t, map[string]string{"runrpc.toml": "addr = \"one\"\nhosts = [\"a\"]\n"})
	g, err := parse(t, "--max-body=3", "x")
	if err != nil {
		t.Fatal(err)
	}
	change := func(text string) error {
		t.Helper()
		if err := os.WriteFile("runrpc.toml", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return g.Serve.Reload()
	}
	want := Values{Packages: []string{"x"}, Addr: "two", MaxBody: 3, Timeout: time.Second, Log: "text"}
	if err := change("addr = \"two\"\n\ntimeout = \"1s\"\n"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, g.Serve.Values); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	fault, ok := errors.AsType[*config.Error](change("addr = 3\n"))
	if !ok || fault.Line != 1 {
		t.Errorf("got the error %v", fault)
	}
	if diff := cmp.Diff(want, g.Serve.Values); diff != "" {
		t.Error("after a broken file (-want +got):\n" + diff)
	}
	if got, want := g.Serve.At("timeout"), "runrpc.toml:3: timeout"; got != want {
		t.Errorf("after a broken file: At: got %s, want %s", got, want)
	}
	if err := change("addr = \"three\"\n"); err != nil || g.Serve.Addr != "three" || g.Serve.Timeout != 0 {
		t.Errorf("got %+v, %v", g.Serve.Values, err)
	}
}
