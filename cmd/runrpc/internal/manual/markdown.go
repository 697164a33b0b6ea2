package manual

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// markdown writes the manual for doc.
func markdown(app *kong.Application) string {
	var b strings.Builder
	b.WriteString("# " + app.Name + "\n\n<!-- Written by go generate ./cmd/runrpc out of what --help shows: change the texts there. -->\n\n")
	prose(&b, app.Help)
	b.WriteString("| command | does |\n|---|---|\n")
	for _, node := range commands(app) {
		fmt.Fprintf(&b, "| [%s](#%s-%s) | %s |\n", node.Name, app.Name, node.Name, cell(node.Help))
	}
	b.WriteByte('\n')
	for _, node := range commands(app) {
		fmt.Fprintf(&b, "## %s %s\n\n", app.Name, node.Name)
		prose(&b, node.Help)
		fmt.Fprintf(&b, "```text\n%s %s\n```\n\n", app.Name, node.Summary())
		prose(&b, node.Detail)
		markdownArguments(&b, node)
		for _, group := range flags(node) {
			fmt.Fprintf(&b, "| %s | |\n|---|---|\n", cell(group.title))
			for _, flag := range group.flags {
				fmt.Fprintf(&b, "| `%s` | %s |\n", strings.ReplaceAll(flag.String(), "|", `\|`), cell(kong.DefaultHelpValueFormatter(flag.Value)))
			}
			b.WriteByte('\n')
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// prose writes a text that has code in it.
func prose(b *strings.Builder, text string) {
	for _, p := range paragraphs(text) {
		if p.code {
			fmt.Fprintf(b, "```sh\n%s\n```\n\n", p.text)
		} else {
			b.WriteString(plain(p.text) + "\n\n")
		}
	}
}

func markdownArguments(b *strings.Builder, node *kong.Node) {
	if len(node.Positional) == 0 {
		return
	}
	b.WriteString("| Arguments | |\n|---|---|\n")
	for _, argument := range node.Positional {
		fmt.Fprintf(b, "| `%s` | %s |\n", argument.Summary(), cell(argument.Help))
	}
	b.WriteByte('\n')
}

// plain keeps a text from being taken for marks.
func plain(text string) string {
	return strings.NewReplacer("<", `\<`, "*", `\*`, "_", `\_`, "`", "\\`").Replace(text)
}

// cell is plain for a cell of a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(plain(text), "|", `\|`), "\n", " ")
}
