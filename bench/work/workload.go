package work

import (
	"fmt"
	"strings"
)

// Workload is a message and what is right as its answer.
type Workload struct {
	Name  string
	About string // one line for the reader of a table
	Body  func(Wire) []byte
	Check func(answer []byte) error // nil: the answer is right
}

// Large is the number of methods in the registry of Register10k and Lookup10k.
const Large = 10_000

// All returns the workloads that every contender is asked to answer.
func All() []Workload {
	order, text, array := mustJSON(theOrder), mustJSON(someText(64<<10)), mustJSON(someInts(11_000))
	return []Workload{
		single("tiny", "subtract by position: the cost of a call", "subtract", `[42,23]`, "19"),
		single("named", "subtract by name", "subtract_named", `{"minuend":42,"subtrahend":23}`, "19"),
		single("order1k", "a struct of 0.9 KB in and out", "order", "["+order+"]", mustJSON(PlaceOrder(theOrder))),
		single("echo64k", "a string of 64 KiB with escapes and non-ASCII, in and out", "echo", "["+text+"]", text),
		single("arr64k", "an array of 11,000 integers (64 KB) in and out", "echo_arr", "["+array+"]", array),
		Batch("batch100", 100),
		mixed(),
		single("unknown", "a method that does not exist", "nope", `[42,23]`, ""),
	}
}

// Find returns the workload of that name.
func Find(name string) (Workload, bool) {
	for _, w := range All() {
		if w.Name == name {
			return w, true
		}
	}
	return Workload{}, false
}

func single(name, about, method, params, want string) Workload {
	body := func(w Wire) []byte { return []byte(Call(1, w.name(method), params)) }
	return Workload{name, about, body, one(want)}
}

// Batch is a batch of n tiny calls.
func Batch(name string, n int) Workload {
	body := func(w Wire) []byte {
		calls := make([]string, n)
		for i := range calls {
			calls[i] = Call(i+1, w.name("subtract"), fmt.Sprintf("[%d,23]", i+1))
		}
		return batchOf(calls...)
	}
	want := make(map[int]string, n)
	for i := 1; i <= n; i++ {
		want[i] = fmt.Sprint(i - 23)
	}
	return Workload{name, fmt.Sprintf("a batch of %d tiny calls", n), body, many(want)}
}

// Text is an echo of n bytes of plain text.
func Text(n int) Workload {
	text := mustJSON(strings.Repeat("x", n))
	return single("text", fmt.Sprintf("a string of %d bytes in and out", n), "echo", "["+text+"]", text)
}

// Lookup is the tiny call to the i-th procedure of a large registry.
func Lookup(i int) Workload {
	return single("lookup", "subtract under one of many names", Numbered(i), "[42,23]", "19")
}

// mixed is a batch of all that can become of a call.
func mixed() Workload {
	body := func(w Wire) []byte {
		subtract, update := w.name("subtract"), w.name("update")
		return batchOf(
			Call(1, subtract, "[1,2]"), Call(2, subtract, "[2,2]"), Call(3, subtract, "[3,2]"),
			Call(0, update, "[1,2]"), Call(6, w.name("nope"), "[1,2]"), Call(7, w.name("fail"), ""),
			Call(4, subtract, "[4,2]"), Call(0, update, "[3,4]"),
			Call(8, subtract, `["a","b"]`), Call(5, subtract, "[5,2]"))
	}
	want := map[int]string{1: "-1", 2: "0", 3: "1", 4: "2", 5: "3", 6: "", 7: "", 8: ""}
	return Workload{"mixed10", "a batch of five calls, two notifications, an unknown method, an error and faulty params", body, many(want)}
}

func someText(n int) string {
	const line = "The quick brown fox jumps over the lazy dög. Line \"7\"\n"
	return strings.Repeat(line, n/len(line)+1)[:n]
}

func someInts(n int) []int {
	a := make([]int, n)
	for i := range a {
		a[i] = (i * 7919) % 99991
	}
	return a
}
