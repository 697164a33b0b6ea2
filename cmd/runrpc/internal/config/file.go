package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// A File is a configuration file that was read.
type File struct {
	name    string // as the user knows it
	path    string // absolute
	entries []entry
}

// An entry is a key of the file with its value, or the header of a table with an empty map.
type entry struct {
	key   []string
	line  int
	value any
}

// An Error is what is wrong with a configuration file.
type Error struct {
	File string // as the user knows it
	Line int    // 0: the file itself
	Text string
}

// Error returns "file:line: text".
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Text)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Text)
}

func (f *File) fault(line int, format string, args ...any) error {
	return &Error{f.name, line, fmt.Sprintf(format, args...)}
}

// maxSize is far over what a configuration needs, and keeps the TOML package from taking long: it looks
// through all keys for each.
const maxSize = 64 << 10

// Read reads a configuration file. What is wrong with it is an *Error.
func Read(name string) (*File, error) {
	f := &File{name: name}
	path, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	f.path = path
	text, err := ReadFile(path, maxSize)
	if err != nil {
		return nil, f.fault(0, "%v", err)
	}
	return f, f.parse(bytes.TrimPrefix(text, []byte("\ufeff"))) // which editors on Windows write
}

// ReadFile reads a regular file of limited size. The error does not name it.
func ReadFile(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path) // first, since to open a pipe may take for ever
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("found no such file")
	case err != nil:
		return nil, plain(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("found no regular file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, plain(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return nil, plain(err)
	}
	if int64(len(text)) > most {
		return nil, fmt.Errorf("found more than %d bytes, want that at most", most)
	}
	return text, nil
}

// plain takes the path out of an error.
func plain(err error) error {
	if fault, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("cannot %s it: %w", fault.Op, fault.Err)
	}
	return err
}

// parse decodes the text, and goes through it once more for the lines: what is decoded has none.
func (f *File) parse(text []byte) error {
	values := map[string]any{}
	err := toml.Unmarshal(text, &values)
	if fault, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, column := fault.Position()
		return f.fault(line, "column %d: %s", column, strings.TrimPrefix(fault.Error(), "toml: "))
	}
	if err != nil {
		return f.fault(0, "%v", err)
	}
	var parser unstable.Parser
	var table []string
	for parser.Reset(text); parser.NextExpression(); {
		e := parser.Expression()
		key, line := position(&parser, e)
		if e.Kind == unstable.KeyValue {
			key = slices.Concat(table, key)
		} else {
			table = key
		}
		if value, ok := lookup(values, key); ok {
			if _, isTable := value.(map[string]any); isTable && e.Kind != unstable.KeyValue {
				value = map[string]any{} // its keys follow
			}
			f.entries = append(f.entries, entry{key, line, value})
		}
	}
	return parser.Error()
}

// position returns the key of an expression, and its line.
func position(parser *unstable.Parser, e *unstable.Node) (key []string, line int) {
	for part := e.Key(); part.Next(); {
		if key == nil {
			line = parser.Shape(part.Node().Raw).Start.Line
		}
		key = append(key, string(part.Node().Data))
	}
	return key, line
}

// lookup returns the value of a key. There is none below a list of tables.
func lookup(values map[string]any, key []string) (any, bool) {
	value, ok := values[key[0]]
	if len(key) == 1 || !ok {
		return value, ok
	}
	table, ok := value.(map[string]any)
	if !ok {
		return nil, false
	}
	return lookup(table, key[1:])
}
