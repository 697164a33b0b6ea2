package contender

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"

	sourcegraphrpc "github.com/sourcegraph/jsonrpc2"
	xexprpc "golang.org/x/exp/jsonrpc2"

	"github.com/runrpc/jsonrpc/bench/work"
)

var errNoMethod = errors.New("method not found")

// dispatch is the user's part with libraries that have no registry.
func dispatch(method string, params []byte) (any, error) {
	switch method {
	case "subtract", "subtract_named":
		a, b, err := work.DecodeSubtract(params)
		return work.Subtract(a, b), err
	case "order":
		return decodeOne(params, work.PlaceOrder)
	case "echo":
		return decodeOne(params, work.Echo)
	case "echo_arr":
		return decodeOne(params, work.EchoArray)
	}
	return nil, errNoMethod
}

// decodeOne calls fn with the only one of params.
func decodeOne[T any](params []byte, fn func(T) T) (any, error) {
	var p [1]T
	err := json.Unmarshal(params, &p)
	return fn(p[0]), err
}

// sourcegraph is sourcegraph/jsonrpc2 over a pipe: it has streams alone.
func sourcegraph() Contender {
	return Contender{
		Name: "sourcegraph", Kind: Peer, Module: "github.com/sourcegraph/jsonrpc2", Via: "net.Pipe, plain stream",
		Skip: noBatches(), NoRegistry: true,
		New: func(Setup) (Instance, error) {
			near, far := net.Pipe()
			stream := sourcegraphrpc.NewPlainObjectStream(far)
			conn := sourcegraphrpc.NewConn(context.Background(), stream, sourcegraphrpc.HandlerWithError(sourcegraphServe))
			stop := func() {
				near.Close()
				conn.Close()
			}
			return Instance{Do: throughLines(near), Close: stop}, nil
		},
	}
}

func sourcegraphServe(_ context.Context, _ *sourcegraphrpc.Conn, r *sourcegraphrpc.Request) (any, error) {
	var params []byte
	if r.Params != nil {
		params = *r.Params
	}
	v, err := dispatch(r.Method, params)
	if err == errNoMethod {
		err = &sourcegraphrpc.Error{Code: sourcegraphrpc.CodeMethodNotFound, Message: "method not found"}
	}
	return v, err
}

// xexp is golang.org/x/exp/jsonrpc2 over its own pipe.
func xexp() Contender {
	return Contender{
		Name: "xexp", Kind: Peer, Module: "golang.org/x/exp/jsonrpc2", Via: "net.Pipe, Content-Length",
		Skip: noBatches(), NoRegistry: true, New: newXexp,
	}
}

func newXexp(Setup) (Instance, error) {
	ctx := context.Background()
	l, err := xexprpc.NetPipe(ctx)
	if err != nil {
		return Instance{}, err
	}
	if _, err := xexprpc.Serve(ctx, l, xexpBinder{}); err != nil {
		return Instance{}, err
	}
	c, err := l.Dialer().Dial(ctx)
	if err != nil {
		return Instance{}, err
	}
	stop := func() {
		c.Close()
		l.Close()
	}
	return Instance{Do: throughFrames(c), Close: stop}, nil
}

type xexpBinder struct{}

func (xexpBinder) Bind(context.Context, *xexprpc.Connection) (xexprpc.ConnectionOptions, error) {
	return xexprpc.ConnectionOptions{Handler: xexprpc.HandlerFunc(xexpServe)}, nil
}

func xexpServe(_ context.Context, r *xexprpc.Request) (any, error) {
	v, err := dispatch(r.Method, r.Params)
	if err == errNoMethod {
		err = xexprpc.ErrMethodNotFound
	}
	return v, err
}

// throughFrames writes and reads messages with a Content-Length before each.
func throughFrames(c io.ReadWriter) func([]byte) []byte {
	r := bufio.NewReaderSize(c, pipeBuffer)
	var out, in []byte
	return func(msg []byte) []byte {
		out = append(fmt.Appendf(out[:0], "Content-Length: %d\r\n\r\n", len(msg)), msg...)
		if _, err := c.Write(out); err != nil {
			return nil
		}
		n, err := frameLength(r)
		if err != nil {
			return nil
		}
		in = slices.Grow(in[:0], n)[:n]
		if _, err := io.ReadFull(r, in); err != nil {
			return nil
		}
		return in
	}
}

// frameLength reads the header of a message.
func frameLength(r *bufio.Reader) (int, error) {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(string(line), "Content-Length:")))
	if err != nil {
		return 0, err
	}
	_, err = r.ReadSlice('\n') // the empty line
	return n, err
}
