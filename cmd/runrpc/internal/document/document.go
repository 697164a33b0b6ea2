// Package document reads OpenRPC documents that others have written, from files and from servers. Every read, length,
// depth and wait has a limit, and what it returns is sound: all references lead somewhere.
package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/openrpc"
)

// A Document is one whose references all lead to a schema, and never in a circle that has no value.
type Document struct {
	*openrpc.Document

	refs *references
}

// Limits of a document.
const (
	maxSize  = 32 << 20 // bytes
	maxDepth = 200      // of objects and arrays in one another
)

// Parse reads a document of any version 1. Its error is one line.
func Parse(text []byte) (*Document, error) {
	if len(text) > maxSize {
		return nil, fmt.Errorf("found more than %d MiB, and no OpenRPC document has that", maxSize>>20)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if err := scan(text); err != nil {
		return nil, err
	}
	parsed, err := openrpc.Parse(text)
	if err != nil {
		return nil, errors.New(instead(text, err))
	}
	d := &Document{parsed, &references{text: text, known: map[string]*openrpc.Schema{}}}
	d.refs.components = d.Components
	if err := d.check(); err != nil {
		return nil, errors.New(oneLine(err.Error()))
	}
	return d, nil
}

// scan refuses what is not JSON, and what is nested so deeply that nobody has written it by hand.
func scan(text []byte) error {
	if len(bytes.TrimSpace(text)) == 0 {
		return errors.New("found no OpenRPC document: it is empty")
	}
	dec := jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true))
	for {
		if _, err := dec.ReadToken(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("found no OpenRPC document: %s", notJSON(text, err))
		}
		if dec.StackDepth() > maxDepth {
			return fmt.Errorf("found values nested deeper than %d at byte %d, and an OpenRPC document is not", maxDepth, dec.InputOffset())
		}
	}
}

// notJSON says what text is where it is not JSON.
func notJSON(text []byte, err error) string {
	start := strings.ToLower(string(bytes.TrimSpace(text[:min(len(text), 512)])))
	switch {
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return "it is a web page"
	case strings.HasPrefix(start, "openrpc:"):
		return "it is YAML, want JSON"
	}
	if fault, ok := errors.AsType[*jsontext.SyntacticError](err); ok && fault.Err != nil {
		return fmt.Sprintf("it is not JSON: %v at byte %d", fault.Err, fault.ByteOffset)
	}
	return "it is not JSON: " + oneLine(err.Error())
}

// instead says why text is no document, and what it is where that can be told.
func instead(text []byte, err error) string {
	members, _ := message.Members(text)
	for _, other := range []struct{ member, name string }{
		{"openapi", "an OpenAPI document"}, {"swagger", "an OpenAPI document"}, {"asyncapi", "an AsyncAPI document"}, {"jsonrpc", "a JSON-RPC message"},
	} {
		if members[other.member] != nil && members["openrpc"] == nil {
			return "found " + other.name + ", want an OpenRPC document"
		}
	}
	return oneLine(strings.TrimPrefix(err.Error(), "openrpc: "))
}

// oneLine makes a line that can be shown of a text that may hold what the document says.
func oneLine(text string) string {
	const most = 300
	runes := []rune(message.Printable(text[:min(len(text), 4*most)]))
	if len(runes) > most {
		runes = append(runes[:most-1], '…')
	}
	return string(runes)
}
