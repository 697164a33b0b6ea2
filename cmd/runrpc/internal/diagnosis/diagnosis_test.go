package diagnosis_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/diagnosis"
)

// source has a tab before what is wrong, and a character of two bytes.
const source = "package hello\n\nfunc Wrong() int {\n\treturn \"ä\" + 1\n}\n"

func TestWriter(t *testing.T) {
	t.Chdir(t.TempDir())
	files := map[string]string{
		"hello.go":       source,
		"long.go":        strings.Repeat("x", 5000) + "\n",
		"bytes.go":       "\xff\xfe\n",
		"a dir/space.go": source,
		"notes.txt":      "text\n",
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name  string
		style diagnosis.Style
		said  string
		want  string
	}{
		{
			name: "plain",
			said: "# example.com/hello\nhello.go:4:9: wrong\n",
			want: "# example.com/hello\nhello.go:4:9: wrong\n",
		},
		{
			name:  "with its source",
			style: diagnosis.Style{Excerpt: true},
			said:  "# example.com/hello\nhello.go:4:9: wrong\na dir/space.go:3:1: wrong, too\n",
			want: "# example.com/hello\nhello.go:4:9: wrong\n" +
				"    4 |     return \"ä\" + 1\n      |            ^\n" +
				"a dir/space.go:3:1: wrong, too\n" +
				"    3 | func Wrong() int {\n      | ^\n",
		},
		{
			name:  "columns count bytes",
			style: diagnosis.Style{Excerpt: true},
			said:  "hello.go:4:16: wrong\n",
			want:  "hello.go:4:16: wrong\n    4 |     return \"ä\" + 1\n      |                  ^\n",
		},
		{
			name:  "behind what explains it",
			style: diagnosis.Style{Excerpt: true},
			said:  "hello.go:4:9: wrong\n\thave int\n\twant string\nhello.go:1:1: more\n",
			want: "hello.go:4:9: wrong\n\thave int\n\twant string\n    4 |     return \"ä\" + 1\n      |            ^\n" +
				"hello.go:1:1: more\n    1 | package hello\n      | ^\n",
		},
		{
			name:  "in colours",
			style: diagnosis.Style{Excerpt: true, Paint: true},
			said:  "# p\nhello.go:1:1: wrong\n",
			want: "\x1b[2m# p\x1b[0m\n\x1b[1mhello.go:1:1:\x1b[0m \x1b[31mwrong\x1b[0m\n" +
				"\x1b[2m    1 | \x1b[0mpackage hello\n\x1b[2m      | \x1b[0m\x1b[31m^\x1b[0m\n",
		},
		{
			name:  "beyond the line and the file, and what is not to be shown",
			style: diagnosis.Style{Excerpt: true},
			said: "hello.go:1:99: a\nhello.go:99:1: b\nhello.go:0:0: c\nlong.go:1:1: d\nbytes.go:1:1: e\nnotes.txt:1:1: f\ngone.go:1:1: g\n" +
				"hello.go:99999999999999999999:1: h\nno position\n",
			want: "hello.go:1:99: a\n    1 | package hello\n      |              ^\nhello.go:99:1: b\nhello.go:0:0: c\nlong.go:1:1: d\nbytes.go:1:1: e\nnotes.txt:1:1: f\ngone.go:1:1: g\n" +
				"hello.go:99999999999999999999:1: h\nno position\n",
		},
		{
			name:  "without an end of line",
			style: diagnosis.Style{Excerpt: true},
			said:  "hello.go:1:1: wrong",
			want:  "hello.go:1:1: wrong\n    1 | package hello\n      | ^\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, size := range []int{1, 7, len(test.said)} {
				var got strings.Builder
				w := diagnosis.NewWriter(&got, test.style)
				for rest := test.said; rest != ""; {
					n := min(size, len(rest))
					if _, err := w.Write([]byte(rest[:n])); err != nil {
						t.Fatal(err)
					}
					rest = rest[n:]
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(test.want, got.String()); diff != "" {
					t.Errorf("in pieces of %d (-want +got):\n%s", size, diff)
				}
				if w.Said() != test.said {
					t.Errorf("said %q, want %q", w.Said(), test.said)
				}
			}
		})
	}
}
