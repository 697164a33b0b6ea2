package watch

import (
	"cmp"
	"slices"
	"strings"
)

// A Change is what has become of a file.
type Change struct {
	Path string
	Kind Kind
}

// A Kind is how a file has changed, as a word for people.
type Kind string

// The kinds that there are.
const (
	Added   Kind = "added"
	Changed Kind = "changed"
	Removed Kind = "removed"
)

// since returns what has changed since the snapshot before, by path.
func (s snapshot) since(before snapshot) []Change {
	var changes []Change
	for path, p := range s.files {
		old, known := before.files[path]
		switch {
		case !known:
			changes = append(changes, Change{path, Added})
		case !p.equal(old):
			changes = append(changes, Change{path, Changed})
		}
	}
	for path := range before.files {
		if _, there := s.files[path]; !there {
			changes = append(changes, Change{path, Removed})
		}
	}
	return sorted(changes)
}

// Merge returns the changes of both, of which the later counts where both have a path.
func Merge(earlier, later []Change) []Change {
	merged := slices.DeleteFunc(slices.Clone(earlier), func(c Change) bool {
		return slices.ContainsFunc(later, func(l Change) bool { return l.Path == c.Path })
	})
	return sorted(append(merged, later...))
}

func sorted(changes []Change) []Change {
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	return changes
}
