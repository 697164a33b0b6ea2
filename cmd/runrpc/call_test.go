package main_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const answered = `{"jsonrpc":"2.0","result":null,"id":1}`

// What arguments send, byte by byte.
func TestCallRequests(t *testing.T) {
	t.Parallel()
	dir := write(t, files{
		"params.json": " { \"b\" : 1.0e2,\n \"a\": [ ] }\n",
		"list.json":   "[1, 2]",
		"note.txt":    "two\nlines\t\"quoted\" ü\n",
		"big.json":    "123456789012345678901234567890.10",
	})
	const head = `{"jsonrpc":"2.0","method":"m"`
	tests := []struct {
		name  string
		args  []string
		stdin string
		want  string
	}{
		{"nothing", nil, "", head + `,"id":1}`},
		{"numbers", []string{"1", "2"}, "", head + `,"params":[1,2],"id":1}`},
		{"negative numbers", []string{"-1", "-2.5", "-0"}, "", head + `,"params":[-1,-2.5,-0],"id":1}`},
		{"numbers as they are written", []string{"1.0", "1e400", "12345678901234567890123", "0.10"}, "", head + `,"params":[1.0,1e400,12345678901234567890123,0.10],"id":1}`},
		{"what is no number", []string{"01", "1.", ".5", "+1", "0x10", "NaN", "1_000"}, "", head + `,"params":["01","1.",".5","+1","0x10","NaN","1_000"],"id":1}`},
		{"literals", []string{"true", "false", "null", "True", "nil"}, "", head + `,"params":[true,false,null,"True","nil"],"id":1}`},
		{"texts", []string{"hello", "two words", "", " ", "ü😀", "a\"b\\c", "a\nb"}, "", head + `,"params":["hello","two words",""," ","ü😀","a\"b\\c","a\nb"],"id":1}`},
		{"quoted texts", []string{`"42"`, `"a=b"`, `"-"`, `"@x"`}, "", head + `,"params":["42","a=b","-","@x"],"id":1}`},
		{"arrays and objects", []string{`[ 1, "a" ]`, `{ "a" : { } }`}, "", head + `,"params":[[1,"a"],{"a":{}}],"id":1}`},
		{"a member twice", []string{`{"a":1,"a":2}`}, "", head + `,"params":[{"a":1,"a":2}],"id":1}`},
		{"JSON that breaks off is a text", []string{`{"a":`, `[1`, `"x`}, "", head + `,"params":["{\"a\":","[1","\"x"],"id":1}`},
		{"an address and a URL are texts", []string{"ada@example.com", "http://host/?a=b"}, "", head + `,"params":["ada@example.com","http://host/?a=b"],"id":1}`},
		{"a name", []string{"name=world"}, "", head + `,"params":{"name":"world"},"id":1}`},
		{"= is always a text", []string{"a=1", "b=true", "c=", "d={}", "e=a=b", "f=@x"}, "", head + `,"params":{"a":"1","b":"true","c":"","d":"{}","e":"a=b","f":"@x"},"id":1}`},
		{":= is JSON", []string{"a:=1", "b:=true", `c:={ "x": [1] }`, `d:="t"`, "e:=-5"}, "", head + `,"params":{"a":1,"b":true,"c":{"x":[1]},"d":"t","e":-5},"id":1}`},
		{"names beyond letters", []string{"a.b=1", "a-b=2", "_x=3", "$y=4", "ünter=5", "n1=6"}, "", head + `,"params":{"a.b":"1","a-b":"2","_x":"3","$y":"4","ünter":"5","n1":"6"},"id":1}`},
		{"the order of names stays", []string{"z=1", "a=2"}, "", head + `,"params":{"z":"1","a":"2"},"id":1}`},
		{"the text of a file", []string{"note@=note.txt"}, "", head + `,"params":{"note":"two\nlines\t\"quoted\" ü\n"},"id":1}`},
		{"the JSON of a file", []string{"a:=@params.json", "b:=@big.json"}, "", head + `,"params":{"a":{"b":1.0e2,"a":[]},"b":123456789012345678901234567890.10},"id":1}`},
		{"the JSON of standard input", []string{"a:=@-"}, "[ 1 ]", head + `,"params":{"a":[1]},"id":1}`},
		{"the text of standard input", []string{"a@=-"}, "text", head + `,"params":{"a":"text"},"id":1}`},
		{"all from a file", []string{"@params.json"}, "", head + `,"params":{"b":1.0e2,"a":[]},"id":1}`},
		{"all from a file, an array", []string{"@list.json"}, "", head + `,"params":[1,2],"id":1}`},
		{"all from standard input", []string{"-"}, "{\"a\":\n1}", head + `,"params":{"a":1},"id":1}`},
		{"all from standard input, with @", []string{"@-"}, "[ ]", head + `,"params":[],"id":1}`},
		{"texts by --string", []string{"--string", "1", "a=b", "-", "@x", "{}"}, "", head + `,"params":["1","a=b","-","@x","{}"],"id":1}`},
		{"--string without arguments", []string{"--string"}, "", head + `,"id":1}`},
		{"behind --", []string{"--", "-v", "--raw"}, "", head + `,"params":["-v","--raw"],"id":1}`},
		{"flags between arguments", []string{"1", "--raw", "-5", "--timeout", "9s", "x"}, "", head + `,"params":[1,-5,"x"],"id":1}`},
		{"a notification", []string{"--notify", "1"}, "", head + `,"params":[1]}`},
		{"an id that is a number", []string{"--id", "1.0"}, "", head + `,"id":1.0}`},
		{"an id that is negative", []string{"--id", "-5"}, "", head + `,"id":-5}`},
		{"an id that is a text", []string{"--id=abc"}, "", head + `,"id":"abc"}`},
		{"an id that is a text of digits", []string{"--id", `"7"`}, "", head + `,"id":"7"}`},
		{"an id that is null", []string{"--id", "null"}, "", head + `,"id":null}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, answered)
			client{dir: dir, stdin: test.stdin}.run(t, append([]string{"call", p.URL, "m"}, test.args...)...)
			if diff := cmp.Diff([]string{test.want}, p.received()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

// Arguments that say nothing are refused before anything is sent.
func TestCallArguments(t *testing.T) {
	t.Parallel()
	dir := write(t, files{"bad.json": "{\"a\":\n oops}", "number.json": "5", "latin1.txt": "\xfc"})
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"no method", nil, `found no method to call: runrpc list URL tells which there are`},
		{"positions and names", []string{"m", "1", "name=world"}, `1 is given by position and name=world by name: params are all one or all the other; '"name=world"' is the text`},
		{"names and positions", []string{"m", "name=world", "1"}, `1 is given by position and name=world by name: params are all one or all the other; '"name=world"' is the text`},
		{"a name twice", []string{"m", "a=1", "a:=2"}, `a is given twice`},
		{"no JSON behind :=", []string{"m", "a:=oops"}, `a: oops is no JSON (invalid character 'o' at start of value at byte 0): a string is given with =`},
		{"nothing behind :=", []string{"m", "a:="}, `a: found nothing behind :=`},
		{"no such file", []string{"m", "@nope.json"}, `nope.json: no such file or directory`},
		{"no such file for a name", []string{"m", "a:=@nope.json"}, `a: nope.json: no such file or directory`},
		{"a directory", []string{"m", "a@=."}, `a: .: is a directory`},
		{"a file that is no JSON", []string{"m", "@bad.json"}, `bad.json is no JSON: `},
		{"a file that is no params", []string{"m", "@number.json"}, `number.json: found a number, want params: an array or an object`},
		{"a file that is not UTF-8", []string{"m", "a@=latin1.txt"}, `a: latin1.txt is not UTF-8, and JSON is`},
		{"a file without end", []string{"m", "a@=/dev/zero"}, `a: /dev/zero is longer than 64 MiB`},
		{"empty standard input", []string{"m", "-"}, `standard input is no JSON: `},
		{"all params and more", []string{"m", "@bad.json", "1"}, `@bad.json stands for all params, so nothing can stand beside it: '"@bad.json"' is the text`},
		{"standard input and more", []string{"m", "1", "-"}, `- stands for all params, so nothing can stand beside it: '"-"' is the text`},
		{"not UTF-8", []string{"m", "\xfc"}, `"\xfc" is not UTF-8 (runrpc --help tells the usage)`},
		{"a text that is not UTF-8", []string{"m", "--string", "\xfc"}, `"\xfc" is not UTF-8 (runrpc --help tells the usage)`},
		{"an id of a wrong type", []string{"m", "--id", "{}"}, `id: found an object, want a string, a number or null`},
		{"an id for a notification", []string{"m", "--notify", "--id", "1"}, `--id: a notification has none`},
		{"a batch and a method", []string{"m", "--batch", "-"}, `--batch: the methods stand in the file, found m beside it`},
		{"an id for a batch", []string{"--batch", "-", "--id", "1"}, `--id: the requests of a batch have their ids in the file`},
		{"a header without a colon", []string{"m", "-H", "nope"}, `--header: found "nope", want 'NAME: VALUE'`},
		{"a header with a space in its name", []string{"m", "-H", "a b: c"}, `--header: found "a b: c", want 'NAME: VALUE'`},
		{"a header of two lines", []string{"m", "-H", "a: b\r\nc: d"}, `--header: found "a: b\r\nc: d", want 'NAME: VALUE'`},
		{"no time", []string{"m", "--timeout", "0"}, `--timeout: found 0s, want more than 0`},
		{"no room", []string{"m", "--max-answer", "0"}, `--max-answer: found 0, want more than 0`},
		{"no such authority", []string{"m", "--ca", "nope.pem"}, `--ca: open nope.pem: no such file or directory`},
		{"an authority that is none", []string{"m", "--ca", "number.json"}, `--ca: found no certificate in PEM in number.json`},
		{"an unknown flag", []string{"m", "--rwa"}, `unknown flag --rwa, did you mean one of "--raw", "--ca"? (runrpc --help tells the usage)`},
		{"a flag without its value", []string{"m", "--id"}, `--id: found nothing behind it, want ID (runrpc --help tells the usage)`},
		{"no duration", []string{"m", "--timeout", "soon"}, `--timeout: expected duration but got "soon": time: invalid duration "soon" (runrpc --help tells the usage)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPeer(t, answered)
			got := client{dir: dir}.run(t, append([]string{"call", p.URL}, test.args...)...)
			if got.Code != 2 || got.Stdout != "" || !strings.HasPrefix(got.Stderr, "runrpc: "+test.want) || strings.Count(got.Stderr, "\n") != 1 {
				t.Errorf("got  %#v\nwant %s", got, test.want)
			}
			if sent := p.received(); sent != nil {
				t.Errorf("sent %q", sent)
			}
		})
	}
}

