package document

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
)

// Flags are what every command takes that reads a document.
type Flags struct {
	Timeout      time.Duration `default:"30s" placeholder:"TIME" help:"Longest time until a server has answered (${default})."`
	remote.Flags `embed:""`
}

// Load reads the document that source names: a file, - for standard input, the URL of one, or the address of a server
// that describes itself. Its error is a console.Fault.
func (f Flags) Load(source string, stdin io.Reader) (*Document, error) {
	text, err := f.read(source, stdin)
	if err != nil {
		return nil, err
	}
	d, err := Parse(text)
	if err != nil {
		return nil, console.Faultf("%s: %w", shown(source), err)
	}
	return d, nil
}

func (f Flags) read(source string, stdin io.Reader) ([]byte, error) {
	if source == "-" {
		return readAll(source, stdin)
	}
	if strings.Contains(source, "://") || strings.HasPrefix(source, ":") {
		return f.fetch(source)
	}
	file, err := os.Open(source)
	if errors.Is(err, fs.ErrNotExist) {
		if _, fault := remote.Parse(source); fault == nil && strings.Contains(source, ":") {
			return f.fetch(source)
		}
		return nil, console.Faultf("found no file %s: want one, - for standard input, or the URL of a document or a server", shown(source))
	}
	if err != nil {
		return nil, console.Fault{Err: err}
	}
	defer file.Close() //nolint:errcheck // it was only read
	return readAll(source, file)
}

// readAll reads what is not longer than a document may be.
func readAll(source string, r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if fault, ok := errors.AsType[*fs.PathError](err); ok {
		err = fault.Err // the path has been said
	}
	if err != nil {
		return nil, console.Faultf("%s: %w", shown(source), err)
	}
	return text, nil
}

// shown is how a source stands in a message.
func shown(source string) string {
	if source == "-" {
		return "standard input"
	}
	if u, err := remote.Parse(source); err == nil && strings.Contains(source, "://") {
		source = u.Redacted()
	}
	return fmt.Sprint(message.Short(source))
}
