package remote

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// fault says why nothing came back from an address.
func (e *Endpoint) fault(u *url.URL, err error) error {
	return console.Faultf("%s: %s", u.Redacted(), e.reason(u, err))
}

func (e *Endpoint) reason(u *url.URL, err error) string {
	if fault, ok := errors.AsType[net.Error](err); ok && fault.Timeout() {
		return fmt.Sprintf("no answer within %s: --timeout allows more", e.Timeout)
	}
	if reason := tlsReason(err); reason != "" {
		return reason
	}
	if fault, ok := errors.AsType[*net.DNSError](err); ok {
		if fault.IsNotFound {
			return fmt.Sprintf("found no host %q: is the name right?", fault.Name)
		}
		return "the host's address cannot be looked up: " + fault.Err
	}
	if fault, ok := errors.AsType[*net.OpError](err); ok && fault.Op == "proxyconnect" {
		return "the proxy that HTTP_PROXY or HTTPS_PROXY names cannot be reached: " + fault.Err.Error()
	}
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Sprintf("nothing listens on %s: is the server running?", u.Host)
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "there is no way to that host: is the network up?"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "the connection was closed before the answer was complete"
	case strings.Contains(err.Error(), "malformed HTTP"), strings.Contains(err.Error(), "readLoopPeekFail"): // it spoke first
		return "what answers there does not speak HTTP"
	}
	return message.Short(strings.TrimPrefix(err.Error(), "net/http: HTTP/1.x transport connection broken: "))
}

// tlsReason says what is wrong with the encryption, if that is it.
func tlsReason(err error) string {
	if fault, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return fmt.Sprintf("its certificate is not to be trusted (%v): --ca names who may sign, --insecure takes any", fault.Err)
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok || strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") {
		return "what answers there does not speak TLS: try http://"
	}
	return ""
}
