package hello_test

import (
	"testing"

	"github.com/runrpc/jsonrpc/examples/hello"
)

// What runrpc serves are plain functions, so that is how they are tested.
func TestFunctions(t *testing.T) {
	if got := hello.Greeting("Ada"); got != "Hello, Ada!" {
		t.Errorf("Greeting(Ada) = %q", got)
	}
	if got := hello.Add(2, 3); got != 5 {
		t.Errorf("Add(2, 3) = %d", got)
	}
	if got, err := hello.Divide(1, 4); got != 0.25 || err != nil {
		t.Errorf("Divide(1, 4) = %v, %v", got, err)
	}
	if _, err := hello.Divide(1, 0); err == nil {
		t.Error("Divide(1, 0) found no error")
	}
}
