package jsonrpc_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

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
