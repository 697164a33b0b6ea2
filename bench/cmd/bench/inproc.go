package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"

	"github.com/runrpc/jsonrpc/bench/measure"
	"github.com/runrpc/jsonrpc/bench/result"
)

// measureTasks measures inside of processes: one for each sample, so that no contender pays for
// the heap of another.
func measureTasks(suite string, args []string) error {
	r := &rounds{suite: suite}
	flags := flag.NewFlagSet(suite, flag.ContinueOnError)
	r.flags(flags, "200ms", "the `workloads`, or what is to grow")
	if err := flags.Parse(args); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var units []unit
	for _, t := range measure.Tasks(suite) {
		units = append(units, unit{t.Group, t.Name, func() (result.Sample, error) {
			return sample(exec.Command(self, "task", suite, t.String(), r.time))
		}})
	}
	return r.run(units)
}

// sample runs a process and reads what it measured. Its log goes to /dev/null: it is written, but
// not shown.
func sample(cmd *exec.Cmd) (s result.Sample, err error) {
	var out bytes.Buffer
	cmd.Stdout = &out
	if err = cmd.Run(); err == nil {
		err = json.Unmarshal(out.Bytes(), &s)
	}
	if err != nil {
		return s, fmt.Errorf("%w: try %q", err, cmd.Args)
	}
	return s, nil
}

// runTask is such a process: args are the suite, the task and the time.
func runTask(args []string) error {
	if len(args) != 3 {
		return errors.New("usage: bench task suite group/contender[/point] time")
	}
	for _, t := range measure.Tasks(args[0]) {
		if t.String() != args[1] {
			continue
		}
		s, err := t.Run(args[2])
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(s)
	}
	return fmt.Errorf("there is no task %q", args[1])
}
