package main

import (
	hello1 "github.com/runrpc/jsonrpc/examples/hello"
)

// This file stands for the one that runrpc generates, so that the others compile here too.

const separator = "."

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
