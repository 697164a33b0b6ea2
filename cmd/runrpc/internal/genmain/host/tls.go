package main

import (
	"crypto/tls"
	"fmt"
	"os"
	"sync"
	"time"
)

// certificate is a TLS certificate in two files. When the files change, as they do every few weeks where a
// program renews them, the new one is used.
type certificate struct {
	cert, key string

	mu      sync.Mutex
	pair    *tls.Certificate
	changed time.Time // the later of the files' times
	looked  time.Time
}

// readCertificate reads the certificate in two files.
func readCertificate(cert, key string) (*certificate, error) {
	c := &certificate{cert: cert, key: key}
	return c, c.read()
}

// config returns the settings of a server with the certificate.
func (c *certificate) config() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return c.current(time.Now()), nil
		},
	}
}

// current returns the certificate as it is in the files. It looks every ten seconds, and keeps the old one
// while the new one cannot be read.
func (c *certificate) current(now time.Time) *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Sub(c.looked) < 10*time.Second {
		return c.pair
	}
	c.looked = now
	if c.time().Equal(c.changed) {
		return c.pair
	}
	if err := c.read(); err != nil {
		fmt.Fprintln(os.Stderr, "runrpc: keeping the TLS certificate, since the new one cannot be read:", err)
	}
	return c.pair
}

// read reads the files.
func (c *certificate) read() error {
	changed := c.time() // first: files that change meanwhile are read again
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return err
	}
	c.pair, c.changed = &pair, changed
	return nil
}

// time returns when the later of the files was changed.
func (c *certificate) time() time.Time {
	var latest time.Time
	for _, name := range []string{c.cert, c.key} {
		if info, err := os.Stat(name); err == nil && info.ModTime().After(latest) {
			latest = info.ModTime()
		}
	}
	return latest
}
