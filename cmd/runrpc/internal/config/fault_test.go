package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/config"
)

func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an unknown key", "addr = \"a\"\n\nmax-bdy = 1\n", `runrpc.toml:3: unknown key "max-bdy": did you mean "max-body"?`},
		{"an underscore", "max_body = 1", `runrpc.toml:1: unknown key "max_body": did you mean "max-body"?`},
		{"an unknown key that is near nothing", "colour = 1", `runrpc.toml:1: unknown key "colour": the keys are the flags' names (runrpc serve --help lists them)`},
		{"the first of several", "b = 1\na = 2", `runrpc.toml:1: unknown key "b": the keys are the flags' names (runrpc serve --help lists them)`},
		{"an unknown table", "[limits]\nmax-body = 1", `runrpc.toml:1: unknown table "limits": the keys are the flags' names and stand above the first table (runrpc serve --help lists them)`},
		{"an unknown table that is near one", "[name]\na = \"b\"", `runrpc.toml:1: unknown key "name": did you mean "names"?`},
		{"an unknown list of tables", "[[servers]]\na = 1\n[[servers]]\na = 2", `runrpc.toml:1: unknown key "servers": the keys are the flags' names (runrpc serve --help lists them)`},
		{"the file itself", "config = \"x\"", `runrpc.toml:1: unknown key "config": the keys are the flags' names (runrpc serve --help lists them)`},
		{"help", "help = true", `runrpc.toml:1: unknown key "help": the keys are the flags' names (runrpc serve --help lists them)`},
		{"a flag of a command that reads no file", "x = 1", `runrpc.toml:1: unknown key "x": the keys are the flags' names (runrpc serve --help lists them)`},

		{"a number for a string", "addr = 8080", `runrpc.toml:1: addr: found 8080, want a string in quotes`},
		{"a string for a number", "max-body = \"1\"", `runrpc.toml:1: max-body: found the string "1", want a whole number`},
		{"a fraction for a number", "max-body = 1.5", `runrpc.toml:1: max-body: found 1.5, want a whole number`},
		{"a number that is too large", "small = 256", `runrpc.toml:1: small: expected a valid 8 bit uint but got "256"`},
		{"a negative number where there is none", "small = -1", `runrpc.toml:1: small: expected a valid 8 bit uint but got "-1"`},
		{"a string for a fraction", "ratio = \"1\"", `runrpc.toml:1: ratio: found the string "1", want a number`},
		{"a string for a truth value", "root = \"true\"", `runrpc.toml:1: root: found the string "true", want true or false`},
		{"a number for one that may be left out", "watch = 1", `runrpc.toml:1: watch: found 1, want true or false`},
		{"a number for a time", "timeout = 30", `runrpc.toml:1: timeout: found 30, want a time like "30s" or "1m30s"`},
		{"no time", "timeout = \"30 s\"", `runrpc.toml:1: timeout: found the string "30 s", want a time like "30s" or "1m30s"`},
		{"a date for a string", "addr = 2024-01-01", `runrpc.toml:1: addr: found 2024-01-01, want a string in quotes`},
		{"a long string", "root = \"" + strings.Repeat("ä", 50) + "\"", `runrpc.toml:1: root: found the string "` + strings.Repeat("ä", 40) + `…", want true or false`},
		{"a string for a list", "hosts = \"a\"", `runrpc.toml:1: hosts: found the string "a", want a list: ["a"]`},
		{"a number in a list of strings", "hosts = [\n\"a\",\n2]", `runrpc.toml:1: hosts: in the list found 2, want a string in quotes`},
		{"a list in a list", "packages = [[\"a\"]]", `runrpc.toml:1: packages: in the list found a list, want a string in quotes`},
		{"a string for a table", "static = \"./web\"", `runrpc.toml:1: static: found the string "./web", want a table`},
		{"a list of tables for a table", "[[static]]\n\"/\" = \"a\"", `runrpc.toml:1: static: found a list, want a table`},
		{"a table for a string", "[addr]\nhost = \"a\"", `runrpc.toml:1: addr: found a table, want a string in quotes`},
		{"a dotted key for a string", "addr.host = \"a\"", `runrpc.toml:1: addr: found a table, want a string in quotes`},
		{"a number in a table", "[static]\n\"/\" = \"a\"\n\"/b\" = 1", `runrpc.toml:3: static "/b": found 1, want a string in quotes`},
		{"a number in a table in a line", "\nnames = { a = \"x:Y\", b = true }", `runrpc.toml:2: names "b": found true, want a string in quotes`},
		{"none of the choices", "log = \"yaml\"", `runrpc.toml:1: log: found the string "yaml", want one of text, json, off`},
		{"none of the choices in a list", "levels = [\"info\", \"loud\"]", `runrpc.toml:1: levels: found the string "loud", want one of debug, info`},
		{"no time in a list", "delays = [\"1s\", \"2\"]", `runrpc.toml:1: delays: in the list found the string "2", want a time like "30s" or "1m30s"`},
		{"what the flag cannot read", "when = \"soon\"", `runrpc.toml:1: when: parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"`},
		{"a list for what the flag reads", "when = [1]", `runrpc.toml:1: when: found a list, want a single value`},

		{"a key twice", "addr = \"a\"\naddr = \"b\"", `runrpc.toml:2: column 1: key addr is already defined`},
		{"a table twice", "[names]\n[static]\n[names]", `runrpc.toml:3: column 2: table names already exists`},
		{"a name twice, dotted and quoted", "[names]\n\"a.b\" = \"x:Y\"\na.b = \"x:Y\"", `runrpc.toml:3: names: found "a.b" again, as in line 2`},
		{"no TOML", "{\"addr\": \"a\"}", `runrpc.toml:1: column 1: invalid character at start of key: U+007B '{'`},
		{"no value", "root = true\naddr =", `runrpc.toml:2: column 6: expected value, not end of input`},
		{"no quotes", "addr = localhost", `runrpc.toml:1: column 8: unexpected character U+006C 'l' at start of value`},
		{"no UTF-8", "addr = \"\xff\"", `runrpc.toml:1: column 9: invalid UTF-8 character in basic string`},
		{"bytes", "\x7fELF\x00", `runrpc.toml:1: column 1: invalid character at start of key: U+007F`},
		{"a number over 64 bits", "max-body = 9223372036854775808", `runrpc.toml:1: column 12: decimal number is too large to fit in a 64-bit signed integer`},
		{"deep", "hosts = " + strings.Repeat("[", 20000), `runrpc.toml:1: column 10009: arrays and inline tables are nested more than the maximum of 10000 levels deep`},
		{"a huge file", strings.Repeat("#", 64<<10+1), `runrpc.toml: found more than 65536 bytes, want that at most`},
	} {
		t.Run(c.name, func(t *testing.T) {
			enter(t, map[string]string{"runrpc.toml": c.text})
			wantFault(t, c.want)
		})
	}
}

