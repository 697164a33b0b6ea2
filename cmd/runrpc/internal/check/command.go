// Package check is the command that checks a server against the JSON-RPC 2.0 specification. What stands in the files
// cases_*.go is the project's own reading of it; each case quotes the sentence that it is about.
package check

import (
	"context"
	"fmt"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
)

// Command is the command line of runrpc check.
type Command struct {
	URL          string        `arg:"" name:"url" help:"The server: :8080, host:8080/rpc or a whole URL."`
	Method       string        `placeholder:"NAME" help:"A method that may be called, and answers with a result."`
	Params       string        `placeholder:"JSON" help:"Its params by position, an array."`
	Named        string        `placeholder:"JSON" help:"The same params by name, an object."`
	Expect       string        `placeholder:"JSON" help:"The result."`
	Invalid      string        `placeholder:"JSON" help:"Params that the method refuses."`
	Strict       bool          `help:"Let a warning count as a failure."`
	JSON         bool          `name:"json" help:"Print the results as JSON."`
	Verbose      bool          `short:"v" help:"Show of each case what the specification says, what was sent and what came back."`
	Timeout      time.Duration `default:"5s" placeholder:"TIME" help:"Longest wait for one answer (${default})."`
	Total        time.Duration `default:"2m" placeholder:"TIME" help:"Longest time for all of it (${default})."`
	remote.Flags `embed:""`
}

// Help tells how to read the verdicts.
func (*Command) Help() string {
	return `A line for each case: pass, fail, warn, skip or note. A server fails where it departs from what the specification demands; it is warned where that says "should", or where most servers do otherwise. A note tells what a server does where it is free to. What cannot be checked is skipped, with the reason. The exit code is 1 where a case has failed, 2 where nothing could be checked, and 0 otherwise.

Some cases need a method that they may call. If none is named, a few are looked for in what the server says of itself that are harmless by their names and params, as add(a, b) is.

    runrpc check :8080
    runrpc check :8080 --method subtract --params '[42, 23]' --named '{"minuend": 42, "subtrahend": 23}' --expect 19
    runrpc check https://example.com/rpc --json --strict`
}

// Run checks the server.
func (c *Command) Run(streams console.Streams) error {
	endpoint, err := c.Open(c.URL, c.Timeout)
	if err != nil {
		return err
	}
	if c.Total <= 0 {
		return console.Faultf("--total: found %s, want more than 0", c.Total)
	}
	given, err := c.given()
	if err != nil {
		return console.Fault{Err: err}
	}
	ctx, cancel := context.WithTimeout(context.Background(), c.Total)
	defer cancel()
	began := time.Now()
	transport := newHTTP(endpoint)
	r := newRun(ctx, transport)
	if err := r.begin(); err != nil {
		return console.Faultf("%s: %w", endpoint.URL.Redacted(), err)
	}
	candidates, why := []*procedure{given}, ""
	if given == nil {
		candidates, why = find(ctx, endpoint)
	}
	r.choose(candidates, why)
	p := newPrinter(streams.Stdout, c.Verbose)
	if c.JSON {
		p.quiet()
	}
	p.begin(endpoint.URL.Redacted(), r)
	r.all(cases(), p.result)
	if c.JSON {
		err = p.json(endpoint.URL.Redacted(), transport.Notes())
	} else {
		err = p.end(transport.Notes(), time.Since(began))
	}
	switch {
	case err != nil:
		return err
	case p.count[Fail] > 0 || c.Strict && p.count[Warn] > 0:
		return console.Exit(1)
	case r.stopped != "":
		return console.Exit(2)
	}
	return nil
}

// given returns the procedure that the flags name, nil where they name none.
func (c *Command) given() (*procedure, error) {
	p := &procedure{method: c.Method, from: "--method", named: true}
	for _, flag := range []struct {
		name, text string
		kind       jsontext.Kind // 0: any
		value      *jsontext.Value
	}{
		{"--params", c.Params, jsontext.KindBeginArray, &p.positions},
		{"--named", c.Named, jsontext.KindBeginObject, &p.names},
		{"--expect", c.Expect, 0, &p.expect},
		{"--invalid", c.Invalid, 0, &p.wrong},
	} {
		if flag.text == "" {
			continue
		}
		if c.Method == "" {
			return nil, fmt.Errorf("%s: it is for the method that --method names, and none is named", flag.name)
		}
		value, err := message.Parse([]byte(flag.text))
		if err != nil {
			return nil, fmt.Errorf("%s: found no JSON: %w", flag.name, err)
		}
		if flag.kind != 0 && value.Kind() != flag.kind {
			return nil, fmt.Errorf("%s: found %s, want %s", flag.name, message.Kind(value), message.Kind(jsontext.Value{byte(flag.kind)}))
		}
		*flag.value = value
	}
	if c.Method == "" {
		return nil, nil
	}
	return p, nil
}
