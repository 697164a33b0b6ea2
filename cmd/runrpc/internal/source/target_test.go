package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// files writes files into a new directory, without symbolic links in its path, and returns it.
func files(t *testing.T, names ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLocate(t *testing.T) {
	root := files(t, "both/both.go", "both.go", "lone.go", "some_test.go", "notes.txt", "mod/go.mod", "mod/x/x.go", "out/y/y.go")
	for link, to := range map[string]string{"link": "both", "mod/link": "../out/y", "tomod": "mod/x"} {
		if err := os.Symlink(filepath.FromSlash(to), filepath.Join(root, link)); err != nil {
			t.Skip("this system makes no symbolic links:", err)
		}
	}
	t.Chdir(root)
	at := func(elements ...string) string { return filepath.Join(append([]string{root}, elements...)...) }
	tests := []struct {
		arg   string
		want  workspace.Place
		fault string
	}{
		{arg: "both", want: workspace.Place{Dir: at("both")}},
		{arg: "both.go", want: workspace.Place{Dir: root, File: "both.go"}},
		{arg: "lone", want: workspace.Place{Dir: root, File: "lone.go"}},
		{arg: "./both/both", want: workspace.Place{Dir: at("both"), File: "both.go"}},
		{arg: at("both"), want: workspace.Place{Dir: at("both")}},
		{arg: ".", want: workspace.Place{Dir: root}},
		{arg: "./...", want: workspace.Place{Dir: root}},
		{arg: "both/...", want: workspace.Place{Dir: at("both")}},
		{arg: "tomod/...", want: workspace.Place{Dir: at("mod", "x")}},
		{arg: "example.com/a/...", want: workspace.Place{Dir: root, Import: true}},
		{arg: "strings", want: workspace.Place{Dir: root, Import: true}},
		{arg: "example.com/a/b", want: workspace.Place{Dir: root, Import: true}},
		{arg: "link", want: workspace.Place{Dir: at("both")}},
		{arg: "tomod", want: workspace.Place{Dir: at("mod", "x")}},
		{arg: "mod/link", want: workspace.Place{Dir: at("mod", "link")}},
		{arg: "", fault: `found nothing at ""`},
		{arg: "./nope/...", fault: `found nothing at "./nope/..."`},
		{arg: "./nope", fault: `found nothing at "./nope"`},
		{arg: at("nope"), fault: `found nothing at`},
		{arg: "nope.go", fault: `found nothing at "nope.go"`},
		{arg: "notes.txt", fault: `found the file "notes.txt"`},
		{arg: "some_test.go", fault: `found the file "some_test.go"`},
	}
	for _, test := range tests {
		got, err := source.Locate(test.arg)
		if test.fault != "" {
			if err == nil || !strings.HasPrefix(err.Error(), test.fault) {
				t.Errorf("Locate(%q) = %v, want an error that begins with: %s", test.arg, err, test.fault)
			}
			continue
		}
		if err != nil {
			t.Errorf("Locate(%q): %v", test.arg, err)
		}
		if diff := cmp.Diff(source.Target{Arg: test.arg, Place: test.want}, got); diff != "" {
			t.Errorf("Locate(%q) (-want +got):\n%s", test.arg, diff)
		}
	}
}

func TestLocateIn(t *testing.T) {
	root := files(t, "a/mod/go.mod", "a/mod/x/x.go", "a/mod/lone.go", "b/x/x.go")
	t.Chdir(filepath.Join(root, "b"))
	for arg, want := range map[string]workspace.Place{
		"x":                      {Dir: filepath.Join(root, "a/mod/x")},
		"./x/x":                  {Dir: filepath.Join(root, "a/mod/x"), File: "x.go"},
		"lone":                   {Dir: filepath.Join(root, "a/mod"), File: "lone.go"},
		"../../b/x":              {Dir: filepath.Join(root, "b/x")},
		filepath.Join(root, "b"): {Dir: filepath.Join(root, "b")},
		"example.com/mod/x":      {Dir: filepath.Join(root, "a/mod"), Import: true},
	} {
		got, err := source.LocateIn(filepath.Join("..", "a", "mod"), arg)
		if diff := cmp.Diff(source.Target{Arg: arg, Place: want}, got); err != nil || diff != "" {
			t.Errorf("LocateIn(%q): %v (-want +got):\n%s", arg, err, diff)
		}
	}
}
