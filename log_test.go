package jsonrpc_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/runrpc/jsonrpc"
)

// journal is a writer for a logger of many goroutines.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

// take returns what has been written since the last time.
func (j *journal) take() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	defer j.text.Reset()
	return j.text.String()
}

// logger returns a logger that writes to j.
func (j *journal) logger() *zerolog.Logger {
	l := zerolog.New(j)
	return &l
}

// entries decodes lines of a log, with "#" for what is never the same.
func entries(t *testing.T, text string) (all []map[string]any) {
	t.Helper()
	for line := range strings.Lines(text) {
		var e map[string]any
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		for _, name := range []string{"incident", "duration", "stack", "time"} {
			switch v := e[name].(type) {
			case nil:
			case float64:
				if v < 0 || name != "duration" {
					t.Errorf("%s: %v", name, v)
				}
				e[name] = "#"
			case string:
				if name == "incident" && len(v) != 16 {
					t.Errorf("incident %q", v)
				}
				e[name] = "#"
			}
		}
		all = append(all, e)
	}
	return all
}

type entry = map[string]any

func callEntry(level, method string, more ...any) entry {
	e := entry{"level": level, "method": method, "duration": "#", "message": "call"}
	for i := 0; i < len(more); i += 2 {
		e[more[i].(string)] = more[i+1]
	}
	return e
}

func incidentEntry(method, text string) entry {
	return entry{"level": "error", "incident": "#", "method": method, "error": text, "message": "incident"}
}

func logged() jsonrpc.RPC {
	r := wireService()
	r["data"] = func() error { return jsonrpc.ServerError(7, "told", "a result") }
	r["bad"] = func() any { return func() {} }
	return r
}

func TestOneLineACall(t *testing.T) {
	long := strings.Repeat("é", 100)
	for _, c := range []struct {
		name, msg string
		want      []entry
	}{
		{"result", getData, []entry{callEntry("info", "get_data", "id", "1")}},
		{"string id", `{"jsonrpc":"2.0","method":"get_data","id":"a"}`, []entry{callEntry("info", "get_data", "id", `"a"`)}},
		{"null id", `{"jsonrpc":"2.0","method":"get_data","id":null}`, []entry{callEntry("info", "get_data", "id", `null`)}},
		{"notification", `{"jsonrpc":"2.0","method":"get_data"}`, []entry{callEntry("info", "get_data")}},
		{"error", `{"jsonrpc":"2.0","method":"fail","id":1}`, []entry{callEntry("warn", "fail", "id", "1", "code", -32001.0)}},
		{"failed notification", `{"jsonrpc":"2.0","method":"fail"}`, []entry{callEntry("warn", "fail", "code", -32001.0)}},
		{"error with data", `{"jsonrpc":"2.0","method":"data","id":1}`, []entry{callEntry("warn", "data", "id", "1", "code", -32007.0)}},
		{"no method", pingMsg, []entry{callEntry("warn", "no.such", "id", `"ping"`, "code", -32601.0)}},
		{"invalid params", `{"jsonrpc":"2.0","method":"text","params":[1],"id":1}`, []entry{callEntry("warn", "text", "id", "1", "code", -32602.0)}},
		{"private error", `{"jsonrpc":"2.0","method":"hide","id":1}`, []entry{
			incidentEntry("hide", "a secret"), callEntry("error", "hide", "id", "1", "code", -32000.0, "incident", "#"),
		}},
		{"private error of a notification", `{"jsonrpc":"2.0","method":"hide"}`, []entry{
			incidentEntry("hide", "a secret"), callEntry("error", "hide", "code", -32000.0, "incident", "#"),
		}},
		{"panic", `{"jsonrpc":"2.0","method":"boom","id":1}`, []entry{
			{"level": "error", "incident": "#", "method": "boom", "error": "panic: boom", "stack": "#", "message": "incident"},
			callEntry("error", "boom", "id", "1", "code", -32603.0, "incident", "#"),
		}},
		{"result that cannot be encoded", `{"jsonrpc":"2.0","method":"bad","id":1}`, []entry{
			incidentEntry("bad", "the result of type func() cannot be encoded: json: cannot marshal from Go func()"),
			callEntry("error", "bad", "id", "1", "code", -32603.0, "incident", "#"),
		}},
		{"long method", `{"jsonrpc":"2.0","method":"` + long + `","id":1}`, []entry{callEntry("warn", long[:64]+"…", "id", "1", "code", -32601.0)}},
		{"long id", `{"jsonrpc":"2.0","method":"get_data","id":"` + long + `"}`, []entry{callEntry("info", "get_data", "id", `"`+long[:62]+"…")}},
		{"method that is no line", `{"jsonrpc":"2.0","method":"a\n\u001b[31m\"","id":1}`, []entry{callEntry("warn", "a\n\x1b[31m\"", "id", "1", "code", -32601.0)}},
		{"batch", "[" + getData + "," + pingMsg + `,{"jsonrpc":"2.0","method":"update"},7]`, []entry{
			callEntry("info", "get_data", "id", "1"), callEntry("warn", "no.such", "id", `"ping"`, "code", -32601.0),
			callEntry("info", "update"), callEntry("warn", "", "code", -32600.0),
		}},
		{"parse error", "{", []entry{{"level": "warn", "code": -32700.0, "data": entry{"reason": "the text ends where a member name is due", "offset": 1.0}, "message": "message"}}},
		{"invalid request", "{}", []entry{callEntry("warn", "", "code", -32600.0)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log journal
			app := newApp(t, logged(), &jsonrpc.Options{Logger: log.logger()})
			app.CallContext(t.Context(), []byte(c.msg), nil)
			text := stable(log.take())
			if diff := cmp.Diff(c.want, entries(t, text)); diff != "" {
				t.Errorf("log: -want +got:\n%s", diff)
			}
			postMsg(t, serve(t, app).URL, c.msg)
			if err := app.Shutdown(t.Context()); err != nil { // notifications go on behind the answer
				t.Fatal(err)
			}
			got := entries(t, stable(log.take()))
			byMethod := func(a, b entry) int {
				return strings.Compare(a["message"].(string)+str(a["method"]), b["message"].(string)+str(b["method"]))
			}
			slices.SortStableFunc(got, byMethod)
			slices.SortStableFunc(c.want, byMethod)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("log over HTTP: -want +got:\n%s", diff)
			}
		})
	}
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

