package jsonrpc_test

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
)

// The connection's own end, as net/http tells it.
var (
	onLoopback  = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}
	onLoopback6 = &net.TCPAddr{IP: net.IPv6loopback, Port: 8080}
	onLAN       = &net.TCPAddr{IP: net.IPv4(192, 168, 0, 7), Port: 8080}
)

const (
	noHost   = "Options.Hosts"
	noOrigin = "Options.Origins"
)

// knock is a request as far as admission looks at it.
type knock struct {
	method string // POST where it is ""
	host   string
	local  net.Addr // nil: not told
	tls    bool
	header map[string]string
}

// send lets the request in by a recorder, over no connection.
func (k knock) send(app http.Handler) *httptest.ResponseRecorder {
	method := k.method
	if method == "" {
		method = http.MethodPost
	}
	req := httptest.NewRequest(method, "http://placeholder/", strings.NewReader(getData))
	req.Host = k.host
	req.Header.Set("Content-Type", "application/json")
	for name, value := range k.header {
		req.Header.Set(name, value)
	}
	if k.local != nil {
		req = req.WithContext(context.WithValue(req.Context(), http.LocalAddrContextKey, k.local))
	}
	if k.tls {
		req.TLS = &tls.ConnectionState{}
	}
	rec := httptest.NewRecorder()
	app.ServeHTTP(rec, req)
	return rec
}

var fromPage = map[string]string{"Sec-Fetch-Site": "same-origin"}

func TestHosts(t *testing.T) {
	for _, c := range []struct {
		name   string
		hosts  []string
		knock  knock
		denied string // by which option
	}{
		{"loopback: localhost", nil, knock{host: "localhost", local: onLoopback}, ""},
		{"loopback: localhost and port", nil, knock{host: "localhost:8080", local: onLoopback}, ""},
		{"loopback: any case, final dot", nil, knock{host: "LocalHost.:8080", local: onLoopback}, ""},
		{"loopback: 127.0.0.1", nil, knock{host: "127.0.0.1:8080", local: onLoopback}, ""},
		{"loopback: [::1]", nil, knock{host: "[::1]:8080", local: onLoopback6}, ""},
		{"loopback: [::1] without port", nil, knock{host: "[::1]", local: onLoopback6}, ""},
		{"loopback: 127.0.0.2", nil, knock{host: "127.0.0.2", local: onLoopback}, noHost},
		{"loopback: a name", nil, knock{host: "evil.example", local: onLoopback}, noHost},
		{"loopback: a name over IPv6", nil, knock{host: "evil.example:8080", local: onLoopback6}, noHost},
		{"loopback: a name over TLS", nil, knock{host: "evil.example", local: onLoopback, tls: true}, noHost},
		{"loopback: a name below localhost", nil, knock{host: "evil.localhost", local: onLoopback}, noHost},
		{"loopback: a name that begins like it", nil, knock{host: "localhost.evil.example", local: onLoopback}, noHost},
		{"loopback: a name and no number", nil, knock{host: "127.0.0.1.evil.example", local: onLoopback}, noHost},
		{"loopback: two ports", nil, knock{host: "localhost:80:80", local: onLoopback}, noHost},
		{"loopback: none", nil, knock{host: "", local: onLoopback}, noHost},
		{"loopback: an address of the LAN", nil, knock{host: "192.168.0.7", local: onLoopback}, noHost},
		{"loopback: a listed name", []string{"rpc.example"}, knock{host: "RPC.example:80", local: onLoopback}, ""},
		{"loopback: a name listed with port", []string{"RPC.Example:8080"}, knock{host: "rpc.example", local: onLoopback}, ""},
		{"loopback: another name than the listed", []string{"rpc.example"}, knock{host: "www.rpc.example", local: onLoopback}, noHost},
		{"loopback: localhost beside the listed", []string{"rpc.example"}, knock{host: "localhost", local: onLoopback}, ""},
		{"loopback: any", []string{"*"}, knock{host: "evil.example", local: onLoopback}, ""},

		{"LAN: a name, no browser", nil, knock{host: "rpc.example", local: onLAN}, ""},
		{"LAN: an address", nil, knock{host: "192.168.0.7:8080", local: onLAN}, ""},
		{"LAN: a browser, an address", nil, knock{host: "192.168.0.7:8080", local: onLAN, header: fromPage}, ""},
		{"LAN: a browser, an IPv6 address", nil, knock{host: "[fe80::1]:8080", local: onLAN, header: fromPage}, ""},
		{"LAN: a browser, a name", nil, knock{host: "evil.example", local: onLAN, header: fromPage}, noHost},
		{"LAN: a browser, by its mode", nil, knock{host: "evil.example", local: onLAN, header: map[string]string{"Sec-Fetch-Mode": "cors"}}, noHost},
		{"LAN: a browser, by its destination", nil, knock{host: "evil.example", local: onLAN, header: map[string]string{"Sec-Fetch-Dest": "empty"}}, noHost},
		{"LAN: a browser, by its origin", nil, knock{host: "evil.example", local: onLAN, header: map[string]string{"Origin": "http://evil.example"}}, noHost},
		{"LAN: a browser, an empty origin", nil, knock{host: "evil.example", local: onLAN, header: map[string]string{"Origin": ""}}, noHost},
		{"LAN: a browser, a listed name", []string{"rpc.example"}, knock{host: "rpc.example", local: onLAN, header: fromPage}, ""},
		{"LAN: a browser, a name over TLS", nil, knock{host: "rpc.example", local: onLAN, tls: true, header: fromPage}, ""},
		{"LAN: a browser, any name", []string{"*"}, knock{host: "evil.example", local: onLAN, header: fromPage}, ""},

		{"untold: a name, no browser", nil, knock{host: "rpc.example"}, ""},
		{"untold: a browser, a name", nil, knock{host: "evil.example", header: fromPage}, noHost},
		{"a socket: a name", nil, knock{host: "rpc.example", local: &net.UnixAddr{Name: "/run/rpc", Net: "unix"}}, ""},
		{"GET: a name", nil, knock{method: "GET", host: "evil.example", local: onLoopback}, noHost},
		{"OPTIONS: a name", nil, knock{method: "OPTIONS", host: "evil.example", local: onLoopback}, noHost},
	} {
		t.Run(c.name, func(t *testing.T) {
			admitted(t, c.knock.send(newApp(t, wireService(), &jsonrpc.Options{Hosts: c.hosts})), c.denied)
		})
	}
}

