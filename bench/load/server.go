// Package load measures contenders over loopback HTTP: a server process on one core, the load
// generator wrk on another, so that requests per second are the inverse of the server's time.
package load

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/work"
)

// Serve serves a contender on a free port of the loopback interface, whose address it prints. It
// returns only with an error. All contenders get the same plain http.Server.
func Serve(c contender.Contender, out io.Writer) error {
	in, err := c.New(contender.Setup{HTTP: true})
	if err != nil {
		return err
	}
	defer in.Stop()
	if in.HTTP == nil {
		return fmt.Errorf("%s has no HTTP", c.Name)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, ln.Addr()); err != nil {
		return err
	}
	return http.Serve(ln, in.HTTP)
}

// server is a process that serves one contender.
type server struct {
	cmd  *exec.Cmd
	addr string
}

// start starts this program's own serve command, on one core when pinned. What contenders log
// goes to /dev/null: it is written, but not shown.
func start(name string, pin bool) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, "serve", name)
	if pin {
		cmd = exec.Command("taskset", "-c", "0", self, "serve", name)
		cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	}
	if _, err := cmd.StdinPipe(); err != nil { // its end ends the server, should this process not
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("%s did not start: try %q", name, "bench serve "+name)
	}
	s.addr = strings.TrimSpace(line)
	return s, nil
}

func (s *server) stop() {
	_ = s.cmd.Process.Kill() // it may have ended
	_ = s.cmd.Wait()         // which reports the signal
}

func (s *server) url(workload string) string { return "http://" + s.addr + "/" + workload }

// probe posts one message and checks the answer.
func (s *server) probe(w work.Workload, msg []byte) error {
	resp, err := http.Post(s.url(w.Name), "application/json", bytes.NewReader(msg))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if err := w.Check(answer); err != nil {
		return fmt.Errorf("wrong answer: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("wrong answer: status %d", resp.StatusCode)
	}
	return nil
}

// ticksPerSecond is what /proc counts in on every Linux that Go runs on.
const ticksPerSecond = 100

// cpu returns the seconds of a core that the server has used.
func (s *server) cpu() (float64, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	return parseCPU(string(stat))
}

// parseCPU adds utime and stime, the 14th and 15th field. The second, the program's name in
// parentheses, may have spaces.
func parseCPU(stat string) (float64, error) {
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0, fmt.Errorf("found %q in /proc/PID/stat", stat)
	}
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	if err1 != nil || err2 != nil {
		return 0, fmt.Errorf("found %q in /proc/PID/stat", stat)
	}
	return float64(user+system) / ticksPerSecond, nil
}
