package client_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A document that is made to be slow, or to fill the memory, is refused or written in little time.
func TestBounds(t *testing.T) {
	t.Parallel()
	const ref = `{"$ref":"#/components/schemas/T%[2]d"}`
	for name, c := range map[string]struct {
		schemas int
		form    string // of the schema T%[1]d, which leads to T%[2]d
		refused bool
	}{
		"types in one another":     {30_000, `{"properties":{"next":` + ref + `}}`, true},
		"two ways to the same":     {400, `{"properties":{"a":` + ref + `,"b":` + ref + `}}`, false},
		"the same twice":           {40, `{"allOf":[` + ref + `,` + ref + `,{"properties":{"p%[1]d":{}}}]}`, false},
		"unions of unions":         {40, `{"anyOf":[` + ref + `,{"type":"array","items":` + ref + `}]}`, false},
		"objects that are unions":  {30, `{"properties":{"p%[1]d":{}},"oneOf":[` + ref + `,{"allOf":[` + ref + `,{"properties":{"q%[1]d":{}}}]}]}`, true},
		"a type with many members": {1, `{"properties":{` + many(20_000, `"m%d":{"type":"string"}`) + `}}`, false},
		"an enum with many values": {1, `{"enum":[` + many(50_000, `%d`) + `]}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for i := range c.schemas {
				fmt.Fprintf(&b, `"T%[1]d":`+c.form+`,`, i, i+1)
			}
			text := fmt.Sprintf(`{"openrpc":"1.4.1","info":{"title":"T","version":"1"},"methods":[{"name":"m","params":[`+
				`{"name":"p","schema":{"$ref":"#/components/schemas/T0"}}]}],"components":{"schemas":{%s"T%d":{}}}}`, b.String(), c.schemas)
			document := filepath.Join(t.TempDir(), "document.json")
			if err := os.WriteFile(document, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			for _, lang := range []string{"ts", "go", "python"} {
				err := run(document, lang, filepath.Join(t.TempDir(), "client"))
				switch {
				case (err != nil) != c.refused:
					t.Errorf("%s: %v", lang, err)
				case err != nil && !strings.Contains(err.Error(), "nested or combined too deeply"):
					t.Errorf("%s: got the error %v", lang, err)
				}
			}
			if took := time.Since(began); took > time.Minute {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// many repeats a form with the numbers from 0 on.
func many(n int, form string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(form, i)
	}
	return strings.Join(list, ",")
}
