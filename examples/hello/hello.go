// Package hello is a first package to serve with runrpc:
//
//	runrpc ./examples/hello
//
// There is nothing to declare. Each exported function is a method, called by name or by position:
//
//	curl localhost:8080 -H 'Content-Type: application/json' \
//	    -d '{"jsonrpc": "2.0", "method": "hello.greeting", "params": {"name": "Ada"}, "id": 1}'
package hello

import (
	"errors"
	"fmt"
)

// Greeting greets someone, and without a name everyone.
//
//rpc:default name="world"
func Greeting(name string) string {
	return fmt.Sprintf("Hello, %s!", name)
}

// Add returns the sum of two numbers.
func Add(a, b int) int {
	return a + b
}

// Divide returns the quotient of two numbers. Callers see that it failed, and the log says why.
func Divide(a, b float64) (float64, error) {
	if b == 0 {
		return 0, errors.New("division by zero")
	}
	return a / b, nil
}
