//go:build unix

package main

import (
	"net"
	"os"
	"syscall"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

const errInUse = syscall.EADDRINUSE

// inherited returns the socket of a descriptor.
func inherited(fd uintptr) (net.Listener, error) {
	file := os.NewFile(fd, "listener")
	defer file.Close() // the listener has a copy
	return net.FileListener(file)
}

// closeOnExec keeps a descriptor from the programs that the user's code starts.
func closeOnExec(fd uintptr) { syscall.CloseOnExec(int(fd)) }

func open(o settings.Orders) (net.Listener, error) { return net.Listen("tcp", o.Settings.Addr) }
