package main

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// noon is when all happens.
func noon() time.Time { return time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC) }

// What an Application logs is shown line by line.
func TestTextLog(t *testing.T) {
	rpc := jsonrpc.RPC{
		"add":    func(a, b int) int { return a + b },
		"fail":   func() error { return errors.New("no \x1b[31mdatabase\nhere") },
		"mapped": func() error { return jsonrpc.NewError(7, "seven", nil) },
		"panic":  func() { panic("at the disco") },
	}
	var out bytes.Buffer
	text := newTextLog(&out, false, rpc.Methods())
	text.now = noon
	log := zerolog.New(text)
	app, err := jsonrpc.NewApplication(rpc, &jsonrpc.Options{Logger: &log})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ message, want string }{
		{`{"jsonrpc":"2.0","method":"add","params":[1,2],"id":1}`, "12:00:00 add              TIME\n"},
		{`{"jsonrpc":"2.0","method":"add","params":[1,2]}`, "12:00:00 add              TIME\n"},
		{`{"jsonrpc":"2.0","method":"add","params":["x"],"id":1}`, "12:00:00 add              TIME  -32602 Invalid params\n"},
		{`{"jsonrpc":"2.0","method":"mapped","id":1}`, "12:00:00 mapped           TIME  7\n"},
		{`{"jsonrpc":"2.0","method":"fail","id":1}`,
			"12:00:00 fail                        no \\x1b[31mdatabase\\nhere  incident ID\n" +
				"12:00:00 fail             TIME  -32000  incident ID\n"},
		{`{"jsonrpc":"2.0","method":"\u001b[2Jwipe\u0007","id":1}`, "12:00:00 \\x1b[2Jwipe\\a      TIME  -32601 Method not found\n"},
		{`{"jsonrpc":"2.0","method":"a.much.longer.name.than.any.other","id":1}`,
			"12:00:00 a.much.longer.name.than.any.other TIME  -32601 Method not found\n"},
		{`{"jsonrpc":"2.0","id":1}`, "12:00:00 call             TIME  -32600 Invalid request\n"},
		{`nonsense`, "12:00:00 message                     -32700 Parse error  {\"reason\":\"REASON\"}\n"},
	}
	for _, test := range tests {
		out.Reset()
		app.CallContext(t.Context(), []byte(test.message), nil)
		got := regexp.MustCompile(` *\d+(\.\d)? (µs|ms|s)\b`).ReplaceAllString(out.String(), " TIME")
		got = regexp.MustCompile(`"reason":"[^"]+"`).ReplaceAllString(got, `"reason":"REASON"`)
		got = regexp.MustCompile(`[0-9a-f]{16}`).ReplaceAllString(got, "ID")
		if diff := cmp.Diff(squeezed(test.want), squeezed(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.message, diff)
		}
	}
	out.Reset()
	app.CallContext(t.Context(), []byte(`{"jsonrpc":"2.0","method":"panic","id":1}`), nil)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	for i, line := range lines[1 : len(lines)-1] {
		if !strings.HasPrefix(line, "    ") || strings.Contains(line, "\t") {
			t.Errorf("line %d of the stack is %q", i, line)
		}
	}
	if !strings.Contains(lines[0], "at the disco") || !strings.Contains(lines[len(lines)-1], "-32603 Internal error  incident ") {
		t.Errorf("got\n%s", out.String())
	}
}

// squeezed is text without the blanks before a time, which depend on it.
func squeezed(text string) string {
	return regexp.MustCompile(` +TIME`).ReplaceAllString(text, " TIME")
}

func TestTextLogColumns(t *testing.T) {
	var out bytes.Buffer
	text := newTextLog(&out, true, nil)
	text.now = noon
	for _, line := range []string{
		`{"level":"info","method":"add","duration":0.0123,"message":"call"}`,
		`{"level":"warn","method":"add","duration":12.34,"code":-32602,"message":"call"}`,
		`{"level":"error","method":"add","duration":2345,"code":-32000,"incident":"abc","message":"call"}`,
		`{"level":"error","error":"gone","message":"closing db"}`,
		"no JSON\n",
	} {
		if _, err := text.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	const noon = "\x1b[2m12:00:00\x1b[0m "
	want := noon + "add              \x1b[2m    12 µs\x1b[0m\n" +
		noon + "\x1b[33madd\x1b[0m              \x1b[2m  12.3 ms\x1b[0m  \x1b[33m-32602 Invalid params\x1b[0m\n" +
		noon + "\x1b[31madd\x1b[0m              \x1b[33m    2.3 s\x1b[0m  \x1b[31m-32000\x1b[0m  \x1b[2mincident abc\x1b[0m\n" +
		noon + "\x1b[31mclosing db\x1b[0m                  gone\n" +
		"no JSON\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error("log (-want +got):\n" + diff)
	}
}

// Which lines there are, and in which form, is a matter of the settings.
func TestLogger(t *testing.T) {
	rpc := jsonrpc.RPC{"add": func(a, b int) int { return a + b }, "fail": func() error { return errors.New("why") }}
	tests := []struct {
		settings settings.Settings
		want     string // the form of the lines for an add and a fail
	}{
		{settings.Settings{}, "json json json"},
		{settings.Settings{Log: settings.Auto}, "json json json"},
		{settings.Settings{Log: settings.JSON}, "json json json"},
		{settings.Settings{Log: settings.Text}, "text text text"},
		{settings.Settings{Log: settings.Off}, "json"},
		{settings.Settings{Log: settings.JSON, LogLevel: settings.Info}, "json json json"},
		{settings.Settings{Log: settings.JSON, LogLevel: settings.Warn}, "json json"},
		{settings.Settings{Log: settings.JSON, LogLevel: settings.Error}, "json json"},
		{settings.Settings{Log: settings.JSON, Quiet: true}, "json"},
		{settings.Settings{Log: settings.Text, Quiet: true}, "text"},
	}
	for _, test := range tests {
		file, err := os.Create(filepath.Join(t.TempDir(), "log"))
		if err != nil {
			t.Fatal(err)
		}
		app, err := jsonrpc.NewApplication(rpc, &jsonrpc.Options{Logger: logger(test.settings, file, rpc.Methods())})
		if err != nil {
			t.Fatal(err)
		}
		for _, method := range []string{"add", "fail"} {
			params := map[string]string{"add": "[1,2]", "fail": "[]"}[method]
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(`{"jsonrpc":"2.0","method":"`+method+`","params":`+params+`,"id":1}`))
			r.Header.Set("Content-Type", "application/json")
			app.ServeHTTP(httptest.NewRecorder(), r)
		}
		text, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for line := range strings.Lines(string(text)) {
			form := "text"
			if strings.HasPrefix(line, "{") {
				form = "json"
			}
			got = append(got, form)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%+v: got %v, want %s:\n%s", test.settings, got, test.want, text)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
}
