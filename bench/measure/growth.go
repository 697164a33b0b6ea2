package measure

import (
	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/result"
	"github.com/runrpc/jsonrpc/bench/work"
)

// Dimension is something that can grow, and what there is to know about its curve.
type Dimension struct {
	Name   string
	Title  string
	Axis   string // what is counted
	Per    string // one operation
	Unit   string // of the curve of memory
	About  string
	Points []int
	tasks  func(Dimension) []Task
}

// Dimensions returns all that is measured at several sizes.
func Dimensions() []Dimension {
	return []Dimension{
		{
			Name: "params", Title: "Size of params", Axis: "bytes of params", Per: "call", Unit: result.Bytes,
			About:  "Echo of a string of plain text: params and result grow together.",
			Points: []int{1, 16, 256, 4 << 10, 64 << 10, 1 << 20}, tasks: paramsTasks,
		},
		{
			Name: "batch", Title: "Size of a batch", Axis: "calls in a batch", Per: "batch", Unit: result.Bytes,
			About:  "Batches of tiny calls, with MaxBatch lifted.",
			Points: []int{1, 10, 100, 1_000, 10_000}, tasks: batchTasks,
		},
		{
			Name: "methods", Title: "Number of methods: a call", Axis: "methods", Per: "call", Unit: result.Bytes,
			About:  "Tiny calls spread at random over all methods. A large registry's heap makes collections rarer, and its cold memory makes calls slower.",
			Points: methodPoints(), tasks: methodTasks,
		},
		{
			Name: "register", Title: "Number of methods: the start", Axis: "methods", Per: "start", Unit: result.Retained,
			About:  "Making a server with that many methods; memory is the heap that stays, for each method. ours makes a registry alone, ours-app a checked and compiled Application.",
			Points: methodPoints(), tasks: registerTasks,
		},
		{
			Name: "callers", Title: "Concurrent callers", Axis: "callers", Per: "call", Unit: result.Bytes,
			About:  "Goroutines that make tiny calls one after the other: time is the wall clock for all calls of all, divided by their number.",
			Points: []int{1, 10, 100, 1_000}, tasks: callerTasks,
		},
		{
			Name: "lazy", Title: "Callers waiting for one lazy entry", Axis: "callers", Per: "first use by all", Unit: result.Bytes,
			About:  "The factory returns when all callers have begun, then all are answered. It is checked that it runs once. MaxConcurrent is lifted.",
			Points: []int{1, 10, 100, 1_000, 10_000}, tasks: lazyTasks,
		},
		{
			Name: "depth", Title: "Depth of namespaces", Axis: "namespaces around the method", Per: "call", Unit: result.Bytes,
			About:  "A tiny call to a method that deep; its name has two bytes for each namespace. RPC.Call walks the map as it is, an Application has every full name in a table.",
			Points: []int{1, 3, 10, 30, 100}, tasks: depthTasks,
		},
	}
}

func methodPoints() []int { return []int{10, 100, 1_000, 10_000, 100_000} }

func growth() []Task {
	var tasks []Task
	for _, d := range Dimensions() {
		tasks = append(tasks, d.tasks(d)...)
	}
	return tasks
}

// compared are the contenders whose growth is shown beside ours, as far as they can.
func compared() []contender.Contender {
	var some []contender.Contender
	for _, name := range []string{"ours", "ours-app", "jrpc2", "geth", "zenrpc", "floor"} {
		if c, ok := contender.Find(name); ok {
			some = append(some, c)
		}
	}
	return some
}

// curves makes a task for each contender at each point.
func (d Dimension) curves(task func(c contender.Contender, x int) Task) []Task {
	var tasks []Task
	for _, x := range d.Points {
		for _, c := range compared() {
			tasks = append(tasks, task(c, x))
		}
	}
	return tasks
}

func paramsTasks(d Dimension) []Task {
	return d.curves(func(c contender.Contender, x int) Task {
		return callTask(result.Growth, d.Name, x, c, contender.Setup{}, work.Text(x))
	})
}

func batchTasks(d Dimension) []Task {
	return d.curves(func(c contender.Contender, x int) Task {
		return callTask(result.Growth, d.Name, x, c, contender.Setup{Batch: x}, work.Batch("batch", x))
	})
}

func methodTasks(d Dimension) []Task {
	return d.curves(func(c contender.Contender, x int) Task {
		return lookupTask(result.Growth, d.Name, x, c, x)
	})
}

func registerTasks(d Dimension) []Task {
	return d.curves(func(c contender.Contender, x int) Task {
		return registerTask(result.Growth, d.Name, x, c, x)
	})
}
