package jsonrpc_test

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/runrpc/jsonrpc"
)

func TestGuard(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Method)
	})
	for _, c := range []struct {
		name   string
		opts   jsonrpc.Options
		knock  knock
		denied string
	}{
		{"loopback: localhost", jsonrpc.Options{}, knock{method: "GET", host: "localhost:8080", local: onLoopback}, ""},
		{"loopback: a name", jsonrpc.Options{}, knock{method: "GET", host: "evil.example", local: onLoopback}, noHost},
		{"loopback: a name over TLS", jsonrpc.Options{}, knock{method: "GET", host: "evil.example", local: onLoopback, tls: true}, noHost},
		{"loopback: a listed name", jsonrpc.Options{Hosts: []string{"www.example"}}, knock{method: "GET", host: "www.example", local: onLoopback}, ""},
		{"LAN: an address", jsonrpc.Options{}, knock{method: "GET", host: "192.168.0.7", local: onLAN}, ""},
		{"LAN: a name, as a browser's GET has no mark", jsonrpc.Options{}, knock{method: "GET", host: "evil.example", local: onLAN}, noHost},
		{"LAN: a name over TLS", jsonrpc.Options{}, knock{method: "GET", host: "www.example", local: onLAN, tls: true}, ""},
		{"LAN: any name", jsonrpc.Options{Hosts: []string{"*"}}, knock{method: "GET", host: "www.example", local: onLAN}, ""},
		{"a picture on another site", jsonrpc.Options{}, knock{method: "GET", host: "localhost", header: map[string]string{"Sec-Fetch-Site": "cross-site"}}, ""},
		{"a form on another site", jsonrpc.Options{}, knock{host: "localhost", header: map[string]string{"Sec-Fetch-Site": "cross-site"}}, noOrigin},
		{"a form on a trusted site", jsonrpc.Options{Origins: []string{"https://app.example"}}, knock{host: "localhost", header: map[string]string{"Origin": "https://app.example"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec := c.knock.send(newApp(t, wireService(), &c.opts).Guard(page))
			switch {
			case c.denied == "":
				if rec.Code != http.StatusOK || !strings.HasPrefix(rec.Body.String(), c.knock.method) {
					t.Errorf("status %d, %q, want it answered", rec.Code, rec.Body)
				}
			case rec.Code != http.StatusForbidden || !strings.Contains(rec.Body.String(), c.denied):
				t.Errorf("status %d, %q, want 403 and the name of %s", rec.Code, rec.Body, c.denied)
			}
		})
	}
}

func ExampleApplication_Guard() {
	app, err := jsonrpc.NewApplication(jsonrpc.RPC{"now": time.Now}, nil)
	if err != nil {
		log.Fatal(err)
	}
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "What time is it?") })
	mux := http.NewServeMux()
	mux.Handle("/rpc", app)
	mux.Handle("/", app.Guard(page))

	for _, host := range []string{"localhost", "rebound.example"} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", "http://"+host+"/", nil))
		fmt.Println(w.Code, w.Body)
	}
	// Output:
	// 200 What time is it?
	// 403 the host "rebound.example" is not served here: Options.Hosts allows more
}
