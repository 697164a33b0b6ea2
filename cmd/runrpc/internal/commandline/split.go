package commandline

import "strings"

// A Typed is a line of bash up to the cursor.
type Typed struct {
	Words []string // without their quotes; the last is being typed, and may be empty
	Raw   string   // the last word with its quotes
	Quote byte     // the quote that is open at the cursor, 0 for none
}

// Split splits a line as bash does. Nothing is expanded.
func Split(line string) Typed {
	var t Typed
	var word strings.Builder
	start, inside := 0, false
	for i := 0; i < len(line); i++ {
		c := line[i]
		if !inside && c != ' ' && c != '\t' && c != '\n' {
			start, inside = i, true
		}
		switch {
		case t.Quote != 0 && c == t.Quote:
			t.Quote = 0
		case c == '\\' && t.Quote != '\'' && i+1 < len(line):
			if i++; t.Quote == '"' && !strings.ContainsRune("\"\\$`", rune(line[i])) {
				word.WriteByte('\\')
			}
			word.WriteByte(line[i])
		case t.Quote != 0:
			word.WriteByte(c)
		case c == '\'' || c == '"':
			t.Quote = c
		case c == ' ' || c == '\t' || c == '\n':
			if inside {
				t.Words = append(t.Words, word.String())
				word.Reset()
				inside = false
			}
			start = i + 1
		default:
			word.WriteByte(c)
		}
	}
	t.Words = append(t.Words, word.String())
	t.Raw = line[min(start, len(line)):]
	return t
}
