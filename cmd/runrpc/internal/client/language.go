package client

import (
	"fmt"
	"go/token"
	"path/filepath"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/api"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/golang"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/python"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/typescript"
)

// reserved are the names that no type gets, whatever the language: its name is the same in all.
var reserved = ident.Reserve(
	// Ours.
	`Call CallOptions Cancel Client ClientOptions Connection Empty ErrorClass Header Nothing Nullable Null Option Options
	Outcome RPCError Request Sendable Shape Some Timeout TimeoutError Transport TransportContext TransportError NewClient`,
	// TypeScript's, those that the client uses.
	`AbortController AbortSignal Array Error JSON Map Number Object Promise Readonly Record RequestInit Response String
	TextDecoder`,
	// Python's.
	`Any Callable False Generic Literal Mapping Never None NotRequired Protocol Sequence True TypeAlias TypeVar TypedDict
	BaseException Exception KeyError TypeError UnicodeDecodeError ValueError OSError`,
)

// A generate writes the files of a client.
type generate func(*api.API) (files, error)

// language returns what writes the client.
func (c *Command) language() (generate, error) {
	switch c.Lang {
	case "ts":
		return func(a *api.API) (files, error) {
			return files{{"client.ts", append([]byte("// "+mark+"\n\n"), typescript.Generate(a)...)}}, nil
		}, nil
	case "python":
		return func(a *api.API) (files, error) {
			return files{{"client.py", append([]byte("# "+mark+"\n\n"), python.Generate(a)...)}}, nil
		}, nil
	}
	name := c.Package
	if name == "" {
		name = packageName(c.Out)
	}
	if !token.IsIdentifier(name) || name == "_" {
		return nil, fmt.Errorf("--package: found %q, want a name for a Go package", name)
	}
	return func(a *api.API) (files, error) {
		parts, err := golang.Generate(a, name)
		var list files
		for _, f := range parts {
			list = append(list, file{f.Name, append([]byte("// "+mark+"\n\n"), f.Text...)})
		}
		return list, err
	}, nil
}

// packageName makes a Go package's name of that of its directory.
func packageName(dir string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(filepath.Base(dir)))
	if name = strings.TrimLeft(name, "0123456789"); name == "" || token.IsKeyword(name) {
		return "client"
	}
	return name
}
