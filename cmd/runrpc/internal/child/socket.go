package child

import (
	"errors"
	"fmt"
	"net"
)

// A Socket is what one child after the other serves at.
type Socket struct {
	addr net.Addr
	handle
}

// Listen opens the address addr, a TCP address as net.Listen takes it. Close must be called.
func Listen(addr string) (*Socket, error) {
	ln, err := net.Listen("tcp", addr)
	if errors.Is(err, errInUse) {
		return nil, fmt.Errorf("%s is in use: choose another address with --addr (port 0 takes a free one)", addr)
	}
	if err != nil {
		return nil, err
	}
	s := &Socket{addr: ln.Addr()}
	return s, errors.Join(s.keep(ln), ln.Close())
}

// Addr returns the address, with the port that was found where any was asked for.
func (s *Socket) Addr() net.Addr { return s.addr }
