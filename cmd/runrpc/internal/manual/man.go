package manual

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// man writes the manual for man(1).
func man(app *kong.Application) string {
	var b strings.Builder
	title, rest, _ := strings.Cut(app.Help, "\n\n")
	fmt.Fprintf(&b, ".TH %s 1\n.SH NAME\n%s \\- %s\n.SH SYNOPSIS\n", strings.ToUpper(app.Name), app.Name, roff(title))
	for _, node := range commands(app) {
		fmt.Fprintf(&b, ".B %s\n.br\n", roff(app.Name+" "+node.Summary()))
	}
	b.WriteString(".SH DESCRIPTION\n")
	manProse(&b, rest)
	b.WriteString(".SH COMMANDS\n")
	for _, node := range commands(app) {
		fmt.Fprintf(&b, ".SS %s\n", roff(app.Name+" "+node.Summary()))
		manProse(&b, node.Help)
		manProse(&b, node.Detail)
		for _, argument := range node.Positional {
			tagged(&b, argument.Summary(), argument.Help)
		}
		for _, group := range flags(node) {
			if group.title != "Flags" {
				fmt.Fprintf(&b, ".PP\n%s\n", roff(group.title))
			}
			for _, flag := range group.flags {
				tagged(&b, flag.String(), kong.DefaultHelpValueFormatter(flag.Value))
			}
		}
	}
	return b.String()
}

func manProse(b *strings.Builder, text string) {
	for _, p := range paragraphs(text) {
		if p.code {
			fmt.Fprintf(b, ".PP\n.RS 4\n.nf\n%s\n.fi\n.RE\n", roff(p.text))
		} else {
			fmt.Fprintf(b, ".PP\n%s\n", roff(p.text))
		}
	}
}

func tagged(b *strings.Builder, name, text string) {
	fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(name), roff(text))
}

// roff keeps a text from being taken for commands.
func roff(text string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
