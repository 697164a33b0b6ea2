// Package call is the command that calls methods of a server.
package call

import (
	"errors"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/paint"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
)

// Command is the command line of runrpc call.
type Command struct {
	URL          string        `arg:"" name:"url" help:"The server: :8080, host:8080/rpc or a whole URL."`
	Method       string        `arg:"" optional:"" help:"The method to call."`
	Args         []string      `arg:"" optional:"" help:"Its params: values by position, NAME=TEXT, NAME:=JSON, @FILE or - for standard input."`
	String       bool          `help:"Take each argument as a text by position, whatever it looks like."`
	Notify       bool          `help:"Send a notification, which nothing is answered to."`
	Batch        string        `placeholder:"FILE" help:"Send the requests in a file, one a line, as one batch; - for standard input."`
	ID           string        `name:"id" placeholder:"ID" help:"The id of the call, in JSON or a text (1)."`
	Raw          bool          `help:"Print the bytes of the answer as they came."`
	Verbose      bool          `short:"v" help:"Show on standard error what is sent and what comes back, with headers and time."`
	Timeout      time.Duration `default:"30s" placeholder:"TIME" help:"Longest time for all of it (${default})."`
	remote.Flags `embed:""`
}

// Help tells how the params are written.
func (*Command) Help() string {
	return `Prints the result alone: on a terminal over several lines and in colour, elsewhere as JSON on one line. An error that the server answers goes to standard error, and the exit code is 1; it is 2 where no answer came, and 0 otherwise. Numbers are sent and printed with all their digits.

Params by position are JSON where they are JSON, and a text otherwise:

    runrpc call :8080 add 1 2
    runrpc call :8080 greet Ada
    runrpc call :8080 greet '"42"'

Params by name: = gives a text, := gives JSON, @= the text of a file and :=@ the JSON of a file. Positions and names do not mix.

    runrpc call :8080 order item=tea qty:=3 note@=note.txt address:=@address.json

All params from a file, or from standard input:

    runrpc call :8080 order @params.json
    echo '{"item": "tea"}' | runrpc call :8080 order -

A batch has a request a line, {"method": "add", "params": [1, 2]}; the version and the ids are filled in. A line with "jsonrpc" is sent as it is, without an id as a notification. The answers are printed a line each, in the order of the calls.

    runrpc call :8080 --batch requests.jsonl
    runrpc call https://example.com/rpc -H 'Authorization: Bearer ...' --timeout 5s status`
}

// Run calls the method.
func (c *Command) Run(streams console.Streams) error {
	endpoint, err := c.Open(c.URL, c.Timeout)
	if err != nil {
		return err
	}
	call, err := c.message(files(streams.Stdin))
	if err != nil {
		return console.Fault{Err: err}
	}
	view := view{streams: streams, palette: paint.For(streams.Stderr), raw: c.Raw}
	if c.Verbose {
		view.sent(endpoint, call.text)
	}
	ctx, cancel := endpoint.Context()
	defer cancel()
	answer, err := endpoint.Post(ctx, call.text)
	if err != nil {
		return err
	}
	if c.Verbose {
		view.received(answer)
	}
	return view.show(call, answer)
}

// An exchange is a message and what is due for it.
type exchange struct {
	batch // of a single call, its one id

	method string // of a single call or notification
	single bool
}

// message composes what is sent.
func (c *Command) message(open opener) (exchange, error) {
	if err := c.check(); err != nil {
		return exchange{}, err
	}
	if c.Batch != "" {
		b, err := readBatch(c.Batch, c.Notify, open)
		return exchange{batch: b}, err
	}
	request := message.Request{Method: c.Method}
	var err error
	if c.String && len(c.Args) > 0 {
		request.Params = positions(c.Args, quote)
	} else {
		request.Params, err = params(c.Args, open)
	}
	if err != nil {
		return exchange{}, err
	}
	sent := exchange{method: c.Method, single: true}
	if !c.Notify {
		if request.ID, err = c.id(); err != nil {
			return exchange{}, err
		}
		sent.ids = []jsontext.Value{request.ID}
	}
	sent.text = request.Text()
	return sent, nil
}

// check refuses flags that do not go together.
func (c *Command) check() error {
	switch {
	case c.Batch != "" && c.Method != "":
		return errors.New("--batch: the methods stand in the file, found " + c.Method + " beside it")
	case c.Batch != "" && c.ID != "":
		return errors.New("--id: the requests of a batch have their ids in the file")
	case c.Batch == "" && c.Method == "":
		return errors.New("found no method to call: runrpc list URL tells which there are")
	case c.Notify && c.ID != "":
		return errors.New("--id: a notification has none")
	}
	return nil
}

// id returns the call's id.
func (c *Command) id() (jsontext.Value, error) {
	if c.ID == "" {
		return jsontext.Value("1"), nil
	}
	id, err := message.Parse([]byte(c.ID))
	if err != nil {
		return quote(c.ID), nil
	}
	return id, checkID(id)
}
