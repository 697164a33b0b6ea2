package document

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
)

// fetch gets a document from where it lies, or from a server that describes itself.
func (f Flags) fetch(address string) ([]byte, error) {
	endpoint, err := f.Open(address, f.Timeout)
	if err != nil {
		return nil, err
	}
	ctx, cancel := endpoint.Context()
	defer cancel()
	if path.Ext(endpoint.URL.Path) == ".json" {
		return get(ctx, endpoint, "")
	}
	text, discovery := discover(ctx, endpoint)
	if _, final := errors.AsType[console.Fault](discovery); discovery == nil || final {
		return text, discovery
	}
	for _, name := range []string{"", "openrpc.json"} {
		text, err := get(ctx, endpoint, name)
		if members, _ := message.Members(text); err == nil && members["openrpc"] != nil {
			return text, nil
		}
	}
	return nil, console.Faultf("%s: found no OpenRPC document: rpc.discover: %w", endpoint.URL.Redacted(), discovery)
}

// discover asks a server to describe itself. Its error is a console.Fault where nothing came back.
func discover(ctx context.Context, e *remote.Endpoint) ([]byte, error) {
	response, answer, err := e.Call(ctx, message.Request{Method: "rpc.discover", ID: jsontext.Value("1")})
	switch {
	case answer == nil:
		return nil, err
	case err != nil:
		return nil, errors.New(answer.Instead())
	case response.Error != nil:
		return nil, fmt.Errorf("the server answers with the error %s %q", response.Error.Code, message.Short(response.Error.Message))
	}
	return response.Result, nil
}

// get gets what stands below the address, if it is JSON.
func get(ctx context.Context, e *remote.Endpoint, name string) ([]byte, error) {
	answer, err := e.Get(ctx, name)
	if err != nil {
		return nil, err
	}
	if answer.HTTP.StatusCode != http.StatusOK {
		return nil, console.Faultf("%s: %s", answer.At.Redacted(), answer.Instead())
	}
	if err := scan(answer.Text); err != nil {
		return nil, console.Faultf("%s: %w", answer.At.Redacted(), err)
	}
	return answer.Text, nil
}
