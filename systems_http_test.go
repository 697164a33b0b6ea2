package jsonrpc_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runrpc/jsonrpc"
)

// TestJSONRPC2ContentType is the one that the system's clients send.
func TestJSONRPC2ContentType(t *testing.T) {
	app, _ := appOf(t, jsonrpc.RPC{"add": Add}, jsonrpc.Options{})
	for media, status := range map[string]int{
		"application/json-rpc;charset=utf-8": 200, "application/json": 200, "APPLICATION/JSON; charset=UTF-8": 200, "application/jsonrequest": 200,
		"text/plain": 415, "": 415, "application/xml": 415, "application/jsonx": 415, "multipart/form-data": 415,
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(ask("add", "[1,2]")))
		if media != "" {
			r.Header.Set("Content-Type", media)
		}
		app.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("%q: got status %d, want %d", media, w.Code, status)
		}
		if status == 200 {
			same(t, w.Body.String(), told("3"))
		}
	}
}

// TestRufmichNotification is answered with 204 at once while the procedure runs on.
func TestRufmichNotification(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		done := make(chan error, 3)
		rpc := jsonrpc.RPC{"slow": func(ctx context.Context) { time.Sleep(time.Second); done <- ctx.Err() }, "fast": says("fast")}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		start := time.Now()
		note := `{"jsonrpc":"2.0","method":"slow"}`
		for msg, want := range map[string]string{note: "", "[" + note + "]": "", "[" + note + "," + ask("fast", "") + "]": "[" + told(`"fast"`) + "]"} {
			ctx, cancel := context.WithCancel(t.Context())
			w := httptest.NewRecorder()
			r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader(msg))
			r.Header.Set("Content-Type", "application/json")
			app.ServeHTTP(w, r)
			cancel()
			same(t, w.Body.String(), want)
			if want == "" && w.Code != http.StatusNoContent {
				t.Errorf("%s: got status %d", msg, w.Code)
			}
		}
		if d := time.Since(start); d != 0 {
			t.Errorf("the answers took %v", d)
		}
		for range 3 {
			if err := <-done; err != nil {
				t.Errorf("the procedure's context ended: %v", err)
			}
		}
	})
}

// TestRufmichBatchRunsConcurrently has each member wait for the others.
func TestRufmichBatchRunsConcurrently(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wg sync.WaitGroup
		wg.Add(5)
		rpc := jsonrpc.RPC{"meet": func(n int) int { wg.Done(); wg.Wait(); return n }}
		app, _ := appOf(t, rpc, jsonrpc.Options{})
		var members, want []string
		for n := range 5 {
			members = append(members, ask("meet", fmt.Sprintf("[%d]", n)))
			want = append(want, told(fmt.Sprint(n)))
		}
		_, body := postTo(app, "["+strings.Join(members, ",")+"]")
		same(t, body, "["+strings.Join(want, ",")+"]")
	})
}

// TestRufmichNames have "::" between their parts, and may begin with it.
func TestRufmichNames(t *testing.T) {
	rpc := jsonrpc.RPC{
		jsonrpc.Separator: "::",
		"foobar":          says("foobar"),
		"registration": jsonrpc.RPC{"by_email": jsonrpc.RPC{
			"send_code_to_email": jsonrpc.Func(func(email string) string { return "sent to " + email }, "email"),
		}},
	}
	for _, prefix := range []string{"", "::"} {
		answers(t, rpc, ask(prefix+"foobar", ""), told(`"foobar"`))
		answers(t, rpc, ask(prefix+"registration::by_email::send_code_to_email", `{"email":"ada"}`), told(`"sent to ada"`))
	}
}

// TestRufmichApplicationErrors have the codes -32000-eid.
func TestRufmichApplicationErrors(t *testing.T) {
	rpc := jsonrpc.RPC{"fail": func(eid int) error { return jsonrpc.ServerError(eid, "application error", map[string]int{"eid": eid}) }}
	for _, eid := range []int{0, 1, 42, 99} {
		answers(t, rpc, ask("fail", fmt.Sprintf("[%d]", eid)), failed(-32000-eid, "application error", fmt.Sprintf(`{"eid":%d}`, eid)))
	}
	answers(t, rpc, ask("fail", "[100]"), serverErr)
}

// TestDamnSimpleBytes are all there is: no HTTP is needed.
func TestDamnSimpleBytes(t *testing.T) {
	rpc := jsonrpc.RPC{"add": Add}
	var reply []byte = rpc.Call([]byte(ask("add", "[1,2]")), nil)
	same(t, string(reply), told("3"))
	app, _ := appOf(t, rpc, jsonrpc.Options{})
	reply = app.CallContext(t.Context(), []byte(ask("add", "[1,2]")), nil)
	same(t, string(reply), told("3"))
}

// TestDamnSimpleRequest gives a procedure the HTTP request.
func TestDamnSimpleRequest(t *testing.T) {
	agent := func(r *http.Request, greeting string) string { return greeting + " " + r.Header.Get("User-Agent") }
	app, _ := appOf(t, jsonrpc.RPC{"agent": jsonrpc.Func(agent, "greeting")}, jsonrpc.Options{})
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(ask("agent", `["Hello"]`)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "test")
	w := httptest.NewRecorder()
	app.ServeHTTP(w, r)
	same(t, w.Body.String(), told(`"Hello test"`))
}

// TestDamnSimpleMiddleware puts a net/http middleware around the whole, and asks for a login
// for one method alone.
func TestDamnSimpleMiddleware(t *testing.T) {
	login := wrap(func(ctx context.Context, req *jsonrpc.Request, next jsonrpc.Handler) (any, error) {
		if r := jsonrpc.HTTPRequest(ctx); r == nil || r.Header.Get("Authorization") != "Bearer token" {
			return nil, jsonrpc.NewError(401, "log in first", nil)
		}
		return next.ServeRPC(ctx, req)
	})
	rpc := jsonrpc.RPC{"public": says("public"), "secret": jsonrpc.Func(says("secret")).With(login)}
	app, _ := appOf(t, rpc, jsonrpc.Options{})
	count := 0
	counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		count++
		w.Header().Set("X-Count", fmt.Sprint(count))
		app.ServeHTTP(w, r)
	})
	call := func(method, token string) string {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("["+ask(method, "")+"]"))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", token)
		w := httptest.NewRecorder()
		counted.ServeHTTP(w, r)
		if w.Header().Get("X-Count") != fmt.Sprint(count) {
			t.Errorf("the middleware's header is %q", w.Header().Get("X-Count"))
		}
		return w.Body.String()
	}
	same(t, call("public", ""), "["+told(`"public"`)+"]")
	same(t, call("secret", ""), "["+failed(401, "log in first", "")+"]")
	same(t, call("secret", "Bearer token"), "["+told(`"secret"`)+"]")
}
