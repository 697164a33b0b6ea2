package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// freeAddr returns an address that nothing listens on.
func freeAddr(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// start runs the service until the test ends, and then tells it to stop as a terminal would.
func start(t *testing.T) (url string) {
	t.Helper()
	addr := freeAddr(t)
	done := make(chan error, 1)
	go func() { done <- serve(addr) }()
	t.Cleanup(func() {
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Signal(os.Interrupt)
		}
		if err != nil {
			t.Skip("this system sends no signals:", err)
		}
		if err := <-done; err != nil {
			t.Error("serve:", err)
		}
	})
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if conn, err := net.Dial("tcp", addr); err == nil {
			conn.Close()
			return "http://" + addr
		}
		select {
		case err := <-done:
			t.Fatal("serve:", err)
		case <-tick.C:
		}
	}
}

// Calls of the specification's section 7, and of each way to fail.
func TestService(t *testing.T) {
	url := start(t)
	for _, test := range []struct{ request, want string }{
		{`{"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1}`, `{"jsonrpc":"2.0","result":19,"id":1}`},
		{`{"jsonrpc":"2.0","method":"subtract","params":{"subtrahend":23,"minuend":42},"id":3}`, `{"jsonrpc":"2.0","result":19,"id":3}`},
		{`{"jsonrpc":"2.0","method":"foobar","id":"1"}`, `{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"1"}`},
		{`{"jsonrpc":"2.0","method":"update","params":[1,2,3,4,5]}`, ``},
		{`[{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":"1"},{"jsonrpc":"2.0","method":"notify_hello","params":[7]},{"jsonrpc":"2.0","method":"get_data","id":"9"}]`,
			`[{"jsonrpc":"2.0","result":7,"id":"1"},{"jsonrpc":"2.0","result":["hello",5],"id":"9"}]`},
		{`{"jsonrpc":"2.0","method":"greeting","id":1}`, `{"jsonrpc":"2.0","result":"Hello, world!","id":1}`},
		{`{"jsonrpc":"2.0","method":"fail","id":1}`, `{"jsonrpc":"2.0","error":{"code":-32001,"message":"application failure"},"id":1}`},
		{`{"jsonrpc":"2.0","method":"div","params":[1,0],"id":1}`, `{"jsonrpc":"2.0","error":{"code":-32000,"message":"divided by 0","data":[1,0]},"id":1}`},
		{`{"jsonrpc":"2.0","method":"whoami","id":1}`, `{"jsonrpc":"2.0","result":"alice","id":1}`},
		{`{"jsonrpc":"2.0","method":"sleep","params":[1],"id":1}`, `{"jsonrpc":"2.0","result":1,"id":1}`},
	} {
		resp, err := http.Post(url, "application/json", strings.NewReader(test.request))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if diff := cmp.Diff(test.want, string(got)); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", test.request, err, diff)
		}
	}
}
