package client_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/golang"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/python"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/typescript"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/document"
)

// What a document says is a client in each language, and the Go one can be parsed.
func FuzzGenerate(f *testing.F) {
	found, err := filepath.Glob("testdata/*/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range found {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		if len(text) < 8000 { // more is slow to change
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := document.Parse(text)
		if err != nil {
			return
		}
		for _, separator := range []string{".", ""} {
			a, err := api.Build(doc, separator, nil)
			if err != nil {
				return
			}
			if _, err := golang.Generate(a, "client"); err != nil {
				t.Error(err)
			}
			typescript.Generate(a)
			python.Generate(a)
		}
	})
}
