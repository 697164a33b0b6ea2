package main_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// runrpc is the binary under test.
var runrpc string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "runrpc-test-")
	if err != nil {
		panic(err)
	}
	runrpc = filepath.Join(dir, "runrpc.exe")
	if out, err := exec.Command("go", "build", "-o", runrpc, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\n%v\n", out, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// patience is how long anything may take on a busy machine.
const patience = 2 * time.Minute

// A process is a runrpc that runs.
type process struct {
	t      testing.TB
	cmd    *exec.Cmd
	url    string
	banner string // what came on standard output before the URL
	stderr *output
	tmp    string        // its directory for temporary files
	closed chan struct{} // when standard output ends
	once   sync.Once
	err    error
}

// output keeps what a process writes. It is safe for concurrent use.
type output struct {
	mu    sync.Mutex
	text  bytes.Buffer
	wrote chan struct{} // closed and renewed at each write
}

func newOutput() *output { return &output{wrote: make(chan struct{})} }

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.wrote)
	o.wrote = make(chan struct{})
	return o.text.Write(p)
}

func (o *output) read() (string, <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String(), o.wrote
}

func (o *output) String() string {
	text, _ := o.read()
	return text
}

// await waits until the output contains text.
func (o *output) await(t testing.TB, text string) {
	t.Helper()
	limit := time.After(patience)
	for {
		have, more := o.read()
		if strings.Contains(have, text) {
			return
		}
		select {
		case <-more:
		case <-limit:
			t.Fatalf("found no %q in:\n%s", text, have)
		}
	}
}

// command prepares runrpc in dir, with a directory of its own for temporary files. The network is off,
// since nothing here may need it, and nothing is debugged, which halves the time to link.
func command(t testing.TB, dir string, args ...string) (*exec.Cmd, string) {
	t.Helper()
	tmp := t.TempDir()
	// Not the test's context, which ends before its cleanup functions run.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, runrpc, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TMPDIR="+tmp, "GOPROXY=off", "GOFLAGS=-ldflags=-s")
	return cmd, tmp
}

// serve runs runrpc in dir on a free port, waits until it serves and ends it with the test.
func serve(t testing.TB, dir string, args ...string) *process {
	t.Helper()
	cmd, tmp := command(t, dir, append([]string{"--addr", "localhost:0"}, args...)...)
	return start(t, cmd, tmp)
}

var served = regexp.MustCompile(`^Serving at (https?://\S+), Ctrl-C stops\.$`)

// start starts a prepared runrpc, which must end with exit code 0.
func start(t testing.TB, cmd *exec.Cmd, tmp string) *process {
	t.Helper()
	return startEnding(t, cmd, tmp, 0)
}

// startEnding starts a prepared runrpc, which must end with an exit code.
func startEnding(t testing.TB, cmd *exec.Cmd, tmp string, want int) *process {
	t.Helper()
	p, out := launch(t, cmd, tmp, want)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if match := served.FindStringSubmatch(lines.Text()); match != nil {
			p.url = match[1]
			break
		}
		p.banner += lines.Text() + "\n"
	}
	go p.discard(out)
	if p.url == "" {
		_ = p.cmd.Wait()
		t.Fatalf("it does not serve; stdout:\n%s\nstderr:\n%s", p.banner, p.stderr)
	}
	return p
}

// startQuiet starts a prepared runrpc that says nothing, and waits until it answers at addr.
func startQuiet(t testing.TB, cmd *exec.Cmd, tmp, addr string) *process {
	t.Helper()
	p, out := launch(t, cmd, tmp, 0)
	p.url = "http://" + addr + "/"
	go p.discard(out)
	for limit := time.Now().Add(patience); time.Now().Before(limit); {
		if conn, err := net.Dial("tcp", addr); err == nil {
			_ = conn.Close()
			return p
		}
	}
	t.Fatal("it does not serve; stderr:\n" + p.stderr.String())
	return nil
}

// launch starts a prepared runrpc, which must end with an exit code, and returns its standard output.
func launch(t testing.TB, cmd *exec.Cmd, tmp string, want int) (*process, *os.File) {
	t.Helper()
	stderr, ok := cmd.Stderr.(*output)
	if !ok {
		stderr = newOutput()
		cmd.Stderr = stderr
	}
	p := &process{t: t, cmd: cmd, tmp: tmp, closed: make(chan struct{}), stderr: stderr}
	// A pipe of our own: Wait closes that of StdoutPipe before the program that runrpc runs has ended.
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout = in
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = in.Close()
	t.Cleanup(func() {
		if code := p.stop(); code != want {
			t.Errorf("exit code %d, want %d, stderr:\n%s", code, want, p.stderr)
		}
	})
	return p, out
}

// discard reads what is left of standard output.
func (p *process) discard(out *os.File) {
	_, _ = io.Copy(io.Discard, out)
	_ = out.Close()
	close(p.closed)
}

// stop interrupts the process, waits for its end and returns the exit code. Nothing temporary remains.
func (p *process) stop() int {
	_ = p.cmd.Process.Signal(os.Interrupt)
	return p.wait()
}

// wait waits for the end and returns the exit code.
func (p *process) wait() int {
	p.once.Do(func() {
		p.err = p.cmd.Wait()
		<-p.closed
		assertEmpty(p.t, p.tmp)
	})
	return p.cmd.ProcessState.ExitCode()
}

// separate makes each request over a connection of its own. A server that is left closes those without a
// call after a while, and what a client sends at that very moment is lost, whatever the server does.
var separate = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

// call sends one request and returns the answer.
func (p *process) call(method, params string) string {
	p.t.Helper()
	body := fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s,"id":1}`, method, params)
	resp, err := separate.Post(p.url, "application/json", strings.NewReader(body))
	if err != nil {
		p.t.Error(err)
		return ""
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Error(err)
	}
	return strings.TrimSpace(string(answer))
}

// wantResult calls a method and compares its result.
func (p *process) wantResult(method, params, result string) {
	p.t.Helper()
	want := fmt.Sprintf(`{"jsonrpc":"2.0","result":%s,"id":1}`, result)
	if got := p.call(method, params); got != want {
		p.t.Errorf("%s %s\ngot  %s\nwant %s", method, params, got, want)
	}
}

// wantCode calls a method and compares the code of its error.
func (p *process) wantCode(method, params string, code int) {
	p.t.Helper()
	if got := p.call(method, params); !strings.Contains(got, fmt.Sprintf(`"code":%d`, code)) {
		p.t.Errorf("%s %s\ngot  %s\nwant the error %d", method, params, got, code)
	}
}

// fails runs runrpc in dir, which must end with exit code 1, and returns what it wrote.
func fails(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd, tmp := command(t, dir, args...)
	return failed(t, cmd, tmp)
}

func failed(t *testing.T, cmd *exec.Cmd, tmp string) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code != 1 {
		t.Errorf("exit code %d (%v), want 1", code, err)
	}
	if strings.Contains(string(out), "goroutine ") {
		t.Errorf("found a stack trace:\n%s", out)
	}
	assertEmpty(t, tmp)
	return string(out)
}

func assertEmpty(t testing.TB, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Error(err)
	}
	for _, e := range entries {
		t.Errorf("left behind: %s", filepath.Join(dir, e.Name()))
	}
}
