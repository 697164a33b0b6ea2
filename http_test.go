package jsonrpc_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc"
)

const getData = `{"jsonrpc":"2.0","method":"get_data","id":1}`

func TestMediaTypes(t *testing.T) {
	const want = ", want application/json, application/json-rpc or application/jsonrequest\n"
	srv := serve(t, newApp(t, wireService(), nil))
	for _, c := range []struct{ media, encoding, refused string }{
		{"application/json", "", ""},
		{"application/json-rpc", "", ""},
		{"application/jsonrequest", "", ""},
		{"Application/JSON", "", ""},
		{"APPLICATION/JSON-RPC", "", ""},
		{"application/json; charset=utf-8", "", ""},
		{"application/json;charset=\"utf-8\"", "", ""},
		{" application/jsonrequest ;a=b;c=d", "", ""},
		{"application/json", "identity", ""},
		{"application/json", "Identity", ""},
		{"", "", `Content-Type: found ""` + want},
		{"text/plain", "", `Content-Type: found "text/plain"` + want},
		{"Text/JSON", "", `Content-Type: found "text/json"` + want},
		{"application/jsonx", "", `Content-Type: found "application/jsonx"` + want},
		{"application/json, text/plain", "", `Content-Type: found "application/json, text/plain"` + want},
		{"application/x-www-form-urlencoded", "", `Content-Type: found "application/x-www-form-urlencoded"` + want},
		{"multipart/form-data; boundary=x", "", `Content-Type: found "multipart/form-data"` + want},
		{"*/*", "", `Content-Type: found "*/*"` + want},
		{"application/json", "gzip", "Content-Encoding: found \"gzip\", want the message as it is\n"},
		{"application/json", "deflate, identity", "Content-Encoding: found \"deflate, identity\", want the message as it is\n"},
		{"text/plain", "br", "Content-Encoding: found \"br\", want the message as it is\n"},
	} {
		t.Run(c.media+"/"+c.encoding, func(t *testing.T) {
			req := newPost(t, http.MethodPost, srv.URL, strings.NewReader(getData))
			req.Header.Set("Content-Type", c.media)
			if c.media == "" {
				req.Header.Del("Content-Type")
			}
			if c.encoding != "" {
				req.Header.Set("Content-Encoding", c.encoding)
			}
			if res := roundTrip(t, http.DefaultClient, req); c.refused == "" {
				sameAnswer(t, answerOf(t, res), pinged("1"))
			} else {
				plainText(t, res, http.StatusUnsupportedMediaType, c.refused)
			}
		})
	}
}

// Of two fields with one name each counts.
func TestTwoContentEncodings(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), nil))
	req := newPost(t, http.MethodPost, srv.URL, strings.NewReader(getData))
	req.Header["Content-Encoding"] = []string{"identity", "gzip"}
	plainText(t, roundTrip(t, http.DefaultClient, req), http.StatusUnsupportedMediaType, "Content-Encoding: found \"gzip\", want the message as it is\n")
}

// plainText checks an answer below the level of JSON-RPC.
func plainText(t *testing.T, got httpAnswer, status int, body string) {
	t.Helper()
	if media := got.Header.Get("Content-Type"); got.StatusCode != status || media != "text/plain; charset=utf-8" {
		t.Errorf("status %d, Content-Type %q; want %d, text", got.StatusCode, media, status)
	}
	sameAnswer(t, got.body, body)
}

func TestMethodsOtherThanPOST(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), nil))
	for _, method := range []string{"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post", "X-" + strings.Repeat("A", 100)} {
		t.Run(method, func(t *testing.T) {
			req := newPost(t, method, srv.URL, nil)
			req.Header.Del("Content-Type") // 405 comes before 415
			got := roundTrip(t, http.DefaultClient, req)
			body := "found " + method + ", want POST\n"
			switch {
			case method == "HEAD":
				body = ""
			case len(method) > 64:
				body = "found " + method[:64] + "…, want POST\n"
			}
			plainText(t, got, http.StatusMethodNotAllowed, body)
			if allow := got.Header.Get("Allow"); allow != "POST" {
				t.Errorf("Allow: %q, want POST", allow)
			}
		})
	}
}

