package call

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/paint"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
)

// A view shows answers: what a program wants to read on standard output, all else on standard error.
type view struct {
	streams console.Streams
	palette paint.Palette // of standard error
	raw     bool
}

// refused is the exit code for an answer that says no.
const refused = console.Exit(1)

// show shows what came back, and returns the error that the exit code is made of.
func (v view) show(sent exchange, answer *remote.Answer) error {
	if v.raw {
		if _, err := v.streams.Stdout.Write(answer.Text); err != nil {
			return err
		}
	}
	switch {
	case len(sent.ids) == 0:
		return v.silence(sent, answer)
	case sent.single:
		response, err := answer.Response(sent.ids[0])
		if err != nil {
			return err
		}
		return v.response(sent.method, response)
	default:
		return v.batch(sent, answer)
	}
}

// response shows the answer to a single call.
func (v view) response(method string, response message.Response) error {
	if response.Error == nil {
		return v.print(response.Result)
	}
	if !v.raw {
		v.refusal(method, response.Error)
	}
	return refused
}

// silence looks at the answer to notifications, which should be none.
func (v view) silence(sent exchange, answer *remote.Answer) error {
	empty := len(bytes.TrimSpace(answer.Text)) == 0
	if empty && answer.HTTP.StatusCode < 300 {
		return nil
	}
	value, err := answer.Value()
	if err != nil {
		return err
	}
	if response, err := message.ReadResponse(value); err == nil && response.Error != nil {
		return v.response(sent.called(), response)
	}
	fmt.Fprintf(v.streams.Stderr, "runrpc: nothing may be answered to a notification, found %s\n", message.Short(value))
	return nil
}

// called is how what was sent is called.
func (s exchange) called() string {
	if s.single {
		return s.method
	}
	return "the batch"
}

// batch shows the answers to a batch.
func (v view) batch(sent exchange, answer *remote.Answer) error {
	value, err := answer.Value()
	if err != nil {
		return err
	}
	if value.Kind() == jsontext.KindBeginObject { // the batch as a whole is refused
		response, err := answer.Response(nil)
		if err != nil {
			return err
		}
		return v.response("the batch", response)
	}
	values, err := message.Elements(value)
	if err != nil {
		return err
	}
	answers, err := sent.sort(values)
	if err != nil {
		return console.Faultf("%s: the answer is no JSON-RPC batch: %w", answer.At.Redacted(), err)
	}
	var failed error
	for _, response := range answers.responses {
		if response.Error != nil {
			failed = refused
		}
		if err := v.print(response.Text); err != nil {
			return err
		}
	}
	if len(answers.missing) > 0 {
		return console.Faultf("%s: found no answer to the %s", answer.At.Redacted(), listed(answers.missing))
	}
	return failed
}

// listed names the first of some ids.
func listed(ids []jsontext.Value) string {
	const most = 5
	names := make([]string, 0, most)
	for _, id := range ids[:min(len(ids), most)] {
		names = append(names, message.Short(id))
	}
	text := "call with the id " + strings.Join(names, ", ")
	if len(ids) > most {
		text += fmt.Sprintf(" and %d more", len(ids)-most)
	}
	return text
}

// print prints a value on standard output, unless that has the raw answer already.
func (v view) print(value jsontext.Value) error {
	if v.raw {
		return nil
	}
	text := string(value)
	if paint.Terminal(v.streams.Stdout) {
		text = paint.For(v.streams.Stdout).JSON(value, "")
	}
	_, err := io.WriteString(v.streams.Stdout, text+"\n")
	return err
}

// refusal shows an error that the server answers.
func (v view) refusal(method string, fault *message.Error) {
	code := string(fault.Code)
	if name := meanings[code]; name != "" && name != fault.Message {
		code += " (" + name + ")"
	}
	const indent = "           "
	lines := strings.ReplaceAll(message.PrintableLines(fault.Message), "\n", "\n"+indent)
	fmt.Fprintf(v.streams.Stderr, "runrpc: %s: the server answers with an error\n", message.Printable(method))
	fmt.Fprintf(v.streams.Stderr, "  code     %s\n", v.palette.In(paint.Red, code))
	fmt.Fprintf(v.streams.Stderr, "  message  %s\n", v.palette.In(paint.Bold, lines))
	const line = 64 // what fits on one
	switch {
	case len(fault.Data) > line:
		fmt.Fprintf(v.streams.Stderr, "  data     %s\n", v.palette.JSON(fault.Data, indent))
	case fault.Data != nil:
		fmt.Fprintf(v.streams.Stderr, "  data     %s\n", v.palette.Line(fault.Data))
	}
}

// meanings are the specification's words for its codes.
var meanings = map[string]string{
	"-32700": "Parse error",
	"-32600": "Invalid Request",
	"-32601": "Method not found",
	"-32602": "Invalid params",
	"-32603": "Internal error",
}

// sent shows a request.
func (v view) sent(e *remote.Endpoint, text []byte) {
	req := e.Request(text)
	v.line(">", fmt.Sprintf("%s %s HTTP/1.1", req.Method, req.URL.RequestURI()))
	v.line(">", "Host: "+hostOf(req))
	v.headers(">", req.Header)
	v.body(">", text)
}

func hostOf(req *http.Request) string {
	if req.Host != "" {
		return req.Host
	}
	return req.URL.Host
}

// received shows an answer.
func (v view) received(answer *remote.Answer) {
	took := answer.Took.Round(10 * time.Microsecond)
	v.line("<", fmt.Sprintf("%s %s in %s", answer.HTTP.Proto, message.Printable(answer.HTTP.Status), took))
	v.headers("<", answer.HTTP.Header)
	v.body("<", answer.Text)
}

func (v view) headers(mark string, header http.Header) {
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			v.line(mark, message.Printable(name+": "+value))
		}
	}
}

// body shows what is sent or came, behind an empty line.
func (v view) body(mark string, text []byte) {
	v.line(mark, "")
	for line := range strings.Lines(message.PrintableLines(string(text))) {
		v.line(mark, strings.TrimSuffix(line, "\n"))
	}
}

func (v view) line(mark, text string) {
	fmt.Fprintln(v.streams.Stderr, v.palette.In(paint.Dim, strings.TrimRight(mark+" "+text, " ")))
}
