//go:build unix

package doc_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// patience is how long a server may take to start on a busy machine.
const patience = 2 * time.Minute

// shown is the address that the documents show.
const shown = "localhost:8080"

// shell runs a document's commands in the checkout.
type shell struct {
	t    *testing.T
	addr string // where the servers listen instead
}

// TestShell runs the commands of the documents and compares what they print.
func TestShell(t *testing.T) {
	for _, program := range []string{"sh", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(err)
		}
	}
	for _, file := range documents {
		t.Run(file, func(t *testing.T) {
			var sh *shell
			for _, s := range read(t, file) {
				for _, b := range s.blocks {
					switch {
					case !b.is("sh"):
					case slices.Contains(b.words, "server"):
						sh = &shell{t, freeAddr(t)}
						sh.start(s, b)
					case b.output != nil:
						sh.run(s, b)
					}
				}
			}
		})
	}
}

func freeAddr(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return fmt.Sprintf("localhost:%d", ln.Addr().(*net.TCPAddr).Port)
}

func (sh *shell) command(text string) *exec.Cmd {
	cmd := exec.Command("sh", "-c", strings.ReplaceAll(text, shown, sh.addr))
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "GOPROXY=off")
	return cmd
}

// run runs a command.
func (sh *shell) run(s *section, b *block) {
	sh.t.Helper()
	out, err := sh.command(b.text).CombinedOutput()
	if err != nil {
		sh.t.Errorf("%s:%d: %v", s.file, b.line, err)
	}
	sh.compare(s, b, string(out))
}

func (sh *shell) compare(s *section, b *block, out string) {
	sh.t.Helper()
	got := strings.ReplaceAll(strings.ReplaceAll(out, "\r", ""), sh.addr, shown)
	if diff := cmp.Diff(plain(b.output.text), plain(got)); diff != "" {
		sh.t.Errorf("%s:%d: output (-want +got):\n%s", s.file, b.output.line, diff)
	}
}

// start starts a server, which prints what the document shows and goes on until the test ends.
func (sh *shell) start(s *section, b *block) {
	sh.t.Helper()
	cmd := sh.command(strings.TrimSpace(b.text) + " --addr " + sh.addr)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out := &output{until: len(strings.Split(strings.TrimSpace(b.output.text), "\n")), ready: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		sh.t.Fatal(err)
	}
	sh.t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
		_ = cmd.Wait() // go run says that the signal ended it
	})
	select {
	case <-out.ready:
	case <-time.After(patience):
	}
	sh.compare(s, b, out.String())
}

// output collects what a server prints. It is ready after so many lines.
type output struct {
	until int
	ready chan struct{}

	mu   sync.Mutex
	text strings.Builder
	done bool
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Write(p)
	if !o.done && strings.Count(o.text.String(), "\n") >= o.until {
		o.done = true
		close(o.ready)
	}
	return len(p), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
