package contender

import (
	"net/http"
	"strconv"

	"github.com/runrpc/jsonrpc/bench/work"
)

// floor is code written by hand for these very procedures: one pass over the bytes, no
// validation, no registry. No library can be faster by much and stay one.
func floor() Contender {
	return Contender{Name: "floor", Kind: Reference, Via: "scan and append by hand, no validation", NoRegistry: true, New: func(Setup) (Instance, error) {
		var out []byte
		do := func(msg []byte) []byte {
			out = floorAnswer(out[:0], msg)
			return out
		}
		return Instance{Do: do, HTTP: floorHandler()}, nil
	}}
}

func floorHandler() http.HandlerFunc {
	all := newBuffers()
	return func(w http.ResponseWriter, r *http.Request) {
		in, out := all.get(), all.get()
		defer all.put(in)
		defer all.put(out)
		if _, err := in.ReadFrom(r.Body); err != nil {
			return
		}
		answer := floorAnswer(out.AvailableBuffer(), in.Bytes())
		writeJSON(w, answer)
		out.Write(answer) // keeps the memory where the answer outgrew it
	}
}

// floorAnswer appends the answer to dst.
func floorAnswer(dst, msg []byte) []byte {
	c := cursor{s: string(msg)} // the one copy: results may keep parts of it
	if c.next() != '[' {
		return c.request(dst)
	}
	dst, c.i = append(dst, '['), c.i+1
	for c.next() == '{' {
		n := len(dst)
		if dst = c.request(dst); len(dst) > n {
			dst = append(dst, ',')
		}
	}
	if dst[len(dst)-1] == ',' {
		dst = dst[:len(dst)-1]
	}
	return append(dst, ']')
}

// request decodes params where they stand when the method came before them.
func (c *cursor) request(dst []byte) []byte {
	var method, id string
	params, done, mark := 0, false, len(dst)
	c.fields(func(name string) {
		switch name {
		case "method":
			method = c.str()
		case "params":
			params, done = c.i, method != ""
			if done {
				dst = c.call(dst, method)
			}
			if c.i < 0 || !done {
				c.i = params
				c.raw()
			}
		case "id":
			id = c.raw()
		default:
			c.raw()
		}
	})
	if !done {
		dst = (&cursor{s: c.s, i: params}).call(dst, method)
	}
	if id == "" {
		return dst[:mark]
	}
	return append(append(append(dst, `,"id":`...), id...), '}')
}

const (
	floorResult  = `{"jsonrpc":"2.0","result":`
	floorInvalid = `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params"}`
	floorFailed  = `{"jsonrpc":"2.0","error":{"code":-32000,"message":"out of stock"}`
	floorUnknown = `{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"}`
)

// call appends the response up to its id. The cursor stands behind the params then, or at -1
// after an error.
func (c *cursor) call(dst []byte, method string) []byte {
	switch method {
	case "subtract", "subtract_named", "update":
		return c.subtract(dst)
	case "echo":
		c.i++
		c.next()
		dst = appendString(append(dst, floorResult...), work.Echo(c.str()))
	case "echo_arr":
		return c.echoArray(dst)
	case "order":
		c.i++
		o := work.PlaceOrder(c.order())
		dst = appendOrder(append(dst, floorResult...), &o)
	case "fail":
		return c.fault(dst, floorFailed)
	default:
		return c.fault(dst, floorUnknown)
	}
	c.next()
	c.i++ // the params' bracket
	return dst
}

func (c *cursor) fault(dst []byte, response string) []byte {
	c.i = -1
	return append(dst, response...)
}

func (c *cursor) subtract(dst []byte) []byte {
	var a, b int
	ok1, ok2 := true, true
	if c.s[c.i] == '{' {
		c.fields(func(name string) {
			if name == "minuend" {
				a, ok1 = c.int()
			} else {
				b, ok2 = c.int()
			}
		})
	} else {
		c.i++
		c.next()
		a, ok1 = c.int()
		c.next()
		b, ok2 = c.int()
		c.next()
		c.i++
	}
	if !ok1 || !ok2 {
		return c.fault(dst, floorInvalid)
	}
	return strconv.AppendInt(append(dst, floorResult...), int64(work.Subtract(a, b)), 10)
}

func (c *cursor) echoArray(dst []byte) []byte {
	c.i++
	c.next()
	c.i++
	a := make([]int, 0, (len(c.s)-c.i)/6)
	for c.next() != ']' {
		n, ok := c.int()
		if !ok {
			return c.fault(dst, floorInvalid)
		}
		a = append(a, n)
	}
	c.i++
	c.next()
	c.i++
	dst = append(append(dst, floorResult...), '[')
	for i, n := range work.EchoArray(a) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendInt(dst, int64(n), 10)
	}
	return append(dst, ']')
}
