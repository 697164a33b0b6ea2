package serve

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// signals are two contexts: soft ends with the first signal, hard with the second.
type signals struct {
	soft, hard context.Context
	close      func()
}

// catch begins to catch signals. The signals that end a process by default are caught here, so that the
// temporary directory is removed whichever of them comes.
func catch() signals {
	incoming := make(chan os.Signal, 2)
	signal.Notify(incoming, os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT)
	if !signal.Ignored(syscall.SIGHUP) { // as nohup does
		signal.Notify(incoming, syscall.SIGHUP)
	}
	interrupted := errors.New("interrupted")
	soft, endSoft := context.WithCancelCause(context.Background())
	hard, endHard := context.WithCancelCause(context.Background())
	done := make(chan struct{})
	var watcher sync.WaitGroup
	watcher.Go(func() {
		for _, end := range []context.CancelCauseFunc{endSoft, endHard} {
			select {
			case <-incoming:
				end(interrupted)
			case <-done:
				return
			}
		}
	})
	return signals{soft, hard, func() {
		signal.Stop(incoming)
		close(done)
		watcher.Wait()
		endSoft(nil)
		endHard(nil)
	}}
}

// Interruptible returns a context that a signal ends, and a function that gives the signals back.
func Interruptible() (ctx context.Context, stop func()) {
	s := catch()
	return s.soft, s.close
}
