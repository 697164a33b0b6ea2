package main

import (
	"errors"
	"fmt"
	"net"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// listen takes the socket that runrpc has opened, or opens one.
func listen(o settings.Orders) (net.Listener, error) {
	if o.Listener != 0 {
		return inherited(o.Listener)
	}
	ln, err := open(o)
	if errors.Is(err, errInUse) {
		return nil, fmt.Errorf("%s is in use: choose another address with --addr (port 0 takes a free one)", o.Settings.Addr)
	}
	return ln, err
}
