package load

import (
	_ "embed" // wrk's script
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

//go:embed post.lua
var script []byte

// Require reports what measuring over HTTP needs and this machine has not.
func Require(pin bool) error {
	if _, err := exec.LookPath("wrk"); err != nil {
		return errors.New("wrk is not installed: on Debian and Ubuntu, apt-get install wrk; elsewhere see https://github.com/wg/wrk")
	}
	if !pin {
		return nil
	}
	if _, err := exec.LookPath("taskset"); err != nil {
		return errors.New("taskset is not installed: it is in the package util-linux; or go without with -pin=false")
	}
	if runtime.NumCPU() < 2 {
		return errors.New("this machine has one core: the server and wrk need one each; or go without with -pin=false")
	}
	return nil
}

// generator is wrk with what it reads in a directory of its own.
type generator struct {
	dir string
	pin bool
}

func newGenerator(pin bool) (*generator, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	g := &generator{dir: dir, pin: pin}
	return g, os.WriteFile(g.script(), script, 0o666)
}

func (g *generator) script() string { return filepath.Join(g.dir, "post.lua") }
func (g *generator) close()         { os.RemoveAll(g.dir) }

// run posts msg again and again over so many connections.
func (g *generator) run(url string, msg []byte, connections int, d time.Duration) (counts, error) {
	body := filepath.Join(g.dir, "body")
	if err := os.WriteFile(body, msg, 0o666); err != nil {
		return counts{}, err
	}
	args := []string{"wrk", "-t1", fmt.Sprintf("-c%d", connections), fmt.Sprintf("-d%ds", int(d.Seconds())), "-s", g.script(), url}
	if g.pin {
		args = append([]string{"taskset", "-c", "1"}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "BODY="+body)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return counts{}, fmt.Errorf("wrk: %w: %s", err, out)
	}
	return parseWrk(string(out))
}

// counts is what wrk saw.
type counts struct {
	requests, errors int
	seconds          float64
	p50, p99         int // microseconds
}

// parseWrk reads the line that the script prints.
func parseWrk(out string) (counts, error) {
	for line := range strings.Lines(out) {
		var c counts
		if n, _ := fmt.Sscanf(line, "RESULT %d %f %d %d %d", &c.requests, &c.seconds, &c.errors, &c.p50, &c.p99); n == 5 {
			return c, nil
		}
	}
	return counts{}, fmt.Errorf("wrk printed no result: %s", out)
}
