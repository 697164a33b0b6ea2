package api

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
)

// errors makes a type of each code that methods declare. The message that most of them have gives its name.
func (b *builder) errors() {
	b.errs = map[int]*Error{}
	count := map[int]map[string]int{}
	for _, m := range b.doc.Methods {
		for _, e := range m.Errors {
			if count[e.Code] == nil {
				count[e.Code] = map[string]int{}
			}
			count[e.Code][e.Message]++
		}
	}
	for code, messages := range count {
		b.errs[code] = &Error{Code: code, Message: most(messages)}
		b.api.Errors = append(b.api.Errors, b.errs[code])
	}
	slices.SortFunc(b.api.Errors, func(x, y *Error) int { return cmp.Compare(y.Code, x.Code) })
	for _, e := range b.api.Errors {
		e.Name = b.scope.Name(errorName(e))
	}
}

// most returns the text that is there most often; of those the shortest, and the first.
func most(count map[string]int) string {
	var best string
	for text, n := range count {
		if c := cmp.Or(cmp.Compare(n, count[best]), cmp.Compare(len(best), len(text)), strings.Compare(best, text)); c > 0 {
			best = text
		}
	}
	return best
}

// errorName makes NoFundsError of "no funds".
func errorName(e *Error) string {
	name, _ := strings.CutSuffix(ident.Pascal(firstWords(e.Message)), "Error")
	if name == "" || name == "X" {
		code, _ := strings.CutPrefix(fmt.Sprint(e.Code), "-")
		name = "Code" + code
	}
	return name + "Error"
}

// firstWords keeps what makes a name that can still be read.
func firstWords(message string) string {
	const longest = 8
	list := strings.Fields(message)
	return strings.Join(list[:min(len(list), longest)], " ")
}
