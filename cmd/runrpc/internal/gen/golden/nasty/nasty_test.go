package nasty_test

import (
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/nasty"
)

func TestNasty(t *testing.T) {
	rpc := nasty.RPC()
	if err := rpc.Check(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ method, params, want string }{
		{"shadow", `{"p":{"N":1},"r":{"N":2},"s":[{"N":3}],"jsonrpc":1,"context":"","service":"","rpc":"","err":"","error":"","result":{}}`, `"result":{}`},
		{"twice", `{"a":1,"A":2,"_a":3,"a2":4}`, `"result":[1,2,3,4]`},
		{"keywords", `{"type_":true,"func_":true,"Range":true,"string":true,"int":true,"nil":true,"true":true}`, `"result":null`},
		{"unicode", `[1,2,3]`, `"result":null`},
		{"anonymous", `{"point":{"X":1,"Y":2},"any":null,"pairs":[]}`, `"result":{"Sum":3}`},
		{"lists", `{"N":1,"First":2,"Second":"x","Deep":true,"own":3}`, `"result":null`},
		{"functions", `{"f":"x"}`, `"result":null`},
		{"defaults", `{"p":{"N":1}}`, "\"result\":\"da`rk\""},
		{"dot", `{"shade":"light","pair":{"First":1,"Second":null},"pairs":[],"all":{"x":1}}`, `"result":"light"`},
	} {
		got := string(rpc.Call([]byte(`{"jsonrpc":"2.0","method":"`+test.method+`","params":`+test.params+`,"id":1}`), nil))
		if want := `{"jsonrpc":"2.0",` + test.want + `,"id":1}`; got != want {
			t.Errorf("%s %s\n got %s\nwant %s", test.method, test.params, got, want)
		}
	}
}
