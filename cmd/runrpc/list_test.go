package main_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const notThere = `{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":1}`

// describes starts a server that describes itself: results by method, and documents by path.
func describes(t *testing.T, results, documents map[string]string) *peer {
	t.Helper()
	return newPeerFunc(t, func(w http.ResponseWriter, r *http.Request, body string) {
		if r.Method == http.MethodGet {
			text, ok := documents[strings.TrimPrefix(r.URL.Path, "/rpc/")]
			if !ok {
				http.NotFound(w, r)
				return
			}
			_, _ = io.WriteString(w, text)
			return
		}
		var request struct{ Method string }
		_ = json.Unmarshal([]byte(body), &request)
		if result, ok := results[request.Method]; ok {
			fmt.Fprintf(w, `{"jsonrpc":"2.0","result":%s,"id":1}`, result)
			return
		}
		_, _ = io.WriteString(w, notThere)
	})
}

// petstore is a document as those that OpenRPC publishes as examples.
func petstore(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/petstore.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const petstoreList = `create_pet(newPet: NewPet) -> Pet                        Creates a new pet in the store
get_pet_by_id(id: PetId, status?: "available" | "sold", since?: string (date-time) | null) -> Pet  Deprecated. Finds a pet
get_pets(tags?: string[], limit: integer = 20) -> Pet[]  Returns all pets from the system that the user has access to.
rpc.discover()
`

func TestList(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name               string
		results, documents map[string]string
		want               string
	}{
		{"rpc.discover", map[string]string{"rpc.discover": petstore(t)}, nil, petstoreList},
		{"openrpc.json", nil, map[string]string{"openrpc.json": petstore(t)}, petstoreList},
		{
			"map", nil, map[string]string{"map": `{"hello.add":"(a int, b int) int","x":"","hello.hi":"hello.hi(name string)","sum":"the sum of all"}`},
			"hello.add(a int, b int) int\nhello.hi(name string)\nsum  the sum of all\nx\n",
		},
		{
			"system.listMethods", map[string]string{"system.listMethods": `["b","a","evil\u001b[2J\nname"]`}, nil,
			"a\nb\nevil\ufffd[2J name\n",
		},
		{
			"the first that makes sense", map[string]string{"rpc.discover": `{"methods":5}`, "system.listMethods": `["c"]`},
			map[string]string{"openrpc.json": `<html>`, "map": `{"a":"()"}`}, "a()\n",
		},
		{"methods without params", map[string]string{"rpc.discover": `{"methods":[{"name":"m"}]}`}, nil, "m()\n"},
		{"no methods", map[string]string{"rpc.discover": `{"methods":[]}`}, nil, ""},
		{
			"schemas that go in circles", map[string]string{"rpc.discover": `{
				"methods":[{"name":"m","params":[
					{"name":"a","schema":{"$ref":"#/components/schemas/A"}},
					{"name":"b","schema":{"type":"array","items":{"items":{"type":"array","items":{"items":{}}},"type":"array"}}},
					{"name":"c","schema":{"type":["string","null"]}},
					{"name":"d","schema":true},
					{"name":"e","schema":{"type":"object","additionalProperties":{"type":"number"}}},
					{"name":"f","schema":{"const":"x"}},
					{"name":"g","schema":{"allOf":[{"$ref":"#/a"},{"type":"object"}]}}]}],
				"components":{"schemas":{"A":{"$ref":"#/components/schemas/A"}}}}`}, nil,
			`m(a?: A, b?: any[][][], c?: string | null, d?: any, e?: {[name]: number}, f?: "x", g?: a & object)` + "\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := describes(t, test.results, test.documents)
			if diff := cmp.Diff(outcome{0, test.want, ""}, client{}.run(t, "list", p.URL+"/rpc")); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

// What no server says of itself in any of the ways there are.
func TestListFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name               string
		results, documents map[string]string
		want               string
	}{
		{"nothing", nil, nil, `rpc.discover: error -32601; GET openrpc.json: HTTP 404 Not Found; GET map: HTTP 404 Not Found; system.listMethods: error -32601`},
		{
			"garbage", map[string]string{"rpc.discover": `5`, "system.listMethods": `{}`}, map[string]string{"openrpc.json": `nope`, "map": `{"a":1}`},
			`rpc.discover: found a number, want an object; GET openrpc.json: found no JSON; GET map: a: found a number, want a signature; system.listMethods: found an object, want an array`,
		},
		{
			"almost", map[string]string{"rpc.discover": `{"methods":[{"name":"a"},{}]}`, "system.listMethods": `[1]`}, map[string]string{"openrpc.json": `{"methods":[{"name":"a","params":{}}]}`, "map": `{}`},
			`rpc.discover: no OpenRPC document: methods[1]: found no name; GET openrpc.json: no OpenRPC document: methods[0]: params: found an object, want an array; GET map: it is empty; system.listMethods: found a number, want a name`,
		},
		{
			"references to nowhere", map[string]string{"rpc.discover": `{"methods":[{"name":"a","params":[{"$ref":"#/nope/0"}]}]}`}, map[string]string{"openrpc.json": `{"methods":[{"$ref":"other.json#/a"}]}`, "map": `[]`},
			`rpc.discover: no OpenRPC document: methods[0]: params[0]: found nothing at the $ref "#/nope/0"; GET openrpc.json: no OpenRPC document: methods[0]: found the $ref "other.json#/a", want one into the document, as #/a/b; GET map: found an array, want an object; system.listMethods: error -32601`,
		},
		{
			"references in a circle", map[string]string{"rpc.discover": `{"methods":[{"$ref":"#/methods/0"}]}`}, nil,
			`rpc.discover: no OpenRPC document: methods[0]: found a $ref that goes in a circle; `,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := describes(t, test.results, test.documents)
			got := client{}.run(t, "list", p.URL+"/rpc")
			want := "runrpc: " + p.URL + "/rpc: it does not say which methods it has (" + test.want
			if got.Code != 2 || got.Stdout != "" || !strings.HasPrefix(got.Stderr, want) || strings.Count(got.Stderr, "\n") != 1 {
				t.Errorf("got  %#v\nwant %s", got, want)
			}
		})
	}
}

