// Package remote speaks to a server over HTTP: it finds the address that a user means, sends a message, and says in
// one line what went wrong where no answer comes back. Every wait and every read has a limit.
package remote

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
)

// Flags are what every command that speaks to a server takes.
type Flags struct {
	Header    []string `short:"H" sep:"none" placeholder:"'NAME: VALUE'" help:"A header to send, instead of the one that runrpc would; can be repeated. 'NAME:' sends none."`
	MaxAnswer int64    `default:"67108864" placeholder:"BYTES" help:"Longest answer (${default}, which is 64 MiB)."`
	CA        string   `name:"ca" placeholder:"FILE" help:"Certificates, in PEM, of those who may sign the server's, beside those of the system."`
	Insecure  bool     `short:"k" help:"Take any certificate of the server."`
}

// Open prepares to speak to the server at an address, with a limit for the time until its answer is there. Nothing is
// sent yet.
func (f Flags) Open(address string, timeout time.Duration) (*Endpoint, error) {
	u, err := Parse(address)
	if err != nil {
		return nil, console.Fault{Err: err}
	}
	if timeout <= 0 {
		return nil, console.Faultf("--timeout: found %s, want more than 0", timeout)
	}
	if f.MaxAnswer <= 0 {
		return nil, console.Faultf("--max-answer: found %d, want more than 0", f.MaxAnswer)
	}
	header, err := headers(f.Header)
	if err != nil {
		return nil, console.Fault{Err: err}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxResponseHeaderBytes = 1 << 20
	transport.DialContext = (&net.Dialer{}).DialContext // only Timeout bounds it
	transport.TLSHandshakeTimeout = 0
	if transport.TLSClientConfig, err = f.tls(); err != nil {
		return nil, console.Fault{Err: err}
	}
	return &Endpoint{URL: u, Timeout: timeout, limit: f.MaxAnswer, header: header, transport: transport}, nil
}

// tls says whom to trust.
func (f Flags) tls() (*tls.Config, error) {
	config := &tls.Config{InsecureSkipVerify: f.Insecure} //nolint:gosec // the user asks for it
	if f.CA == "" {
		return config, nil
	}
	pem, err := os.ReadFile(f.CA)
	if err != nil {
		return nil, fmt.Errorf("--ca: %w", err)
	}
	if config.RootCAs, err = x509.SystemCertPool(); err != nil {
		config.RootCAs = x509.NewCertPool()
	}
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("--ca: found no certificate in PEM in %s", f.CA)
	}
	return config, nil
}
