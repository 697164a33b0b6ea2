package main

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
)

// successor passes requests on to the program that has taken over: it is the one that takes connections now at
// the address that the request came to. So what a client calls is new from the moment of the take-over on,
// over whichever connection.
func successor() http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			addr, _ := r.In.Context().Value(http.LocalAddrContextKey).(net.Addr)
			r.SetURL(&url.URL{Scheme: scheme(r.In), Host: addr.String()})
			r.Out.Host = r.In.Host
		},
		Transport: &http.Transport{
			DisableKeepAlives:  true, // it will have a successor, too
			DisableCompression: true,
			TLSClientConfig:    &tls.Config{InsecureSkipVerify: true}, // it is at home
		},
	}
}

func scheme(r *http.Request) string {
	if r.TLS != nil {
		return "https"
	}
	return "http"
}
