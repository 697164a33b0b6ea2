package work_test

import (
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc/bench/work"
)

func TestChecks(t *testing.T) {
	answers := map[string]string{
		"right":         `{"jsonrpc":"2.0","result":19,"id":1}`,
		"another form":  `{ "id": 1, "result": 1.9e1, "jsonrpc": "2.0" }`,
		"wrong result":  `{"jsonrpc":"2.0","result":20,"id":1}`,
		"wrong id":      `{"jsonrpc":"2.0","result":19,"id":2}`,
		"no version":    `{"result":19,"id":1}`,
		"an error":      `{"jsonrpc":"2.0","error":{"code":-32601,"message":""},"id":1}`,
		"error, result": `{"jsonrpc":"2.0","error":{"code":1},"result":19,"id":1}`,
		"nothing":       ``,
		"a batch":       `[{"jsonrpc":"2.0","result":19,"id":1}]`,
	}
	tiny, _ := work.Find("tiny")
	unknown, _ := work.Find("unknown")
	for name, answer := range answers {
		if right := name == "right" || name == "another form"; (tiny.Check([]byte(answer)) == nil) != right {
			t.Errorf("tiny: %s is taken wrongly", name)
		}
		if right := strings.Contains(name, "error"); (unknown.Check([]byte(answer)) == nil) != right {
			t.Errorf("unknown: %s is taken wrongly", name)
		}
	}
}

func TestBatchChecks(t *testing.T) {
	w := work.Batch("two", 2)
	for answer, right := range map[string]bool{
		`[{"jsonrpc":"2.0","result":-22,"id":1},{"jsonrpc":"2.0","result":-21,"id":2}]`: true,
		`[{"jsonrpc":"2.0","result":-21,"id":2},{"jsonrpc":"2.0","result":-22,"id":1}]`: true,
		`[{"jsonrpc":"2.0","result":-22,"id":1}]`:                                       false,
		`[{"jsonrpc":"2.0","result":-22,"id":1},{"jsonrpc":"2.0","result":-21,"id":3}]`: false,
		`[{"jsonrpc":"2.0","result":-22,"id":1},{"jsonrpc":"2.0","result":-22,"id":2}]`: false,
	} {
		if err := w.Check([]byte(answer)); (err == nil) != right {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

func TestBodiesUseTheWire(t *testing.T) {
	for _, w := range work.All() {
		body := string(w.Body(func(name string) string { return "T." + name }))
		if strings.Count(body, `"method":"T.`) != strings.Count(body, `"method":`) {
			t.Errorf("%s: a name is not the wire's in %.200s", w.Name, body)
		}
	}
}