// admitted checks that a request was let in, or turned away with the option that would help.
func admitted(t *testing.T, rec *httptest.ResponseRecorder, denied string) {
	t.Helper()
	switch {
	case denied == "":
		if rec.Code != http.StatusOK || rec.Body.String() != pinged("1") {
			t.Errorf("status %d, %q, want it answered", rec.Code, rec.Body)
		}
	case rec.Code != http.StatusForbidden || !strings.Contains(rec.Body.String(), denied):
		t.Errorf("status %d, %q, want 403 and the name of %s", rec.Code, rec.Body, denied)
	}
}

func TestOrigins(t *testing.T) {
	page := func(origin, site string) map[string]string {
		h := map[string]string{}
		if origin != "" {
			h["Origin"] = origin
		}
		if site != "" {
			h["Sec-Fetch-Site"] = site
		}
		return h
	}
	const app, other = "https://app.example", "https://other.example"
	for _, c := range []struct {
		name    string
		origins []string
		header  map[string]string
		denied  string
		shared  string // Access-Control-Allow-Origin
	}{
		{"no browser", nil, page("", ""), "", ""},
		{"same origin", nil, page("http://localhost:8080", "same-origin"), "", ""},
		{"same origin, told by Origin alone", nil, page("http://localhost:8080", ""), "", ""},
		{"typed into the address bar", nil, page("", "none"), "", ""},
		{"cross-site", nil, page(app, "cross-site"), noOrigin, ""},
		{"same site", nil, page("http://localhost:9090", "same-site"), noOrigin, ""},
		{"cross-origin, told by Origin alone", nil, page(app, ""), noOrigin, ""},
		{"a sandboxed page", nil, page("null", ""), noOrigin, ""},
		{"trusted", []string{app}, page(app, "cross-site"), "", app},
		{"trusted, told by Origin alone", []string{app}, page(app, ""), "", app},
		{"another one", []string{app}, page(other, "cross-site"), noOrigin, ""},
		{"another scheme", []string{app}, page("http://app.example", "cross-site"), noOrigin, ""},
		{"another port", []string{app}, page(app+":8443", "cross-site"), noOrigin, ""},
		{"a name that begins like it", []string{app}, page(app+".evil.example", "cross-site"), noOrigin, ""},
		{"no browser beside the trusted", []string{app}, page("", ""), "", ""},
		{"any", []string{"*"}, page(other, "cross-site"), "", "*"},
		{"any and a sandboxed page", []string{"*"}, page("null", "cross-site"), "", "*"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := newApp(t, wireService(), &jsonrpc.Options{Origins: c.origins})
			rec := knock{host: "localhost:8080", local: onLoopback, header: c.header}.send(app)
			admitted(t, rec, c.denied)
			if got := rec.Header().Get("Access-Control-Allow-Origin"); got != c.shared {
				t.Errorf("Access-Control-Allow-Origin: %q, want %q", got, c.shared)
			}
			if vary := rec.Header().Get("Vary"); c.denied == "" && (vary == "Origin") != (c.origins != nil) {
				t.Errorf("Vary: %q with the origins %q", vary, c.origins)
			}
		})
	}
}

