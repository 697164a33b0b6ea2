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
func (s *Service) checkTLS() error {
	const most = 1 << 20
	switch {
	case s.TLSCert == "" && s.TLSKey == "":
		return nil
	case s.TLSKey == "":
		return fmt.Errorf("%s: found no --tls-key beside it, want both or none", s.At("tls-cert"))
	case s.TLSCert == "":
		return fmt.Errorf("%s: found no --tls-cert beside it, want both or none", s.At("tls-key"))
	}
	cert, err := config.ReadFile(s.TLSCert, most)
	if err != nil {
		return fmt.Errorf("%s: %s: %w", s.At("tls-cert"), s.TLSCert, err)
	}
	key, err := config.ReadFile(s.TLSKey, most)
	if err != nil {
		return fmt.Errorf("%s: %s: %w", s.At("tls-key"), s.TLSKey, err)
	}
	if _, err := tls.X509KeyPair(cert, key); err != nil {
		return fmt.Errorf("%s: found no certificate with its key in %s and %s: %w", s.At("tls-cert"), s.TLSCert, s.TLSKey, err)
	}
	return nil
}
