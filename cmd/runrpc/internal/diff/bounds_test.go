package diff_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/diff"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
)

// Documents that are made to be slow are compared, or refused, in little time.
func TestBounds(t *testing.T) {
	t.Parallel()
	const ref = `{"$ref":"#/components/schemas/T%[2]d"}`
	for name, c := range map[string]struct {
		schemas int
		form    string // of the schema T%[1]d, which leads to T%[2]d
		refused bool
	}{
		"types in one another":    {30_000, `{"properties":{"next":` + ref + `}}`, true},
		"two ways to the same":    {400, `{"properties":{"a":` + ref + `,"b":` + ref + `}}`, false},
		"the same twice":          {40, `{"allOf":[` + ref + `,` + ref + `,{"properties":{"p%[1]d":{}}}]}`, true},
		"unions of unions":        {40, `{"anyOf":[` + ref + `,{"type":"array","items":` + ref + `}]}`, false},
		"objects that are unions": {30, `{"properties":{"p%[1]d":{}},"oneOf":[` + ref + `,{"allOf":[` + ref + `,{"properties":{"q%[1]d":{}}}]}]}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for i := range c.schemas {
				fmt.Fprintf(&b, `"T%[1]d":`+c.form+`,`, i, i+1)
			}
			parse := func(last string) *document.Document {
				d, err := document.Parse(fmt.Appendf(nil, `{"openrpc":"1.4.1","info":{"title":"T","version":"1"},"methods":[{"name":"m","params":[`+
					`{"name":"p","schema":{"$ref":"#/components/schemas/T0"}}]}],"components":{"schemas":{%s"T%d":%s}}}`, b.String(), c.schemas, last))
				if err != nil {
					t.Fatal(err)
				}
				return d
			}
			was, is := parse(`{"type":"string"}`), parse(`{"type":"integer"}`)
			began := time.Now()
			report, err := diff.Compare(was, is)
			switch {
			case (err != nil) != c.refused:
				t.Errorf("got the error %v", err)
			case err == nil && (len(report.Breaking) == 0 || len(report.Breaking) > 100):
				t.Errorf("found %d breaks", len(report.Breaking))
			}
			if took := time.Since(began); took > time.Minute {
				t.Errorf("it took %v", took)
			}
		})
	}
}
