//go:build unix

package child

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"syscall"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

const errInUse = syscall.EADDRINUSE

// A handle keeps a listening socket open from the first child to the last, so that a connection that comes
// while one takes over from another waits instead of being refused.
type handle struct {
	file *os.File
}

// keep takes a copy of a listener's socket. Not with its File, whose descriptor is set to block when it is
// handed on: that concerns all copies, and a child that waits for a connection in the kernel cannot be told
// to stop.
func (h *handle) keep(ln net.Listener) error {
	tcp, ok := ln.(*net.TCPListener)
	if !ok {
		return errors.New("found a listener that is none of TCP")
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return err
	}
	var fd int
	err = errors.Join(raw.Control(func(own uintptr) {
		syscall.ForkLock.RLock()
		defer syscall.ForkLock.RUnlock()
		if fd, err = syscall.Dup(int(own)); err == nil {
			syscall.CloseOnExec(fd)
		}
	}), err)
	if err == nil {
		h.file = os.NewFile(uintptr(fd), "listener")
	}
	return err
}

// Close lets go of the socket: when the children have done so too, connections are refused.
func (h *handle) Close() error { return h.file.Close() }

// give hands the socket and the writing end of the pipe for reports to a program that is to be started.
func (h *handle) give(cmd *exec.Cmd, status *os.File, o *settings.Orders) error {
	const first = 3 // after standard input, output and error
	cmd.ExtraFiles = []*os.File{h.file, status}
	o.Listener, o.Status = first, first+1
	return nil
}
