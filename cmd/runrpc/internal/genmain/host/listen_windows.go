package main

import (
	"errors"
	"net"
	"syscall"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// errInUse is WSAEADDRINUSE.
const errInUse = syscall.Errno(10048)

// inherited is for systems that hand sockets on.
func inherited(uintptr) (net.Listener, error) {
	return nil, errors.New("found a socket that was handed over, which this system cannot")
}

// closeOnExec has nothing to do: a handle is inherited where it is named, only.
func closeOnExec(uintptr) {}

// open opens the address. Where this program follows another, that one is about to close it.
func open(o settings.Orders) (net.Listener, error) {
	const wait, step = 10 * time.Second, 5 * time.Millisecond
	for start := time.Now(); ; time.Sleep(step) {
		ln, err := net.Listen("tcp", o.Settings.Addr)
		if err == nil || !o.Heir || !errors.Is(err, errInUse) || time.Since(start) > wait {
			return ln, err
		}
	}
}