func TestBodyOverLimit(t *testing.T) {
	const most = 200
	srv := serve(t, newApp(t, wireService(), &jsonrpc.Options{MaxBody: most}))
	padded := func(n int) string { return getData + strings.Repeat(" ", n-len(getData)) }
	for _, c := range []struct {
		name   string
		body   io.Reader
		status int
		want   string
	}{
		{"announced, at the limit", strings.NewReader(padded(most)), 200, pinged("1")},
		{"announced, over it", strings.NewReader(padded(most + 1)), 413, tooLarge("body", most, "null")},
		{"chunked, at the limit", io.MultiReader(strings.NewReader(padded(most))), 200, pinged("1")},
		{"chunked, over it", io.MultiReader(strings.NewReader(padded(most + 1))), 413, tooLarge("body", most, "null")},
		{"chunked, far over it", io.MultiReader(strings.NewReader(padded(1 << 20))), 413, tooLarge("body", most, "null")},
		{"no JSON, over it", strings.NewReader(strings.Repeat("x", most+1)), 413, tooLarge("body", most, "null")},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := roundTrip(t, http.DefaultClient, newPost(t, http.MethodPost, srv.URL, c.body))
			if got.StatusCode != c.status || got.Header.Get("Content-Type") != "application/json" {
				t.Errorf("status %d, Content-Type %q; want %d, application/json", got.StatusCode, got.Header.Get("Content-Type"), c.status)
			}
			sameAnswer(t, got.body, c.want)
		})
	}
}

func TestDefaultMaxBody(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), nil))
	sameAnswer(t, postMsg(t, srv.URL, getData+strings.Repeat(" ", 1<<20-len(getData))).body, pinged("1"))
	sameAnswer(t, postMsg(t, srv.URL, getData+strings.Repeat(" ", 1<<20-len(getData)+1)).body, tooLarge("body", 1<<20, "null"))
	lifted := serve(t, newApp(t, wireService(), &jsonrpc.Options{MaxBody: -1}))
	sameAnswer(t, postMsg(t, lifted.URL, getData+strings.Repeat(" ", 3<<20)).body, pinged("1"))
}

// raw is a connection on which a test writes HTTP itself.
func raw(t *testing.T, url, text string) *bufio.Reader {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	return bufio.NewReader(conn)
}

func readAnswer(t *testing.T, r *bufio.Reader) httpAnswer {
	t.Helper()
	res, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return httpAnswer{res, string(body)}
}

const postHead = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

func TestBodySlowerThanReadTimeout(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), &jsonrpc.Options{ReadTimeout: 20 * time.Millisecond}))
	for name, sent := range map[string]string{
		"announced":          "Content-Length: 100\r\n\r\n" + `{"jsonrpc"`,
		"announced, nothing": "Content-Length: 100\r\n\r\n",
		"chunked":            "Transfer-Encoding: chunked\r\n\r\n5\r\n[1,2,\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			r := raw(t, srv.URL, postHead+sent)
			got := readAnswer(t, r)
			plainText(t, got, http.StatusRequestTimeout, "the body did not arrive in time\n")
			if !got.Close {
				t.Error("the connection is to be used again")
			}
			if _, err := r.ReadByte(); err != io.EOF {
				t.Errorf("behind the answer: %v, want the connection's end", err)
			}
		})
	}
}

func TestBodyCutShort(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), nil))
	r := raw(t, srv.URL, postHead+"Transfer-Encoding: chunked\r\n\r\nno chunk\r\n")
	plainText(t, readAnswer(t, r), http.StatusBadRequest, "the body could not be read\n")
}

func TestOptionsExtrasRefuse(t *testing.T) {
	var log journal
	var refusal error
	app := newApp(t, wireService(), &jsonrpc.Options{
		Extras: func(*http.Request) (jsonrpc.Extras, error) { return nil, refusal },
		Logger: log.logger(),
	})
	srv := serve(t, app)
	for _, c := range []struct {
		err    error
		status int
		body   string
	}{
		{&jsonrpc.HTTPError{Status: 401, Message: "who are you?"}, 401, "who are you?\n"},
		{&jsonrpc.HTTPError{Status: 429, Message: ""}, 429, "\n"},
		{&jsonrpc.HTTPError{Status: 599, Message: "x"}, 599, "x\n"},
		{fmt.Errorf("wrapped: %w", &jsonrpc.HTTPError{Status: 403, Message: "no"}), 403, "no\n"},
		{errors.New("a secret"), 500, "Internal error, incident #\n"},
		{&jsonrpc.HTTPError{Status: 200, Message: "a secret"}, 500, "Internal error, incident #\n"},
		{&jsonrpc.HTTPError{Message: "a secret"}, 500, "Internal error, incident #\n"},
	} {
		t.Run(c.err.Error(), func(t *testing.T) {
			refusal = c.err
			for _, msg := range []string{getData, "[" + getData + "]", `{"jsonrpc":"2.0","method":"get_data"}`, "{"} {
				got := postMsg(t, srv.URL, msg)
				before, id, found := strings.Cut(strings.TrimSpace(got.body), "incident ")
				if found && len(id) == 16 {
					if text := log.take(); !strings.Contains(text, id) || !strings.Contains(text, "a secret") {
						t.Errorf("the log does not tell of incident %s: %s", id, text)
					}
					got.body = before + "incident #\n"
				}
				plainText(t, got, c.status, c.body)
			}
		})
	}
}

