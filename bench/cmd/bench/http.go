package main

import (
	"flag"
	"fmt"
	"time"

	"github.com/runrpc/jsonrpc/bench/load"
	"github.com/runrpc/jsonrpc/bench/result"
)

// httpCases are measured unless others are asked for.
func httpCases() []string {
	return []string{"tiny:1", "tiny:64", "order1k:64", "echo64k:64", "batch100:64"}
}

// measureHTTP measures over loopback HTTP.
func measureHTTP(args []string) error {
	r := &rounds{suite: result.HTTP}
	flags := flag.NewFlagSet(result.HTTP, flag.ContinueOnError)
	r.flags(flags, "5s", "the `cases`, workloads with a number of connections like tiny:64")
	pin := flags.Bool("pin", true, "give the server core 0 and wrk core 1; false: leave both to the system")
	if err := flags.Parse(args); err != nil {
		return err
	}
	d, err := time.ParseDuration(r.time)
	if err != nil || d < time.Second || d%time.Second != 0 {
		return fmt.Errorf("found -time %s, want whole seconds", r.time)
	}
	if err := load.Require(*pin); err != nil {
		return err
	}
	units, err := r.httpUnits(d, *pin)
	if err != nil {
		return err
	}
	return r.run(units)
}

func (r *rounds) httpUnits(d time.Duration, pin bool) ([]unit, error) {
	contenders, err := load.Contenders()
	if err != nil {
		return nil, err
	}
	if r.groups == nil {
		r.groups = httpCases()
	}
	var units []unit
	for _, name := range r.groups {
		cs, err := load.ParseCase(name)
		if err != nil {
			return nil, err
		}
		for _, c := range contenders {
			units = append(units, unit{cs.String(), c.Name, func() (result.Sample, error) {
				return load.Measure(c, cs, d, pin)
			}})
		}
	}
	return units, nil
}
