package jsonrpc

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// admission decides which HTTP requests come in at all: it keeps foreign web pages out, whether
// they come by DNS rebinding or from another origin.
type admission struct {
	hosts     map[string]bool
	anyHost   bool
	origins   map[string]bool
	anyOrigin bool
	cross     *http.CrossOriginProtection
}

func newAdmission(hosts, origins []string) admission {
	a := admission{hosts: map[string]bool{}, origins: map[string]bool{}, cross: http.NewCrossOriginProtection()}
	for _, h := range hosts {
		a.hosts[hostName(h)] = true
	}
	a.anyHost = slices.Contains(hosts, "*")
	a.anyOrigin = slices.Contains(origins, "*")
	for _, o := range origins {
		a.origins[o] = true
		_ = a.cross.AddTrustedOrigin(o) // checked by Options.check, "*" is handled here
	}
	return a
}

// refusal is an HTTP request turned away: the answer is text for a person to read.
type refusal struct {
	status int
	reason string
}

// check looks at where a request comes from and where it wants to go.
func (a *admission) check(r *http.Request, browser bool) *refusal {
	if host := hostName(r.Host); !a.host(r, host, browser) {
		return &refusal{http.StatusForbidden, fmt.Sprintf("the host %q is not served here: Options.Hosts allows more", clip(host))}
	}
	if !a.anyOrigin && (a.cross.Check(r) != nil || a.foreignPreflight(r)) {
		return &refusal{http.StatusForbidden, "a page of another origin may not call: Options.Origins allows it"}
	}
	return nil
}

// host tells whether requests for a host are served on the request's connection.
func (a *admission) host(r *http.Request, host string, browser bool) bool {
	switch {
	case a.anyHost || a.hosts[host] || host == "localhost" || host == "127.0.0.1" || host == "::1":
		return true
	case loopback(r):
		return false
	case r.TLS == nil && browser:
		_, err := netip.ParseAddr(host)
		return err == nil
	}
	return true
}

// hostName strips the port, the brackets of an IPv6 address and a final dot.
func hostName(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// loopback tells whether the connection's own end is a loopback address.
func loopback(r *http.Request) bool {
	addr, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && addr.IP.IsLoopback()
}

func fromBrowser(r *http.Request) bool {
	if r.Header["Origin"] != nil {
		return true
	}
	for _, h := range []string{"Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest"} {
		if r.Header[h] != nil {
			return true
		}
	}
	return false
}

// preflight tells a CORS preflight (Fetch standard, section 3.2.2) from other requests.
func preflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header["Origin"] != nil && r.Header["Access-Control-Request-Method"] != nil
}

// foreignPreflight tells whether a preflight asks for an origin that is not trusted.
func (a *admission) foreignPreflight(r *http.Request) bool {
	return preflight(r) && !a.origins[r.Header.Get("Origin")]
}

// share tells a browser that the answer is for the page of a trusted origin too.
func (a *admission) share(w http.ResponseWriter, r *http.Request) {
	if len(a.origins) == 0 {
		return
	}
	h := w.Header()
	h.Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	switch {
	case origin == "":
		return
	case a.anyOrigin:
		origin = "*"
	case !a.origins[origin]:
		return
	}
	h.Set("Access-Control-Allow-Origin", origin)
	if preflight(r) {
		h.Set("Access-Control-Allow-Methods", http.MethodPost)
		if asked := r.Header.Get("Access-Control-Request-Headers"); asked != "" {
			h.Set("Access-Control-Allow-Headers", asked)
		}
		h.Set("Access-Control-Max-Age", "600")
	}
}

// mediaType checks that the body is sent as JSON-RPC, as it is.
func mediaType(r *http.Request) *refusal {
	for _, encoding := range r.Header["Content-Encoding"] {
		if encoding != "" && !strings.EqualFold(encoding, "identity") {
			return &refusal{http.StatusUnsupportedMediaType, fmt.Sprintf("Content-Encoding: found %q, want the message as it is", clip(encoding))}
		}
	}
	name, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	switch name = strings.ToLower(strings.TrimSpace(name)); name {
	case "application/json", "application/json-rpc", "application/jsonrequest":
		return nil
	}
	return &refusal{http.StatusUnsupportedMediaType, fmt.Sprintf("Content-Type: found %q, want application/json, application/json-rpc or application/jsonrequest", clip(name))}
}