func TestPreflight(t *testing.T) {
	asks := func(origin string, more ...string) map[string]string {
		h := map[string]string{"Origin": origin, "Access-Control-Request-Method": "POST"}
		for i := 0; i < len(more); i += 2 {
			h[more[i]] = more[i+1]
		}
		return h
	}
	const app = "https://app.example"
	for _, c := range []struct {
		name    string
		origins []string
		header  map[string]string
		status  int
		want    map[string]string
	}{
		{"trusted", []string{app}, asks(app, "Access-Control-Request-Headers", "content-type,x-user"), 204, map[string]string{
			"Access-Control-Allow-Origin": app, "Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "content-type,x-user",
			"Access-Control-Max-Age": "600", "Vary": "Origin",
		}},
		{"no headers asked for", []string{app}, asks(app), 204, map[string]string{
			"Access-Control-Allow-Origin": app, "Access-Control-Allow-Methods": "POST", "Access-Control-Max-Age": "600", "Vary": "Origin",
		}},
		{"any", []string{"*"}, asks("https://other.example"), 204, map[string]string{
			"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "POST", "Access-Control-Max-Age": "600", "Vary": "Origin",
		}},
		{"another", []string{app}, asks("https://other.example", "Sec-Fetch-Site", "cross-site"), 403, nil},
		{"none is trusted", nil, asks(app), 403, nil},
		{"no preflight", []string{app}, map[string]string{"Origin": app}, 405, map[string]string{
			"Access-Control-Allow-Origin": app, "Vary": "Origin",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			handler := newApp(t, wireService(), &jsonrpc.Options{Origins: c.origins})
			rec := knock{method: "OPTIONS", host: "localhost", local: onLoopback, header: c.header}.send(handler)
			got := map[string]string{}
			for _, name := range []string{"Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age", "Vary"} {
				if v := rec.Header().Get(name); v != "" {
					got[name] = v
				}
			}
			if diff := cmp.Diff(c.want, got); rec.Code != c.status || diff != "" && c.want != nil || c.want == nil && len(got) > 0 {
				t.Errorf("status %d, want %d; headers: -want +got:\n%s", rec.Code, c.status, diff)
			}
			if rec.Code == 204 && rec.Body.Len() > 0 || rec.Code == 403 && !strings.Contains(rec.Body.String(), noOrigin) {
				t.Errorf("body %q", rec.Body)
			}
		})
	}
}

func TestHostsAndOriginsThatCannotBe(t *testing.T) {
	for _, opts := range []jsonrpc.Options{
		{Hosts: []string{""}},
		{Origins: []string{""}},
		{Origins: []string{"app.example"}},
		{Origins: []string{"https://"}},
		{Origins: []string{"https://app.example/"}},
		{Origins: []string{"https://app.example/path"}},
		{Origins: []string{"https://app.example?x"}},
		{Origins: []string{"https://me@app.example"}},
		{Origins: []string{"https://good.example", "null"}},
	} {
		if app, err := jsonrpc.NewApplication(wireService(), &opts); err == nil || app != nil {
			t.Errorf("Hosts %q, Origins %q: no fault found", opts.Hosts, opts.Origins)
		}
	}
}

// A page that has rebound its name to the loopback address comes over a real connection with
// its own name in Host.
func TestDNSRebinding(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), nil))
	req := newPost(t, http.MethodPost, srv.URL, strings.NewReader(getData))
	req.Host = "evil.example:8080"
	req.Header.Set("Origin", "http://evil.example:8080")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	got := roundTrip(t, http.DefaultClient, req)
	plainText(t, got, http.StatusForbidden, "the host \"evil.example\" is not served here: Options.Hosts allows more\n")
}
