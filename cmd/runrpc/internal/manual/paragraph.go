package manual

import "strings"

// A paragraph of a text is some lines of prose, or of code.
type paragraph struct {
	code bool
	text string
}

// paragraphs takes a text apart as go doc does: what is indented is code.
func paragraphs(text string) []paragraph {
	var found []paragraph
	for part := range strings.SplitSeq(strings.Trim(text, "\n"), "\n\n") {
		p := paragraph{strings.HasPrefix(part, "    "), part}
		if p.code {
			p.text = strings.ReplaceAll(strings.TrimPrefix(part, "    "), "\n    ", "\n")
		}
		if p.text != "" {
			found = append(found, p)
		}
	}
	return found
}
