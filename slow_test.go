package jsonrpc_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc"
)

// slowly is a body that comes in parts, until it is given up.
type slowly struct {
	parts   []string
	pause   time.Duration
	givenUp chan struct{}
	once    sync.Once
}

// Close gives up: a client that has its answer sends no more.
func (s *slowly) Close() error {
	s.once.Do(func() { close(s.givenUp) })
	return nil
}

func newSlowly(pause time.Duration, parts ...string) *slowly {
	return &slowly{parts: parts, pause: pause, givenUp: make(chan struct{})}
}

func (s *slowly) Read(p []byte) (int, error) {
	if len(s.parts) == 0 {
		return 0, io.EOF
	}
	select {
	case <-time.After(s.pause):
	case <-s.givenUp:
		return 0, io.ErrUnexpectedEOF
	}
	n := copy(p, s.parts[0])
	if s.parts[0] = s.parts[0][n:]; s.parts[0] == "" {
		s.parts = s.parts[1:]
	}
	return n, nil
}

// The time for the body and the time for the answer are counted one after the other.
func TestSlowBody(t *testing.T) {
	for _, c := range []struct {
		name   string
		pause  time.Duration
		status int
		took   time.Duration
	}{
		{"in time", 9 * time.Second, http.StatusOK, 57 * time.Second}, // 3 pauses and the default Timeout
		{"too late", 11 * time.Second, http.StatusRequestTimeout, 30 * time.Second},
		{"far too late", time.Hour, http.StatusRequestTimeout, 30 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			var g *gate
			inBubbles(t, func() jsonrpc.RPC { g = newGate(); return g.registry() }, jsonrpc.Options{}, func(t *testing.T, client pipeClient) {
				if strings.Contains(t.Name(), "opaque") {
					close(g.open) // nothing can stop a read through a ResponseWriter that hides the server's
					return
				}
				body := newSlowly(c.pause, waitMsg[:5], waitMsg[5:9], waitMsg[9:])
				start := time.Now()
				got := roundTrip(t, client.client, newPost(t, http.MethodPost, "http://rpc.example/", body))
				if took := time.Since(start); got.StatusCode != c.status || took != c.took {
					t.Errorf("status %d after %v, want %d after %v", got.StatusCode, took, c.status, c.took)
				}
				if c.status == http.StatusOK {
					sameAnswer(t, got.body, timedOutFor("1"))
				} else {
					plainText(t, got, c.status, "the body did not arrive in time\n")
				}
				body.Close()
				close(g.open)
			})
		})
	}
}

// ReadTimeout lifted: a body may take its time.
func TestSlowBodyWithoutReadTimeout(t *testing.T) {
	inBubbles(t, wireService, jsonrpc.Options{ReadTimeout: -1}, func(t *testing.T, client pipeClient) {
		body := newSlowly(1000*time.Hour, getData[:5], getData[5:])
		got := roundTrip(t, client.client, newPost(t, http.MethodPost, "http://rpc.example/", body))
		sameAnswer(t, answerOf(t, got), pinged("1"))
	})
}
