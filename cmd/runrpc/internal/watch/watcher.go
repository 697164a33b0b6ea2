package watch

import (
	"fmt"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options are a Watcher's settings. The zero value asks the system for events.
type Options struct {
	Poll bool         // look every so often instead
	Warn func(string) // is told when the system's events cannot be had; nil: nobody is
}

// A Watcher tells when files have changed: that the system says so is a reason to look, and what is found
// counts. So no event is trusted, and none is missed for good: where none comes, it looks all the same, and
// more often where that has been seen to find what no event told. Its methods can be called by several
// goroutines.
type Watcher struct {
	options Options
	events  *fsnotify.Watcher // nil: it looks every so often
	changes chan []Change
	sets    chan assignment
	stop    chan struct{}
	once    sync.Once
	ended   sync.WaitGroup
}

// An assignment is what to watch from now on.
type assignment struct {
	set   Set
	since time.Time
	done  chan struct{}
}

const (
	// quiet is how long a burst of events has to be over before it looks, unless it has gone on for too long.
	quiet, tooLong = 30 * time.Millisecond, 300 * time.Millisecond
	// often is how often it looks where no events come, and seldom is how often where they should. Either
	// takes no more than a twentieth or a hundredth of the time.
	often, seldom = 200 * time.Millisecond, 2 * time.Second
	// strikes is how often it finds by itself what no event has told, until it trusts in events no more.
	strikes = 2
)

// New returns a Watcher that watches nothing yet. Close must be called.
func New(o Options) *Watcher {
	w := &Watcher{options: o, changes: make(chan []Change), sets: make(chan assignment), stop: make(chan struct{})}
	if !o.Poll {
		events, err := fsnotify.NewWatcher()
		if err != nil {
			w.warn(err)
		} else {
			w.events = events
		}
	}
	w.ended.Go(w.run)
	return w
}

// Watch makes it watch a set: when it returns, no change is missed. What changed before is told as well: in
// files that were watched already whatever has not been told yet, and others that have changed after since, if
// that is not zero.
func (w *Watcher) Watch(set Set, since time.Time) {
	a := assignment{set, since, make(chan struct{})}
	select {
	case w.sets <- a:
		<-a.done
	case <-w.stop:
	}
}

// Changes returns where changes are told, of which none is lost while nobody receives.
func (w *Watcher) Changes() <-chan []Change { return w.changes }

// Close ends it.
func (w *Watcher) Close() {
	w.once.Do(func() { close(w.stop) })
	w.ended.Wait()
}

func (w *Watcher) warn(why error) {
	if w.options.Warn != nil {
		w.options.Warn(fmt.Sprintf("the system tells of no changes (%v): looking for them every %v", why, often))
	}
}

// run is the Watcher's goroutine.
func (w *Watcher) run() {
	v := view{watcher: w}
	defer v.blind()
	burst, tick := time.NewTimer(time.Hour), time.NewTimer(w.interval(0))
	burst.Stop()
	for {
		var out chan []Change
		if len(v.found) > 0 {
			out = w.changes
		}
		select {
		case a := <-w.sets:
			v.assign(a)
			close(a.done)
		case e := <-w.received():
			if v.noted(e) {
				burst.Reset(v.wait())
			}
		case <-w.troubles(): // events were lost
			burst.Reset(quiet)
		case <-burst.C:
			v.look(true)
		case <-tick.C:
			v.look(v.waiting())
			tick.Reset(w.interval(v.took))
		case out <- v.found:
			v.found = nil
		case <-w.stop:
			return
		}
	}
}

// received returns the channel of events, nil where there are none.
func (w *Watcher) received() <-chan fsnotify.Event {
	if w.events == nil {
		return nil
	}
	return w.events.Events
}

func (w *Watcher) troubles() <-chan error {
	if w.events == nil {
		return nil
	}
	return w.events.Errors
}

// interval returns the time until it looks again, where that takes a time.
func (w *Watcher) interval(took time.Duration) time.Duration {
	if w.events == nil {
		return max(often, 20*took)
	}
	return max(seldom, 100*took)
}
