package main_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A project is a module that is edited while runrpc serves it.
type project struct {
	*process
	dir string
	at  int // how much of standard error has been looked at
}

// live serves the package ./hello of a new module, which may be edited.
func live(t testing.TB, tree files, args ...string) *project {
	t.Helper()
	dir := editable(t, tree)
	cmd, tmp := command(t, dir, append([]string{"--addr", "localhost:0", "--watch"}, args...)...)
	return &project{process: start(t, cmd, tmp), dir: dir}
}

// editable writes files into a new directory.
func editable(t testing.TB, tree files) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range tree {
		save(t, dir, name, text)
	}
	return dir
}

// save writes a file as an editor does.
func save(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (p *project) edit(name, text string) {
	p.t.Helper()
	save(p.t, p.dir, name, text)
}

func (p *project) remove(name string) {
	p.t.Helper()
	if err := os.RemoveAll(filepath.Join(p.dir, filepath.FromSlash(name))); err != nil {
		p.t.Fatal(err)
	}
}

// next waits until text stands on standard error, after what it waited for before, and returns what came up to
// the end of its line.
func (p *project) next(text string) string {
	p.t.Helper()
	limit := time.After(patience)
	for {
		have, more := p.stderr.read()
		have = have[p.at:]
		if i := strings.Index(have, text); i >= 0 {
			if end := strings.IndexByte(have[i:], '\n'); end >= 0 {
				p.at += i + end + 1
				return have[:i+end+1]
			}
		}
		select {
		case <-more:
		case <-limit:
			p.t.Fatalf("found no %q in:\n%s", text, have)
		}
	}
}

// say is a package whose function Say answers with a word.
func say(word string) string {
	return "package hello\n\nfunc Say() string { return \"" + word + "\" }\n"
}

const again = "serving again after "

func TestEdits(t *testing.T) {
	t.Parallel()
	for name, flags := range map[string][]string{"events": nil, "poll": {"--poll"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := editable(t, files{"go.mod": userModule, "hello/h.go": say("one")})
			cmd, tmp := command(t, dir, append(flags, "--addr", "localhost:0", "--watch", "hello")...)
			p := &project{process: start(t, cmd, tmp), dir: dir}
			p.wantResult("hello.say", `[]`, `"one"`)
			for _, word := range []string{"two", "three"} {
				p.edit("hello/h.go", say(word))
				p.next("runrpc: hello/h.go changed: " + again)
				p.wantResult("hello.say", `[]`, `"`+word+`"`)
			}
		})
	}
}

// What is made of the source besides the functions' code comes with an edit, too.
func TestEditedTree(t *testing.T) {
	t.Parallel()
	p := live(t, files{"go.mod": userModule, "hello/h.go": say("one")}, "hello")
	p.edit("hello/more/m.go", "package more\n\nfunc Double(x int) int { return 2 * x }\n")
	p.next("hello/more/m.go added: " + again)
	p.next("  + hello.more.double(x int)")
	p.wantResult("hello.more.double", `[2]`, `4`)

	p.edit("hello/more/m.go", "package more\n\n//rpc:name twice\nfunc Double(x, y int) int { return 2 * x }\n")
	p.next("hello/more/m.go changed: " + again)
	p.next("  + hello.more.twice(x int, y int)")
	p.next("  - hello.more.double(x int)")

	p.remove("hello/more")
	p.next("hello/more/m.go removed: " + again)
	p.next("  - hello.more.twice(x int, y int)")
	p.wantCode("hello.more.twice", `[]`, -32601)

	p.edit("hello/h.go", "package other\n\nfunc Say() string { return \"other\" }\n")
	p.next(again)
	p.next("  + other.say()")
	p.next("  - hello.say()")
	p.wantResult("other.say", `[]`, `"other"`)

	p.remove("hello/h.go")
	if got := p.next("runrpc: serving what was there before"); !strings.Contains(got, "runrpc: found no Go package in hello\n") {
		t.Errorf("found no reason in:\n%s", got)
	}
	p.wantResult("other.say", `[]`, `"other"`)
	p.edit("hello/h.go", say("two"))
	p.next("mended, " + again)
	p.wantResult("hello.say", `[]`, `"two"`)
}

