// Package contender has the libraries under test, each behind the same small shape: a server
// with the procedures of package work, reached by bytes in the process and as an http.Handler.
package contender

import (
	"maps"
	"net/http"

	"github.com/runrpc/jsonrpc/bench/work"
)

// Kind says what a contender is compared as.
type Kind string

// The kinds of contenders.
const (
	Ours      Kind = "ours"
	Peer      Kind = "peer"
	Reference Kind = "reference" // a limit to what can be had, not a library
)

// Contender is a library under test, reached in one way.
type Contender struct {
	Name   string
	Kind   Kind
	Module string    // whose version is shown
	Via    string    // how Instance.Do reaches the library
	Wire   work.Wire // nil: the names are as in package work

	// Skip has a reason for each workload that the library cannot do.
	Skip map[string]string

	// NoRegistry: dispatch is the user's code, so that large registries say nothing about it.
	NoRegistry bool

	// New makes a server. It is called more than once in a process, so it must not depend on
	// global state.
	New func(Setup) (Instance, error)
}

// Setup is what a measurement asks for beyond the standard procedures. The zero value is
// the library's defaults.
type Setup struct {
	Methods int // procedures more, named by work.Numbered, each of which subtracts
	Batch   int // members in the largest batch; 0: no more than 100

	// HTTP asks for Instance.HTTP. Without it, what HTTP needs beyond Instance.Do is left out,
	// so that it costs nothing at the start.
	HTTP bool
}

// Instance is a server at work.
type Instance struct {
	// Do answers a message. The answer is valid until the next call; one goroutine at a time.
	// nil: the library has no way in but HTTP.
	Do func(msg []byte) []byte

	// HTTP is nil where the contender is another way into a library whose HTTP is measured
	// already.
	HTTP http.Handler

	Close func() // nil: nothing to close
}

// Stop closes the instance.
func (in Instance) Stop() {
	if in.Close != nil {
		in.Close()
	}
}

// All returns the contenders in the order in which tables list them before any is measured. A
// new one is added here.
func All() []Contender {
	return []Contender{
		ours(), oursTyped(), oursApp(), oursFast(), oursMiddleware(),
		filecoin(), geth(), gethPipe(), gorilla(), jrpc2Direct(), jrpc2Bridge(), osamingo(), sourcegraph(), xexp(), zenrpc(),
		limit(), limitPipe(), floor(), naive(),
	}
}

// Find returns the contender of that name.
func Find(name string) (Contender, bool) {
	for _, c := range All() {
		if c.Name == name {
			return c, true
		}
	}
	return Contender{}, false
}

// unable has one reason for several workloads.
func unable(reason string, workloads ...string) map[string]string {
	m := map[string]string{}
	for _, w := range workloads {
		m[w] = reason
	}
	return m
}

// noBatches is the Skip of a library without batches.
func noBatches() map[string]string { return unable("no batches", "batch100", "mixed10") }

// names is a Wire of a few names; numbered procedures get suffix.
func names(known map[string]string, suffix string) work.Wire {
	known = maps.Clone(known)
	return func(method string) string {
		if name, ok := known[method]; ok {
			return name
		}
		return method + suffix
	}
}
