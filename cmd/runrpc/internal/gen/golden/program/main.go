// Command program serves its own functions.
package main

//go:generate go run github.com/runrpc/jsonrpc/cmd/runrpc gen .

import "fmt"

// Double doubles.
func Double(n int) int { return 2 * n }

func main() {
	fmt.Printf("%s\n", RPC().Call([]byte(`{"jsonrpc":"2.0","method":"double","params":[21],"id":1}`), nil))
}
