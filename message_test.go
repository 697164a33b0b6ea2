package jsonrpc_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc"
)

// pinged is the answer of get_data.
func pinged(id string) string { return resultFor(`["hello",5]`, id) }

func TestTextThatIsNotJSON(t *testing.T) {
	runWires(t, wireService(), nil, []wire{
		{"empty", "", broken("the text ends where a value is due", 0)},
		{"white space", " \t\r\n", broken("the text ends where a value is due", 4)},
		{"other white space", "\v{}", broken(`found "\v" where a value is due`, 0)},
		{"no-break space", "\u00a0{}", broken(`found "\xc2" where a value is due`, 0)},
		{"BOM", "\ufeff" + pingMsg, broken(`found "\xef" where a value is due`, 0)},
		{"BOM behind", pingMsg + "\ufeff", broken("the text goes on behind the message", len(pingMsg))},
		{"trailing data", pingMsg + " x", broken("the text goes on behind the message", len(pingMsg)+1)},
		{"two messages", pingMsg + pingMsg, broken("the text goes on behind the message", len(pingMsg))},
		{"two messages in lines", pingMsg + "\n" + pingMsg, broken("the text goes on behind the message", len(pingMsg)+1)},
		{"trailing data behind a scalar", "1 2", broken("the text goes on behind the message", 2)},
		{"trailing data behind an empty array", "[] 2", broken("the text goes on behind the message", 3)},
		{"trailing bracket", "[" + pingMsg + "]]", broken("the text goes on behind the message", len(pingMsg)+2)},
		{"NUL behind", pingMsg + "\x00", broken("the text goes on behind the message", len(pingMsg))},
		{"UTF-16", "\xff\xfe{\x00}\x00", broken(`found "\xff" where a value is due`, 0)},

		{"invalid UTF-8 in a param", `{"params":["` + "\xff" + `"]}`, broken("the text is not UTF-8", 12)},
		{"invalid UTF-8 in a name", `{"` + "\xc0\xaf" + `":1}`, broken("the text is not UTF-8", 2)},
		{"UTF-8 of a surrogate", `{"a":"` + "\xed\xa0\x80" + `"}`, broken("the text is not UTF-8", 6)},
		{"UTF-8 beyond Unicode", `{"a":"` + "\xf4\x90\x80\x80" + `"}`, broken("the text is not UTF-8", 6)},
		{"UTF-8 cut short", `{"a":"` + "\xe2\x82" + `"}`, broken("the text is not UTF-8", 6)},

		{"lone surrogate in the method", `{"jsonrpc":"2.0","method":"\ud800","id":1}`, broken("the method has a lone surrogate", 26)},
		{"surrogates the wrong way round", `{"jsonrpc":"2.0","method":"\udc00\ud800","id":1}`, broken("the method has a lone surrogate", 26)},
		{"lone surrogate in the id", `{"jsonrpc":"2.0","method":"m","id":"\udfff"}`, broken("the id has a lone surrogate", 35)},
		{"lone surrogate in a name", `{"\uD834x":1}`, broken("a member name has a lone surrogate", 1)},
		{"lone surrogate in a parameter's name", `{"jsonrpc":"2.0","method":"m","params":{"\ud800":1},"id":1}`, broken("a member name has a lone surrogate", 40)},
		{"lone surrogate in a name deep inside", `{"jsonrpc":"2.0","method":"m","params":[[{"\ud800":1}]],"id":1}`, broken("a member name has a lone surrogate", 42)},
		{"lone surrogate in the method of a notification", `{"jsonrpc":"2.0","method":"\ud800"}`, broken("the method has a lone surrogate", 26)},

		{"unterminated", `{"jsonrpc":"2.0","method":"m`, broken("the text ends inside a string", 28)},
		{"unterminated escape", `["\`, broken("the text ends inside a string", 2)},
		{"unterminated batch", `[` + pingMsg, broken("the text ends where a comma or ] is due", len(pingMsg)+1)},
		{"trailing comma", `{"id":1,}`, broken(`found "}" where a member name is due`, 8)},
		{"trailing comma in a batch", `[` + pingMsg + `,]`, broken(`found "]" where a value is due`, len(pingMsg)+2)},
		{"two commas", `{"params":[1,,2]}`, broken(`found "," where a value is due`, 13)},
		{"no comma", `{"a":1 "b":2}`, broken(`found "\"" where a comma or } is due`, 7)},
		{"no colon", `{"id" 1}`, broken(`found "1" where a colon is due`, 6)},
		{"no name", `{1:1}`, broken(`found "1" where a member name is due`, 1)},
		{"wrong bracket", `{"params":[1}}`, broken(`found "}" where a comma or ] is due`, 12)},
		{"single quotes", `{'id':1}`, broken(`found "'" where a member name is due`, 1)},
		{"leading zero", `{"id":01}`, broken(`found "1" where a comma or } is due`, 7)},
		{"plus sign", `{"id":+1}`, broken(`found "+" where a value is due`, 6)},
		{"bare minus", `{"id":-}`, broken(`found "}" where a digit is due`, 7)},
		{"bare point", `{"id":1.}`, broken(`found "}" where a digit is due`, 8)},
		{"bare exponent", `{"id":1e}`, broken(`found "}" where a digit is due`, 8)},
		{"hexadecimal", `{"id":0x1F}`, broken(`found "x" where a comma or } is due`, 7)},
		{"NaN", `{"id":NaN}`, broken(`found "N" where a value is due`, 6)},
		{"True", `[True]`, broken(`found "T" where a value is due`, 1)},
		{"tru", `[tru]`, broken("found a word that is none of true, false, null", 1)},
		{"nul", `nul`, broken("found a word that is none of true, false, null", 0)},
		{"comment", `[/**/1]`, broken(`found "/" where a value is due`, 1)},
		{"unknown escape", `["\x41"]`, broken("a string has an unknown escape", 2)},
		{"short escape", `["\u12"]`, broken(`\u is not followed by four hexadecimal digits`, 2)},
		{"newline in a string", "[\"a\nb\"]", broken("a control character stands unescaped in a string", 3)},
		{"NUL in a string", "[\"\x00\"]", broken("a control character stands unescaped in a string", 2)},
		{"one bad member of a batch", `[` + pingMsg + `,{"jsonrpc"]`, broken(`found "]" where a colon is due`, len(pingMsg)+12)},
		{"broken behind what is refused", `[1,2,{"id":]`, broken(`found "]" where a value is due`, 11)},
	})
}

func TestTextThatIsNoRequest(t *testing.T) {
	const noMessage = "a message is an object or an array"
	const noMethod = "method is missing or no string"
	runWires(t, wireService(), nil, []wire{
		{"number", "1", refused(noMessage, "null")},
		{"negative number", " -1.5e3\n", refused(noMessage, "null")},
		{"string", `"{}"`, refused(noMessage, "null")},
		{"string with a lone surrogate", `"\ud800"`, refused(noMessage, "null")},
		{"true", "true", refused(noMessage, "null")},
		{"false", "false", refused(noMessage, "null")},
		{"null", "null", refused(noMessage, "null")},
		{"empty array", "[]", refused("a batch has at least one member", "null")},
		{"empty array with white space", " [ \n] ", refused("a batch has at least one member", "null")},
		{"empty object", "{}", refused(noMethod, "null")},
		{"object with an id", `{"jsonrpc":"2.0","id":"x"}`, refused(noMethod, `"x"`)},
		{"a response", `{"jsonrpc":"2.0","result":5,"id":1}`, refused(noMethod, "1")},
		{"method null", `{"jsonrpc":"2.0","method":null,"id":5}`, refused(noMethod, "5")},
		{"method number", `{"jsonrpc":"2.0","method":252,"id":5}`, refused(noMethod, "5")},
		{"method array", `{"jsonrpc":"2.0","method":["sum"],"id":5}`, refused(noMethod, "5")},
		{"method object, no id", `{"jsonrpc":"2.0","method":{}}`, refused(noMethod, "null")},
		{"batch in a batch", `[[]]`, "[" + refused("a request is an object", "null") + "]"},
		{"scalars in a batch", `["x",null,1.5]`, enclose(refused("a request is an object", "null"), refused("a request is an object", "null"), refused("a request is an object", "null"))},
		{"lone surrogate among a batch's scalars", `["\ud800"]`, "[" + refused("a request is an object", "null") + "]"},
	})
}

func TestVersion(t *testing.T) {
	const reason = `jsonrpc is missing or not "2.0"`
	table := []wire{
		{"escaped", `{"jsonrpc":"\u0032.0","method":"get_data","id":1}`, pinged("1")},
		{"absent", `{"method":"get_data","id":1}`, refused(reason, "1")},
		{"absent in a notification", `{"method":"get_data"}`, refused(reason, "null")},
	}
	for _, v := range []string{`"1.0"`, `"2"`, `"2.00"`, `" 2.0"`, `""`, `"2.1"`, `"\ud800"`, `2.0`, `2`, `null`, `true`, `["2.0"]`, `{"2.0":"2.0"}`} {
		table = append(table, wire{v, `{"jsonrpc":` + v + `,"method":"get_data","params":[],"id":"v"}`, refused(reason, `"v"`)})
	}
	runWires(t, wireService(), nil, table)
}

func TestMemberNames(t *testing.T) {
	const twice = "a member stands in the request twice"
	runWires(t, wireService(), nil, []wire{
		{"any order", `{"id":1,"params":[],"method":"get_data","jsonrpc":"2.0"}`, pinged("1")},
		{"white space", "\r\n{\t\"id\" : 1 ,\n\"method\" : \"get_data\" , \"jsonrpc\":\"2.0\" } ", pinged("1")},
		{"escaped", `{"\u006asonrpc":"2.0","m\u0065thod":"get\u005fdata","\u0070arams":[],"i\u0064":1}`, pinged("1")},
		{"unknown members", `{"jsonrpc":"2.0","method":"get_data","id":1,"":0,"result":5,"meta":{"id":[2]}}`, pinged("1")},
		{"unknown members twice", `{"jsonrpc":"2.0","method":"get_data","id":1,"x":1,"x":2}`, pinged("1")},
		{"members in another case", `{"jsonrpc":"2.0","method":"get_data","id":1,"ID":2,"Method":"x","PARAMS":1,"JSONRPC":1}`, pinged("1")},
		{"method in another case", `{"jsonrpc":"2.0","Method":"get_data","id":1}`, refused("method is missing or no string", "1")},
		{"version in another case", `{"JsonRPC":"2.0","method":"get_data","id":1}`, refused(`jsonrpc is missing or not "2.0"`, "1")},
		{"id in another case is none", `{"jsonrpc":"2.0","method":"get_data","Id":1}`, ""},
		{"params in another case are none", `{"jsonrpc":"2.0","method":"echo","Params":[1],"id":1}`, faultFor(`{"code":-32602,"message":"Invalid params","data":[{"param":"/value","expected":"any value","got":"missing"}]}`, "1")},
		{"two versions", `{"jsonrpc":"2.0","jsonrpc":"2.0","method":"get_data","id":1}`, refused(twice, "1")},
		{"two methods", `{"jsonrpc":"2.0","method":"get_data","method":"get_data","id":1}`, refused(twice, "1")},
		{"two methods, the other escaped", `{"jsonrpc":"2.0","method":"get_data","\u006dethod":1,"id":1}`, refused(twice, "1")},
		{"two params", `{"jsonrpc":"2.0","method":"get_data","params":[],"params":[],"id":1}`, refused(twice, "1")},
		{"two params, null", `{"jsonrpc":"2.0","method":"get_data","params":null,"params":null,"id":1}`, refused(twice, "1")},
		{"two ids", `{"jsonrpc":"2.0","method":"get_data","id":1,"id":1}`, refused(twice, "null")},
		{"two ids, one escaped", `{"jsonrpc":"2.0","method":"get_data","id":1,"\u0069\u0064":2}`, refused(twice, "null")},
		{"two methods in a notification", `{"jsonrpc":"2.0","method":"get_data","method":"get_data"}`, refused(twice, "null")},
		{"two methods and a bad id", `{"jsonrpc":"2.0","method":"get_data","method":"get_data","id":[]}`, refused(twice, "null")},
	})
}

func TestParamsMember(t *testing.T) {
	noArray := func(got string) string {
		return faultFor(`{"code":-32602,"message":"Invalid params","data":[{"param":"","expected":"array or object","got":"`+got+`"}]}`, `"p"`)
	}
	notText := func(param string) string {
		return faultFor(`{"code":-32602,"message":"Invalid params","data":[{"param":"`+param+`","expected":"Unicode text","got":"string"}]}`, `"p"`)
	}
	request := func(method, params string) string {
		return `{"jsonrpc":"2.0","method":"` + method + `","params":` + params + `,"id":"p"}`
	}
	runWires(t, wireService(), nil, []wire{
		{"absent", `{"jsonrpc":"2.0","method":"get_data","id":"p"}`, pinged(`"p"`)},
		{"null", request("get_data", "null"), pinged(`"p"`)},
		{"null where some are due", request("sum", "null"), resultFor("0", `"p"`)},
		{"empty array", request("get_data", "[ ]"), pinged(`"p"`)},
		{"empty object", request("get_data", "{}"), pinged(`"p"`)},
		{"string", request("get_data", `"[]"`), noArray("string")},
		{"number", request("get_data", "-5"), noArray("number")},
		{"true", request("get_data", "true"), noArray("boolean")},
		{"false", request("get_data", "false"), noArray("boolean")},
		{"string for a method that there is not", request("no.such", `""`), noArray("string")},
		{"string in a notification", `{"jsonrpc":"2.0","method":"get_data","params":"x"}`, ""},
		{"lone surrogate as it came", request("raw", `["\ud800", {"a":["\udfffx"]}]`), resultFor(`"[\"\\ud800\", {\"a\":[\"\\udfffx\"]}]"`, `"p"`)},
		{"members twice as they came", request("raw", `{"a":1, "a":2}`), resultFor(`"{\"a\":1, \"a\":2}"`, `"p"`)},
		{"lone surrogate as a value", request("echo", `["\ud800"]`), notText("/0")},
		{"lone surrogate inside a value", request("echo", `[{"a":["\udfffx"]}]`), notText("/0/a/0")},
		{"lone surrogate as text", request("text", `["\ud800"]`), notText("/0")},
		{"raw numbers as they are", request("echo", `[[1.0,-0,1e400,9007199254740993,0.10]]`), resultFor(`[1.0,-0,1e400,9007199254740993,0.10]`, `"p"`)},
		{"raw strings as they are", request("echo", `["\u0061\/\u2028é"]`), resultFor(`"\u0061\/\u2028é"`, `"p"`)},
		{"members twice inside a value", request("echo", `[{"a":1, "a":2}]`), faultFor(`{"code":-32602,"message":"Invalid params","data":[{"param":"/0/a","expected":"one value","got":"duplicate"}]}`, `"p"`)},
	})
}

// Notifications are never answered, whatever happens.
func TestNotificationIsNeverAnswered(t *testing.T) {
	var table []wire
	for name, rest := range map[string]string{
		"result": `"get_data"`, "no method": `"no.such"`, "reserved": `"rpc.errors"`, "error": `"fail"`, "private error": `"hide"`, "panic": `"boom"`,
		"surplus": `"get_data","params":[1]`, "missing": `"echo"`, "unknown": `"subtract","params":{"a":1}`,
		"mistyped": `"subtract","params":["a",{}]`, "scalar": `"subtract","params":1`,
	} {
		table = append(table, wire{name, `{"jsonrpc":"2.0","method":` + rest + `}`, ""})
	}
	runWires(t, wireService(), nil, table)
}

func TestNestingLimit(t *testing.T) {
	nest := func(n int) string {
		return `{"jsonrpc":"2.0","method":"echo","params":[` + strings.Repeat("[", n-2) + strings.Repeat("]", n-2) + `],"id":1}`
	}
	tooDeep := func(limit, offset int) string {
		return broken("nested deeper than the limit of "+strconv.Itoa(limit), offset)
	}
	head := len(`{"jsonrpc":"2.0","method":"echo","params":[`)
	for _, way := range routes(t, wireService(), nil) {
		t.Run(way.name, func(t *testing.T) {
			sameAnswer(t, way.send(t, nest(1024)), resultFor(strings.Repeat("[", 1022)+strings.Repeat("]", 1022), "1"))
			sameAnswer(t, way.send(t, nest(1025)), tooDeep(1024, head+1022))
			sameAnswer(t, way.send(t, "["+nest(1023)+"]"), enclose(resultFor(strings.Repeat("[", 1021)+strings.Repeat("]", 1021), "1")))
			sameAnswer(t, way.send(t, "["+nest(1024)+"]"), tooDeep(1024, head+1022))
		})
	}
	for _, c := range []struct {
		depth     int
		msg, want string
	}{
		{1, `{"jsonrpc":"2.0","method":"get_data","id":1}`, pinged("1")},
		{1, `{"jsonrpc":"2.0","method":"get_data","params":[],"id":1}`, tooDeep(1, 46)},
		{1, `[{"jsonrpc":"2.0","method":"get_data","id":1}]`, tooDeep(1, 1)},
		{1, `[]`, refused("a batch has at least one member", "null")},
		{2, `{"jsonrpc":"2.0","method":"get_data","params":[],"id":1}`, pinged("1")},
		{2, `{"jsonrpc":"2.0","method":"get_data","params":{},"id":1,"x":[[]]}`, tooDeep(2, 61)},
		{2, `{"jsonrpc":"2.0","method":"get_data","id":[[]]}`, tooDeep(2, 43)},
		{2, `{"jsonrpc":[[]],"method":"get_data","id":1}`, tooDeep(2, 12)},
		{3, `{"jsonrpc":"2.0","method":"echo","params":[{}],"id":1}`, resultFor("{}", "1")},
		{3, `[[[]]]`, "[" + refused("a request is an object", "null") + "]"},
		{3, `[[[[]]]]`, tooDeep(3, 3)},
	} {
		app := newApp(t, wireService(), &jsonrpc.Options{MaxDepth: c.depth})
		sameAnswer(t, string(app.CallContext(context.Background(), []byte(c.msg), nil)), c.want)
	}
}
