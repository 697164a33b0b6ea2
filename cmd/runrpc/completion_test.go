package main_test

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const manyMethods = `{"methods":[
	{"name":"create_pet","summary":"Creates a pet","params":[{"name":"newPet","schema":{"type":"integer"}},{"name":"note","schema":{"type":"string"}}]},
	{"name":"registration::by_email::send"},
	{"name":"weird name"},
	{"name":"evil\u0007name"}]}`

// What fits behind words; the last is being typed.
func TestComplete(t *testing.T) {
	t.Parallel()
	dir := write(t, files{
		"hello/h.go": hello, "hero.go": hello, "help.txt": "", "data/a.json": "", "data/a b.json": "", ".hidden/x.go": hello,
	})
	p := describes(t, map[string]string{"rpc.discover": manyMethods}, nil)
	by := describes(t, map[string]string{"rpc.discover": `{"methods":[{"name":"m","paramStructure":"by-position","params":[{"name":"a"}]}]}`}, nil)
	tests := []struct {
		words []string
		want  string
	}{
		{[]string{"ca"}, "call"},
		{[]string{"h"}, "hello/ hero.go"},
		{[]string{"hello/"}, "hello/h.go"},
		{[]string{"__"}, ""},
		{[]string{"serve", "h"}, "hello/ hero.go"},
		{[]string{"."}, ".hidden/"},
		{[]string{"./he"}, "./hello/ ./hero.go"},
		{[]string{"hello", "her"}, "hero.go"},
		{[]string{"serve", "--addr", ""}, ""},
		{[]string{"serve", "--toolkit", "d"}, "data/"},
		{[]string{"serve", "--toolkit=d"}, "--toolkit=data/"},
		{[]string{"serve", "--max-b"}, "--max-body --max-batch"},
		{[]string{"--ex"}, "--expose-errors"},
		{[]string{"call", "--ma"}, "--max-answer"},
		{[]string{"call", p.URL, "m", "--ma"}, "--max-answer"},
		{[]string{"call", p.URL, "--", "--ma"}, ""},
		{[]string{"call", ""}, ""},
		{[]string{"call", p.URL, ""}, "create_pet registration::by_email::send weird name"},
		{[]string{"call", "-v", p.URL, "-H", "a: b", "c"}, "create_pet"},
		{[]string{"call", p.URL, "create_pet", ""}, "newPet:= note="},
		{[]string{"call", p.URL, "create_pet", "newPet:=1", ""}, "note="},
		{[]string{"call", p.URL, "create_pet", "1", ""}, ""},
		{[]string{"call", p.URL, "create_pet", "note=x"}, ""},
		{[]string{"call", p.URL, "nope", ""}, ""},
		{[]string{"call", by.URL, "m", ""}, ""},
		{[]string{"call", p.URL, "m", "@data/"}, "@data/a b.json @data/a.json"},
		{[]string{"call", p.URL, "m", "x:=@da"}, "x:=@data/"},
		{[]string{"call", p.URL, "m", "x@=da"}, "x@=data/"},
		{[]string{"call", p.URL, "--batch", "data/a."}, "data/a.json"},
		{[]string{"list", p.URL, "w"}, "weird name"},
		{[]string{"list", p.URL, "w", ""}, ""},
		{[]string{"check", p.URL, "--method", "c"}, "create_pet"},
		{[]string{"check", p.URL, "--method=c"}, ""},
		{[]string{"completion", ""}, "bash zsh fish"},
		{[]string{"completion", "z"}, "zsh"},
		{[]string{"manual", "--format", "m"}, "man markdown"},
		{[]string{"manual", "--format=ma"}, "--format=man --format=markdown"},
		{[]string{"version", ""}, ""},
		{[]string{"call", "http://" + freeAddr(t), ""}, ""},
		{[]string{"call", "ftp://nope", ""}, ""},
		{[]string{"call", p.URL, "--ca", "nope.pem", ""}, ""},
	}
	for _, test := range tests {
		t.Run(strings.Join(test.words, " "), func(t *testing.T) {
			t.Parallel()
			got := client{dir: dir}.run(t, append([]string{"__complete", "fish", "--"}, test.words...)...)
			var values []string
			for line := range strings.Lines(got.Stdout) {
				value, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
				values = append(values, value)
			}
			if diff := cmp.Diff(test.want, strings.Join(values, " ")); diff != "" || got.Code != 0 || got.Stderr != "" {
				t.Errorf("%d %s (-want +got):\n%s", got.Code, got.Stderr, diff)
			}
		})
	}
}

// What bash is told: only what stands behind the last character that breaks a word, in quotes where none are open.
func TestCompleteBash(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"data/a b.json": "", "data/c$d.json": ""})
	p := describes(t, map[string]string{"rpc.discover": manyMethods}, nil)
	for line, want := range map[string]string{
		"runrpc ca":                                                    "call\n",
		"runrpc call " + p.URL + " reg":                                "registration::by_email::send\n",
		"runrpc call " + p.URL + " registration":                       "registration::by_email::send\n",
		"runrpc call " + p.URL + " registration::by":                   "by_email::send\n",
		"runrpc call " + p.URL + " we":                                 "weird\\ name\n",
		"runrpc call " + p.URL + " 'we":                                "weird name\n",
		"runrpc call " + p.URL + " m x:=@data/a":                       "@data/a\\ b.json\n",
		"runrpc call " + p.URL + " m \"x:=@data/c":                     "x:=@data/c$d.json\n",
		"runrpc call " + p.URL + " m x:=@data/c":                       "@data/c\\$d.json\n",
		"runrpc call -H 'Authorization: a b' " + p.URL + " --batch=da": "data/\n",
		"runrpc": "",
		"":       "",
	} {
		got := client{dir: dir}.run(t, "__complete", "bash", "--", line, " \t\n\"'@><=;|&(:")
		if diff := cmp.Diff(outcome{0, want, ""}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", line, diff)
		}
	}
	if diff := cmp.Diff(outcome{}, client{}.run(t, "__complete", "bash", "--", "runrpc ca")); diff != "" {
		t.Error("without the breaks (-want +got):\n" + diff)
	}
}

// A server that does not answer holds nobody up for long.
func TestCompleteHanging(t *testing.T) {
	t.Parallel()
	p := newPeerFunc(t, func(_ http.ResponseWriter, r *http.Request, _ string) { <-r.Context().Done() })
	began := time.Now()
	if diff := cmp.Diff(outcome{}, client{}.run(t, "__complete", "zsh", "--", "call", p.URL, "")); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if took := time.Since(began); took > patience/4 { // a second, on an idle machine
		t.Errorf("it took %s", took)
	}
}

func TestCompletionScripts(t *testing.T) {
	t.Parallel()
	for _, shell := range []string{"bash", "zsh", "fish"} {
		want, err := os.ReadFile("internal/completion/scripts/runrpc." + shell)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(outcome{0, string(want), ""}, client{}.run(t, "completion", shell)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", shell, diff)
		}
	}
	want := `runrpc: <shell> must be one of "bash","zsh","fish" but got "tcsh" (runrpc --help tells the usage)` + "\n"
	if diff := cmp.Diff(outcome{2, "", want}, client{}.run(t, "completion", "tcsh")); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}
