package petshop_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/examples/petshop"
	"github.com/runrpc/jsonrpc/internal/metaschema"
	"github.com/runrpc/jsonrpc/openrpc"
)

var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

// start opens a shop, in which it is always noon, at a port of its own.
func start(t *testing.T) (url string) {
	t.Helper()
	shop := petshop.NewShop(func() time.Time { return noon })
	app, err := jsonrpc.NewApplication(shop.RPC(), &jsonrpc.Options{Docs: openrpc.Docs})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(app)
	t.Cleanup(func() {
		server.Close()
		if err := app.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return server.URL
}

func post(t *testing.T, url, body string) string {
	t.Helper()
	resp, err := http.Post(url, "application/json", strings.NewReader(body))
	return read(t, resp, err)
}

func read(t *testing.T, resp *http.Response, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	return read(t, resp, err)
}

const (
	pixel     = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
	miaJSON   = `{"id":1,"name":"Mia","species":"cat","born":"2024-05-01T12:00:00Z","price":{"cents":4900,"currency":"EUR"},"tags":["calm","black"],"sold":false}`
	tomJSON   = `{"id":3,"name":"Tom","species":"cat","born":"2025-05-01T12:00:00Z","price":{"cents":5900,"currency":"EUR"},"tags":["black"],"sold":false,"mother":1}`
	address   = `{"name":"Ada","lines":["1 Main St"],"city":"Berlin","country":"DE"}`
	orderJSON = `{"id":6,"pets":[1,3],"total":{"cents":10800,"currency":"EUR"},"address":` + address + `,"status":"%s","placed":"2026-07-01T12:00:00Z"}`
)

// steps are what a customer does, one after the other.
var steps = []struct{ name, method, params, want string }{
	{"a page", "pets.list", `{"species":"cat","tags":["black"],"limit":1}`, `"result":{"items":[` + miaJSON + `],"total":2,"next":1}`},
	{"the last page", "pets.list", `{"species":"cat","offset":1}`, `"result":{"items":[` + tomJSON + `],"total":2,"next":null}`},
	{"a page behind the last", "pets.list", `{"offset":9}`, `"result":{"items":[],"total":4,"next":null}`},
	{"no page", "pets.list", `{"limit":0}`, `"error":{"code":-32022,"message":"limit is not from 1 to 100","data":{"field":"limit","reason":"is not from 1 to 100"}}`},
	{"a pet", "pets.get", `{"id":1}`, `"result":` + miaJSON},
	{"no pet", "pets.get", `[99]`, `"error":{"code":-32004,"message":"there is no such thing in the shop"}`},
	{"no id", "pets.get", `{"id":"1"}`, `"error":{"code":-32602,"message":"Invalid params","data":[{"param":"/id","expected":"integer","got":"string"}]}`},
	{"by name", "pets.find", `{"text":"TOM"}`, `"result":[` + tomJSON + `]`},
	{"a new pet", "pets.add", `{"pet":{"name":"Bo","species":"dog","sold":true,"price":{"cents":100}}}`,
		`"result":{"id":5,"name":"Bo","species":"dog","born":"2026-07-01T12:00:00Z","price":{"cents":100,"currency":"EUR"},"tags":[],"sold":false}`},
	{"a pet of no species", "pets.add", `{"pet":{"name":"Bo"}}`, `"error":{"code":-32022,"message":"species is none that the shop sells","data":{"field":"species","reason":"is none that the shop sells"}}`},
	{"a change", "pets.change", `{"id":5,"changes":{"price":{"cents":200,"currency":"USD"}}}`,
		`"result":{"id":5,"name":"Bo","species":"dog","born":"2026-07-01T12:00:00Z","price":{"cents":200,"currency":"USD"},"tags":[],"sold":false}`},
	{"a change that is none", "pets.change", `{"id":5,"changes":{"name":""}}`, `"error":{"code":-32022,"message":"name is empty","data":{"field":"name","reason":"is empty"}}`},
	{"tags", "pets.tag", `[5,"new","loud","new"]`, `"result":["loud","new"]`},
	{"no tags", "pets.tag", `[5]`, `"result":["loud","new"]`},
	{"a family", "pets.family", `[3]`, `"result":{"pet":` + tomJSON + `,"mother":{"pet":` + miaJSON + `,"mother":null}}`},
	{"a photo", "pets.photo", `[1]`, `"result":{"contentType":"image/gif","data":"` + pixel + `"}`},
	{"what there is", "store.inventory", `[]`, `"result":{"cat":2,"dog":2,"parrot":1}`},
	{"an order", "orders.place", `{"pets":[1,3],"address":` + address + `}`, `"result":` + fmt.Sprintf(orderJSON, "placed")},
	{"an order of what is sold", "orders.place", `{"pets":[1,4,4],"address":` + address + `}`, `"error":{"code":-32010,"message":"2 of the pets are sold already","data":{"pets":[1,4]}}`},
	{"an order of nothing", "orders.place", `{"pets":[],"address":` + address + `}`, `"error":{"code":-32022,"message":"pets is empty","data":{"field":"pets","reason":"is empty"}}`},
	{"the order", "orders.get", `[6]`, `"result":` + fmt.Sprintf(orderJSON, "placed")},
	{"orders of a status", "orders.list", `{"status":"shipped"}`, `"result":[]`},
	{"all orders", "orders.list", `{"status":null}`, `"result":[` + fmt.Sprintf(orderJSON, "placed") + `]`},
	{"no status", "orders.list", `{"status":"lost"}`, `"error":{"code":-32602,"message":"Invalid params","data":[{"param":"/status","expected":"valid Status","got":"string"}]}`},
	{"shipped", "orders.ship", `[6]`, `"result":` + fmt.Sprintf(orderJSON, "shipped")},
	{"too late", "orders.cancel", `[6]`, `"error":{"code":-32011,"message":"the order can no longer be changed"}`},
	{"what is left", "store.inventory", ``, `"result":{"dog":2,"parrot":1}`},
	{"out of the shop", "pets.remove", `[5]`, `"result":null`},
	{"visited", "store.visit", `["home"]`, `"result":null`},
	{"visits", "store.visits", ``, `"result":{"home":1}`},
}

// TestSteps does them over a socket. Every answer is what the document says it is.
func TestSteps(t *testing.T) {
	url := start(t)
	text := get(t, url+"/openrpc.json")
	doc := parsed(t, text)
	for _, step := range steps {
		body := `{"jsonrpc":"2.0","method":"` + step.method + `","id":1}`
		if step.params != "" {
			body = strings.Replace(body, `,"id"`, `,"params":`+step.params+`,"id"`, 1)
		}
		got := post(t, url, body)
		if diff := cmp.Diff(`{"jsonrpc":"2.0",`+step.want+`,"id":1}`, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
		checkAnswer(t, text, doc, step.method, got)
	}
}

func parsed(t *testing.T, text string) *openrpc.Document {
	t.Helper()
	doc, err := openrpc.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// checkAnswer compares an answer with what the document says of the method.
func checkAnswer(t *testing.T, text string, doc *openrpc.Document, name, answer string) {
	t.Helper()
	var a struct {
		Result json.RawMessage
		Error  *struct{ Code int }
	}
	if err := json.Unmarshal([]byte(answer), &a); err != nil {
		t.Fatal(err)
	}
	for i, m := range doc.Methods {
		if m.Name != name {
			continue
		}
		if a.Error == nil {
			validate(t, text, fmt.Sprintf("/methods/%d/result/schema", i), string(a.Result))
			return
		}
		for _, e := range m.Errors {
			if e.Code == a.Error.Code {
				return
			}
		}
		if a.Error.Code != -32602 {
			t.Errorf("%s does not tell of the code %d", name, a.Error.Code)
		}
		return
	}
	t.Errorf("there is no %s in the document", name)
}

func validate(t *testing.T, text, pointer, value string) {
	t.Helper()
	s, err := metaschema.At([]byte(text), pointer)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(value); err != nil {
		t.Errorf("%s: %s: %v", pointer, value, err)
	}
}

// TestDocument is valid, and so are its examples; the shop answers what they show.
func TestDocument(t *testing.T) {
	url := start(t)
	text := get(t, url+"/openrpc.json")
	if err := metaschema.Validate([]byte(text)); err != nil {
		t.Error(err)
	}
	examples := 0
	for i, m := range parsed(t, text).Methods {
		if m.Summary == "" {
			t.Errorf("%s has no doc", m.Name)
		}
		for _, ex := range m.Examples {
			examples++
			validate(t, text, fmt.Sprintf("/methods/%d/result/schema", i), string(ex.Result.Value))
			got := post(t, start(t), request(m, ex))
			if diff := cmp.Diff(`{"jsonrpc":"2.0","result":`+string(ex.Result.Value)+`,"id":1}`, got); diff != "" {
				t.Errorf("%s: the example %q (-want +got):\n%s", m.Name, ex.Name, diff)
			}
		}
	}
	if examples < 4 {
		t.Errorf("found %d examples", examples)
	}
}

// request makes the request of an example.
func request(m openrpc.Method, ex openrpc.ExamplePairing) string {
	byName := map[string]json.RawMessage{}
	byPosition := []json.RawMessage{}
	for _, p := range ex.Params {
		byName[p.Name] = p.Value
		byPosition = append(byPosition, p.Value)
	}
	var params any = byName
	if m.ParamStructure == openrpc.ByPosition {
		params = byPosition
	}
	text, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "method": m.Name, "params": params, "id": 1})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// TestOtherPages are served beside the document.
func TestOtherPages(t *testing.T) {
	url := start(t)
	for path, want := range map[string]string{
		"/map": `"pets.list": "(species?: Species | null, tags?: string[], offset?: integer, limit: integer = 20) -> Page_Pet"`,
		"/":    "pets.tag(arg1: integer, ...arg2: string) -> string[]\n    Adds tags to a pet: params are its id and any number of tags.\n",
	} {
		if got := get(t, url+path); !strings.Contains(got, want) {
			t.Errorf("%s: found %s", path, got)
		}
	}
}
