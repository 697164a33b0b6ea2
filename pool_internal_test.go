package jsonrpc

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// A large message must not hold its memory for as long as the program runs.
func TestOversizedMemoryIsNotPooled(t *testing.T) {
	const most = 100 // of what a pool of one processor can hold here
	t.Run("answer", func(t *testing.T) {
		text := bytes.Repeat([]byte("x"), maxPooled)
		r := RPC{"echo": func(s string) string { return s }}
		msg := []byte(`{"jsonrpc":"2.0","method":"echo","params":["` + string(text) + `"],"id":1}`)
		if answer := r.Call(msg, nil); len(answer) <= maxPooled {
			t.Fatalf("the answer has %d bytes, want more than %d", len(answer), maxPooled)
		}
		for range most {
			if x := exchanges.Get().(*exchange); cap(x.out) > maxPooled {
				t.Fatalf("a pooled exchange has a buffer of %d bytes, want %d at most", cap(x.out), maxPooled)
			}
		}
	})
	t.Run("batch", func(t *testing.T) {
		batch := "[" + string(bytes.Repeat([]byte(`{},`), maxPooledRequests)) + "{}]"
		RPC{}.Call([]byte(batch), nil)
		for range most {
			if x := exchanges.Get().(*exchange); cap(x.requests) > maxPooledRequests {
				t.Fatalf("a pooled exchange has room for %d requests, want %d at most", cap(x.requests), maxPooledRequests)
			}
		}
	})
	t.Run("params", func(t *testing.T) {
		request := `{"jsonrpc":"2.0","method":"none","params":[` + strings.Repeat("1,", maxElements) + `1]},`
		RPC{}.Call([]byte("["+strings.Repeat(request, maxPooledElements/maxElements+1)+"{}]"), nil)
		for range most {
			if x := exchanges.Get().(*exchange); cap(x.elements) > maxPooledElements {
				t.Fatalf("a pooled exchange has room for %d parameters, want %d at most", cap(x.elements), maxPooledElements)
			}
		}
	})
	t.Run("scratch", func(t *testing.T) {
		giveBuffer(new([]byte), make([]byte, maxPooled+1))
		for range most {
			if b := takeBuffer(); cap(*b) > maxPooled {
				t.Fatalf("a pooled buffer has %d bytes, want %d at most", cap(*b), maxPooled)
			}
		}
	})
	t.Run("kept", func(t *testing.T) {
		x := newExchange(bareEngine(), &bare{}, context.Background())
		x.kept.Store(true)
		x.recycle()
		for range most {
			if exchanges.Get().(*exchange) == x {
				t.Fatal("an exchange that something may still refer to is used again")
			}
		}
	})
}