func TestListUnreachable(t *testing.T) {
	t.Parallel()
	closed := "http://" + freeAddr(t)
	hangs := newPeerFunc(t, func(_ http.ResponseWriter, r *http.Request, _ string) { <-r.Context().Done() })
	denies := newPeerFunc(t, func(w http.ResponseWriter, _ *http.Request, _ string) { w.WriteHeader(http.StatusUnauthorized) })
	halfDeaf := newPeerFunc(t, func(w http.ResponseWriter, r *http.Request, _ string) {
		if r.Method == http.MethodGet {
			<-r.Context().Done()
		}
		_, _ = io.WriteString(w, notThere)
	})
	for _, test := range []struct{ url, want string }{
		{closed, ": nothing listens on " + strings.TrimPrefix(closed, "http://") + ": is the server running?"},
		{hangs.URL, ": no answer within 200ms: --timeout allows more"},
		{denies.URL, ": HTTP 401 Unauthorized: -H 'Authorization: ...' sends who you are"},
		{halfDeaf.URL, ": it does not say which methods it has (rpc.discover: error -32601; GET openrpc.json: no answer in time; GET map: no answer in time; system.listMethods: error -32601)"},
	} {
		want := outcome{2, "", "runrpc: " + test.url + "/" + test.want + "\n"}
		if diff := cmp.Diff(want, client{}.run(t, "list", test.url, "--timeout", "200ms")); diff != "" {
			t.Error("(-want +got):\n" + diff)
		}
	}
}

func TestListMethod(t *testing.T) {
	t.Parallel()
	p := describes(t, map[string]string{"rpc.discover": petstore(t)}, nil)
	tests := []struct {
		method string
		want   outcome
	}{
		{"create_pet", outcome{0, `create_pet(newPet: NewPet) -> Pet

Creates a new pet in the store

Params, by name
  newPet     NewPet           Pet to add to the store.
    name     string           what it is called
    tag      string = "pet"
    parents  Pet[], optional
      id     PetId            the number of a pet

Result
  pet        Pet
    name     string           what it is called
    tag      string = "pet"
    parents  Pet[], optional
    id       PetId            the number of a pet

Errors
  -32001  the store is full
  -32002  the name is taken
`, ""}},
		{"get_pets", outcome{0, `get_pets(tags?: string[], limit: integer = 20) -> Pet[]

Returns all pets from the system that the user has access to.
Ordered by name.

Params
  tags   string[], optional  tags to filter by
  limit  integer = 20        maximum number of results to return

Result
  pet        Pet[]            pet response
    name     string           what it is called
    tag      string = "pet"
    parents  Pet[], optional
    id       PetId            the number of a pet
`, ""}},
		{"get_pet", outcome{1, "", "runrpc: there is no method get_pet, did you mean get_pets?\n"}},
		{"something", outcome{1, "", "runrpc: there is no method something\n"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, client{}.run(t, "list", p.URL, test.method)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.method, diff)
		}
	}
}

func TestListJSON(t *testing.T) {
	t.Parallel()
	p := describes(t, map[string]string{"rpc.discover": petstore(t)}, nil)
	want := `{"name":"create_pet","summary":"Creates a new pet in the store","paramStructure":"by-name",` +
		`"params":[{"name":"newPet","type":"NewPet","required":true,"description":"Pet to add to the store.","schema":{"$ref":"#/components/schemas/NewPet"}}],` +
		`"result":{"name":"pet","type":"Pet","schema":{"$ref":"#/components/schemas/Pet"}},` +
		`"errors":[{"code":-32001,"message":"the store is full"},{"code":-32002,"message":"the name is taken"}]}` + "\n"
	if diff := cmp.Diff(outcome{0, want, ""}, client{}.run(t, "list", p.URL, "create_pet", "--json")); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	all := client{}.run(t, "list", p.URL, "--json")
	var got struct {
		Source, Title, Version string
		Methods                []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(all.Stdout), &got); err != nil || all.Code != 0 {
		t.Fatalf("%v in %#v", err, all)
	}
	if got.Source != "rpc.discover" || got.Title != "Petstore Expanded" || got.Version != "1.0.0" || len(got.Methods) != 4 {
		t.Errorf("got %#v", got)
	}
}
