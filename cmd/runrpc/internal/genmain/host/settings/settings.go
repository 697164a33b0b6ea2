// Package settings is what runrpc and the programs that it builds tell each other.
package settings

import "time"

// Settings are what a program is told. Those that it was built with are compiled into it as JSON.
type Settings struct {
	Addr      string        // to listen on
	Path      string        // of the URL; "/" is any
	Separator string        // between the parts of a method's name
	Drain     time.Duration // how long calls may take to finish; 0: without limit
	Warm      bool          // all services are made at the start
	NoDocs    bool          // it does not describe itself
	Log       Log
	LogLevel  Level // the least that is logged
	Quiet     bool  // nothing but errors
	Limits
	Access
	Folders     []Folder // of files that are served beside the procedures
	Certificate Certificate
	Built       Built
}

// A Log says how what happens is logged.
type Log string

// The logs that there are.
const (
	Auto Log = "auto" // Text on a terminal, JSON elsewhere
	Text Log = "text" // a line a call for people
	JSON Log = "json" // a line a call for programs
	Off  Log = "off"  // incidents alone
)

// Known reports whether there is such a log.
func (l Log) Known() bool { return l == Auto || l == Text || l == JSON || l == Off }

// A Level is how much something that is logged matters.
type Level string

// The levels that there are. The zero Level is Info.
const (
	Info  Level = "info"  // each call
	Warn  Level = "warn"  // a call that is answered with an error
	Error Level = "error" // an incident
)

// Known reports whether there is such a level.
func (l Level) Known() bool { return l == "" || l == Info || l == Warn || l == Error }

// Limits are those of jsonrpc.Options. Zero stands for the default, a negative one for none.
type Limits struct {
	MaxBody          int
	MaxResponse      int
	MaxBatch         int
	BatchWorkers     int
	MaxDepth         int
	MaxConcurrent    int
	MaxNotifications int
	Timeout          time.Duration
	ReadTimeout      time.Duration
	LazyTimeout      time.Duration
}

// Access is who may call and what they are told, as in jsonrpc.Options.
type Access struct {
	Hosts        []string
	Origins      []string
	V1           bool
	ExposeErrors bool
}

// Built tells what a program was built from.
type Built struct {
	Packages []string // as they were named
	Revision string   // of the module that holds them; empty: not known
	Toolkit  string   // its version
}
