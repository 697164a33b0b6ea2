package source

import "strings"

// comment reads a doc comment. A line "name: text" says of a parameter or of the named result what it
// is, as does "returns: text" of any result, with the further lines of the same paragraph that are
// indented more. The rest is the doc.
func (f *Function) comment(text string, results []field) {
	about := map[string]*string{"returns": &f.Result}
	if len(results) > 0 && results[0].name != "" {
		about[results[0].name] = &f.Result
	}
	for i := range f.Params {
		if p := &f.Params[i]; p.Named() {
			about[p.Name] = &p.Doc
		}
	}
	lines := strings.Split(text, "\n")
	var doc []string
	for i := 0; i < len(lines); i++ {
		into, said := entry(lines[i], about)
		if into == nil || *into != "" {
			doc = append(doc, lines[i])
			continue
		}
		parts := []string{said}
		for indent := indentOf(lines[i]); i+1 < len(lines) && indentOf(lines[i+1]) > indent; i++ {
			parts = append(parts, strings.TrimSpace(lines[i+1]))
		}
		*into = strings.Join(parts, " ")
	}
	f.Doc = paragraphs(doc)
	f.Deprecated = deprecation(f.Doc)
}

// entry reads a line "name: text", or "- name: text", whose name is one of about.
func entry(line string, about map[string]*string) (into *string, text string) {
	item := strings.TrimSpace(line)
	if list, ok := strings.CutPrefix(item, "- "); ok {
		item = list
	} else if item != line {
		return nil, "" // indented: a piece of code
	}
	name, text, ok := strings.Cut(item, ":")
	text = strings.TrimSpace(text)
	if !ok || text == "" {
		return nil, ""
	}
	return about[name], text
}

// indentOf returns how far a line is indented, -1 for an empty one.
func indentOf(line string) int {
	if strings.TrimSpace(line) == "" {
		return -1
	}
	return len(line) - len(strings.TrimLeft(line, " \t"))
}

// paragraphs joins lines, with one empty line where there are several, and none at the ends.
func paragraphs(lines []string) string {
	var kept []string
	for _, line := range lines {
		if line != "" || len(kept) > 0 && kept[len(kept)-1] != "" {
			kept = append(kept, line)
		}
	}
	text := strings.Trim(strings.Join(kept, "\n"), "\n")
	if text == "" {
		return ""
	}
	return text + "\n"
}

// deprecation returns the text of the paragraph that begins with "Deprecated:", as Go's tools read it.
func deprecation(doc string) string {
	for paragraph := range strings.SplitSeq(doc, "\n\n") {
		if why, ok := strings.CutPrefix(paragraph, "Deprecated:"); ok {
			return strings.Join(strings.Fields(why), " ")
		}
	}
	return ""
}
