package jsonrpc

import "strings"

// messageSeeds are texts that the fuzz targets start from: messages of all kinds, and what is
// nearly one.
var messageSeeds = append([]string{
	// requests
	`{"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1}`,
	`{"jsonrpc":"2.0","method":"subtract","params":{"subtrahend":23,"minuend":42},"id":"a"}`,
	`{"jsonrpc":"2.0","method":"subtract","params":{},"id":null}`,
	`{"jsonrpc":"2.0","method":"note","params":[]}`,
	`{"jsonrpc":"2.0","method":"note","params":null}`,
	" \t\r\n{ \"id\" : -0.0e+5 , \"params\" : [ 1 , [ ] , { } , {\"a\" : 1} ] , \"method\" : \"m\" , \"jsonrpc\" : \"2.0\" }\n",
	`{"\u006asonrpc":"2\u002e0","m\u0065thod":"\u0073um","\u0070arams":{"\u0061":1},"i\u0064":"\u0031"}`,
	`{"jsonrpc":"2.0","method":"métho😀","id":1}`,
	`{"jsonrpc":"2.0","method":"\ud83d\ude00","id":"\ud83d\ude00"}`,
	`{"jsonrpc":"2.0","method":"m","id":1,"result":5,"":0,"JSONRPC":1,"Id":2}`,
	`{"jsonrpc":"2.0","method":"m","params":[true,false,null,"\"\\\/\b\f\n\r\t\u0000","\ud800","\udc00\ud800"],"id":1}`,
	`{"jsonrpc":"2.0","method":"m","params":[` + strings.Repeat(`0,`, 40) + `0],"id":9007199254740993}`,
	`{"jsonrpc":"2.0","method":"m","params":{"a":1,"a":2},"id":123456789012345678901234567890}`,
	// no requests
	``, ` `, `{}`, `[]`, `[ ]`, `[[]]`, `[{}]`, `[1,null,"x"]`, `1`, `-1.5e3`, `"x"`, `true`, `false`, `null`, `"\ud800"`,
	`{"jsonrpc":"2.0","id":1}`, `{"method":"m","id":1}`, `{"jsonrpc":2.0,"method":"m","id":1}`,
	`{"jsonrpc":"1.0","method":"m","id":1}`, `{"jsonrpc":"\ud800","method":"m","id":1}`,
	`{"jsonrpc":"2.0","method":1,"params":"bar"}`, `{"jsonrpc":"2.0","method":null,"id":[]}`,
	`{"jsonrpc":"2.0","method":"m","params":"bar","id":1}`, `{"jsonrpc":"2.0","method":"m","params":0}`,
	`{"jsonrpc":"2.0","method":"m","id":true}`, `{"jsonrpc":"2.0","method":"m","id":{"a":[1]}}`,
	`{"jsonrpc":"2.0","jsonrpc":"2.0","method":"m","id":1}`, `{"jsonrpc":"2.0","method":"m","id":1,"\u0069d":2}`,
	`{"jsonrpc":"2.0","method":"m","method":1,"id":1}`, `{"jsonrpc":"2.0","method":"m","params":[],"params":1,"id":1}`,
	// no JSON
	"\xef\xbb\xbf{}", "{}{}", "[] x", `{"a"}`, `{"a":}`, `{"a":1,}`, `{,}`, `{"a" 1}`, `{"a":1 "b":2}`, `{a:1}`, `[1,]`, `[,1]`, `[1,,2]`,
	`[1 2]`, `[1}`, `{"a":1]`, `{"":[}`, `[`, `{`, `{"`, `{"a`, `{"a"`, `{"a":`, `"`, `"\`, `"\u12`, `"\x41"`, `"\u12G4"`, "\"\t\"", "\"\x00\"", "\"\xff\"",
	"\"\xed\xa0\x80\"", "\"\xc0\xaf\"", "\"\xf4\x90\x80\x80\"", "\xa0{}", "\v1", "1\x00", "nul", "nulL", "tru", "truE", "falsy", "Null", "NaN", "Infinity",
	`-`, `+1`, `01`, `-01`, `1.`, `.5`, `1.e5`, `1e`, `1e+`, `1E-5`, `0x1F`, `1_000`, `'x'`, `/**/1`, `[1//x` + "\n]",
	`{"\ud800":1}`, `{"jsonrpc":"2.0","method":"\ud800","id":1}`, `{"jsonrpc":"2.0","method":"m","id":"\udfff"}`,
	`{"jsonrpc":"2.0","method":"m","params":{"\udc00":1},"id":1}`, `[{"x":{"\ud834\u0041":1}}]`, `{"\u006aso\ud800":1}`,
	`{"jsonrpc":"2.0","method":"foobar, "params":"bar","baz]`,
	// batches
	`[{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":"1"},{"jsonrpc":"2.0","method":"note"},{"foo":"boo"},7,{"jsonrpc":"2.0","method":"m","id":null}]`,
	"[ \n{} , {}\t]", `[{"jsonrpc":"2.0","method":"sum"`, `[{"jsonrpc":"2.0","method":"sum","params":[1],"id":1}]]`,
	// depth
	`[[[]]]`, `[[[[]]]]`, `{"a":{"b":{"c":{}}}}`, `{"params":[[[]]]}`, `[{"params":{"a":[]}}]`, `{"id":[[[]]],"method":{"a":{"a":{}}}}`,
}, nested()...)

// nested returns texts about as deep as the limit is.
func nested() (texts []string) {
	for _, n := range []int{defaultDepth - 1, defaultDepth, defaultDepth + 1} {
		texts = append(texts, strings.Repeat(`[`, n)+strings.Repeat(`]`, n), strings.Repeat(`{"":`, n)+`0`+strings.Repeat(`}`, n))
	}
	return texts
}