func TestCallAddresses(t *testing.T) {
	t.Parallel()
	p := newPeer(t, answered)
	port := p.URL[strings.LastIndex(p.URL, ":"):]
	for address, path := range map[string]string{
		port:                                     "/",
		"127.0.0.1" + port:                       "/",
		"localhost" + port + "/rpc":              "/rpc",
		port + "/rpc?x=1":                        "/rpc?x=1",
		"http://127.0.0.1" + port:                "/",
		"http://127.0.0.1" + port + "/a/b/#frag": "/a/b/",
		"HTTP://127.0.0.1" + port:                "/",
	} {
		if got := (client{}).run(t, "call", address, "m"); got.Code != 0 || p.request().URL.String() != path {
			t.Errorf("%s: got %#v at %s, want %s", address, got, p.request().URL, path)
		}
	}
	for address, want := range map[string]string{
		"ftp://host":              `"ftp://host": found the scheme ftp, want http or https`,
		"ws://host/":              `"ws://host/": found the scheme ws, want http or https`,
		"":                        `"" names no host: want :PORT, HOST:PORT, HOST/PATH or a URL`,
		"/rpc":                    `"/rpc" names no host: want :PORT, HOST:PORT, HOST/PATH or a URL`,
		"http://":                 `"http://" names no host: want :PORT, HOST:PORT, HOST/PATH or a URL`,
		":99999":                  `":99999": found the port 99999, want 1 to 65535`,
		":http":                   `":http" is no address: want :PORT, HOST:PORT, HOST/PATH or a URL`,
		"a b":                     `"a b" is no address: want :PORT, HOST:PORT, HOST/PATH or a URL`,
		"http://user:secret@[::1": `"http://user:secret@[::1" is no address: want :PORT, HOST:PORT, HOST/PATH or a URL`,
	} {
		want := outcome{2, "", "runrpc: " + want + "\n"}
		if diff := cmp.Diff(want, client{}.run(t, "call", address, "m")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", address, diff)
		}
	}
}

func TestCallHeaders(t *testing.T) {
	t.Parallel()
	p := newPeer(t, answered)
	address := strings.Replace(p.URL, "http://", "http://ada:secret@", 1)
	got := client{}.run(t, "call", address, "m", "-H", "X-One: 1", "-HX-One:2", "--header=content-type: application/json-rpc",
		"-H", "Host: rpc.example", "-H", "User-Agent:")
	if diff := cmp.Diff(outcome{0, "null\n", ""}, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	r := p.request()
	user, password, _ := r.BasicAuth()
	header := map[string][]string{}
	for _, name := range []string{"X-One", "Content-Type", "Accept", "User-Agent"} {
		header[name] = r.Header[name]
	}
	want := map[string][]string{
		"X-One": {"1", "2"}, "Content-Type": {"application/json-rpc"}, "Accept": {"application/json"}, "User-Agent": nil,
	}
	if diff := cmp.Diff(want, header); diff != "" || r.Host != "rpc.example" || user != "ada" || password != "secret" {
		t.Errorf("host %s, user %s %s, headers (-want +got):\n%s", r.Host, user, password, diff)
	}
}
