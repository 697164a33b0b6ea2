// Command bench measures JSON-RPC libraries side by side and writes the page about it. Run it in
// the folder bench:
//
//	go run ./cmd/bench inproc   every contender at every workload, in-process
//	go run ./cmd/bench growth   how the costs grow with sizes and numbers
//	go run ./cmd/bench http     over loopback HTTP, with wrk
//	go run ./cmd/bench report   make ../doc/benchmarks.md and its charts from the results
//
// Each measures in interleaved rounds and keeps its results in the folder results; -h lists what
// can be set.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/load"
	"github.com/runrpc/jsonrpc/bench/report"
	"github.com/runrpc/jsonrpc/bench/result"
)

const usage = "usage: bench inproc|growth|http|report [-h]"

func main() {
	if err := run(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New(usage)
	}
	command, args := args[0], args[1:]
	switch command {
	case result.Inproc, result.Growth:
		return measureTasks(command, args)
	case result.HTTP:
		return measureHTTP(args)
	case "report":
		return writeReport(args)
	case "task": // a process of measureTasks
		return runTask(args)
	case "serve": // a process of measureHTTP
		return serve(args)
	}
	return errors.New(usage)
}

func writeReport(args []string) error {
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	results := flags.String("results", "results", "the `folder` of the results")
	doc := flags.String("doc", "../doc", "the `folder` of the page")
	if err := flags.Parse(args); err != nil {
		return err
	}
	tables, err := result.Load(*results)
	if err != nil {
		return err
	}
	return report.Write(*doc, tables)
}

// serve serves the contender that args name until its input ends: with the process that started
// it, at the latest.
func serve(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: bench serve contender")
	}
	c, ok := contender.Find(args[0])
	if !ok {
		return fmt.Errorf("there is no contender %q", args[0])
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	return load.Serve(c, os.Stdout)
}
