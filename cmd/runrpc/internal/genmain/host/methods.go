package main

import (
	cache2 "github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/cache"
	contract3 "github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/contract"
	value4 "github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/value"
	hello1 "github.com/runrpc/jsonrpc/examples/hello"
)

// This file stands for the one that runrpc generates, so that the others compile here too.

const (
	title     = "hello"
	about     = "Package hello is a first package."
	separator = "."
)

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
					name:   "hello.greeting",
					at:     "examples/hello/hello.go:13: Greeting",
					fn:     hello1.Greeting,
					params: []param{{name: "name", def: `"world"`, doc: "whom"}},
					doc:    "Greeting greets someone.\n",
					result: "what to say",
				},
			},
		},
		{
			path:      "github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/cache",
			namespace: "cache",
			new:       cache2.New,
			service:   service("github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/cache", withoutError(cache2.New)),
			functions: []function{
				{
					name:   "cache.put",
					at:     "cache/cache.go:22: Put",
					method: "Put",
					params: []param{{name: "key"}, {name: "value", doc: "is stored"}},
				},
			},
		},
		{
			path:      "github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/contract",
			namespace: "contract",
			new:       contract3.New,
			service:   service("github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/contract", withoutBoth(contract3.New)),
		},
		{
			path:      "github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/value",
			namespace: "value",
			new:       value4.New,
			service:   service("github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/value", withoutContext(value4.New)),
		},
	}
}

func types() []typeDoc {
	return []typeDoc{
		{
			path:   "github.com/runrpc/jsonrpc/cmd/runrpc/internal/gen/golden/cache",
			name:   "Stats",
			doc:    "Stats are numbers.",
			fields: map[string]string{"hits": "found"},
			enum:   []string{`"a"`, `"b"`},
		},
	}
}