func wantFault(t *testing.T, want string, args ...string) {
	t.Helper()
	_, err := parse(t, args...)
	if fault, ok := errors.AsType[*config.Error](err); !ok || fault.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestFilesOfEditors(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":       "",
		"a byte mark":   "\ufeffaddr = \"localhost:8080\"",
		"Windows lines": "# x\r\naddr = \"localhost:8080\"\r\n",
		"just as large": "#" + strings.Repeat(" ", 64<<10-1),
	} {
		enter(t, map[string]string{"runrpc.toml": text})
		if g, err := parse(t); err != nil || g.Serve.Addr != "localhost:8080" {
			t.Errorf("%s: got %q, %v", name, g.Serve.Addr, err)
		}
	}
}

// A broken variable is told as such, and one of another command does not matter.
func TestBrokenVariables(t *testing.T) {
	enter(t, map[string]string{"runrpc.toml": "max-body = 1"})
	t.Setenv("RUNRPC_CALL_TIMEOUT", "x")
	if _, err := parse(t); err != nil {
		t.Error(err)
	}
	t.Setenv("RUNRPC_MAX_BODY", "x")
	if _, err := parse(t); err == nil || !strings.Contains(err.Error(), "RUNRPC_MAX_BODY") {
		t.Errorf("got %v, want an error that names RUNRPC_MAX_BODY", err)
	}
}

func FuzzFile(f *testing.F) {
	for _, text := range []string{all, "a.b = { c = [1, {d = 2}] }", "[[a]]\n[a.b]\n[[a]]", "static = {\n}", "[names.a]\nb = 1\n[names]\n", "\"\" = 1", "packages = [[]]"} {
		f.Add(text)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(dir, "fuzz.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := parse(t, "--config="+path)
		if err == nil {
			return
		}
		fault, ok := errors.AsType[*config.Error](err)
		if !ok || fault.Line > strings.Count(text, "\n")+1 || strings.Contains(fault.Error(), "\n") {
			t.Errorf("got the error %v", err)
		}
	})
}
