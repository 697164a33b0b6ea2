package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// patience is how long a client that keeps its connection has for its next call when a successor has taken over:
// the call is passed on, and the client is told to leave.
const patience = 5 * time.Second

const finishing = "runrpc: finishing the calls that have begun; once more ends them"

// supervised serves as the runrpc says that has started this program.
func supervised() error {
	in := bufio.NewReader(os.Stdin)
	orders, err := readOrders(in)
	if err != nil {
		return err
	}
	status := os.NewFile(orders.Status, "status")
	closeOnExec(orders.Status)
	asked := listenTo(in)
	p, err := prepare(orders)
	if err != nil {
		return err
	}
	if err := p.open(status); err != nil {
		return err
	}
	select {
	case err := <-p.server.ended:
		return err
	case <-asked.handOver:
		p.server.leave(successor())
		_ = json.NewEncoder(status).Encode(settings.Report{}) // it fails where runrpc has ended
		return p.server.drain(orders.Settings.Drain, patience, asked.end)
	case <-asked.end:
	}
	if !orders.Settings.Quiet {
		fmt.Fprintln(os.Stderr, finishing)
	}
	p.server.leave(p.server.handler)
	return p.server.drain(orders.Settings.Drain, patience, asked.end)
}

func readOrders(in *bufio.Reader) (settings.Orders, error) {
	var orders settings.Orders
	line, err := in.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &orders)
	}
	if err != nil {
		err = fmt.Errorf("found no orders on standard input (%w): %s is for runrpc alone", err, settings.Supervised)
	}
	return orders, err
}

// asked is closed as the program is asked to make way for another, and to end.
type asked struct {
	handOver, end chan struct{}
}

// listenTo hears what is asked on standard input. Ctrl-C reaches all programs that run in a terminal, but what
// it means for each is runrpc's to say.
func listenTo(in *bufio.Reader) asked {
	a := asked{make(chan struct{}), make(chan struct{})}
	end := sync.OnceFunc(func() { close(a.end) })
	go func() {
		defer end()
		if line, _ := in.ReadString('\n'); strings.TrimSpace(line) == settings.HandOver {
			close(a.handOver)
			_, _ = io.Copy(io.Discard, in)
		}
	}()
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	terminate := make(chan os.Signal, 1)
	signal.Notify(terminate, syscall.SIGTERM)
	go func() {
		<-terminate
		signal.Stop(terminate) // the next one ends it at once
		end()
	}()
	return a
}

// open begins to serve, reports it, and shows the start screen: who has seen that may be sure of the report.
func (p *program) open(status *os.File) error {
	// Without a socket that was handed over, the port is free only when the predecessor has made way.
	late := p.orders.Heir && p.orders.Listener == 0
	if late {
		if err := p.report(status); err != nil {
			return err
		}
	}
	ln, err := listen(p.orders)
	if err != nil {
		return err
	}
	p.server.start(ln)
	if !late {
		err = p.report(status)
	}
	p.show(ln.Addr())
	return err
}

// report tells runrpc what is served.
func (p *program) report(status *os.File) error {
	r := settings.Report{Misfits: p.misfits}
	for _, m := range p.methods {
		r.Methods = append(r.Methods, signature(m))
	}
	return json.NewEncoder(status).Encode(r)
}
