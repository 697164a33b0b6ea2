package load

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/result"
	"github.com/runrpc/jsonrpc/bench/work"
)

// Case is a workload over so many connections at once.
type Case struct {
	Workload    work.Workload
	Connections int
}

// String is the form that ParseCase takes.
func (c Case) String() string { return fmt.Sprintf("%s:%d", c.Workload.Name, c.Connections) }

// ParseCase reads a case like "tiny:64".
func ParseCase(s string) (Case, error) {
	name, connections, _ := strings.Cut(s, ":")
	n, err := strconv.Atoi(connections)
	w, ok := work.Find(name)
	if err != nil || !ok || n < 1 {
		return Case{}, fmt.Errorf("found the case %q, want a workload and a number of connections like tiny:64", s)
	}
	return Case{w, n}, nil
}

// Contenders returns those that have HTTP.
func Contenders() ([]contender.Contender, error) {
	var some []contender.Contender
	for _, c := range contender.All() {
		in, err := c.New(contender.Setup{HTTP: true})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		if in.HTTP != nil {
			some = append(some, c)
		}
		in.Stop()
	}
	return some, nil
}

// Measure measures a contender in a server process of its own, after a check of its answer.
func Measure(c contender.Contender, cs Case, d time.Duration, pin bool) (result.Sample, error) {
	sample := result.Sample{Name: c.Name}
	if reason := c.Skip[cs.Workload.Name]; reason != "" {
		sample.Skip = reason
		return sample, nil
	}
	s, err := start(c.Name, pin)
	if err != nil {
		return sample, err
	}
	defer s.stop()
	msg := cs.Workload.Body(c.Wire)
	if err := s.probe(cs.Workload, msg); err != nil {
		sample.Skip = err.Error()
		return sample, nil
	}
	g, err := newGenerator(pin)
	if err != nil {
		return sample, err
	}
	defer g.close()
	sample.Values, err = g.measure(s, cs, msg, d)
	if err == nil && sample.Values == nil {
		sample.Skip = fmt.Sprintf("no answer within %v", d)
	}
	return sample, err
}

// warmUp is what the pools and the heap get to grow to their size.
const warmUp = time.Second

func (g *generator) measure(s *server, cs Case, msg []byte, d time.Duration) (map[string]float64, error) {
	url := s.url(cs.Workload.Name)
	if _, err := g.run(url, msg, cs.Connections, warmUp); err != nil {
		return nil, err
	}
	before, err := s.cpu()
	if err != nil {
		return nil, err
	}
	n, err := g.run(url, msg, cs.Connections, d)
	if err != nil {
		return nil, err
	}
	after, err := s.cpu()
	if err != nil {
		return nil, err
	}
	return n.values(after - before), nil
}

// values returns nil where nothing was answered.
func (n counts) values(cpu float64) map[string]float64 {
	if n.requests == 0 || n.seconds == 0 {
		return nil
	}
	return map[string]float64{
		result.Rate:   float64(n.requests) / n.seconds,
		result.CPU:    cpu / float64(n.requests) * 1e6,
		result.Core:   cpu / n.seconds,
		result.P50:    float64(n.p50),
		result.P99:    float64(n.p99),
		result.Errors: float64(n.errors),
	}
}
