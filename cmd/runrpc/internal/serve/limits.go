package serve

import "time"

// Limits are the flags for the Application's limits. Zero stands for the Application's own default. The fields
// are those of settings.Limits.
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

// Access are the flags for who may call and what they are told. The fields are those of settings.Access.
type Access struct {
	Hosts        []string `placeholder:"HOST" help:"Host names that browsers and local callers may use, beside localhost."`
	Origins      []string `placeholder:"URL" help:"Web origins whose pages may call."`
	V1           bool     `name:"v1" help:"Answer JSON-RPC 1.0 requests too."`
	ExposeErrors bool     `help:"Send the text of any error to the caller, not only to the log."`
}
