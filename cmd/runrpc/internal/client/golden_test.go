package client_test

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

var update = flag.Bool("update", false, "write the golden files anew")

// run runs the command and returns its error.
func run(document, lang, out string) error {
	c := client.Command{Document: document, Lang: lang, Out: out, Separator: "."}
	return c.Run(console.Streams{Stdout: io.Discard, Stderr: io.Discard})
}

// The clients of the petshop are what they were. The Go one is a package that is built with all others.
func TestGolden(t *testing.T) {
	t.Parallel()
	for lang, dir := range map[string]string{"ts": "golden", "python": "golden", "go": "golden/petshop"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), filepath.Base(dir))
			if *update {
				out = dir
			}
			if err := run("golden/petshop.json", lang, out); err != nil {
				t.Fatal(err)
			}
			files, err := os.ReadDir(out)
			if err != nil || len(files) == 0 {
				t.Fatalf("found %d files (%v)", len(files), err)
			}
			for _, f := range files {
				if f.IsDir() || filepath.Ext(f.Name()) == ".json" {
					continue
				}
				got, want := read(t, filepath.Join(out, f.Name())), read(t, filepath.Join(dir, f.Name()))
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +got), go test -update writes it anew:\n%s", f.Name(), diff)
				}
			}
		})
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
