package main

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc"
)

// patienceOfTests is how long anything may take on a busy machine.
const patienceOfTests = time.Minute

// A place is an address at which servers serve one after the other.
type place struct {
	t    *testing.T
	ln   *net.TCPListener
	tls  *tls.Config // nil: none
	gate chan struct{}
}

func newPlace(t *testing.T) *place {
	t.Helper()
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	return &place{t: t, ln: ln.(*net.TCPListener), gate: make(chan struct{})}
}

// serve starts a server whose function say answers with a word, and wait with it once the gate is open.
func (p *place) serve(word string) (s *server, waiting <-chan struct{}) {
	p.t.Helper()
	entered := make(chan struct{}, 1)
	app, err := jsonrpc.NewApplication(jsonrpc.RPC{
		"say": func() string { return word },
		"wait": func() string {
			entered <- struct{}{}
			<-p.gate
			return word
		},
	}, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	file, err := p.ln.File()
	if err != nil {
		p.t.Fatal(err)
	}
	defer file.Close()
	ln, err := net.FileListener(file)
	if err != nil {
		p.t.Skip("this system hands no sockets on:", err)
	}
	if p.tls != nil {
		ln = tls.NewListener(ln, p.tls)
	}
	s = newServer(app, app)
	s.start(ln)
	p.t.Cleanup(func() { _ = s.http.Close() })
	return s, entered
}

// A caller is a client that keeps its connection.
type caller struct {
	t      *testing.T
	url    string
	client *http.Client
	reused bool // the last call's connection
	close  bool // it was asked to close it
}

func (p *place) caller() *caller {
	c := &caller{t: p.t, url: "http://" + p.ln.Addr().String(), client: &http.Client{Timeout: patienceOfTests, Transport: &http.Transport{}}}
	if p.tls != nil {
		c.url = "https://" + p.ln.Addr().String()
		c.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}
	}
	p.t.Cleanup(c.client.CloseIdleConnections)
	return c
}

// call calls a method and returns the word.
func (c *caller) call(method string) string {
	ctx := httptrace.WithClientTrace(context.Background(), &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { c.reused = i.Reused }})
	body := strings.NewReader(`{"jsonrpc":"2.0","method":"` + method + `","id":1}`)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, body)
	if err != nil {
		c.t.Error(err)
		return ""
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := c.client.Do(r)
	if err != nil {
		c.t.Error(err)
		return ""
	}
	defer resp.Body.Close()
	c.close = resp.Close
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Error(err)
	}
	text := strings.TrimSuffix(strings.TrimPrefix(string(answer), `{"jsonrpc":"2.0","result":"`), "\",\"id\":1}")
	return text
}

func (c *caller) want(word string, reused, closed bool) {
	c.t.Helper()
	if got := c.call("say"); got != word || c.reused != reused || c.close != closed {
		c.t.Errorf("got %q, connection reused %t and to be closed %t; want %q, %t, %t", got, c.reused, c.close, word, reused, closed)
	}
}

// drained drains a server in the background.
func drained(s *server, idle time.Duration, hurry <-chan struct{}) <-chan error {
	done := make(chan error, 1)
	go func() { done <- s.drain(patienceOfTests, idle, hurry) }()
	return done
}

func await(t *testing.T, done <-chan error) {
	t.Helper()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patienceOfTests):
		t.Error("it does not end")
	}
}

// A call that comes over an old connection is answered by the successor, and the next one goes there itself.
func TestSuccessor(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	old, waiting := p.serve("old")
	busy, kept := p.caller(), p.caller()
	kept.want("old", false, false)
	answer := make(chan string, 1)
	go func() { answer <- busy.call("wait") }()
	<-waiting
	p.serve("new")
	old.leave(successor())
	done := drained(old, patienceOfTests, nil)
	kept.want("new", true, true)
	kept.want("new", false, false)
	select {
	case err := <-done:
		t.Fatalf("it has ended with a call under way: %v", err)
	default:
	}
	close(p.gate)
	if got := <-answer; got != "old" {
		t.Errorf("got %q, want the answer of the server that began the call", got)
	}
	busy.want("new", true, true) // it was answered before the server could ask it to leave
	await(t, done)
}

// A client that has been silent for longer than one may be has its time, too.
func TestSilentClient(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	old, _ := p.serve("old")
	kept := p.caller()
	kept.want("old", false, false)
	old.links.mu.Lock()
	for _, one := range old.links.open {
		one.since.Store(time.Now().Add(-time.Hour).UnixNano())
	}
	old.links.mu.Unlock()
	p.serve("new")
	old.leave(successor())
	done := drained(old, patienceOfTests, nil)
	kept.want("new", true, true)
	await(t, done)
}

// Over HTTP/2 it is the same, with a GOAWAY.
func TestSuccessorHTTP2(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	certified := httptest.NewUnstartedServer(nil)
	certified.StartTLS()
	certified.Close()
	p.tls = &tls.Config{Certificates: certified.TLS.Certificates, NextProtos: []string{"h2", "http/1.1"}}
	old, _ := p.serve("old")
	kept := p.caller()
	kept.want("old", false, false)
	kept.want("old", true, false)
	p.serve("new")
	old.leave(successor())
	kept.want("new", true, false)
	kept.want("new", false, false)
	await(t, drained(old, patienceOfTests, nil))
}

// A server without a successor answers what comes over old connections itself.
func TestLeave(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s, _ := p.serve("old")
	kept := p.caller()
	kept.want("old", false, false)
	s.leave(s.handler)
	done := drained(s, patienceOfTests, nil)
	kept.want("old", true, true)
	await(t, done)
}

// A connection over which nothing comes is closed in its time, or when there is a hurry.
func TestIdle(t *testing.T) {
	t.Parallel()
	hurry := make(chan struct{})
	close(hurry)
	for name, drain := range map[string]func(s *server) <-chan error{
		"in its time": func(s *server) <-chan error { return drained(s, time.Millisecond, nil) },
		"in a hurry":  func(s *server) <-chan error { return drained(s, patienceOfTests, hurry) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			s, _ := p.serve("old")
			p.caller().want("old", false, false)
			silent, err := net.Dial("tcp", p.ln.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer silent.Close()
			p.caller().want("old", false, false) // so the silent one has been accepted, too
			s.leave(s.handler)
			await(t, drain(s))
		})
	}
}

// A call that takes too long is cut off.
func TestCutOff(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s, waiting := p.serve("old")
	defer close(p.gate)
	go func() { // no answer comes
		if resp, err := http.Post(p.caller().url, "application/json", strings.NewReader(`{"jsonrpc":"2.0","method":"wait","id":1}`)); err == nil {
			_ = resp.Body.Close()
		}
	}()
	<-waiting
	s.leave(s.handler)
	err := s.drain(time.Millisecond, time.Millisecond, nil)
	if want := "calls that were under way are cut off after 1ms"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A request that has come before its connection is hung up is answered.
func TestHangUp(t *testing.T) {
	t.Parallel()
	client, theirs := net.Pipe()
	defer client.Close()
	hangUp(theirs) // of a kind that has no half to close
	if _, err := theirs.Read(make([]byte, 1)); err == nil {
		t.Error("found something to read")
	}

	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	conn, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	accepted, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer accepted.Close()
	if _, err := conn.Write([]byte("request")); err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 1)
	if _, err := io.ReadFull(accepted, first); err != nil { // so that all of it has come
		t.Fatal(err)
	}
	hangUp(accepted)
	rest, err := io.ReadAll(accepted)
	if string(first)+string(rest) != "request" || err != nil {
		t.Errorf("got %q (%v), want all of the request", string(first)+string(rest), err)
	}
}
