package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// issue writes a new certificate with a serial number, and its key, of the given age.
func issue(t *testing.T, dir string, serial int64, changed time.Time) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: []string{"localhost"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	put := func(name, kind string, der []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, changed, changed); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return put("cert.pem", "CERTIFICATE", der), put("key.pem", "PRIVATE KEY", secret)
}

func TestCertificateIsRenewed(t *testing.T) {
	dir, start := t.TempDir(), time.Now()
	c, err := readCertificate(issue(t, dir, 1, start))
	if err != nil {
		t.Fatal(err)
	}
	serial := func(after time.Duration) int64 {
		t.Helper()
		leaf := c.current(start.Add(after)).Leaf
		return leaf.SerialNumber.Int64()
	}
	if got := serial(0); got != 1 {
		t.Errorf("got certificate %d, want 1", got)
	}
	issue(t, dir, 2, start.Add(time.Hour))
	if got := serial(9 * time.Second); got != 1 {
		t.Errorf("within ten seconds: got certificate %d, want 1: it is not to look at each handshake", got)
	}
	if got := serial(11 * time.Second); got != 2 {
		t.Errorf("after ten seconds: got certificate %d, want 2", got)
	}
	if err := os.WriteFile(filepath.Join(dir, "key.pem"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := serial(30 * time.Second); got != 2 {
		t.Errorf("with a broken key: got certificate %d, want 2", got)
	}
	issue(t, dir, 3, start.Add(2*time.Hour))
	if got := serial(50 * time.Second); got != 3 {
		t.Errorf("mended: got certificate %d, want 3", got)
	}
	got, err := c.config().GetCertificate(new(tls.ClientHelloInfo))
	if err != nil || got.Leaf.SerialNumber.Int64() != 3 {
		t.Errorf("for a handshake: %v, %v", got, err)
	}
}
