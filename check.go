package jsonrpc

// Check reports every fault of the registry at once, joined by errors.Join: each with the name
// of the method or setting, what was found there and what is allowed. It runs no factory of a
// lazy entry. NewApplication and Application.Replace return its error.
func (r RPC) Check() error {
	_, err := compile(r, "")
	return err
}
