package main_test

import (
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// A tty is a runrpc at a terminal of its own.
type tty struct {
	*project
	keyboard *os.File
}

var shownAt = regexp.MustCompile(`Serving at (?:\x1b\[36m)?(http://[^ \x1b]+)`)

// atTerminal runs runrpc in a new module at a terminal, and waits until it serves.
func atTerminal(t *testing.T, width uint16, env []string, args ...string) *tty {
	t.Helper()
	y := launchAtTerminal(t, width, env, args...)
	y.url = shownAt.FindStringSubmatch(y.next("Ctrl-C stops."))[1]
	return y
}

// launchAtTerminal runs runrpc in a new module at a terminal, until Ctrl-C is pressed at the end of the test.
func launchAtTerminal(t *testing.T, width uint16, env []string, args ...string) *tty {
	t.Helper()
	dir := editable(t, files{"go.mod": userModule, "hello/h.go": "package hello\n\n// Say says a word. It does.\nfunc Say(loud bool) string { return \"one\" }\n"})
	cmd, tmp := command(t, dir, append([]string{"--addr", "localhost:0", "hello"}, args...)...)
	cmd.Env = append(append(cmd.Env, "TERM=xterm", "NO_COLOR=", "FORCE_COLOR=", "CLICOLOR_FORCE="), env...)
	ours, theirs := openTerminal(t, width)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs, theirs, theirs
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = theirs.Close()
	p := &process{t: t, cmd: cmd, tmp: tmp, stderr: newOutput(), closed: make(chan struct{})}
	go func() {
		_, _ = io.Copy(p.stderr, ours) // it fails when nobody has the other end any more
		close(p.closed)
	}()
	y := &tty{project: &project{process: p, dir: dir}, keyboard: ours}
	t.Cleanup(y.interrupt)
	return y
}

// interrupt presses Ctrl-C and waits for the end.
func (y *tty) interrupt() {
	if _, err := y.keyboard.WriteString("\x03"); err != nil && y.cmd.ProcessState == nil {
		y.t.Error(err)
	}
	if code := y.wait(); code != 0 {
		y.t.Errorf("exit code %d, want 0:\n%s", code, y.stderr)
	}
}

// shown returns all that was shown, as the lines that they are on any terminal.
func (y *tty) shown() string { return strings.ReplaceAll(y.stderr.String(), "\r\n", "\n") }

var coloured = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// At a terminal edits are watched, and what is shown is in colour.
func TestTerminal(t *testing.T) {
	t.Parallel()
	y := atTerminal(t, 80, nil)
	y.next("Edits are served as you save them.")
	if want := "\x1b[1mhello.say\x1b[0m(loud bool)  \x1b[2mSay says a word.\x1b[0m\n"; !strings.Contains(y.shown(), want) {
		t.Errorf("found no %q in:\n%q", want, y.shown())
	}
	y.wantResult("hello.say", `[true]`, `"one"`)
	line := regexp.MustCompile(`^\x1b\[2m\d\d:\d\d:\d\d\x1b\[0m hello\.say        \x1b\[2m +\d+(\.\d)? (µs|ms)\x1b\[0m\r\n$`)
	if got := y.next("hello.say "); !line.MatchString(got) {
		t.Errorf("got the log line %q", got)
	}
	y.edit("hello/h.go", "package hello\n\nfunc Say() string {\n\treturn 1\n}\n")
	got := strings.ReplaceAll(y.next("until an edit mends it"), "\r\n", "\n")
	want := "\x1b[1mhello/h.go:4:9:\x1b[0m \x1b[31mcannot use 1 (untyped int constant) as string value in return statement\x1b[0m\n" +
		"\x1b[2m    4 | \x1b[0m    return 1\n\x1b[2m      | \x1b[0m           \x1b[31m^\x1b[0m\n"
	if !strings.Contains(got, want) {
		t.Errorf("found no %q in:\n%q", want, got)
	}
	y.edit("hello/h.go", say("two"))
	y.next("hello/h.go changed: mended, serving again after ")
	y.wantResult("hello.say", `[]`, `"two"`)
	y.interrupt()
	if !strings.Contains(y.shown(), "^Crunrpc: finishing the calls that have begun; once more ends them\n") {
		t.Errorf("found no word on the end in:\n%s", y.shown())
	}
}

func TestTerminalWithoutColour(t *testing.T) {
	t.Parallel()
	for _, env := range []string{"NO_COLOR=1", "TERM=dumb"} {
		t.Run(env, func(t *testing.T) {
			t.Parallel()
			y := atTerminal(t, 80, []string{env})
			y.wantResult("hello.say", `[true]`, `"one"`)
			y.next("hello.say ")
			if found := coloured.FindString(y.shown()); found != "" {
				t.Errorf("found %q in:\n%q", found, y.shown())
			}
		})
	}
}

func TestTerminalFlags(t *testing.T) {
	t.Parallel()
	y := atTerminal(t, 30, []string{"NO_COLOR=1"}, "--no-watch", "--log=json")
	y.wantResult("hello.say", `[true]`, `"one"`)
	if got := y.next(`"message":"call"`); !strings.Contains(got, `{"level":"info"`) {
		t.Errorf("got the log line %s", got)
	}
	if want := "hello.say(loud bool)\n    Say says a word.\n"; !strings.Contains(y.shown(), want) {
		t.Errorf("found no %q in:\n%s", want, y.shown())
	}
	if strings.Contains(y.shown(), "Edits") {
		t.Error("edits are watched")
	}
}

// What takes long is told while it does, in a line that goes again.
func TestTerminalProgress(t *testing.T) {
	t.Parallel()
	goPath, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	bin, gate := t.TempDir(), t.TempDir()+"/gate"
	if err := syscall.Mkfifo(gate, 0o600); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nif [ \"$1\" = build ]; then echo 'go: downloading example.com/dep v1.2.3' >&2; cat '" + gate + "'; fi\nexec '" + goPath + "' \"$@\"\n"
	if err := os.WriteFile(bin+"/go", []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	y := launchAtTerminal(t, 80, []string{"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH")})
	y.stderr.await(t, "\r\x1b[Krunrpc: downloading example.com/dep v1.2.3 ...")
	file, err := os.OpenFile(gate, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_ = file.Close()
	if got := y.next("Ctrl-C stops."); !strings.Contains(got, "v1.2.3 ...\r\x1b[K\x1b[1mhello.say") {
		t.Errorf("the line has not gone: %q", got)
	}
}
