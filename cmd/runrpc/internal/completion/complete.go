package completion

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/alecthomas/kong"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/commandline"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/console"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// Complete is the hidden command that the scripts run. It prints what fits the word under the cursor, a line each, for
// zsh and fish with a tab and a text behind it. Where something goes wrong nothing fits.
type Complete struct {
	Shell string   `arg:""`
	Words []string `arg:"" optional:""` // of bash the line and what breaks its words, else the words behind runrpc
}

// Run prints what fits.
func (c *Complete) Run(k *kong.Kong, streams console.Streams) error {
	words, spell := c.Words, described
	if c.Shell == "bash" {
		if len(c.Words) != 2 {
			return nil
		}
		typed := commandline.Split(c.Words[0])
		words, spell = typed.Words[1:], forBash(typed, c.Words[1])
	}
	if len(words) == 0 {
		return nil
	}
	current := words[len(words)-1]
	for _, candidate := range complete(k.Model.Node, words[:len(words)-1], current) {
		if !strings.HasPrefix(candidate.value, current) || strings.ContainsFunc(candidate.value, unicode.IsControl) {
			continue
		}
		if _, err := io.WriteString(streams.Stdout, spell(candidate)+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// A candidate is a word that may fit.
type candidate struct{ value, text string }

// described spells a candidate for zsh and fish, which put quotes around it themselves.
func described(c candidate) string {
	if c.text == "" {
		return c.value
	}
	return fmt.Sprintf("%s\t%s", c.value, message.Short(c.text))
}

// forBash spells candidates for bash, which replaces the word only behind the last character that breaks words, and
// wants quotes where no quote is open.
func forBash(typed commandline.Typed, breaks string) func(candidate) string {
	current := typed.Words[len(typed.Words)-1]
	kept := 0
	if typed.Quote == 0 {
		kept = strings.LastIndexAny(current, breaks) + 1
		if kept > 0 && strings.ContainsRune("@$", rune(current[kept-1])) {
			kept-- // these break words, and yet begin them
		}
	}
	return func(c candidate) string {
		value := c.value[kept:]
		if typed.Quote != 0 {
			return value
		}
		var b strings.Builder
		for _, r := range value {
			if strings.ContainsRune(" \t!\"#$&'()*;<>?[\\]^`{|}~", r) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
		return b.String()
	}
}
