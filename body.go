package jsonrpc

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// read reads the body, and answers itself where it can not.
func (p *post) read() bool {
	p.arm(p.app.readTimeout)
	err := p.readAll()
	late := !p.enter(reading, idle)
	if err == nil {
		if late { // it came in the last moment
			_ = http.NewResponseController(p.w).SetReadDeadline(time.Time{})
			p.enter(tardy, idle)
		}
		p.x.arrived()
		return true
	}
	p.disarm()
	p.w.Header().Set("Connection", "close")
	switch {
	case errors.Is(err, errBodyTooLarge):
		p.x.fault = errTooLarge("body", p.app.maxBody)
		p.send(http.StatusRequestEntityTooLarge)
	case late || errors.Is(err, os.ErrDeadlineExceeded):
		(&refusal{http.StatusRequestTimeout, "the body did not arrive in time"}).send(p.w)
	default:
		(&refusal{http.StatusBadRequest, "the body could not be read"}).send(p.w)
	}
	return false
}

var errBodyTooLarge = errors.New("the body is too large")

// firstRead is what is allocated for a body before any of it has come.
const firstRead = 64 << 10

func (p *post) readAll() error {
	most := p.app.maxBody
	length := p.r.ContentLength
	if most > 0 && length > int64(most) {
		return errBodyTooLarge
	}
	buf := p.body[:0]
	if p.r.Body == nil {
		p.body = buf
		return nil
	}
	if want := int(min(max(length+1, 512), firstRead)); cap(buf) < want {
		buf = make([]byte, 0, want)
	}
	for {
		n, err := p.r.Body.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		p.body = buf
		switch {
		case most > 0 && len(buf) > most:
			return errBodyTooLarge
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case len(buf) == cap(buf):
			buf = append(buf, 0)[:len(buf)]
		}
	}
}
