package contender

import (
	"bufio"
	"bytes"
	"net"

	"github.com/runrpc/jsonrpc/bench/work"
)

// pipeBuffer holds the longest answer of a contender behind a pipe.
const pipeBuffer = 256 << 10

// throughLines writes a message and reads the answer up to the end of its line.
func throughLines(c net.Conn) func([]byte) []byte {
	r := bufio.NewReaderSize(c, pipeBuffer)
	return func(msg []byte) []byte {
		if _, err := c.Write(msg); err != nil {
			return nil
		}
		line, err := r.ReadSlice('\n')
		if err != nil {
			return nil
		}
		return bytes.TrimSuffix(line, []byte("\n"))
	}
}

// limitPipe is the pipe alone: what each message of the contenders behind one costs at least.
func limitPipe() Contender {
	others := []string{}
	for _, w := range work.All() {
		if w.Name != "tiny" {
			others = append(others, w.Name)
		}
	}
	return Contender{
		Name: "limit-pipe", Kind: Reference, Via: "net.Pipe alone, constant answer",
		Skip: unable("the pipe alone", others...), NoRegistry: true,
		New: func(Setup) (Instance, error) {
			near, far := net.Pipe()
			go answerTiny(far)
			return Instance{Do: throughLines(near), Close: func() { near.Close() }}, nil
		},
	}
}

// answerTiny ends when the other end of the pipe is closed.
func answerTiny(c net.Conn) {
	buf := make([]byte, pipeBuffer)
	for {
		if _, err := c.Read(buf); err != nil {
			return
		}
		if _, err := c.Write([]byte(`{"jsonrpc":"2.0","result":19,"id":1}` + "\n")); err != nil {
			return
		}
	}
}
