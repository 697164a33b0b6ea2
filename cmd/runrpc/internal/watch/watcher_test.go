package watch_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/watch"
)

// patience is how long anything may take on a busy machine.
const patience = time.Minute

// A folder is a directory that is watched.
type folder struct {
	t   *testing.T
	dir string
	w   *watch.Watcher
}

// open writes files into a new directory and watches a set in it, whose paths are relative to it.
func open(t *testing.T, o watch.Options, set watch.Set, files ...string) *folder {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := &folder{t: t, dir: dir, w: watch.New(o)}
	t.Cleanup(f.w.Close)
	for _, name := range files {
		f.write(name, "before")
	}
	f.watch(set, time.Time{})
	return f
}

// rules are those of the tests.
var rules = watch.Rules{
	Skip:      func(dir string) bool { return strings.HasPrefix(dir, ".") },
	Nested:    "go.mod",
	Source:    func(file string) bool { return filepath.Ext(file) == ".go" && !strings.HasSuffix(file, "_test.go") },
	Temporary: func(file string) bool { return strings.HasSuffix(file, "~") },
}

func (f *folder) watch(set watch.Set, since time.Time) {
	for _, paths := range []*[]string{&set.Trees, &set.Dirs, &set.Lists, &set.Files} {
		var absolute []string
		for _, path := range *paths {
			absolute = append(absolute, f.path(path))
		}
		*paths = absolute
	}
	set.Rules = rules
	f.w.Watch(set, since)
}

func (f *folder) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f *folder) write(name, text string) {
	f.t.Helper()
	f.mkdir(filepath.Dir(name))
	if err := os.WriteFile(f.path(name), []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) mkdir(name string) {
	f.t.Helper()
	if err := os.MkdirAll(f.path(name), 0o700); err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) remove(name string) {
	f.t.Helper()
	if err := os.RemoveAll(f.path(name)); err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) rename(from, to string) {
	f.t.Helper()
	if err := os.Rename(f.path(from), f.path(to)); err != nil {
		f.t.Fatal(err)
	}
}

// want waits for just these changes, as "name kind", in the order of their names.
func (f *folder) want(want ...string) {
	f.t.Helper()
	var all []watch.Change
	var got []string
	limit := time.After(patience)
	for {
		select {
		case changes := <-f.w.Changes():
			all = watch.Merge(all, changes)
		case <-limit:
			f.t.Fatalf("changes (-want +got):\n%s", cmp.Diff(want, got))
		}
		got = nil
		for _, c := range all {
			name, err := filepath.Rel(f.dir, c.Path)
			if err != nil {
				f.t.Fatal(err)
			}
			got = append(got, filepath.ToSlash(name)+" "+string(c.Kind))
		}
		if cmp.Equal(want, got) {
			return
		}
		if len(got) > len(want) {
			f.t.Fatalf("changes (-want +got):\n%s", cmp.Diff(want, got))
		}
	}
}

// both runs a test with the system's events and without.
func both(t *testing.T, test func(t *testing.T, o watch.Options)) {
	for name, poll := range map[string]bool{"events": false, "poll": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, watch.Options{Poll: poll, Warn: func(text string) { t.Error(text) }})
		})
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit func(f *folder)
		want []string
	}{
		{"a change", func(f *folder) { f.write("a.go", "after") }, []string{"a.go changed"}},
		{"below", func(f *folder) { f.write("sub/b.go", "after") }, []string{"sub/b.go changed"}},
		{"a new file", func(f *folder) { f.write("new.go", "") }, []string{"new.go added"}},
		{"a removed file", func(f *folder) { f.remove("a.go") }, []string{"a.go removed"}},
		{"a new directory", func(f *folder) { f.write("x/y/z.go", "") }, []string{"x/y/z.go added"}},
		{"a removed directory", func(f *folder) { f.remove("sub") }, []string{"sub/b.go removed"}},
		{"a renamed directory", func(f *folder) { f.rename("sub", "other") }, []string{"other/b.go added", "sub/b.go removed"}},
		{"saved by a rename", func(f *folder) { f.write("a.go~", "after"); f.rename("a.go~", "a.go") }, []string{"a.go changed"}},
		{"several", func(f *folder) { f.write("a.go", "after"); f.write("c.go", ""); f.remove("sub/b.go") },
			[]string{"a.go changed", "c.go added", "sub/b.go removed"}},
		{"what does not count", func(f *folder) {
			f.write("a.go", "before") // touched
			f.write("a_test.go", "after")
			f.write("notes.txt", "after")
			f.write(".git/c.go", "after")
			f.write("nested/n.go", "after")
			f.write("nested/deeper/n.go", "after")
			f.mkdir("empty")
			f.write("end.go", "")
		}, []string{"end.go added"}},
		{"a module that is none any more", func(f *folder) { f.remove("nested/go.mod") },
			[]string{"nested/go.mod removed", "nested/n.go added"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			both(t, func(t *testing.T, o watch.Options) {
				f := open(t, o, watch.Set{Trees: []string{"."}},
					"a.go", "sub/b.go", "a_test.go", "notes.txt", ".git/c.go", "nested/go.mod", "nested/n.go")
				test.edit(f)
				f.want(test.want...)
			})
		})
	}
}

