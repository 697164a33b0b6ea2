package docpage

import (
	"io/fs"
	"regexp"
)

var (
	importLine = regexp.MustCompile(`(?m)^import .* from '\./(.+)';\n`)
	exportWord = regexp.MustCompile(`(?m)^export `)
)

// join makes one module of a module and all that it imports, each behind what it imports itself.
// An import names the file's address, and a page without an address of its own for each file has
// none to name. The modules share one scope then: no two may use one name at their top.
func join(files fs.FS, name string) []byte {
	var out []byte
	seen := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		text := read(files, name)
		for _, found := range importLine.FindAllSubmatch(text, -1) {
			add(string(found[1]))
		}
		text = importLine.ReplaceAll(text, nil)
		out = append(out, exportWord.ReplaceAll(text, nil)...)
	}
	add(name)
	return out
}
