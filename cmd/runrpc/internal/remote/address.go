package remote

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// Parse reads the address of a server as people write it: :8080, host:8080/rpc, https://host/rpc.
func Parse(address string) (*url.URL, error) {
	text := address
	if strings.HasPrefix(text, ":") {
		text = "localhost" + text
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%q is no address: want :PORT, HOST:PORT, HOST/PATH or a URL", address)
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%q: found the scheme %s, want http or https", address, u.Scheme)
	}
	if u.Hostname() == "" {
		return nil, fmt.Errorf("%q names no host: want :PORT, HOST:PORT, HOST/PATH or a URL", address)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return nil, fmt.Errorf("%q: found the port %s, want 1 to 65535", address, port)
		}
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}
