//go:build unix

package main_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A load calls a function all the time, over connections that are kept and over fresh ones by turns. What the
// function returns is the number of its version.
type load struct {
	t      *testing.T
	url    string
	least  atomic.Int64 // the version that is known to serve
	most   atomic.Int64 // the version that may do so already
	asked  atomic.Int64
	failed atomic.Int64
}

// rate is how often it calls.
const rate = 200 // a second

// run calls until stop is closed, and returns when all is answered.
func (l *load) run(stop <-chan struct{}) {
	clients := []*http.Client{
		{Transport: &http.Transport{MaxIdleConnsPerHost: rate}, Timeout: patience},
		{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience},
	}
	defer clients[0].CloseIdleConnections()
	pace := time.NewTicker(time.Second / rate)
	defer pace.Stop()
	var calls sync.WaitGroup
	defer calls.Wait()
	for n := 0; ; n++ {
		select {
		case <-pace.C:
			calls.Go(func() { l.call(clients[n%2]) })
		case <-stop:
			return
		}
	}
}

// call calls once. The answer must be that of a version which serves between the call's begin and its end.
func (l *load) call(client *http.Client) {
	l.asked.Add(1)
	least := l.least.Load()
	answer, err := post(client, l.url, `{"jsonrpc":"2.0","method":"hello.say","id":1}`)
	var got int64
	if err == nil {
		text := strings.TrimSuffix(strings.TrimPrefix(answer, `{"jsonrpc":"2.0","result":"`), `","id":1}`)
		got, err = strconv.ParseInt(text, 10, 64)
	}
	if most := l.most.Load(); err != nil || got < least || got > most {
		l.failed.Add(1)
		l.t.Errorf("got %q (%v), want the answer of a version from %d to %d", answer, err, least, most)
	}
}

// post sends a message and returns the answer.
func post(client *http.Client, url, message string) (string, error) {
	resp, err := client.Post(url, "application/json", strings.NewReader(message))
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	return strings.TrimSpace(string(answer)), err
}

// No call is lost while one version takes over from another, and none is answered by an old one afterwards.
func TestHandOver(t *testing.T) {
	t.Parallel()
	p := live(t, files{"go.mod": userModule, "hello/h.go": say("0")}, "--log=off", "hello")
	l := &load{t: t, url: p.url}
	stop := make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() { l.run(stop) })
	for version := int64(1); version <= 10; version++ {
		l.most.Store(version)
		p.edit("hello/h.go", say(fmt.Sprint(version)))
		p.next(again)
		l.least.Store(version)
		p.wantResult("hello.say", `[]`, fmt.Sprintf(`"%d"`, version))
	}
	close(stop)
	running.Wait()
	t.Logf("%d calls through ten reloads, %d failed", l.asked.Load(), l.failed.Load())
}

// A call that has begun is finished by the version that began it, and new ones do not wait for it.
func TestCallInFlight(t *testing.T) {
	t.Parallel()
	tree := files{"go.mod": userModule, "slow/s.go": slow["slow/s.go"]}
	p := live(t, tree, "slow")
	g := newGate(t)
	answer := g.blocked(t, p.process)
	p.edit("slow/s.go", strings.Replace(tree["slow/s.go"], "return resp.StatusCode", "return -resp.StatusCode", 1))
	p.next(again)
	other := newGate(t)
	close(other.open)
	p.wantResult("slow.pass", `["`+other.URL+`"]`, `-200`)
	select {
	case got := <-answer:
		t.Fatalf("answered before its time: %s", got)
	default:
	}
	close(g.open)
	if got, want := <-answer, `{"jsonrpc":"2.0","result":200,"id":1}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Ctrl-C waits for the calls of all versions, and for no idle connection.
func TestDrainAfterReload(t *testing.T) {
	t.Parallel()
	tree := files{"go.mod": userModule, "slow/s.go": slow["slow/s.go"]}
	p := live(t, tree, "slow")
	g := newGate(t)
	old := g.blocked(t, p.process)
	p.edit("slow/s.go", strings.Replace(tree["slow/s.go"], "return resp.StatusCode", "return -resp.StatusCode", 1))
	p.next(again)
	current := g.blocked(t, p.process)
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.next(draining)
	g.closedTo(t, p.process)
	close(g.open)
	for answer, want := range map[<-chan string]string{old: "200", current: "-200"} {
		if got, want := <-answer, `{"jsonrpc":"2.0","result":`+want+`,"id":1}`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if code := p.wait(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}
