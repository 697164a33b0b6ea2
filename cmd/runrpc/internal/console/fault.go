package console

import "fmt"

// A Fault ends runrpc with exit code 2: what was asked for could not be tried, or nothing came back that is an
// answer. An answer that says no has exit code 1.
type Fault struct{ Err error }

// Faultf makes a Fault as fmt.Errorf makes an error.
func Faultf(format string, args ...any) error { return Fault{fmt.Errorf(format, args...)} }

// Error implements error.
func (f Fault) Error() string { return f.Err.Error() }

// Unwrap returns what went wrong.
func (f Fault) Unwrap() error { return f.Err }
