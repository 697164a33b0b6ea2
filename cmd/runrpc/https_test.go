package main_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// fetch returns the status, the type and the text of a page.
func fetch(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Error(err)
	}
	status, _, _ := strings.Cut(resp.Status, " ")
	return status + " " + resp.Header.Get("Content-Type") + " " + string(text)
}

// certify returns a certificate for localhost and its key, in PEM form.
func certify(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	encode := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	return encode("CERTIFICATE", der), encode("PRIVATE KEY", secret)
}

func TestHTTPS(t *testing.T) {
	t.Parallel()
	cert, key := certify(t)
	dir := write(t, files{
		"runrpc.toml":     "addr = \"localhost:0\"\npackages = [\"hello.go\"]\ntls-cert = \"conf/cert.pem\"\ntls-key = \"conf/key.pem\"\n",
		"hello.go":        hello,
		"conf/cert.pem":   cert,
		"conf/key.pem":    key,
		"web/index.html":  "<h1>home</h1>",
		"web/favicon.ico": "",
	})
	cmd, tmp := command(t, dir, "--static", "/=web")
	p := start(t, cmd, tmp)
	if !strings.HasPrefix(p.url, "https://localhost:") {
		t.Fatal("got the URL " + p.url)
	}
	known := x509.NewCertPool()
	known.AppendCertsFromPEM([]byte(cert))
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: known}, ForceAttemptHTTP2: true}, Timeout: patience}
	defer client.CloseIdleConnections()
	answer := func(resp *http.Response, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.Proto + " " + string(text)
	}
	request := `{"jsonrpc":"2.0","method":"hello.hi","params":["you"],"id":1}`
	got := answer(client.Post(p.url, "application/json", strings.NewReader(request)))
	if want := `HTTP/2.0 {"jsonrpc":"2.0","result":"hi you","id":1}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := answer(client.Get(p.url)), "HTTP/2.0 <h1>home</h1>"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	got = answer(http.Get("http" + strings.TrimPrefix(p.url, "https")))
	if want := "HTTP/1.0 Client sent an HTTP request to an HTTPS server.\n"; got != want {
		t.Errorf("without TLS:\ngot  %s\nwant %s", got, want)
	}
}

func TestHTTPSFaults(t *testing.T) {
	t.Parallel()
	cert, key := certify(t)
	_, otherKey := certify(t)
	dir := write(t, files{"hello.go": hello, "cert.pem": cert, "key.pem": key, "other.pem": otherKey, "text.pem": "text", "dir.pem/x": ""})
	for _, c := range []struct{ cert, key, want string }{
		{"cert.pem", "", `--tls-cert: found no --tls-key beside it, want both or none`},
		{"", "key.pem", `--tls-key: found no --tls-cert beside it, want both or none`},
		{"nope.pem", "key.pem", `--tls-cert: ` + dir + `/nope.pem: found no such file`},
		{"cert.pem", "nope.pem", `--tls-key: ` + dir + `/nope.pem: found no such file`},
		{"dir.pem", "key.pem", `--tls-cert: ` + dir + `/dir.pem: found no regular file`},
		{"cert.pem", "/dev/zero", `--tls-key: /dev/zero: found no regular file`},
		{"text.pem", "key.pem", `--tls-cert: found no certificate with its key in ` + dir + `/text.pem and ` + dir + `/key.pem: tls: failed to find any PEM data`},
		{"cert.pem", "other.pem", `--tls-cert: found no certificate with its key in ` + dir + `/cert.pem and ` + dir + `/other.pem: tls: private key does not match public key`},
		{"key.pem", "cert.pem", `--tls-cert: found no certificate with its key in ` + dir + `/key.pem and ` + dir + `/cert.pem: tls: `},
	} {
		var args []string
		if c.cert != "" {
			args = append(args, "--tls-cert", c.cert)
		}
		if c.key != "" {
			args = append(args, "--tls-key", c.key)
		}
		got := fails(t, dir, append(args, "hello")...)
		if !strings.HasPrefix(got, "runrpc: "+c.want) || strings.Count(got, "\n") != 1 {
			t.Errorf("got  %swant %s", got, c.want)
		}
	}
}
