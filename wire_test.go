package jsonrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/runrpc/jsonrpc"
)

// wire is a message and the exact answer to it, "" for none.
type wire struct{ name, msg, want string }

// route is one way for a message to reach a registry.
type route struct {
	name string
	send func(t *testing.T, msg string) (answer string)
}

// routes returns all ways there are. With options a bare Call, which has none, is left out.
func routes(t *testing.T, r jsonrpc.RPC, opts *jsonrpc.Options) []route {
	t.Helper()
	app := newApp(t, r, opts)
	srv := serve(t, app)
	all := []route{
		{"app", func(_ *testing.T, msg string) string {
			return string(app.CallContext(context.Background(), []byte(msg), nil))
		}},
		{"http", func(t *testing.T, msg string) string { return answerOf(t, postMsg(t, srv.URL, msg)) }},
	}
	if opts == nil {
		all = append(all, route{"call", func(_ *testing.T, msg string) string { return string(r.Call([]byte(msg), nil)) }})
	}
	return all
}

func newApp(t *testing.T, r jsonrpc.RPC, opts *jsonrpc.Options) *jsonrpc.Application {
	t.Helper()
	app, err := jsonrpc.NewApplication(r, opts)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// serve serves h on a loopback address until the test ends.
func serve(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

// httpAnswer is an HTTP answer, read to its end.
type httpAnswer struct {
	*http.Response
	body string
}

// postMsg sends a message as a client would.
func postMsg(t *testing.T, url, msg string) httpAnswer {
	t.Helper()
	return roundTrip(t, http.DefaultClient, newPost(t, http.MethodPost, url, strings.NewReader(msg)))
}

func newPost(t *testing.T, method, url string, body io.Reader) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	return req
}

func roundTrip(t *testing.T, c *http.Client, req *http.Request) httpAnswer {
	t.Helper()
	res, err := c.Do(req)
	if err != nil {
		t.Error(err) // the goroutine may not be the test's own
		return httpAnswer{new(http.Response), ""}
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return httpAnswer{res, string(body)}
}

// answerOf checks what every answer at the level of JSON-RPC looks like over HTTP.
func answerOf(t *testing.T, a httpAnswer) string {
	t.Helper()
	status, media := http.StatusOK, "application/json"
	if a.body == "" {
		status, media = http.StatusNoContent, ""
	}
	if got := a.Header.Get("Content-Type"); a.StatusCode != status || got != media {
		t.Errorf("status %d, Content-Type %q; want %d, %q", a.StatusCode, got, status, media)
	}
	return a.body
}

var incidentID = regexp.MustCompile(`"incident":"[0-9a-f]{16}"`)

// levelled replaces the ids of incidents, which are never the same.
func levelled(answer string) string { return incidentID.ReplaceAllString(answer, `"incident":"#"`) }

func sameAnswer(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	if diff := cmp.Diff(want, levelled(got)); diff != "" {
		t.Errorf("answer: -want +got:\n%s", diff)
	}
}

// runWires sends each message by all routes: as it is, and where it is a request also as a member of
// a batch.
func runWires(t *testing.T, r jsonrpc.RPC, opts *jsonrpc.Options, table []wire) {
	t.Helper()
	for _, way := range routes(t, r, opts) {
		for _, c := range table {
			t.Run(way.name+"/"+c.name, func(t *testing.T) {
				sameAnswer(t, way.send(t, c.msg), c.want)
				switch {
				case !json.Valid([]byte(c.msg)) || !strings.HasPrefix(c.msg, "{"):
				case offset.MatchString(c.want): // not JSON after all: then nothing of the batch is
					sameAnswer(t, way.send(t, "["+c.msg+","+pingMsg+"]"), offset.ReplaceAllStringFunc(c.want, moved))
				default:
					sameAnswer(t, way.send(t, "["+c.msg+","+pingMsg+"]"), enclose(c.want, pingAnswer))
				}
			})
		}
	}
}

var offset = regexp.MustCompile(`"offset":\d+`)

// moved is an offset in a text that has one byte more in front.
func moved(offset string) string {
	n, _ := strconv.Atoi(offset[len(`"offset":`):])
	return fmt.Sprintf(`"offset":%d`, n+1)
}

// A request that any registry answers, and how.
const (
	pingMsg    = `{"jsonrpc":"2.0","method":"no.such","id":"ping"}`
	pingAnswer = `{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"ping"}`
)

// enclose makes a batch's answer of those that are not empty.
func enclose(answers ...string) string {
	var b strings.Builder
	for _, a := range answers {
		if a != "" {
			b.WriteString("," + a)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "[" + b.String()[1:] + "]"
}

// resultFor and faultFor write the two kinds of answers.
func resultFor(value, id string) string {
	return `{"jsonrpc":"2.0","result":` + value + `,"id":` + id + `}`
}

func faultFor(object, id string) string {
	return `{"jsonrpc":"2.0","error":` + object + `,"id":` + id + `}`
}

var errMapped = errors.New("application failure")

// wireService is a registry with a method for each way that a call can go.
func wireService() jsonrpc.RPC {
	return jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{errMapped: -32001},

		"subtract":     jsonrpc.Func(func(minuend, subtrahend float64) float64 { return minuend - subtrahend }, "minuend", "subtrahend"),
		"sum":          sumAll,
		"get_data":     func() []any { return []any{"hello", 5} },
		"update":       func(...any) {},
		"notify_hello": func(...any) {},
		"echo":         jsonrpc.Func(func(value json.RawMessage) json.RawMessage { return value }, "value"),
		"raw":          func(_ context.Context, req *jsonrpc.Request) (any, error) { return string(req.Params), nil },
		"text":         func(s string) string { return s },
		"fail":         func() error { return errMapped },
		"hide":         func() error { return errors.New("a secret") },
		"boom":         func() { panic("boom") },
	}
}

func sumAll(numbers ...float64) (total float64) {
	for _, n := range numbers {
		total += n
	}
	return total
}

// refused is the answer to an invalid request, broken that to a text which is not JSON.
func refused(reason, id string) string {
	return faultFor(`{"code":-32600,"message":"Invalid Request","data":{"reason":`+strconv.Quote(reason)+`}}`, id)
}

func broken(reason string, offset int) string {
	data := `{"reason":` + strconv.Quote(reason)
	if offset > 0 {
		data += `,"offset":` + strconv.Itoa(offset)
	}
	return faultFor(`{"code":-32700,"message":"Parse error","data":`+data+`}}`, "null")
}

// unknown is the answer for a method that there is not.
func unknown(id string) string { return faultFor(`{"code":-32601,"message":"Method not found"}`, id) }

// tooLarge is the answer for what is over a limit.
func tooLarge(reason string, limit int, id string) string {
	return faultFor(fmt.Sprintf(`{"code":-32813,"message":"Too large","data":{"reason":%q,"limit":%d}}`, reason, limit), id)
}

// because is the answer for what is told by a reason alone.
func because(code int, message, reason, id string) string {
	return faultFor(fmt.Sprintf(`{"code":%d,"message":%q,"data":{"reason":%q}}`, code, message, reason), id)
}
