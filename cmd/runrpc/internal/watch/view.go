package watch

import (
	"errors"
	"io/fs"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A view is what the Watcher's goroutine knows.
type view struct {
	watcher *Watcher
	set     Set
	seen    snapshot
	took    time.Duration // to look
	found   []Change      // and not told yet
	begun   time.Time     // of a burst of events; zero: there is none
	missed  int           // changes in a row that no event has told of
}

// assign makes it a view of another set.
func (v *view) assign(a assignment) {
	v.set = a.set
	v.seen = take(v.set, v.seen).rebase(v.seen, a.since)
	v.look(true)
}

// noted takes an event, and reports whether it is a reason to look.
func (v *view) noted(e fsnotify.Event) bool {
	// What was made or has gone may be a directory.
	if e.Op == fsnotify.Chmod || !e.Has(fsnotify.Create|fsnotify.Remove|fsnotify.Rename) && !v.set.concerns(e.Name) {
		return false
	}
	if v.begun.IsZero() {
		v.begun = time.Now()
	}
	return true
}

// waiting reports whether a burst of events is under way.
func (v *view) waiting() bool { return !v.begun.IsZero() }

// wait returns how long to wait for more events.
func (v *view) wait() time.Duration { return max(0, min(quiet, tooLong-time.Since(v.begun))) }

// look compares what is there with what was; told says that there was a reason to.
func (v *view) look(told bool) {
	v.begun = time.Time{}
	v.compare(told)
	if v.subscribe() {
		v.compare(true) // a file may have come before the subscription
	}
}

func (v *view) compare(told bool) {
	start := time.Now()
	now := take(v.set, v.seen)
	changes := now.since(v.seen)
	v.seen = now
	v.took = time.Since(start)
	v.found = Merge(v.found, changes)
	v.judge(told, len(changes) > 0)
}

// judge counts the changes that no event has told of, and trusts in events no more when there are many.
func (v *view) judge(told, changed bool) {
	switch {
	case !changed:
	case told:
		v.missed = 0
	default:
		v.missed++
	}
	if v.missed >= strikes && v.watcher.events != nil {
		v.blind()
		v.watcher.warn(errors.New("a change went untold"))
	}
}

// subscribe asks for the events of the directories, and reports whether there were new ones.
func (v *view) subscribe() (added bool) {
	if v.watcher.events == nil {
		return false
	}
	have := map[string]bool{}
	for _, dir := range v.watcher.events.WatchList() {
		have[dir] = true
		if !v.seen.dirs[dir] {
			_ = v.watcher.events.Remove(dir) // it fails where the directory has gone
		}
	}
	for dir := range v.seen.dirs {
		if have[dir] {
			continue
		}
		err := v.watcher.events.Add(dir)
		switch {
		case err == nil:
			added = true
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission):
			v.blind()
			v.watcher.warn(err)
			return false
		}
	}
	return added
}

// blind does without events.
func (v *view) blind() {
	if v.watcher.events != nil {
		_ = v.watcher.events.Close()
		v.watcher.events = nil
	}
}
