package main_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"unsafe"
)

// A terminal is one that a program runs in, and a test types at.
type terminal struct {
	t      *testing.T
	master *os.File
	screen *output
	ended  chan struct{} // when nobody writes to it any more
}

// inTerminal starts a command in a terminal of its own, and kills it with the test.
func inTerminal(t *testing.T, cmd *exec.Cmd) *terminal {
	t.Helper()
	master, slave := openTerminal(t, 200)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close()
	term := &terminal{t, master, &output{wrote: make(chan struct{})}, make(chan struct{})}
	go func() {
		_, _ = io.Copy(term.screen, master)
		close(term.ended)
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // with its children: it leads the session
		_ = cmd.Wait()
		<-term.ended
		_ = master.Close()
	})
	return term
}

// wait waits for the program to end, and returns all that it has shown.
func (term *terminal) wait(cmd *exec.Cmd) string {
	_ = cmd.Wait()
	<-term.ended
	return term.screen.String()
}

func (term *terminal) types(keys string) {
	term.t.Helper()
	if _, err := io.WriteString(term.master, keys); err != nil {
		term.t.Fatal(err)
	}
}

// openTerminal opens both ends of a terminal that is so wide.
func openTerminal(t *testing.T, width uint16) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("there are no terminals here:", err)
	}
	var unlock, number int32
	size := [4]uint16{50, width}
	control(t, master, syscall.TIOCSPTLCK, unsafe.Pointer(&unlock))
	control(t, master, syscall.TIOCGPTN, unsafe.Pointer(&number))
	control(t, master, syscall.TIOCSWINSZ, unsafe.Pointer(&size))
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}

func control(t *testing.T, file *os.File, request uintptr, argument unsafe.Pointer) {
	t.Helper()
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, file.Fd(), request, uintptr(argument)); errno != 0 {
		t.Fatal(errno)
	}
}