// Packages and files that the served ones are made of are watched wherever they lie, and nothing else.
func TestWatchedFiles(t *testing.T) {
	t.Parallel()
	tree := files{
		"app/go.mod":            "module example.com/app\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ../dep\n",
		"app/hello/h.go":        "package hello\n\nimport (\n\t\"embed\"\n\n\t\"example.com/app/shared\"\n\t\"example.com/dep\"\n)\n\n//go:embed words/*.txt\nvar words embed.FS\n\nfunc Say() (string, error) {\n\tall, err := words.ReadDir(\"words\")\n\ttext := shared.Word + dep.Word\n\tfor _, e := range all {\n\t\tdata, _ := words.ReadFile(\"words/\" + e.Name())\n\t\ttext += string(data)\n\t}\n\treturn text, err\n}\n",
		"app/hello/words/1.txt": "a",
		"app/shared/s.go":       "package shared\n\nconst Word = \"s\"\n",
		"app/unused/u.go":       "package unused\n",
		"dep/go.mod":            "module example.com/dep\n",
		"dep/d.go":              "package dep\n\nconst Word = \"d\"\n",
		"other/go.mod":          "module example.com/dep\n",
		"other/o.go":            "package dep\n\nconst Word = \"o\"\n",
	}
	dir := editable(t, tree)
	cmd, tmp := command(t, filepath.Join(dir, "app"), "--addr", "localhost:0", "--watch", "--log=off", "hello")
	p := &project{process: start(t, cmd, tmp), dir: dir}
	p.wantResult("hello.say", `[]`, `"sda"`)
	p.edit("app/shared/s.go", "package shared\n\nconst Word = \"S\"\n")
	p.next("shared/s.go changed: " + again)
	p.wantResult("hello.say", `[]`, `"Sda"`)
	p.edit("dep/d.go", "package dep\n\nconst Word = \"D\"\n")
	p.next("dep/d.go changed: " + again)
	p.wantResult("hello.say", `[]`, `"SDa"`)
	p.edit("app/hello/words/1.txt", "A")
	p.next("1.txt changed: " + again)
	p.edit("app/hello/words/2.txt", "B")
	p.next("2.txt added: " + again)
	p.wantResult("hello.say", `[]`, `"SDAB"`)
	p.edit("app/go.mod", strings.ReplaceAll(tree["app/go.mod"], "../dep", "../other"))
	p.next("go.mod changed: " + again)
	p.wantResult("hello.say", `[]`, `"SoAB"`)

	p.edit("app/unused/u.go", "package unused\n\nvar X int\n")
	p.edit("app/hello/h_test.go", "package hello\n")
	p.edit("app/hello/.h.go.swp", "x")
	p.edit("app/hello/testdata/t.go", "package t\n")
	p.edit("app/hello/node_modules/n.go", "package n\n")
	p.edit("app/shared/s.go", "package shared\n\nconst Word = \"S\"\n") // as it was
	p.edit("other/o.go", "package dep\n\nconst Word = \"O\"\n")
	if got := p.next(again); strings.Contains(got, ",") {
		t.Errorf("more than other/o.go has been noticed: %s", got)
	}
	p.wantResult("hello.say", `[]`, `"SOAB"`)
}