// The incident of an answer is the one in the log, in both of its lines.
func TestIncidentIsTheLogs(t *testing.T) {
	var log journal
	app := newApp(t, logged(), &jsonrpc.Options{Logger: log.logger()})
	for _, method := range []string{"hide", "boom", "bad"} {
		got := app.CallContext(t.Context(), []byte(`{"jsonrpc":"2.0","method":"`+method+`","id":1}`), nil)
		id := incidentID.FindString(string(got))
		if n := strings.Count(log.take(), id); id == "" || n != 2 {
			t.Errorf("%s: %d lines with %s in the log, want 2", got, n, id)
		}
	}
}

// Neither params nor results nor an error's data go to the log.
func TestLogTellsNoParams(t *testing.T) {
	var log journal
	app := newApp(t, logged(), &jsonrpc.Options{Logger: log.logger()})
	srv := serve(t, app)
	for _, msg := range []string{
		`{"jsonrpc":"2.0","method":"text","params":["hush"],"id":1}`,
		`{"jsonrpc":"2.0","method":"text","params":[["hush"]],"id":1}`,
		`{"jsonrpc":"2.0","method":"subtract","params":{"minuend":"hush"},"id":1}`,
		`{"jsonrpc":"2.0","method":"subtract","params":"hush","id":1}`,
		`{"jsonrpc":"2.0","method":"boom","params":["hush"],"id":1}`,
		`{"jsonrpc":"2.0","method":"no.such","params":{"hush":1},"id":1}`,
		`{"jsonrpc":"2.0","params":["hush"]}`,
		`["hush",{"hush":"hush"}]`,
		`{"jsonrpc":"2.0","method":"update","params":["hush"]}`,
		`{"jsonrpc":"2.0","method":"update","params":["hush"],"id":hush}`,
		`"hush"`, `hush`,
	} {
		app.CallContext(t.Context(), []byte(msg), nil)
		postMsg(t, srv.URL, msg)
		if text := log.take(); strings.Contains(text, "hush") || text == "" {
			t.Errorf("%s: the log says %s", msg, text)
		}
	}
}

