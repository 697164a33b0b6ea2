package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// attack runs a script where it is taken for markup, an address or code.
const attack = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload=window.hacked=1>'"` + "`" + `](javascript:window.hacked=1) [x](javascript:window.hacked=1) [y](data:text/html,<script>window.hacked=1</script>)`

// document has ATTACK wherever a text can be, and what is no URL, no type and no end elsewhere.
//
//go:embed hostile.json
var document string

// hostile describes itself with an attack, and answers with it.
func hostile() jsonrpc.RPC {
	quoted, _ := json.Marshal(attack)
	doc := strings.NewReplacer("ATTACK", strings.Trim(string(quoted), `"`), `"WIDE": {}`, wide()).Replace(document)
	say := func(v any, err error) jsonrpc.HandlerFunc {
		return func(context.Context, *jsonrpc.Request) (any, error) { return v, err }
	}
	fault := func(pointer string) map[string]string {
		return map[string]string{"param": pointer, "expected": attack, "got": attack}
	}
	return jsonrpc.RPC{
		openrpc.MethodName: say(json.RawMessage(doc), nil),
		attack:             say(map[string]string{attack: attack}, nil),
		"result":           say(map[string]any{attack: attack, "__proto__": attack, "list": []string{attack}}, nil),
		"error":            say(nil, jsonrpc.NewError(7, attack, map[string]string{attack: attack, "incident": attack})),
		"faults":           say(nil, jsonrpc.NewError(-32602, attack, []map[string]string{fault("/" + attack), fault("/x")})),
	}
}

// wide is a row of schemas each of which has the next one four times: there are 2^80 ways to the last.
func wide() string {
	const depth = 40
	schemas := make([]string, depth)
	for i := range schemas {
		next := fmt.Sprintf(`{"$ref": "#/components/schemas/W%d"}`, i+1)
		schemas[i] = fmt.Sprintf(`"W%d": {"type": "object", "properties": {"a": %[2]s, "b": %[2]s}, "required": ["a", "b"], "allOf": [%[2]s, %[2]s]}`, i, next)
	}
	return strings.Join(append(schemas, fmt.Sprintf(`"W%d": {"type": "string"}`, depth)), ",\n\t\t")
}
