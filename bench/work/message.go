package work

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Wire turns a procedure's name (subtract, subtract_named, order, echo, echo_arr, update, fail,
// nope, m00000, m00001, ...) into the one that a contender serves it under. nil: the same.
type Wire func(string) string

func (w Wire) name(method string) string {
	if w == nil {
		return method
	}
	return w(method)
}

// Numbered is the name of the i-th of the procedures that fill a large registry.
func Numbered(i int) string { return fmt.Sprintf("m%05d", i) }

// Call is a request by position or by name; id 0 makes it a notification.
func Call(id int, method, params string) string {
	s := `{"jsonrpc":"2.0","method":"` + method + `"`
	if params != "" {
		s += `,"params":` + params
	}
	if id > 0 {
		s += fmt.Sprintf(`,"id":%d`, id)
	}
	return s + "}"
}

// batchOf joins requests to a batch.
func batchOf(calls ...string) []byte { return []byte("[" + strings.Join(calls, ",") + "]") }

// mustJSON is for values of this package, which encode.
func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// answer is a response of which the parts are checked.
type answer struct {
	Version string          `json:"jsonrpc"`
	ID      int             `json:"id"`
	Result  json.RawMessage `json:"result"`
	Error   *struct {
		Code int `json:"code"`
	} `json:"error"`
}

// check compares with the result that is wanted; "" is an error.
func (a answer) check(id int, want string) error {
	switch {
	case a.Version != "2.0" || a.ID != id:
		return fmt.Errorf("envelope of version %q with id %d, want 2.0 and %d", a.Version, a.ID, id)
	case want == "" && (a.Error == nil || a.Error.Code == 0):
		return fmt.Errorf("id %d: no error object", id)
	case want == "":
		return nil
	case a.Error != nil:
		return fmt.Errorf("id %d: error %d", id, a.Error.Code)
	case !sameJSON(string(a.Result), want):
		return fmt.Errorf("id %d: result %.60q", id, a.Result)
	}
	return nil
}

func sameJSON(a, b string) bool {
	if a == b {
		return true
	}
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && mustJSON(x) == mustJSON(y)
}

// one checks a single answer with id 1.
func one(want string) func([]byte) error {
	return func(b []byte) error {
		var a answer
		if err := json.Unmarshal(b, &a); err != nil {
			return fmt.Errorf("answer %.60q: %w", b, err)
		}
		return a.check(1, want)
	}
}

// many checks the answers to a batch, by id and in any order.
func many(want map[int]string) func([]byte) error {
	return func(b []byte) error {
		var answers []answer
		if err := json.Unmarshal(b, &answers); err != nil {
			return fmt.Errorf("answer %.60q: %w", b, err)
		}
		if len(answers) != len(want) {
			return fmt.Errorf("%d answers, want %d", len(answers), len(want))
		}
		for _, a := range answers {
			result, ok := want[a.ID]
			if !ok {
				return fmt.Errorf("answer with id %d", a.ID)
			}
			if err := a.check(a.ID, result); err != nil {
				return err
			}
		}
		return nil
	}
}