// Without a logger there are incidents alone, on standard error.
func TestIncidentsAloneWithoutLogger(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr := os.Stderr
	os.Stderr = w
	app := newApp(t, logged(), nil)
	os.Stderr = stderr
	for _, msg := range []string{getData, pingMsg, "{", "7", `{"jsonrpc":"2.0","method":"fail","id":1}`, `{"jsonrpc":"2.0","method":"hide","id":1}`} {
		app.CallContext(t.Context(), []byte(msg), nil)
	}
	w.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	want := incidentEntry("hide", "a secret")
	want["time"] = "#"
	if diff := cmp.Diff([]entry{want}, entries(t, text.String())); diff != "" {
		t.Errorf("standard error: -want +got:\n%s", diff)
	}
}

func TestExposedErrors(t *testing.T) {
	r := logged()
	r["utf8"] = func() error { return errors.New("a\xffb") }
	for _, way := range routes(t, r, &jsonrpc.Options{ExposeErrors: true}) {
		for method, want := range map[string]string{
			"hide": `{"code":-32000,"message":"Server error","data":{"incident":"#","error":"a secret"}}`,
			"boom": `{"code":-32603,"message":"Internal error","data":{"incident":"#","error":"panic: boom"}}`,
			"utf8": `{"code":-32000,"message":"Server error","data":{"incident":"#","error":"a` + "\uFFFD" + `b"}}`,
			"fail": `{"code":-32001,"message":"application failure"}`,
		} {
			sameAnswer(t, way.send(t, `{"jsonrpc":"2.0","method":"`+method+`","id":1}`), faultFor(want, "1"))
		}
	}
}

// At the deadline too there is one line a call: at once for those that nobody has begun, when
// they return for those that hang.
func TestLogAtTheDeadline(t *testing.T) {
	var log journal
	var g *gate
	inBubbles(t, func() jsonrpc.RPC { g = newGate(); return g.registry() }, jsonrpc.Options{BatchWorkers: 1, Logger: log.logger()}, func(t *testing.T, client pipeClient) {
		client.send("[" + countMsg + "," + waitMsg + "," + pingMsg + "," + `{"jsonrpc":"2.0","id":7}` + "]")
		want := []entry{
			callEntry("info", "count", "id", "1"),
			callEntry("warn", "no.such", "id", `"ping"`, "code", -32811.0),
			callEntry("warn", "", "id", "7", "code", -32600.0),
		}
		if diff := cmp.Diff(want, entries(t, stable(log.take()))); diff != "" {
			t.Errorf("log at the deadline: -want +got:\n%s", diff)
		}
		close(g.open)
		synctest.Wait()
		got := entries(t, stable(log.take()))
		if len(got) != 1 || got[0]["method"] != "wait" || got[0]["id"] != "1" || got[0]["message"] != "call" {
			t.Errorf("log when the procedure has returned: %v", got)
		}
	})
}

// A notification that never had its turn has no id in the log either.
func TestLogOfNotificationsWithoutCapacity(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log journal
		g := newGate()
		app := newApp(t, g.registry(), &jsonrpc.Options{MaxConcurrent: 1, Logger: log.logger()})
		go app.CallContext(t.Context(), []byte(waitMsg), nil)
		synctest.Wait()
		app.CallContext(t.Context(), []byte("["+countAdd+","+countMsg+"]"), nil)
		want := []entry{callEntry("warn", "count", "code", -32811.0), callEntry("warn", "count", "id", "1", "code", -32811.0)}
		if diff := cmp.Diff(want, entries(t, stable(log.take()))); diff != "" {
			t.Errorf("log: -want +got:\n%s", diff)
		}
		app.CallContext(t.Context(), []byte(countAdd), nil)
		want = []entry{callEntry("warn", "count", "code", -32812.0)}
		if diff := cmp.Diff(want, entries(t, stable(log.take()))); diff != "" {
			t.Errorf("log: -want +got:\n%s", diff)
		}
		close(g.open)
	})
}

// stable settles a text of the codec's, which words it in two ways so that nobody relies on one.
func stable(log string) string { return strings.ReplaceAll(log, "unable to marshal", "cannot marshal") }
