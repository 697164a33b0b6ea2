package child

import (
	"net"
	"os"
	"os/exec"
	"syscall"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// errInUse is WSAEADDRINUSE.
const errInUse = syscall.Errno(10048)

// A handle keeps nothing here: each child opens the address itself. Connections are refused for the moment
// that one child needs to take over from another.
type handle struct{}

func (handle) keep(net.Listener) error { return nil }

// Close has nothing to close.
func (handle) Close() error { return nil }

// give hands the writing end of the pipe for reports to a program that is to be started.
func (handle) give(cmd *exec.Cmd, status *os.File, o *settings.Orders) error {
	h := syscall.Handle(status.Fd())
	if err := syscall.SetHandleInformation(h, syscall.HANDLE_FLAG_INHERIT, syscall.HANDLE_FLAG_INHERIT); err != nil {
		return err
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{AdditionalInheritedHandles: []syscall.Handle{h}}
	o.Status = uintptr(h)
	return nil
}
