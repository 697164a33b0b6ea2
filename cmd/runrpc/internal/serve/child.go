package serve

import (
	"errors"
	"os/exec"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

// run runs the program until it ends by itself or a signal comes. The program drains when its standard
// input is closed: unlike a signal that works on all systems, and should this process be killed the
// system closes it. At a terminal Ctrl-C reaches the program directly, too, which does no harm.
func run(binary string, stop signals, streams console.Streams) error {
	cmd := exec.Command(binary)
	cmd.Stdout, cmd.Stderr = streams.Stdout, streams.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		return exit(err)
	case <-stop.soft.Done():
	}
	_ = stdin.Close() // fails only where the program has ended
	select {
	case err := <-ended:
		return exit(err)
	case <-stop.hard.Done():
	}
	_ = cmd.Process.Kill()
	<-ended
	return console.Exit(1)
}

// exit hands on the program's exit code: it has said itself what went wrong.
func exit(err error) error {
	var failed *exec.ExitError
	if !errors.As(err, &failed) {
		return err
	}
	if code := failed.ExitCode(); code > 0 {
		return console.Exit(code)
	}
	return console.Exit(1) // by a signal
}
