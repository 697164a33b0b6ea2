// Command server serves what the browser tests of the page need: a registry with parameters of every
// kind and errors of every kind, descriptions that want to do harm, and answers of other servers.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/examples/petshop"
	"github.com/runrpc/jsonrpc/openrpc"
)

func main() {
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		log.Fatal(err)
	}
	mux, err := mux()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	server := &http.Server{Handler: odd(mux), ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(server.Serve(listener))
}

// mux mounts Applications in each of the ways that there are.
func mux() (*http.ServeMux, error) {
	mux := http.NewServeMux()
	for _, m := range []struct {
		name     string
		rpc      jsonrpc.RPC
		patterns []string
		prefix   string // which is taken away
	}{
		{"Kinds", kinds(), []string{"/"}, ""},
		{"Exact", kinds(), []string{"/exact"}, ""},
		{"Below", kinds(), []string{"/below/"}, ""},
		{"Behind", kinds(), []string{"/behind", "/behind/"}, "/behind"},
		{"Empty", jsonrpc.RPC{}, []string{"/empty"}, ""},
		{"Many", many(1000), []string{"/many"}, ""},
		{"Guarded", guarded(), []string{"/guarded"}, ""},
		{"Hostile", hostile(), []string{"/hostile"}, ""},
		{"Broken", broken(), []string{"/broken"}, ""},
		{"Petshop", petshop.RPC(), []string{"/petshop"}, ""},
	} {
		if m.rpc[openrpc.MethodName] == nil {
			m.rpc[openrpc.MethodName] = openrpc.Discover(openrpc.Info{Title: m.name, Version: "1.0"}, nil)
		}
		app, err := application(m.rpc)
		if err != nil {
			return nil, err
		}
		for _, pattern := range m.patterns {
			mux.Handle(pattern, http.StripPrefix(m.prefix, app))
		}
	}
	return mux, nil
}

// application serves a registry with limits that a test can reach.
func application(rpc jsonrpc.RPC) (*jsonrpc.Application, error) {
	silent := zerolog.New(io.Discard)
	return jsonrpc.NewApplication(rpc, &jsonrpc.Options{
		Docs: openrpc.Docs, Logger: &silent, MaxBody: 100_000, MaxResponse: 3_000_000, MaxConcurrent: 4, Timeout: 2 * time.Second,
	})
}

// odd answers as other servers do, where a request has the header Odd.
func odd(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := func(status int, contentType, text string) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
		switch r.Header.Get("Odd") {
		case "login":
			body(http.StatusOK, "text/html; charset=utf-8", "<!doctype html><title>Sign in</title><script>window.hacked = true</script><form>…</form>")
		case "moved":
			if r.URL.Path == "/gone" {
				http.NotFound(w, r)
				return
			}
			http.Redirect(w, r, "/gone", http.StatusTemporaryRedirect)
		case "away":
			http.Redirect(w, r, "http://127.0.0.1:1/login", http.StatusSeeOther)
		case "host":
			body(http.StatusForbidden, "text/plain", "the host \"shop.example\" is not served here: Options.Hosts allows more\n")
		case "gateway":
			body(http.StatusBadGateway, "text/html", "<h1>502 Bad Gateway</h1>")
		case "incident":
			body(http.StatusInternalServerError, "text/plain", "Internal error, incident 0123456789abcdef\n")
		case "busy":
			w.Header().Set("Retry-After", "7")
			body(http.StatusServiceUnavailable, "application/json", `{"jsonrpc":"2.0","error":{"code":-32812,"message":"Overloaded","data":{"reason":"overloaded"}},"id":1}`)
		case "short":
			body(http.StatusOK, "application/json", `{"jsonrpc":"2.0","result":{"a":[1,2`)
		case "other":
			body(http.StatusOK, "application/json", `{"hello":"world"}`)
		case "broken":
			panic(http.ErrAbortHandler)
		default:
			next.ServeHTTP(w, r)
		}
	})
}