func TestAnswerHeaders(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), nil))
	for _, c := range []wire{
		{"result", getData, pinged("1")},
		{"error", pingMsg, pingAnswer},
		{"parse error", "{", broken("the text ends where a member name is due", 1)},
		{"invalid request", "[]", refused("a batch has at least one member", "null")},
		{"batch", "[" + getData + "]", "[" + pinged("1") + "]"},
		{"notification", `{"jsonrpc":"2.0","method":"get_data"}`, ""},
		{"notifications", `[{"jsonrpc":"2.0","method":"get_data"},{"jsonrpc":"2.0","method":"no.such"}]`, ""},
		{"long answer", `{"jsonrpc":"2.0","method":"text","params":["` + strings.Repeat("x", 100_000) + `"],"id":1}`, resultFor(`"`+strings.Repeat("x", 100_000)+`"`, "1")},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := postMsg(t, srv.URL, c.msg)
			sameAnswer(t, answerOf(t, got), c.want)
			if got.ContentLength != int64(len(got.body)) {
				t.Errorf("Content-Length: %d, want %d", got.ContentLength, len(got.body))
			}
		})
	}
}

func TestMountedBelowAPath(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/rpc/", http.StripPrefix("/rpc", newApp(t, wireService(), nil)))
	srv := serve(t, mux)
	sameAnswer(t, answerOf(t, postMsg(t, srv.URL+"/rpc/v1?x=y", getData)), pinged("1"))
}

func TestRequestsOnOneConnection(t *testing.T) {
	app := newApp(t, wireService(), &jsonrpc.Options{MaxBody: 1000})
	srv := serve(t, app)
	dials := 0
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		dials++
		return new(net.Dialer).DialContext(ctx, network, addr)
	}}}
	t.Cleanup(client.CloseIdleConnections)
	for _, c := range []struct{ name, method, media, msg string }{
		{"call", "POST", "application/json", getData},
		{"error", "POST", "application/json", pingMsg},
		{"panic", "POST", "application/json", `{"jsonrpc":"2.0","method":"boom","id":1}`},
		{"parse error", "POST", "application/json", "{"},
		{"empty", "POST", "application/json", ""},
		{"batch", "POST", "application/json", "[" + getData + "," + pingMsg + "]"},
		{"notification", "POST", "application/json", `{"jsonrpc":"2.0","method":"get_data"}`},
		{"405", "GET", "", ""},
		{"405 with a body", "PUT", "", getData},
		{"415", "POST", "text/plain", getData},
	} {
		for range 2 {
			req := newPost(t, c.method, srv.URL, strings.NewReader(c.msg))
			req.Header.Set("Content-Type", c.media)
			if got := roundTrip(t, client, req); got.Close {
				t.Errorf("%s: the connection is closed", c.name)
			}
			if dials != 1 {
				t.Fatalf("%s: connection %d, want the first again", c.name, dials)
			}
		}
	}
}

// Requests that come at once on one connection are answered in their order.
func TestPipelinedRequests(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), nil))
	var text strings.Builder
	for i := range 10 {
		msg := fmt.Sprintf(`{"jsonrpc":"2.0","method":"sum","params":[%d],"id":%d}`, i, i)
		fmt.Fprintf(&text, "%sContent-Length: %d\r\n\r\n%s", postHead, len(msg), msg)
	}
	r := raw(t, srv.URL, text.String())
	for i := range 10 {
		sameAnswer(t, answerOf(t, readAnswer(t, r)), echoed(i))
	}
}