// A version that does not build or start leaves the one before in its place.
func TestBrokenEdits(t *testing.T) {
	t.Parallel()
	p := live(t, files{"go.mod": userModule, "hello/h.go": say("one")}, "hello")
	tests := []struct {
		name, text string
		want       string // on standard error
	}{
		{"a syntax error", "package hello\n\nfunc Say() string {\n\treturn (\n", "hello/h.go:4:11: expected operand, found 'EOF'\n"},
		{"a type error", "package hello\n\nfunc Say() string {\n\treturn 1 + len(\"x\")\n}\n",
			"# example.com/user/hello\nhello/h.go:4:9: cannot use 1 + len(\"x\") (constant 2 of type int) as string value in return statement\n" +
				"    4 |     return 1 + len(\"x\")\n      |            ^\n"},
		{"a missing import", "package hello\n\nimport \"example.com/nowhere\"\n\nfunc Say() { nowhere.Say() }\n", "hello/h.go:3:8: "},
		{"a panic at the start", say("x") + "\nfunc init() { panic(\"no way\") }\n", "panic: no way"},
		{"an end at the start", "package hello\n\nimport \"os\"\n\nfunc init() { os.Exit(7) }\n\nfunc Say() {}\n", ""},
		{"nothing to serve", "package hello\n\nfunc Say(c chan int) {}\n", "runrpc: found nothing to serve"},
		{"a package that fails", "package hello\n\nimport (\n\t\"errors\"\n\n\t\"github.com/runrpc/jsonrpc\"\n)\n\nfunc RPC() (jsonrpc.RPC, error) { return nil, errors.New(\"no database\") }\n",
			"runrpc: example.com/user/hello: RPC: no database\n"},
	}
	for _, test := range tests {
		p.edit("hello/h.go", test.text)
		if got := p.next("runrpc: serving what was there before, until an edit mends it"); !strings.Contains(got, test.want) {
			t.Errorf("%s: found no %q in:\n%s", test.name, test.want, got)
		}
		p.wantResult("hello.say", `[]`, `"one"`)
	}
	p.edit("hello/h.go", say("two"))
	p.next("hello/h.go changed: mended, " + again)
	p.wantResult("hello.say", `[]`, `"two"`)
	p.edit("go.mod", "modul example.com\n")
	if got := p.next("runrpc: serving what was there before"); !strings.Contains(got, "runrpc: "+p.dir+"/go.mod:") {
		t.Errorf("found no word on go.mod in:\n%s", got)
	}
	p.edit("go.mod", userModule)
	p.next("mended, " + again)
}

// The first version need not build either.
func TestBrokenStart(t *testing.T) {
	t.Parallel()
	dir := editable(t, files{"go.mod": userModule, "hello/h.go": "package hello\n\nfunc Say() string { return 1 }\n"})
	cmd, tmp := command(t, dir, "--addr", "localhost:0", "--watch", "hello")
	mend := make(chan struct{})
	t.Cleanup(func() { <-mend })
	stderr := newOutput()
	cmd.Stderr = stderr
	go func() {
		defer close(mend)
		p := &project{process: &process{t: t, stderr: stderr}, dir: dir}
		p.next("hello/h.go:3:28: cannot use 1")
		p.next("runrpc: waiting for an edit that mends it")
		p.edit("hello/h.go", "package hello\n\nfunc init() { panic(\"no\") }\n\nfunc Say() int { return 1 }\n")
		p.next("panic: no")
		p.next("runrpc: waiting for an edit that mends it")
		p.edit("hello/h.go", say("mended"))
	}()
	p := start(t, cmd, tmp)
	p.wantResult("hello.say", `[]`, `"mended"`)
	if want := "hello.say()\n\n"; p.banner != want {
		t.Errorf("got the start screen %q, want %q", p.banner, want)
	}
}

