package serve

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/watch"
)

// tell says that a version has taken over from the one before, and how they differ.
func (s *session) tell(before, now *version) {
	s.misfits.show(s.stderr(), now.child.Misfits())
	mended := ""
	if s.failed {
		mended = "mended, "
	}
	paint := console.Paint(s.streams.Stderr)
	took := time.Since(s.noticed).Milliseconds()
	s.Say(paint.Green(fmt.Sprintf("%s: %sserving again after %d ms", describe(s.changes), mended, took)))
	if s.Service.Quiet {
		return
	}
	for _, method := range without(now.child.Methods(), before.child.Methods()) {
		fmt.Fprintln(s.streams.Stderr, paint.Green("  + ")+method)
	}
	for _, method := range without(before.child.Methods(), now.child.Methods()) {
		fmt.Fprintln(s.streams.Stderr, paint.Red("  - ")+method)
	}
}

// without returns the methods that are not among others.
func without(methods, others []string) []string {
	return slices.DeleteFunc(slices.Clone(methods), func(m string) bool { return slices.Contains(others, m) })
}

// describe tells what has changed, in a few words.
func describe(changes []watch.Change) string {
	const most = 3
	var parts []string
	for i, c := range changes {
		if i == most-1 && len(changes) > most {
			parts = append(parts, fmt.Sprintf("%d more", len(changes)-i))
			break
		}
		parts = append(parts, fmt.Sprintf("%s %s", source.Short(c.Path), c.Kind))
	}
	return strings.Join(parts, ", ")
}
