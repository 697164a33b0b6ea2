package diff_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/diff"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
)

// parts is what the documents of these tests refer to.
const parts = `"components":{"schemas":{
	"A":{"type":"string"},
	"N":{"type":"integer"},
	"Tree":{"type":"object","properties":{"leaf":{"type":"string"},"branches":{"type":"array","items":{"$ref":"#/components/schemas/Tree"}}}},
	"Wood":{"type":"object","properties":{"leaf":{"$ref":"#/components/schemas/A"},"branches":{"type":"array","items":{"$ref":"#/components/schemas/Tree"}}}},
	"Bush":{"type":"object","properties":{"leaf":{"type":"integer"},"branches":{"type":"array","items":{"$ref":"#/components/schemas/Bush"}}}}
}}`

// parse makes a document of methods.
func parse(t testing.TB, methods string) *document.Document {
	t.Helper()
	d, err := document.Parse([]byte(`{"openrpc":"1.3.2","info":{"title":"T","version":"1"},"methods":[` + methods + `],` + parts + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func compare(t testing.TB, was, is *document.Document) *diff.Report {
	t.Helper()
	report, err := diff.Compare(was, is)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// lines tells changes shortly: ! is breaking, + compatible, * a note.
func lines(report *diff.Report, prefix string) string {
	var b strings.Builder
	for _, group := range []struct {
		sign    string
		changes []diff.Change
	}{{"!", report.Breaking}, {"+", report.Compatible}, {"*", report.Notes}} {
		for _, c := range group.changes {
			path := strings.TrimPrefix(c.Path, prefix)
			if path == "" {
				path = "/"
			}
			fmt.Fprintf(&b, "%s %s: %s", group.sign, path, c.What)
			switch {
			case c.Was != "" && c.Is != "":
				fmt.Fprintf(&b, " was %s, is %s", c.Was, c.Is)
			case c.Was+c.Is != "":
				fmt.Fprintf(&b, " (%s)", c.Was+c.Is)
			}
			if c.Breaks != "" {
				b.WriteString(": " + c.Breaks)
			}
			b.WriteByte('\n')
		}
	}
	return strings.TrimSpace(b.String())
}

func wantChanges(t *testing.T, method, was, is, prefix, want string) {
	t.Helper()
	report := compare(t, parse(t, fmt.Sprintf(method, was)), parse(t, fmt.Sprintf(method, is)))
	if diff := cmp.Diff(want, lines(report, prefix)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", prefix, diff)
	}
	for _, c := range report.Breaking {
		if c.Why == "" || c.Breaks == "" {
			t.Errorf("found no reason for %+v", c)
		}
	}
}
