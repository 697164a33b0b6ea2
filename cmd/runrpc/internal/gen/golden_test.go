package gen_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen"
)

// TestGolden writes the bindings of the packages in golden anew: they are what is there, which is compiled and
// tested.
func TestGolden(t *testing.T) {
	tests := map[string]gen.Command{
		"golden/rules":           {},
		"golden/service":         {},
		"golden/contract":        {Output: "bindings.go", Func: "Procedures"},
		"golden/value":           {},
		"golden/cache":           {},
		"golden/nasty":           {},
		"golden/tagged":          {},
		"golden/internal/hidden": {},
		"golden/program":         {},
	}
	for dir, c := range tests {
		t.Run(dir, func(t *testing.T) {
			c.Package, c.Check = "./"+dir, true
			if c.Func == "" {
				c.Output, c.Func = "rpc_gen.go", "RPC"
			}
			var out bytes.Buffer
			if err := c.Run(console.Streams{Stdout: &out, Stderr: &out}); err != nil || out.Len() > 0 {
				t.Errorf("%v\n%s", err, out.String())
			}
			text, err := os.ReadFile(filepath.Join(dir, c.Output))
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(string(text), "\n")
			if !regexp.MustCompile(`^// Code generated .* DO NOT EDIT\.$`).MatchString(first) {
				t.Errorf("the first line is %q", first)
			}
		})
	}
	all, err := filepath.Glob("golden/*/*_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		if _, ok := tests[filepath.ToSlash(filepath.Dir(path))]; !ok {
			t.Errorf("%s is not tested", path)
		}
	}
}
