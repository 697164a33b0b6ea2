package main

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// links are the connections of a server.
type links struct {
	news chan struct{} // one has no request any more, or is closed

	mu   sync.Mutex
	open map[net.Conn]*link
}

// A link is one connection.
type link struct {
	all   *links
	busy  atomic.Int32 // requests under way
	since atomic.Int64 // when it last had one, in Unix nanoseconds
}

type linkKey struct{}

func newLinks() *links {
	return &links{news: make(chan struct{}, 1), open: map[net.Conn]*link{}}
}

// add is the server's ConnContext.
func (l *links) add(ctx context.Context, conn net.Conn) context.Context {
	one := &link{all: l}
	one.since.Store(time.Now().UnixNano())
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[conn] = one
	return context.WithValue(ctx, linkKey{}, one)
}

// remove is the server's ConnState.
func (l *links) remove(conn net.Conn, state http.ConnState) {
	if state != http.StateClosed && state != http.StateHijacked {
		return
	}
	l.mu.Lock()
	delete(l.open, conn)
	l.mu.Unlock()
	l.tell()
}

func (l *links) tell() {
	select {
	case l.news <- struct{}{}:
	default:
	}
}

// linkOf returns the connection of a request.
func linkOf(r *http.Request) *link { return r.Context().Value(linkKey{}).(*link) }

func (l *link) begin() { l.busy.Add(1) }

func (l *link) end() {
	l.since.Store(time.Now().UnixNano())
	if l.busy.Add(-1) == 0 {
		l.all.tell()
	}
}

// linger returns when no connection is left, or ctx ends. It hangs up those that have had no request for the
// time idle, from now on: what a client has done before does not tell when it comes again.
func (l *links) linger(ctx context.Context, idle time.Duration) {
	for start := time.Now(); ctx.Err() == nil; {
		next, left := l.expire(start, idle)
		if !left {
			return
		}
		timer := time.NewTimer(next)
		select {
		case <-timer.C:
		case <-l.news:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// expire hangs up the connections that have had no request for the time idle, and not since start either, and
// returns in how much time it should be called again, if there are any left. It leaves out those of HTTP/2:
// Shutdown says GOAWAY there, after which a client knows what was not served.
func (l *links) expire(start time.Time, idle time.Duration) (next time.Duration, left bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	next = idle
	for conn, one := range l.open {
		if multiplexed(conn) {
			continue
		}
		left = true
		last := time.Unix(0, max(start.UnixNano(), one.since.Load()))
		rest := idle - time.Since(last)
		switch {
		case one.busy.Load() > 0:
		case rest > 0:
			next = min(next, rest)
		default:
			hangUp(conn)
		}
	}
	return next, left
}

// hangUp ends a connection that waits for a request. Unlike Close it lets one be read that has come already:
// the end of what can be read comes behind it.
func hangUp(conn net.Conn) {
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	if half, ok := conn.(interface{ CloseRead() error }); ok {
		_ = half.CloseRead()
		return
	}
	_ = conn.SetReadDeadline(time.Now())
}

// multiplexed reports whether a connection is one of HTTP/2.
func multiplexed(conn net.Conn) bool {
	secure, ok := conn.(*tls.Conn)
	return ok && secure.ConnectionState().NegotiatedProtocol == "h2"
}
