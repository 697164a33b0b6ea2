// Package list is the command that lists the methods of a server.
package list

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/describe"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/paint"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/suggest"
)

// Command is the command line of runrpc list.
type Command struct {
	URL          string        `arg:"" name:"url" help:"The server: :8080, host:8080/rpc or a whole URL."`
	Method       string        `arg:"" optional:"" help:"Tell all that is known of one method."`
	JSON         bool          `name:"json" help:"Print it as JSON."`
	Timeout      time.Duration `default:"30s" placeholder:"TIME" help:"Longest time for all of it (${default})."`
	remote.Flags `embed:""`
}

// Help tells where the methods come from.
func (*Command) Help() string {
	return `The server is asked with the method rpc.discover for its OpenRPC document, and where it has none for openrpc.json and then map below the URL, and at last with the method system.listMethods. A ? marks a parameter that may be left out.

    runrpc list :8080
    runrpc list :8080 pets.create
    runrpc list https://example.com/rpc --json`
}

// Run lists the methods.
func (c *Command) Run(streams console.Streams) error {
	endpoint, err := c.Open(c.URL, c.Timeout)
	if err != nil {
		return err
	}
	ctx, cancel := endpoint.Context()
	defer cancel()
	service, err := describe.Find(ctx, endpoint)
	if err != nil {
		return err
	}
	if c.Method != "" {
		return c.one(streams, service)
	}
	if c.JSON {
		return printJSON(streams.Stdout, service)
	}
	_, err = io.WriteString(streams.Stdout, table(service.Methods, paint.For(streams.Stdout)))
	return err
}

// one tells of a single method.
func (c *Command) one(streams console.Streams, service *describe.Service) error {
	i := slices.IndexFunc(service.Methods, func(m describe.Method) bool { return m.Name == c.Method })
	if i < 0 {
		return c.missing(streams, service)
	}
	method := service.Methods[i]
	if c.JSON {
		return printJSON(streams.Stdout, method)
	}
	_, err := io.WriteString(streams.Stdout, full(method, paint.For(streams.Stdout)))
	return err
}

// missing tells that there is no such method, and which one may have been meant.
func (c *Command) missing(streams console.Streams, service *describe.Service) error {
	names := make([]string, len(service.Methods))
	for i, method := range service.Methods {
		names[i] = method.Name
	}
	text := fmt.Sprintf("runrpc: there is no method %s", message.Short(c.Method))
	if near := suggest.Nearest(c.Method, names); near != "" {
		text += ", did you mean " + message.Short(near) + "?"
	}
	fmt.Fprintln(streams.Stderr, text)
	return console.Exit(1)
}

func printJSON(w io.Writer, value any) error {
	text, err := json.Marshal(value, jsontext.AllowDuplicateNames(true))
	if err != nil {
		return err
	}
	if paint.Terminal(w) {
		text = []byte(paint.For(w).JSON(text, ""))
	}
	_, err = w.Write(append(text, '\n'))
	return err
}
