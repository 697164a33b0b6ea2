package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// A server is the HTTP server of an Application, which can be left without losing a request.
type server struct {
	app     *jsonrpc.Application
	handler http.Handler
	http    *http.Server
	links   *links
	next    atomic.Pointer[http.Handler] // answers instead once the server is left

	ln    net.Listener
	ended chan error // of http.Serve
}

func newServer(app *jsonrpc.Application, handler http.Handler) *server {
	s := &server{app: app, handler: handler, links: newLinks(), ended: make(chan error, 1)}
	// Not the Application's own server: at its Shutdown the Application refuses calls at once, those too
	// that come on connections which were there before.
	own := app.Server("")
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: own.ReadHeaderTimeout,
		IdleTimeout:       own.IdleTimeout,
		MaxHeaderBytes:    own.MaxHeaderBytes,
		ConnContext:       s.links.add,
		ConnState:         s.links.remove,
	}
	return s
}

// secure makes it speak TLS, if there is a certificate.
func (s *server) secure(files settings.Certificate) error {
	if !files.Given() {
		return nil
	}
	cert, err := readCertificate(files.Cert, files.Key)
	if err == nil {
		s.http.TLSConfig = cert.config()
	}
	return err
}

// start begins to answer calls.
func (s *server) start(ln net.Listener) {
	s.ln = ln
	serve := s.http.Serve
	if s.http.TLSConfig != nil {
		serve = func(ln net.Listener) error { return s.http.ServeTLS(ln, "", "") }
	}
	go func() { s.ended <- serve(ln) }()
}

// ServeHTTP answers a request. When the server is left its client is told to leave, too.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l := linkOf(r)
	l.begin()
	defer l.end()
	if next := s.next.Load(); next != nil {
		w.Header().Set("Connection", "close") // over HTTP/2 net/http makes it a GOAWAY
		(*next).ServeHTTP(w, r)
		return
	}
	s.handler.ServeHTTP(w, r)
}

// leave takes no new connections, and has next answer what comes on those that are there. When it returns, all
// that were accepted are known.
func (s *server) leave(next http.Handler) {
	s.next.Store(&next)
	_ = s.ln.Close()
	<-s.ended
}

// drain finishes the calls that have begun, after leave. It waits until the clients have left: a connection
// that has no request for the time idle is closed, and one that comes at that moment is lost. When hurry is
// closed it waits for the calls alone.
func (s *server) drain(limit, idle time.Duration, hurry <-chan struct{}) error {
	ctx := context.Background()
	if limit > 0 {
		limited, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		ctx = limited
	}
	patient, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-hurry:
			cancel()
		case <-patient.Done():
		}
	}()
	s.links.linger(patient, idle)
	s.links.expire(time.Now(), 0) // Shutdown would give five seconds to one that has not said anything yet
	err := errors.Join(s.http.Shutdown(ctx), s.app.Shutdown(ctx))
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("calls that were under way are cut off after %v", limit)
	}
	return err
}