// A version that does not get on with its start is told of, and gives way to the next edit.
func TestHangingStart(t *testing.T) {
	t.Parallel()
	p := live(t, files{"go.mod": userModule, "hello/h.go": say("one")}, "hello")
	hanging := say("x") + "\nfunc init() {\n\tprintln(\"begun\")\n\tselect {\n\tcase <-make(chan int):\n\tcase <-time.After(time.Hour):\n\t}\n}\n"
	hanging = strings.Replace(hanging, "package hello\n", "package hello\n\nimport \"time\"\n", 1)
	p.edit("hello/h.go", hanging)
	p.next("begun\n")
	p.next("runrpc: the program has started, but does not serve yet")
	p.wantResult("hello.say", `[]`, `"one"`)
	p.edit("hello/h.go", say("two"))
	p.next(again)
	p.wantResult("hello.say", `[]`, `"two"`)
	p.edit("hello/h.go", hanging)
	p.next("begun\n")
	if code := p.stop(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}

// ending is a package whose function ends the program.
const ending = "package hello\n\nimport \"os\"\n\nfunc End() { os.Exit(7) }\n\nfunc Say() string { return \"up\" }\n"

// A program that ends by itself is started again, and at once after an edit.
func TestEndedProgram(t *testing.T) {
	t.Parallel()
	p := live(t, files{"go.mod": userModule, "hello/h.go": ending}, "hello")
	end := func() {
		resp, err := http.Post(p.url, "application/json", strings.NewReader(`{"jsonrpc":"2.0","method":"hello.end","id":1}`))
		if err == nil {
			_ = resp.Body.Close()
			t.Error("found an answer")
		}
	}
	end()
	p.next("runrpc: the server has ended (exit code 7): it is started again in 1s, and after an edit at once")
	p.next("runrpc: serving again\n")
	p.wantResult("hello.say", `[]`, `"up"`)
	end()
	p.next("runrpc: the server has ended (exit code 7)")
	p.edit("hello/h.go", say("edited"))
	p.next(again)
	p.wantResult("hello.say", `[]`, `"edited"`)
}

// What comes while something is built is built, too, and of many edits the last one is served.
func TestQuickEdits(t *testing.T) {
	t.Parallel()
	p := live(t, files{"go.mod": userModule, "hello/h.go": say("one")}, "hello")
	for _, word := range strings.Fields("two three four five six seven") {
		p.edit("hello/h.go", say(word))
		p.edit("hello/other.go", "package hello\n\nconst word = \""+word+"\"\n")
	}
	p.next(again)
	limit := time.After(patience)
	for p.call("hello.say", `[]`) != `{"jsonrpc":"2.0","result":"seven","id":1}` {
		select {
		case <-limit:
			t.Fatal("the last edit is not served; stderr:\n" + p.stderr.String())
		default:
		}
	}
}

// What has been replaced leaves nothing behind.
func TestNothingPilesUp(t *testing.T) {
	t.Parallel()
	p := live(t, files{"go.mod": userModule, "hello/h.go": say("0")}, "hello")
	for _, word := range strings.Fields("1 2 3 4") {
		p.edit("hello/h.go", say(word))
		p.next(again)
		p.wantResult("hello.say", `[]`, `"`+word+`"`)
	}
	entries, err := os.ReadDir(p.tmp)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) > 3 { // the one that serves, and those whose connections have not been closed yet
		t.Errorf("found %d temporary directories", len(entries))
	}
}

// A function that does not fit is told once, and once more when it is another.
func TestMisfitsOnce(t *testing.T) {
	t.Parallel()
	with := func(word, more string) string { return say(word) + "\n" + more + "\n" }
	const chans, generic = "func Chan(c chan int) {}", "func Generic[T any]() {}"
	p := live(t, files{"go.mod": userModule, "hello/h.go": with("one", chans+"\n"+generic)}, "hello")
	p.next("Generic: a generic function")
	p.next("hello/h.go:5: Chan: found func(chan int)")
	p.edit("hello/h.go", with("two", "\n"+chans+"\n"+generic))
	if got := p.next(again); strings.Contains(got, "Chan") || strings.Contains(got, "Generic") {
		t.Errorf("it is told again:\n%s", got)
	}
	p.edit("hello/h.go", with("three", chans+"\nfunc Callback(f func()) {}"))
	if got := p.next(again); strings.Contains(got, "Chan") || !strings.Contains(got, "hello/h.go:6: Callback: found func(func())") {
		t.Errorf("got:\n%s", got)
	}
}

func TestQuiet(t *testing.T) {
	t.Parallel()
	dir := editable(t, files{"go.mod": userModule, "hello/h.go": say("one")})
	addr := freeAddr(t)
	cmd, tmp := command(t, dir, "--addr", addr, "--watch", "-q", "hello")
	p := &project{process: startQuiet(t, cmd, tmp, addr), dir: dir}
	p.wantResult("hello.say", `[]`, `"one"`)
	p.edit("hello/h.go", "package hello\n\nfunc Say() string { return 1 }\n")
	p.next("hello/h.go:3:28: cannot use 1")
	p.edit("hello/h.go", say("two"))
	limit := time.After(patience)
	for p.call("hello.say", `[]`) != `{"jsonrpc":"2.0","result":"two","id":1}` {
		select {
		case <-limit:
			t.Fatal("the edit is not served")
		default:
		}
	}
	p.stop()
	want := "# example.com/user/hello\nhello/h.go:3:28: cannot use 1 (untyped int constant) as string value in return statement\n" +
		"    3 | func Say() string { return 1 }\n      |                            ^\n"
	if got := p.stderr.String(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
