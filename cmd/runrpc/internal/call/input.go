package call

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// longest is how much is read of a file.
const longest = 64 << 20

// An opener opens a file by its name, and standard input for -.
type opener func(name string) (io.ReadCloser, error)

// files opens the files of the system.
func files(stdin io.Reader) opener {
	return func(name string) (io.ReadCloser, error) {
		if name == "-" {
			return io.NopCloser(stdin), nil
		}
		return os.Open(name) //nolint:gosec // the user names it
	}
}

// read returns what a file holds.
func (o opener) read(name string) ([]byte, error) {
	file, err := o(name)
	if err == nil {
		defer file.Close() //nolint:errcheck // it is only read
		var text []byte
		if text, err = io.ReadAll(io.LimitReader(file, longest+1)); err == nil && len(text) <= longest {
			return text, nil
		}
	}
	if err == nil {
		return nil, fmt.Errorf("%s is longer than %d MiB", called(name), longest>>20)
	}
	if fault, ok := errors.AsType[*fs.PathError](err); ok {
		err = fault.Err
	}
	return nil, fmt.Errorf("%s: %w", called(name), err)
}

// json returns the JSON value that a file holds.
func (o opener) json(name string) (jsontext.Value, error) {
	text, err := o.read(name)
	if err != nil {
		return nil, err
	}
	value, err := message.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s is no JSON: %w", called(name), err)
	}
	return value, nil
}

// text returns what a file holds as a JSON string.
func (o opener) text(name string) (jsontext.Value, error) {
	text, err := o.read(name)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("%s is not UTF-8, and JSON is", called(name))
	}
	return quote(string(text)), nil
}

// called is how a file is called towards the user.
func called(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}
