package serve

import (
	"fmt"
	"io"
	"regexp"
)

// notes are lines about the source, which are not said again while they stay true.
type notes struct {
	said map[string]bool
}

// place is where in a file something stands, which is another after each edit above it.
var place = regexp.MustCompile(`:\d+:`)

// show writes the lines that were not among those of the time before.
func (n *notes) show(out io.Writer, lines []string) {
	before := n.said
	n.remember(lines)
	for _, line := range lines {
		if !before[key(line)] {
			fmt.Fprintln(out, line)
		}
	}
}

// remember takes the lines as said.
func (n *notes) remember(lines []string) {
	n.said = map[string]bool{}
	for _, line := range lines {
		n.said[key(line)] = true
	}
}

func key(line string) string { return place.ReplaceAllString(line, ":") }
