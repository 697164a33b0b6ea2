package diff

import (
	"slices"
	"strings"
)

// String spells a shape: integer | "a" | "b".
func (s shape) String() string {
	if len(s) == 0 {
		return "nothing"
	}
	if s.any() {
		return "any"
	}
	nullLast := slices.Clone(s)
	slices.SortStableFunc(nullLast, func(a, b *alternative) int { return rank(a.kind) - rank(b.kind) })
	var words []string
	for _, a := range nullLast {
		word := string(a.kind)
		if a.values != nil {
			word = strings.Join(a.values, " | ")
		}
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, " | ")
}

// spell spells what schemas allow: Pet says less than what it is made of.
func (r shaper) spell(schemas all) string {
	s := r.shape(schemas)
	if len(s) != 1 || s[0].values != nil || s[0].kind != array || s[0].tuple != nil || s[0].rest == nil {
		return s.String()
	}
	elements := r.shape(s[0].rest).String()
	if strings.Contains(elements, " ") {
		elements = "(" + elements + ")"
	}
	return elements + "[]"
}

func rank(k kind) int {
	if k == null {
		return 1
	}
	return 0
}
