package main

import (
	"time"

	"github.com/runrpc/jsonrpc"
	hello1 "github.com/runrpc/jsonrpc/examples/hello"
)

// This file stands for the one that runrpc generates, so that the others compile here too.

const (
	addr      = "localhost:8080"
	path      = "/"
	separator = "."
	drain     = 35 * time.Second // 0: as long as it takes
	tlsCert   = ""               // empty: no TLS
	tlsKey    = ""
)

func folders() []folder {
	return []folder{}
}

func options() *jsonrpc.Options {
	return &jsonrpc.Options{}
}

func references() []reference {
	return []reference{
		{name: "hi", namespace: "hello", members: []string{"greeting"}, at: "runrpc.toml:3"},
	}
}

func sources() []source {
	return []source{
		{
			path:      "github.com/runrpc/jsonrpc/examples/hello",
			namespace: "hello",
			functions: []function{
				{
					name:     "hello.greeting",
					at:       "examples/hello/hello.go:13: Greeting",
					fn:       hello1.Greeting,
					params:   []string{"name"},
					defaults: map[string]string{"name": `"world"`},
					doc:      "Greeting greets someone.\n",
				},
			},
		},
	}
}
