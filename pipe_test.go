package jsonrpc_test

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/runrpc/jsonrpc"
)

// pipes is a listener without a network: in a bubble of synctest, time stands still while
// clients and server work, and passes at once while all of them wait.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	select {
	case <-p.done:
	default:
		close(p.done)
	}
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes", Net: "unix"} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.conns <- theirs:
		return ours, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// The ways for HTTP to come over pipes: what version, and with what around the server's
// ResponseWriter.
var pipeways = []struct {
	name string
	two  bool
	wrap func(http.Handler) http.Handler
}{
	{"HTTP/1.1", false, func(h http.Handler) http.Handler { return h }},
	{"HTTP/1.1, wrapped ResponseWriter", false, wrapped},
	{"HTTP/1.1, opaque ResponseWriter", false, opaque},
	{"HTTP/2", true, func(h http.Handler) http.Handler { return h }},
}

// opaque hides what else the server's ResponseWriter can do.
func opaque(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(struct{ http.ResponseWriter }{w}, r)
	})
}

// pipeClient is a client of an Application in a bubble.
type pipeClient struct {
	t      *testing.T
	app    *jsonrpc.Application
	client *http.Client
}

func (c pipeClient) send(msg string) httpAnswer {
	got := roundTrip(c.t, c.client, newPost(c.t, http.MethodPost, "http://rpc.example/", strings.NewReader(msg)))
	if two := strings.Contains(c.t.Name(), "HTTP/2"); two != (got.ProtoMajor == 2) {
		c.t.Errorf("the answer came over %s", got.Proto)
	}
	return got
}

// inBubbles runs a test in a bubble for each way over pipes. Procedures must have returned when
// it ends.
func inBubbles(t *testing.T, r func() jsonrpc.RPC, opts jsonrpc.Options, test func(t *testing.T, c pipeClient)) {
	t.Helper()
	for _, way := range pipeways {
		t.Run(way.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				app := newApp(t, r(), &opts)
				var protocols http.Protocols
				protocols.SetHTTP1(!way.two)
				protocols.SetUnencryptedHTTP2(way.two)
				lis := newPipes()
				srv := &http.Server{Handler: way.wrap(app), Protocols: &protocols, ErrorLog: log.New(io.Discard, "", 0)}
				go srv.Serve(lis)
				tr := &http.Transport{DialContext: lis.dial, Protocols: &protocols}
				test(t, pipeClient{t, app, &http.Client{Transport: tr}})
				tr.CloseIdleConnections()
				srv.Close()
			})
		})
	}
}