func TestSets(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, o watch.Options) {
		f := open(t, o, watch.Set{Dirs: []string{"dir"}, Lists: []string{"list"}, Files: []string{"one.txt", "none/two.txt"}},
			"dir/a.go", "dir/sub/b.go", "list/a.txt", "one.txt", "other.txt")
		f.write("dir/sub/b.go", "after")
		f.write("list/a.txt", "after")
		f.write("list/a.txt~", "after")
		f.write("other.txt", "after")
		f.write("dir/a.go", "after")
		f.want("dir/a.go changed")
		f.write("list/b.txt", "")
		f.want("list/b.txt added")
		f.write("one.txt", "after")
		f.want("one.txt changed")
		f.write("none/two.txt", "")
		f.want("none/two.txt added")
		f.remove("list/a.txt")
		f.want("list/a.txt removed")
	})
}

// A directory that goes and comes again is watched like before.
func TestReplacedDirectory(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, o watch.Options) {
		f := open(t, o, watch.Set{Trees: []string{"."}}, "sub/b.go")
		for range 3 {
			f.rename("sub", "old")
			f.want("old/b.go added", "sub/b.go removed")
			f.write("sub/b.go", "before")
			f.want("sub/b.go added")
			f.write("sub/b.go", "after")
			f.want("sub/b.go changed")
			f.remove("old")
			f.want("old/b.go removed")
			f.write("sub/b.go", "before")
			f.want("sub/b.go changed")
		}
	})
}

// An edit that comes before a set does is told where it is later than what the set is about.
func TestSince(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, o watch.Options) {
		f := open(t, o, watch.Set{Files: []string{"a.go"}}, "a.go", "b.go", "c.go")
		since := time.Now()
		long := since.Add(-time.Hour)
		for _, name := range []string{"b.go", "c.go"} {
			if err := os.Chtimes(f.path(name), long, long); err != nil {
				t.Fatal(err)
			}
		}
		f.write("a.go", "after") // which was watched
		f.write("b.go", "after")
		if err := os.Chtimes(f.path("b.go"), since.Add(time.Hour), since.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		f.watch(watch.Set{Files: []string{"a.go", "b.go", "c.go"}}, since)
		f.want("a.go changed", "b.go changed")
	})
}

// What is too large to be read counts as changed with its time.
func TestLarge(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, o watch.Options) {
		f := open(t, o, watch.Set{Files: []string{"large"}})
		f.write("large", strings.Repeat("a", 2<<20))
		f.want("large added")
		long := time.Now().Add(-time.Hour)
		if err := os.Chtimes(f.path("large"), long, long); err != nil {
			t.Fatal(err)
		}
		f.want("large changed")
	})
}

// Where the system is silent on changes they are found all the same, and soon it is not asked any more.
func TestSilence(t *testing.T) {
	t.Parallel()
	warned := make(chan string, 1)
	f := open(t, watch.Options{Warn: func(text string) { warned <- text }}, watch.Set{})
	outside := filepath.Join(t.TempDir(), "outside.go")
	edit := func(text string) {
		t.Helper()
		if err := os.WriteFile(outside, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	edit("before")
	if err := os.Symlink(outside, f.path("link.go")); err != nil {
		t.Skip("this system makes no symbolic links:", err)
	}
	f.watch(watch.Set{Files: []string{"link.go"}}, time.Time{})
	for _, text := range []string{"one", "two"} {
		edit(text)
		f.want("link.go changed")
	}
	if got, want := <-warned, "the system tells of no changes (a change went untold): looking for them every 200ms"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	edit("three")
	f.want("link.go changed")
}

func TestMerge(t *testing.T) {
	t.Parallel()
	earlier := []watch.Change{{"b", watch.Removed}, {"c", watch.Changed}}
	later := []watch.Change{{"d", watch.Added}, {"b", watch.Added}, {"a", watch.Changed}}
	want := []watch.Change{{"a", watch.Changed}, {"b", watch.Added}, {"c", watch.Changed}, {"d", watch.Added}}
	if diff := cmp.Diff(want, watch.Merge(earlier, later)); diff != "" {
		t.Error("merged (-want +got):\n" + diff)
	}
}

// It ends while nobody receives, and does not mind what comes after.
func TestClose(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, o watch.Options) {
		f := open(t, o, watch.Set{Trees: []string{"."}}, "a.go")
		f.write("a.go", "after")
		f.w.Close()
		f.w.Close()
		f.watch(watch.Set{Trees: []string{"."}}, time.Time{})
	})
}
