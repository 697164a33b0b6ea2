// Package suggest finds what somebody may have meant who wrote something else.
package suggest

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Nearest returns the candidate that differs from word by the fewest letters, "" where none is near. One that
// is a part of word, or has it as a part, is as near as one letter. Of several that are as near it is the one
// with the fewest letters that differ, and then the first.
func Nearest(word string, candidates []string) string {
	nearest, least, letters := "", max(2, utf8.RuneCountInString(word)/3)+1, 0
	for _, c := range candidates {
		n := distance([]rune(word), []rune(c))
		d := n
		if min(len(word), len(c)) > 2 && (strings.Contains(word, c) || strings.Contains(c, word)) {
			d = min(d, 1)
		}
		if (d < least || d == least && n < letters) && d < utf8.RuneCountInString(c) {
			nearest, least, letters = c, d, n
		}
	}
	return nearest
}

// distance returns how many letters have to be inserted, left out, replaced or exchanged with the next to
// make b of a.
func distance(a, b []rune) int {
	before, last, row := []int(nil), []int(nil), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, last, row = last, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			replaced := last[j]
			if a[i] != b[j] {
				replaced++
			}
			row[j+1] = min(replaced, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}

// Meant returns ": did you mean ...?" for the nearest candidate, "" where none is near.
func Meant(word string, candidates []string) string {
	if nearest := Nearest(word, slices.Sorted(slices.Values(candidates))); nearest != "" {
		return ": did you mean \"" + nearest + "\"?"
	}
	return ""
}
