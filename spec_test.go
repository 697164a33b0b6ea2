package jsonrpc_test

import "testing"

// The examples of the specification, section 7, in their order. Beyond it our errors tell the
// reason for -32700 and -32600.
var specExamples = []wire{
	{
		"positional parameters", `{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}`,
		`{"jsonrpc":"2.0","result":19,"id":1}`,
	},
	{
		"positional parameters, the other way round", `{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}`,
		`{"jsonrpc":"2.0","result":-19,"id":2}`,
	},
	{
		"named parameters", `{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}`,
		`{"jsonrpc":"2.0","result":19,"id":3}`,
	},
	{
		"named parameters, the other way round", `{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}`,
		`{"jsonrpc":"2.0","result":19,"id":4}`,
	},
	{"a notification", `{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}`, ""},
	{"a notification of no method", `{"jsonrpc": "2.0", "method": "foobar"}`, ""},
	{
		"a non-existent method", `{"jsonrpc": "2.0", "method": "foobar", "id": "1"}`,
		`{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"1"}`,
	},
	{
		"invalid JSON", `{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]`,
		`{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error","data":{"reason":"found \"p\" where a comma or } is due","offset":39}},"id":null}`,
	},
	{
		"an invalid request", `{"jsonrpc": "2.0", "method": 1, "params": "bar"}`,
		`{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"method is missing or no string"}},"id":null}`,
	},
	{
		"a batch that is invalid JSON", `[
  {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
  {"jsonrpc": "2.0", "method"
]`,
		`{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error","data":{"reason":"found \"]\" where a colon is due","offset":101}},"id":null}`,
	},
	{
		"an empty array", `[]`,
		`{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"a batch has at least one member"}},"id":null}`,
	},
	{
		"an invalid batch", `[1]`,
		`[{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"a request is an object"}},"id":null}]`,
	},
	{
		"an invalid batch of three", `[1,2,3]`,
		`[{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"a request is an object"}},"id":null},` +
			`{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"a request is an object"}},"id":null},` +
			`{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"a request is an object"}},"id":null}]`,
	},
	{
		"a batch", `[
        {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
        {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
        {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
        {"jsonrpc": "2.0", "method": "get_data", "id": "9"}
    ]`,
		`[{"jsonrpc":"2.0","result":7,"id":"1"},` +
			`{"jsonrpc":"2.0","result":19,"id":"2"},` +
			`{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"method is missing or no string"}},"id":null},` +
			`{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"5"},` +
			`{"jsonrpc":"2.0","result":["hello",5],"id":"9"}]`,
	},
	{
		"a batch of notifications alone", `[
        {"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
        {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}
    ]`, "",
	},
}

func TestSpecificationExamples(t *testing.T) {
	runWires(t, wireService(), nil, specExamples)
}

// Section 5.1 has the words for each code.
func TestSpecificationErrorMessages(t *testing.T) {
	runWires(t, wireService(), nil, []wire{
		{
			"Parse error", `{`,
			`{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error","data":{"reason":"the text ends where a member name is due","offset":1}},"id":null}`,
		},
		{
			"Invalid Request", `{}`,
			`{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":{"reason":"method is missing or no string"}},"id":null}`,
		},
		{
			"Method not found", `{"jsonrpc":"2.0","method":"rpc.errors","id":1}`,
			`{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":1}`,
		},
		{
			"Invalid params", `{"jsonrpc":"2.0","method":"subtract","params":[1,"2"],"id":1}`,
			`{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":[{"param":"/1","expected":"number","got":"string"}]},"id":1}`,
		},
		{
			"Internal error", `{"jsonrpc":"2.0","method":"boom","id":1}`,
			`{"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error","data":{"incident":"#"}},"id":1}`,
		},
		{
			"Server error", `{"jsonrpc":"2.0","method":"hide","id":1}`,
			`{"jsonrpc":"2.0","error":{"code":-32000,"message":"Server error","data":{"incident":"#"}},"id":1}`,
		},
		{
			"an error of the procedure", `{"jsonrpc":"2.0","method":"fail","id":1}`,
			`{"jsonrpc":"2.0","error":{"code":-32001,"message":"application failure"},"id":1}`,
		},
	})
}
