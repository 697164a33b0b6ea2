package console_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

func TestLines(t *testing.T) {
	for _, test := range []struct {
		written []string
		want    []string
	}{
		{[]string{""}, nil},
		{[]string{"a\nb\n"}, []string{"a\n", "b\n"}},
		{[]string{"a", "b\n\nc", "\nd"}, []string{"ab\n", "\n", "c\n", "d"}},
	} {
		var got []string
		w := console.NewLines(func(line []byte) error {
			got = append(got, string(line))
			return nil
		})
		for _, text := range test.written {
			if n, err := w.Write([]byte(text)); n != len(text) || err != nil {
				t.Errorf("Write(%q) = %d, %v", text, n, err)
			}
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.written, diff)
		}
	}
}

func TestLinesError(t *testing.T) {
	full := errors.New("full")
	w := console.NewLines(func([]byte) error { return full })
	if _, err := w.Write([]byte("a\n")); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
}
