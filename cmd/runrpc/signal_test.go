//go:build unix

package main_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const draining = "runrpc: finishing the calls that have begun"

// slow has a function that asks the gate at url whether to go on.
var slow = files{"go.mod": userModule, "slow/s.go": `
package slow

import "net/http"

func Pass(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}
`}

// A gate lets calls wait in it.
type gate struct {
	*httptest.Server
	entered chan struct{}
	open    chan struct{}
}

func newGate(t *testing.T) gate {
	g := gate{entered: make(chan struct{}, 8), open: make(chan struct{})}
	g.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		g.entered <- struct{}{}
		select {
		case <-g.open:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(g.Close)
	return g
}

// blocked starts a call that waits in the gate, and returns its answer to come.
func (g gate) blocked(t *testing.T, p *process) <-chan string {
	t.Helper()
	answer := make(chan string, 1)
	go func() { answer <- p.call("slow.pass", `["`+g.URL+`"]`) }()
	select {
	case <-g.entered:
	case <-time.After(patience):
		t.Fatal("the call has not come")
	}
	return answer
}

// closedTo waits until p takes no calls any more.
func (g gate) closedTo(t *testing.T, p *process) {
	t.Helper()
	for limit := time.Now().Add(patience); time.Now().Before(limit); {
		resp, err := http.Post(p.url, "application/json", strings.NewReader("{}"))
		if err != nil {
			return
		}
		_ = resp.Body.Close()
	}
	t.Error("it takes calls while it drains")
}

func TestDrain(t *testing.T) {
	t.Parallel()
	dir := write(t, slow)
	tests := map[string]func(p *process) error{
		"interrupt": func(p *process) error { return p.cmd.Process.Signal(os.Interrupt) },
		"terminate": func(p *process) error { return p.cmd.Process.Signal(syscall.SIGTERM) },
		"hang up":   func(p *process) error { return p.cmd.Process.Signal(syscall.SIGHUP) },
		// As a terminal does it: to runrpc and to the program that it runs.
		"Ctrl-C": func(p *process) error { return syscall.Kill(-p.cmd.Process.Pid, syscall.SIGINT) },
	}
	for name, end := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "hang up" && signal.Ignored(syscall.SIGHUP) {
				t.Skip("hang-ups are ignored here, as under nohup, and runrpc keeps to that")
			}
			cmd, tmp := command(t, dir, "--addr", "localhost:0", "slow")
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			p, g := start(t, cmd, tmp), newGate(t)
			answer := g.blocked(t, p)
			if err := end(p); err != nil {
				t.Fatal(err)
			}
			p.stderr.await(t, draining)
			g.closedTo(t, p)
			close(g.open)
			if got, want := <-answer, `{"jsonrpc":"2.0","result":200,"id":1}`; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			if code := p.wait(); code != 0 {
				t.Errorf("exit code %d, want 0", code)
			}
		})
	}
}

func TestSecondSignal(t *testing.T) {
	t.Parallel()
	dir := write(t, slow)
	for name, target := range map[string]int{"to runrpc": 1, "to both, as a terminal does": -1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd, tmp := command(t, dir, "--addr", "localhost:0", "slow")
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			p := startEnding(t, cmd, tmp, 1)
			g := newGate(t)
			body := `{"jsonrpc":"2.0","method":"slow.pass","params":["` + g.URL + `"],"id":1}`
			go func() { // no answer comes
				if resp, err := http.Post(p.url, "application/json", strings.NewReader(body)); err == nil {
					_ = resp.Body.Close()
				}
			}()
			<-g.entered
			for range 2 {
				if err := syscall.Kill(target*cmd.Process.Pid, syscall.SIGINT); err != nil {
					t.Fatal(err)
				}
				p.stderr.await(t, draining)
			}
			if code := p.wait(); code != 1 {
				t.Errorf("exit code %d, want 1", code)
			}
		})
	}
}

// The program does not outlive a runrpc that is killed. Only here something temporary remains.
func TestKilled(t *testing.T) {
	t.Parallel()
	cmd, _ := command(t, write(t, slow), "--addr", "localhost:0", "slow")
	p := startEnding(t, cmd, t.TempDir(), -1)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.stderr.await(t, draining)
	<-p.closed
}

// Its exit code is that of a program that ends by itself.
func TestExitCode(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"go.mod": userModule, "end/e.go": "package end\n\nimport \"os\"\n\nfunc End(code int) { os.Exit(code) }\n"})
	cmd, tmp := command(t, dir, "--addr", "localhost:0", "end")
	p := startEnding(t, cmd, tmp, 7)
	if _, err := http.Post(p.url, "application/json", strings.NewReader(`{"jsonrpc":"2.0","method":"end.end","params":[7],"id":1}`)); err == nil {
		t.Error("found an answer")
	}
	if code := p.wait(); code != 7 {
		t.Errorf("exit code %d, want 7", code)
	}
}

// A binary by itself finishes its calls, too, and ends at once at a second signal.
func TestBuiltDrain(t *testing.T) {
	t.Parallel()
	binary, _ := built(t, slow, "--addr=localhost:0", "slow")
	for name, times := range map[string]int{"once": 1, "twice": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd, tmp := command(t, t.TempDir())
			cmd.Path = binary
			p := startEnding(t, cmd, tmp, map[int]int{1: 0, 2: -1}[times])
			g := newGate(t)
			answer := make(chan string, 1)
			go func() {
				text, _ := post(http.DefaultClient, p.url, `{"jsonrpc":"2.0","method":"slow.pass","params":["`+g.URL+`"],"id":1}`)
				answer <- text
			}()
			<-g.entered
			for range times {
				if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
					t.Fatal(err)
				}
				p.stderr.await(t, ": finishing the calls that have begun; once more ends them\n")
			}
			want := ""
			if times == 1 {
				close(g.open)
				want = `{"jsonrpc":"2.0","result":200,"id":1}`
			}
			if got := <-answer; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			p.wait()
		})
	}
}

// A signal during the build ends that, too.
func TestInterruptedBuild(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"go.mod": userModule, "hello/h.go": hello})
	goPath, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	script := "#!/bin/sh\n[ \"$1\" = build ] || exec '" + goPath + "' \"$@\"\necho building >&2\nexec sleep 600\n"
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd, tmp := command(t, dir, "hello")
	cmd.Env = append(cmd.Env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	stderr := newOutput()
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stderr.await(t, "building")
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code, want := cmd.ProcessState.ExitCode(), "building\nrunrpc: interrupted\n"; code != 1 || stderr.String() != want {
		t.Errorf("exit code %d, stderr %q; want 1 and %q", code, stderr, want)
	}
	assertEmpty(t, tmp)
}
