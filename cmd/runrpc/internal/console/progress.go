package console

import (
	"io"
	"os"
	"sync"
	"time"
)

// A Progress is a line on a terminal that says what takes long. Whatever else is written to the terminal
// meanwhile must go through it. It is safe for concurrent use.
type Progress struct {
	out  io.Writer
	live bool // there is a terminal to show it on
	slow *time.Timer

	mu    sync.Mutex
	text  string
	shown bool
	ended bool
}

// slowness is from when on something takes long.
const slowness = time.Second

// Progress begins one, which is shown if it has not ended within a second. Where standard error is no
// terminal, or a dumb one, it is never shown.
func (s Streams) Progress(text string) *Progress {
	p := &Progress{out: s.Stderr, live: s.Watched() && os.Getenv("TERM") != "dumb", text: text}
	if p.live {
		p.slow = time.AfterFunc(slowness, p.begin)
	}
	return p
}

func (p *Progress) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.shown = true
		p.showLocked()
	}
}

// Live reports whether there is a terminal to show it on.
func (p *Progress) Live() bool { return p.live }

// Say changes the text.
func (p *Progress) Say(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = text
	if p.shown && !p.ended {
		p.showLocked()
	}
}

// Write writes a line above it.
func (p *Progress) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hideLocked()
	n, err := p.out.Write(text)
	if p.shown && !p.ended {
		p.showLocked()
	}
	return n, err
}

// End removes it.
func (p *Progress) End() {
	if p.slow != nil {
		p.slow.Stop()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hideLocked()
	p.ended = true
}

// blank goes to the begin of the line and empties it.
const blank = "\r\x1b[K"

func (p *Progress) showLocked() {
	text := "runrpc: " + p.text + " ..."
	if width := Width(p.out); width > 0 && len(text) >= width {
		text = text[:width-1] // a line that wraps cannot be cleared
	}
	_, _ = io.WriteString(p.out, blank+text)
}

func (p *Progress) hideLocked() {
	if p.shown && !p.ended {
		_, _ = io.WriteString(p.out, blank)
	}
}
