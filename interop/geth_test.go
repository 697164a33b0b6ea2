package interop_test

import (
	"net/http/httptest"
	"testing"

	"github.com/ethereum/go-ethereum/rpc"
)

// calculator is served by go-ethereum's rpc as calculator_subtract.
type calculator struct{}

func (calculator) Subtract(minuend, subtrahend int) int { return minuend - subtrahend }

func TestGoEthereum(t *testing.T) {
	srv := rpc.NewServer()
	if err := srv.RegisterName("calculator", calculator{}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(srv)
	t.Cleanup(func() {
		server.Close()
		srv.Stop()
	})
	peer{server.URL, "calculator_subtract", map[string]string{
		"error.internal": "skip",
		// {"id": true} is called like any other request and comes back, although an id "MUST contain a String,
		// Number, or NULL value if included". The sentence binds the client first, so it is a warning.
		"id.boolean": "warn",
		// Go has no names of parameters at run time, and "non-array args" are Invalid params. Section 4.2 lets a
		// client choose, but does not say that each method has names: a warning.
		"params.name": "warn", "params.name-order": "warn", "params.name-case": "skip",
	}}.try(t)
}
