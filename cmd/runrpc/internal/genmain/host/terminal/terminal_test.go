package terminal_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/terminal"
)

func TestColourElsewhere(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, f := range []*os.File{file, null} {
		if terminal.Is(f) {
			t.Errorf("%s is a terminal", f.Name())
		}
		for _, test := range []struct {
			env  map[string]string
			want bool
		}{
			{nil, false},
			{map[string]string{"FORCE_COLOR": "1"}, true},
			{map[string]string{"CLICOLOR_FORCE": "1", "TERM": "dumb"}, true},
			{map[string]string{"CLICOLOR_FORCE": "0"}, false},
			{map[string]string{"FORCE_COLOR": "1", "NO_COLOR": "1"}, false},
		} {
			for _, name := range []string{"NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM"} {
				t.Setenv(name, test.env[name])
			}
			if got := terminal.Colour(f); got != test.want {
				t.Errorf("%v: Colour(%s) = %t, want %t", test.env, f.Name(), got, test.want)
			}
		}
	}
}

func TestPaint(t *testing.T) {
	if got, want := terminal.Paint(true).Red("x"), "\x1b[31mx\x1b[0m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := terminal.Paint(true).Red(""); got != "" {
		t.Errorf("got %q for nothing", got)
	}
	if got := terminal.Paint(false).Red("x"); got != "x" {
		t.Errorf("got %q, want it plain", got)
	}
}
