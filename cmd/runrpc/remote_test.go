package main_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// A peer is a server that answers as a test says, and keeps what it was sent.
type peer struct {
	*httptest.Server
	mu   sync.Mutex
	sent []string // the bodies of the POSTs
	last *http.Request

	posted chan struct{} // has one when something was sent
}

// newPeer starts a server that answers each POST with the same.
func newPeer(t *testing.T, answer string) *peer {
	t.Helper()
	return newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, answer)
	})
}

// newPeerFunc starts a server that answers by a function, which gets the body, too.
func newPeerFunc(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, body string)) *peer {
	t.Helper()
	p := &peer{posted: make(chan struct{}, 1)}
	p.Server = httptest.NewServer(p.keeping(answer))
	t.Cleanup(p.Close)
	return p
}

func (p *peer) keeping(answer func(w http.ResponseWriter, r *http.Request, body string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		if r.Method == http.MethodPost {
			p.sent = append(p.sent, string(body))
		}
		p.last = r
		p.mu.Unlock()
		select {
		case p.posted <- struct{}{}:
		default:
		}
		answer(w, r, string(body))
	})
}

// received returns what has been posted, and forgets it.
func (p *peer) received() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	sent := p.sent
	p.sent = nil
	return sent
}

// request returns the last request.
func (p *peer) request() *http.Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

// An outcome is what a command came to.
type outcome struct {
	Code           int
	Stdout, Stderr string
}

// A client is a run of runrpc that speaks to a server.
type client struct {
	dir   string // "" : the current one
	stdin string
	env   []string
}

// run runs runrpc to its end.
func (c client) run(t *testing.T, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, runrpc, args...)
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = c.dir, strings.NewReader(c.stdin), &stdout, &stderr
	cmd.Env = append(append(os.Environ(), "NO_PROXY=*"), c.env...)
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Fatalf("%q did not end: %v", args, err)
	}
	if strings.Contains(stderr.String(), "goroutine ") {
		t.Errorf("%q: found a stack trace:\n%s", args, stderr.String())
	}
	return outcome{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}
