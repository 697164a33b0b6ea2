package serve

import (
	"fmt"
	"strconv"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain"
)

// Limits are the flags for the Application's limits. Zero stands for the Application's own default.
type Limits struct {
	MaxBody          int           `placeholder:"BYTES" help:"Longest request body (1 MiB)."`
	MaxResponse      int           `placeholder:"BYTES" help:"Longest answer (10 MiB)."`
	MaxBatch         int           `placeholder:"N" help:"Most requests in a batch (100)."`
	BatchWorkers     int           `placeholder:"N" help:"Requests of one batch that run at a time (32)."`
	MaxDepth         int           `placeholder:"N" help:"Deepest nesting of a message (1024; 10000 at most)."`
	MaxConcurrent    int           `placeholder:"N" help:"Functions running at a time (4096)."`
	MaxNotifications int           `placeholder:"N" help:"Notifications running or waiting (1024)."`
	Timeout          time.Duration `placeholder:"TIME" help:"Longest call (30s)."`
	ReadTimeout      time.Duration `placeholder:"TIME" help:"Longest time to send a request in (30s)."`
	LazyTimeout      time.Duration `placeholder:"TIME" help:"Longest time for a lazy entry to be made (30s)."`
}

// Access are the flags for who may call and what they are told.
type Access struct {
	Hosts        []string `placeholder:"HOST" help:"Host names that browsers and local callers may use, beside localhost."`
	Origins      []string `placeholder:"URL" help:"Web origins whose pages may call."`
	V1           bool     `name:"v1" help:"Answer JSON-RPC 1.0 requests too."`
	ExposeErrors bool     `help:"Send the text of any error to the caller, not only to the log."`
}

// options returns the fields of jsonrpc.Options that were given.
func (l Limits) options() []genmain.Option {
	var options []genmain.Option
	add := func(field string, value int64) {
		if value != 0 {
			options = append(options, genmain.Option{Field: field, Value: strconv.FormatInt(value, 10)})
		}
	}
	add("MaxBody", int64(l.MaxBody))
	add("MaxResponse", int64(l.MaxResponse))
	add("MaxBatch", int64(l.MaxBatch))
	add("BatchWorkers", int64(l.BatchWorkers))
	add("MaxDepth", int64(l.MaxDepth))
	add("MaxConcurrent", int64(l.MaxConcurrent))
	add("MaxNotifications", int64(l.MaxNotifications))
	add("Timeout", int64(l.Timeout))
	add("ReadTimeout", int64(l.ReadTimeout))
	add("LazyTimeout", int64(l.LazyTimeout))
	return options
}

// options returns the fields of jsonrpc.Options that were given.
func (a Access) options() []genmain.Option {
	var options []genmain.Option
	if len(a.Hosts) > 0 {
		options = append(options, genmain.Option{Field: "Hosts", Value: fmt.Sprintf("%#v", a.Hosts)})
	}
	if len(a.Origins) > 0 {
		options = append(options, genmain.Option{Field: "Origins", Value: fmt.Sprintf("%#v", a.Origins)})
	}
	if a.V1 {
		options = append(options, genmain.Option{Field: "V1", Value: "true"})
	}
	if a.ExposeErrors {
		options = append(options, genmain.Option{Field: "ExposeErrors", Value: "true"})
	}
	return options
}
