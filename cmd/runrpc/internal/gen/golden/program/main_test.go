package main

import "testing"

func TestProgram(t *testing.T) {
	got := string(RPC().Call([]byte(`{"jsonrpc":"2.0","method":"double","params":{"n":21},"id":1}`), nil))
	if want := `{"jsonrpc":"2.0","result":42,"id":1}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
