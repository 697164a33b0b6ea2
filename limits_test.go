package jsonrpc_test

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc"
)

func nest(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

// 10,000 levels are the most there can be, in what way they ever come.
func TestDeepestNesting(t *testing.T) {
	const most = 10_000
	over := broken("nested deeper than the limit of 10000", 0)
	r := wireService()
	r["any"] = jsonrpc.Func(func(v any) any { return v }, "v")
	for _, way := range routes(t, r, &jsonrpc.Options{MaxDepth: most}) {
		t.Run(way.name, func(t *testing.T) {
			for _, method := range []string{"echo", "any"} {
				msg := func(n int) string {
					return `{"jsonrpc":"2.0","method":"` + method + `","params":[` + nest(n) + `],"id":1}`
				}
				sameAnswer(t, way.send(t, msg(most-2)), resultFor(nest(most-2), "1"))
				got := way.send(t, msg(most-1))
				sameAnswer(t, offset.ReplaceAllString(got, ""), strings.Replace(over, "}},", ",}},", 1))
			}
			objects := strings.Repeat(`{"a":`, most-2) + "1" + strings.Repeat("}", most-2)
			sameAnswer(t, way.send(t, `{"jsonrpc":"2.0","method":"echo","params":[`+objects+`],"id":1}`), resultFor(objects, "1"))
			for _, text := range []string{nest(most + 1), strings.Repeat("[", 500_000), strings.Repeat(`{"a":`, 150_000), strings.Repeat(`[{"a":`, 100_000)} {
				sameAnswer(t, offset.ReplaceAllString(way.send(t, text), ""), strings.Replace(over, "}},", ",}},", 1))
			}
		})
	}
}

func TestMaxDepthThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		depth int
		want  string
	}{
		{-1, "jsonrpc: Options.MaxDepth: found -1, want 1 to 10000, or 0 for 1024"},
		{10_001, "jsonrpc: Options.MaxDepth: found 10001, want 1 to 10000, or 0 for 1024"},
		{1 << 40, "jsonrpc: Options.MaxDepth: found 1099511627776, want 1 to 10000, or 0 for 1024"},
	} {
		app, err := jsonrpc.NewApplication(wireService(), &jsonrpc.Options{MaxDepth: c.depth})
		if app != nil || err == nil || err.Error() != c.want {
			t.Errorf("MaxDepth %d: %v, want %s", c.depth, err, c.want)
		}
	}
	for _, depth := range []int{0, 1, 10_000} {
		newApp(t, wireService(), &jsonrpc.Options{MaxDepth: depth})
	}
}

func TestBatchOf20000(t *testing.T) {
	const n = 20_000
	scalars := "[" + strings.Repeat("1,", n-1) + "1]"
	calls := members("echo", n)
	echo := wireService()
	for _, way := range routes(t, echo, nil) {
		if way.name == "call" { // has no limit
			continue
		}
		sameAnswer(t, way.send(t, scalars), tooLarge("batch", 100, "null"))
	}
	lifted := &jsonrpc.Options{MaxBatch: -1, MaxBody: -1}
	for _, way := range routes(t, echo, lifted) {
		sameAnswer(t, way.send(t, scalars), numbered(n, func(int) string { return refused("a request is an object", "null") }))
		sameAnswer(t, way.send(t, calls), numbered(n, echoed))
	}
	sameAnswer(t, string(echo.Call([]byte(calls), nil)), numbered(n, echoed))
}

// A body that is announced with 1 GiB is refused before any of it comes, and nothing is
// allocated for it.
func TestBodyOfAGigabyteAnnounced(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), nil))
	got := readAnswer(t, raw(t, srv.URL, postHead+"Content-Length: 1073741824\r\n\r\n"))
	if got.StatusCode != http.StatusRequestEntityTooLarge || !got.Close {
		t.Errorf("status %d, close %t; want 413, true", got.StatusCode, got.Close)
	}
	sameAnswer(t, got.body, tooLarge("body", 1<<20, "null"))
}

// Even where no limit is set, memory grows with what comes, not with what is announced.
func TestBodyIsNotBelieved(t *testing.T) {
	srv := serve(t, newApp(t, wireService(), &jsonrpc.Options{MaxBody: -1}))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 4 {
		r := raw(t, srv.URL, postHead+"Content-Length: 1073741824\r\nExpect: 100-continue\r\n\r\n")
		if line, err := r.ReadString('\n'); err != nil || line != "HTTP/1.1 100 Continue\r\n" {
			t.Fatalf("%q, %v", line, err) // the body is being read
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 16<<20 {
		t.Errorf("%d bytes were allocated", grown)
	}
}

// All limits lifted at once.
func TestLimitsLifted(t *testing.T) {
	opts := &jsonrpc.Options{
		MaxBody: -1, MaxResponse: -1, MaxBatch: -1, BatchWorkers: -1, MaxConcurrent: -1, MaxNotifications: -1,
		ReadTimeout: -1, Timeout: -1, LazyTimeout: -1,
	}
	big := strings.Repeat("x", 11<<20)
	for _, way := range routes(t, wireService(), opts) {
		sameAnswer(t, way.send(t, `{"jsonrpc":"2.0","method":"text","params":["`+big+`"],"id":1}`), resultFor(`"`+big+`"`, "1"))
		sameAnswer(t, way.send(t, members("echo", 200)), numbered(200, echoed))
		sameAnswer(t, way.send(t, `{"jsonrpc":"2.0","method":"get_data"}`), "")
	}
}

// A message with many members, of which only the first are remembered while it is scanned.
func TestManyElements(t *testing.T) {
	for _, n := range []int{31, 32, 33, 1000} {
		var numbers []string
		for i := range n {
			numbers = append(numbers, fmt.Sprint(i))
		}
		runWires(t, wireService(), nil, []wire{
			{fmt.Sprint(n), `{"jsonrpc":"2.0","method":"sum","params":[` + strings.Join(numbers, " , ") + `],"id":1}`, resultFor(fmt.Sprint(n*(n-1)/2), "1")},
		})
	}
}
