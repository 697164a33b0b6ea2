package watch

import (
	"crypto/sha256"
	"io"
	"os"
	"time"
)

// A snapshot is what the files of a set hold.
type snapshot struct {
	files map[string]imprint
	dirs  map[string]bool
	taken time.Time
}

// An imprint tells one content of a file from another.
type imprint struct {
	listed   bool // of a file of which it counts that it is there, and nothing else is set
	size     int64
	modified time.Time
	sum      [sha256.Size]byte // zero for what is too large to be read
}

const (
	// tooLarge is the size of files that are compared by their time and size alone.
	tooLarge = 1 << 20
	// doubt is how close to a snapshot a change may have been that the time of the file does not show: file
	// systems count in steps of up to two seconds.
	doubt = 2 * time.Second
)

// take takes a snapshot. What has its time and size from the snapshot before is not read again.
func take(set Set, before snapshot) snapshot {
	now := snapshot{files: map[string]imprint{}, dirs: map[string]bool{}, taken: time.Now()}
	set.walk(visitor{
		dir: func(path string) { now.dirs[path] = true },
		file: func(path string) {
			if _, known := now.files[path]; known {
				return
			}
			if p, ok := examine(path, before); ok {
				now.files[path] = p
			}
		},
		listed: func(path string) {
			if _, known := now.files[path]; !known {
				now.files[path] = imprint{listed: true}
			}
		},
	})
	return now
}

// examine looks at one file, if it is there.
func examine(path string, before snapshot) (imprint, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return imprint{}, false
	}
	p := imprint{size: info.Size(), modified: info.ModTime()}
	old, known := before.files[path]
	same := known && old.size == p.size && old.modified.Equal(p.modified)
	switch {
	case same && before.taken.Sub(p.modified) > doubt:
		return old, true
	case info.Mode().IsRegular() && p.size <= tooLarge:
		p.sum = sum(path)
	}
	return p, true
}

// sum returns the sum of what a file holds, zero where it cannot be read.
func sum(path string) (sum [sha256.Size]byte) {
	file, err := os.Open(path)
	if err != nil {
		return sum
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, io.LimitReader(file, tooLarge)); err != nil {
		return [sha256.Size]byte{}
	}
	hash.Sum(sum[:0])
	return sum
}

// equal reports whether two prints are of one content.
func (p imprint) equal(q imprint) bool {
	if p.listed || q.listed {
		return true
	}
	unread := p.sum == [sha256.Size]byte{}
	return p.size == q.size && p.sum == q.sum && (!unread || p.modified.Equal(q.modified))
}

// rebase returns s as it was when the snapshot before was taken: files that were there keep their imprint of
// then. Of those that were not, what was written after since, unless that is zero, was another.
func (s snapshot) rebase(before snapshot, since time.Time) snapshot {
	base := snapshot{files: map[string]imprint{}, dirs: s.dirs, taken: s.taken}
	for path, p := range s.files {
		old, known := before.files[path]
		switch {
		case known:
			base.files[path] = old
		case !p.listed && !since.IsZero() && p.modified.After(since):
			base.files[path] = imprint{size: -1}
		default:
			base.files[path] = p
		}
	}
	return base
}
