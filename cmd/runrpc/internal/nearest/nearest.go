// Package nearest finds the word that was probably meant.
package nearest

// To returns the candidate that is closest to a word, "" where none is close.
func To(word string, candidates []string) string {
	best, found := len(word)/2+1, ""
	for _, candidate := range candidates {
		if d := distance(word, candidate, best); d < best {
			best, found = d, candidate
		}
	}
	return found
}

// distance returns how many letters must be changed, put in or taken out; at least most where it is that many.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= most || len(y)-len(x) >= most {
		return most
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range y {
			change := diagonal
			if r != s {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
