package serve

import (
	"crypto/tls"
	"fmt"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/config"
)

// TLS are the flags for HTTPS.
type TLS struct {
	TLSCert string `name:"tls-cert" type:"path" placeholder:"FILE" help:"Certificate, with the chain behind it, in PEM form: serve over HTTPS."`
	TLSKey  string `name:"tls-key" type:"path" placeholder:"FILE" help:"Private key of the certificate, in PEM form."`
}

// checkTLS refuses files that are no certificate and its key, before anything is built.
func (c *Command) checkTLS() error {
	const most = 1 << 20
	switch {
	case c.TLSCert == "" && c.TLSKey == "":
		return nil
	case c.TLSKey == "":
		return fmt.Errorf("%s: found no --tls-key beside it, want both or none", c.At("tls-cert"))
	case c.TLSCert == "":
		return fmt.Errorf("%s: found no --tls-cert beside it, want both or none", c.At("tls-key"))
	}
	cert, err := config.ReadFile(c.TLSCert, most)
	if err != nil {
		return fmt.Errorf("%s: %s: %w", c.At("tls-cert"), c.TLSCert, err)
	}
	key, err := config.ReadFile(c.TLSKey, most)
	if err != nil {
		return fmt.Errorf("%s: %s: %w", c.At("tls-key"), c.TLSKey, err)
	}
	if _, err := tls.X509KeyPair(cert, key); err != nil {
		return fmt.Errorf("%s: found no certificate with its key in %s and %s: %w", c.At("tls-cert"), c.TLSCert, c.TLSKey, err)
	}
	return nil
}
