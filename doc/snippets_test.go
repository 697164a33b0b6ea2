package doc_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The documents' code is fenced by what these words of its first line say:
//
//	```go              compiled; statements and declarations, or a program with its package clause
//	```sh              a command, run only when output follows or it is a server
//	```sh server       a command that is started and goes on until the document ends
//	```text output     what the go or sh block before prints, whatever the language
//
// All go blocks between two headings of level 2 are one package, with the declarations that stand
// before the first of them; imports are added, and
//
//	<!-- go
//	...
//	-->
//
// adds to it what a reader need not see.

// block is one fenced block.
type block struct {
	line   int // of its first line of text
	words  []string
	text   string
	output *block // what it prints
}

// section is the part of a document under one heading.
type section struct {
	file   string
	title  string
	blocks []*block
}

// is tells what a block's first word is.
func (b *block) is(language string) bool { return b.words[0] == language }

// whole tells a Go file from a part of one.
func (b *block) whole() bool {
	return strings.HasPrefix(b.text, "package ") || strings.Contains(b.text, "\npackage ")
}

// read splits a document into its sections.
func read(t *testing.T, file string) []*section {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sections := []*section{{file: file, title: file}}
	var open *block
	closing := ""
	for i, line := range strings.Split(string(text), "\n") {
		last := sections[len(sections)-1]
		switch info, fence := strings.CutPrefix(line, "```"); {
		case open != nil && line == closing:
			last.add(t, open)
			open = nil
		case open != nil:
			open.text += line + "\n"
		case fence:
			open, closing = &block{line: i + 2, words: strings.Fields(info)}, "```"
			if open.words == nil {
				t.Fatalf("%s:%d: found a block of no language", file, i+1)
			}
		case line == "<!-- go":
			open, closing = &block{line: i + 2, words: []string{"go"}}, "-->"
		case strings.HasPrefix(line, "## "):
			sections = append(sections, &section{file: file, title: line[3:]})
		}
	}
	if open != nil {
		t.Fatalf("%s:%d: found a block that does not end", file, open.line)
	}
	return sections
}

// add adds a block; output belongs to the block before.
func (s *section) add(t *testing.T, b *block) {
	t.Helper()
	if !slices.Contains(b.words, "output") {
		s.blocks = append(s.blocks, b)
		return
	}
	if len(s.blocks) == 0 {
		t.Fatalf("%s:%d: found output of nothing", s.file, b.line)
	}
	s.blocks[len(s.blocks)-1].output = b
}

// imports are the packages that blocks without a package clause use.
var imports = map[string]string{
	"atomic": "sync/atomic", "bytes": "bytes", "context": "context", "errors": "errors", "fmt": "fmt",
	"hello": "github.com/runrpc/jsonrpc/examples/hello", "http": "net/http", "httptest": "net/http/httptest",
	"io": "io", "json": "encoding/json", "jsonrpc": "github.com/runrpc/jsonrpc", "log": "log", "maps": "maps", "math": "math", "openrpc": "github.com/runrpc/jsonrpc/openrpc",
	"os": "os", "rand": "math/rand/v2", "reflect": "reflect", "signal": "os/signal", "sort": "sort", "strings": "strings", "sync": "sync",
	"syscall": "syscall", "testing": "testing", "time": "time", "zerolog": "github.com/rs/zerolog",
}

// program makes one Go file of a section's blocks, with a function Section that runs them. It
// returns "" where there is nothing to compile.
func (s *section) program(t *testing.T, pkg string, preamble *section) string {
	t.Helper()
	var declarations, statements strings.Builder
	for _, b := range preamble.blocks {
		if preamble != s && b.is("go") && declares(b.text) {
			declarations.WriteString(b.text)
		}
	}
	last := slices.IndexFunc(s.blocks, func(b *block) bool { return b.is("go") })
	if last < 0 {
		return ""
	}
	for i, b := range s.blocks {
		if b.is("go") && b.output != nil {
			last = i
		}
	}
	for i, b := range s.blocks {
		at := fmt.Sprintf("//line %s:%d\n", s.file, b.line)
		switch {
		case !b.is("go") || b.whole():
		case declares(b.text):
			declarations.WriteString(at + b.text)
		default:
			fmt.Fprintf(&statements, "fmt.Printf(\"\\x00%d\\x00\")\n%s%s", i, at, b.text)
			for _, name := range variables(t, b) {
				fmt.Fprintf(&statements, "_ = %s\n", name)
			}
			if i == last {
				statements.WriteString("fmt.Print(\"\\x00-1\\x00\")\nif len(os.Args) > 0 {\nreturn nil\n}\n")
			}
		}
	}
	body := fmt.Sprintf("%s\nfunc Section() error {\n%s\nreturn nil\n}\n", declarations.String(), statements.String())
	return fmt.Sprintf("package %s\n\n%s\n%s", pkg, importsOf(t, s, body), body)
}

// declares tells declarations from statements.
func declares(text string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+text, 0)
	return err == nil
}

// variables lists those that a block's statements declare and may not use.
func variables(t *testing.T, b *block) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\nfunc f() {\n"+b.text+"}", 0)
	if err != nil {
		t.Fatalf("the block at line %d is no Go: %v", b.line, err)
	}
	var names []string
	add := func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok && id.Name != "_" && !slices.Contains(names, id.Name) {
			names = append(names, id.Name)
		}
	}
	for _, stmt := range file.Decls[0].(*ast.FuncDecl).Body.List {
		switch stmt := stmt.(type) {
		case *ast.AssignStmt:
			if stmt.Tok == token.DEFINE {
				for _, e := range stmt.Lhs {
					add(e)
				}
			}
		case *ast.DeclStmt:
			for _, spec := range stmt.Decl.(*ast.GenDecl).Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					for _, id := range v.Names {
						add(id)
					}
				}
			}
		}
	}
	return names
}

// importsOf finds the packages that are used.
func importsOf(t *testing.T, s *section, body string) string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+body, 0)
	if err != nil {
		t.Fatalf("%s: %s: %v", s.file, s.title, err)
	}
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && id.Obj == nil && imports[id.Name] != "" {
				used[imports[id.Name]] = true
			}
		}
		return true
	})
	var text strings.Builder
	for path := range used {
		fmt.Fprintf(&text, "import %q\n", path)
	}
	return text.String()
}

var changing = regexp.MustCompile(`"[0-9a-f]{16}"|127\.0\.0\.1:\d+|"duration":[0-9.]+`)

// plain makes output comparable: what differs from run to run is taken out.
func plain(output string) string {
	lines := strings.Split(changing.ReplaceAllString(output, "…"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
