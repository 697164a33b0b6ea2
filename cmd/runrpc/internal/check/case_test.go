package check

import (
	"context"
	"regexp"
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// Each case has a name of its own, and says what it checks.
func TestCases(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^[a-z]+\.[a-z-]+$`)
	section := regexp.MustCompile(`^(2|3|4|4\.1|4\.2|5|5\.1|6|8)$`)
	seen := map[string]bool{}
	for _, c := range cases() {
		if seen[c.Name] || !name.MatchString(c.Name) || !section.MatchString(c.Section) || c.Title == "" || len(c.Says) < 20 || c.judge == nil {
			t.Errorf("found %q (%s): %q, %q", c.Name, c.Section, c.Title, c.Says)
		}
		seen[c.Name] = true
	}
}

// constant is a server that answers all with the same.
type constant string

func (c constant) Exchange(context.Context, []byte) (Reply, error) {
	return Reply{[]byte(c), "no JSON"}, nil
}

func (c constant) Notes() []string { return nil }

// Whatever a server answers, each case comes to a verdict, with a reason where it is not a pass.
func FuzzVerdicts(f *testing.F) {
	for _, seed := range []string{
		``, `5`, `[]`, `{}`, `[1,[],{}]`, `{"jsonrpc":"2.0","result":1,"id":1}`, `[{"jsonrpc":"2.0","error":{"code":-32601,"message":"x"},"id":null}]`,
		`{"error":5,"result":null,"id":{}}`, `{"error":{"code":1e400}}`, "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, answer string) {
		for _, known := range []*procedure{nil, {method: "m", positions: []byte(`[1]`), names: []byte(`{"a":1,"b":2}`), wrong: []byte(`[]`), expect: []byte(`1`)}} {
			r := newRun(t.Context(), constant(answer))
			r.procedure = known
			if err := r.begin(); err != nil && message.Printable(err.Error()) == "" {
				t.Error("found an error that says nothing")
			}
			r.all(cases(), func(result Result) {
				if (result.Verdict == "") || (result.Verdict != Pass && result.Reason == "") {
					t.Errorf("%s: found %q for %q", result.Name, result.Verdict, result.Reason)
				}
			})
		}
	})
}
