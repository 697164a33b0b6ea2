package serve

// Help shows examples.
func (*Command) Help() string {
	return `Examples:

    runrpc hello
    runrpc ./methods --root --separator ::
    runrpc serve ./examples/hello --addr :8080 --path /rpc --timeout 5s`
}
