package jsonrpc

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/semaphore"
)

// Options are an Application's settings. The zero value is the safe default. A negative limit
// lifts it, but for MaxDepth.
type Options struct {
	// Extras supplies extra variables from an HTTP request, for parameters that declare them.
	// An error refuses the request before anything runs: an *HTTPError with its status, any
	// other with 500 and an incident.
	Extras func(*http.Request) (Extras, error)

	// Docs makes the handler of GET and HEAD requests, which tells people and programs what can
	// be called: openrpc.Docs, for example. They pass the checks of Hosts and Origins and Extras
	// first. nil: they are refused with 405.
	Docs func(*Application) http.Handler

	Logger       *zerolog.Logger // one line a call; nil: incidents alone, to standard error
	ExposeErrors bool            // sends the text of private errors to clients: for development
	Codec        Codec           // nil: StrictCodec
	V1           bool            // answers requests without "jsonrpc" as JSON-RPC 1.0

	MaxBody          int // bytes of a message; 0: 1 MiB
	MaxResponse      int // bytes of an answer, errors included; 0: 10 MiB
	MaxBatch         int // members of a batch; 0: 100
	BatchWorkers     int // of one batch, at the same time; 0: 32
	MaxDepth         int // of nested arrays and objects; 0: 1024, 10,000 at most
	MaxConcurrent    int // procedures running at the same time; 0: 4096
	MaxNotifications int // notifications over HTTP running or waiting; 0: 1024

	ReadTimeout time.Duration // for a message's body; 0: 30 s
	Timeout     time.Duration // for an answer, from the message's arrival on; 0: 30 s
	LazyTimeout time.Duration // for a lazy entry's factory; 0: 30 s

	// Hosts are names that requests may be for, beside localhost, 127.0.0.1 and [::1]: over a
	// loopback connection no others are served, over any other a browser's plain HTTP
	// request to a name that is not listed is refused. "*" is any.
	Hosts []string

	// Origins are the other sites, like "https://app.example.com", whose pages may call. "*"
	// is any.
	Origins []string
}

const (
	defaultMaxBody          = 1 << 20
	defaultMaxResponse      = 10 << 20
	defaultMaxBatch         = 100
	defaultBatchWorkers     = 32
	defaultMaxConcurrent    = 4096
	defaultMaxNotifications = 1024
	defaultTimeout          = 30 * time.Second
)

// limit resolves a limit: 0 is the default, and a negative one is none, which is 0 inside.
func limit[T cmp.Ordered](value, byDefault T) T {
	var none T
	switch {
	case value == none:
		return byDefault
	case value < none:
		return none
	}
	return value
}

// engine compiles the options that concern a call.
func (o *Options) engine(life context.Context) *engine {
	e := &engine{
		coder:       newCoder(o.Codec, limit(o.MaxResponse, defaultMaxResponse)),
		limits:      limits{depth: cmp.Or(o.MaxDepth, defaultDepth), batch: limit(o.MaxBatch, defaultMaxBatch), v1: o.V1},
		log:         newLogger(o.Logger, o.ExposeErrors),
		timeout:     limit(o.Timeout, defaultTimeout),
		lazyTimeout: limit(o.LazyTimeout, defaultLazyTimeout),
		life:        life,
		workers:     limit(o.BatchWorkers, defaultBatchWorkers),
	}
	if n := limit(o.MaxConcurrent, defaultMaxConcurrent); n > 0 {
		e.running = semaphore.NewWeighted(int64(n))
	}
	return e
}

// check reports what no Application can run with.
func (o *Options) check() error {
	var faults []error
	if o.MaxDepth < 0 || o.MaxDepth > maxDepthLimit {
		faults = append(faults, fmt.Errorf("jsonrpc: Options.MaxDepth: found %d, want 1 to %d, or 0 for %d", o.MaxDepth, maxDepthLimit, defaultDepth))
	}
	for _, origin := range o.Origins {
		u, err := url.Parse(origin)
		if origin != "*" && (err != nil || u.Scheme == "" || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil) {
			faults = append(faults, fmt.Errorf("jsonrpc: Options.Origins: found %q, want a scheme and a host like \"https://app.example.com\", or \"*\"", origin))
		}
	}
	for _, host := range o.Hosts {
		if host == "" {
			faults = append(faults, errors.New("jsonrpc: Options.Hosts: found an empty name, want a host name, or \"*\""))
		}
	}
	return errors.Join(faults...)
}
