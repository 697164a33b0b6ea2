package jsonrpc

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"strings"
	"time"

	"github.com/rs/zerolog"
)

// logger writes one line a call, and one for each incident. It writes neither params nor
// results.
type logger struct {
	to     *zerolog.Logger
	each   bool // one line a call
	expose bool // clients get the text of private errors
}

// newLogger takes the user's logger; without one, incidents go to standard error.
func newLogger(to *zerolog.Logger, expose bool) logger {
	if to != nil {
		return logger{to: to, each: true, expose: expose}
	}
	std := zerolog.New(os.Stderr).With().Timestamp().Logger()
	return logger{to: &std, expose: expose}
}

// calls tells whether each call is logged.
func (l logger) calls() bool { return l.each }

// maxLogged is how much of a text that the client made is logged.
const maxLogged = 64

func clip(text string) string {
	if len(text) > maxLogged {
		text = strings.ToValidUTF8(text[:maxLogged], "") + "…"
	}
	return text
}

// call logs a call that is over: e is what the client got, and err what it was made of.
func (l logger) call(c *call, e *Error, err error, inc string) {
	if !l.each {
		return
	}
	event := l.to.Info()
	if inc != "" {
		event = l.to.Error().Str("incident", inc)
	} else if e != nil {
		event = l.to.Warn()
	}
	if e != nil {
		event = event.Int("code", e.Code)
		if text := unsaid(e, err); text != "" && inc == "" {
			event = event.Str("error", text)
		}
	}
	about(event, c.raw, c.name()).Dur("duration", time.Since(c.start)).Msg("call")
}

// about names the request that an event is about.
func about(event *zerolog.Event, raw *rawRequest, method string) *zerolog.Event {
	if raw.id != nil {
		event = event.Str("id", clip(string(raw.id)))
	}
	return event.Str("method", clip(method))
}

// unrun logs a request that was answered without being called.
func (l logger) unrun(raw *rawRequest, e *Error) {
	if l.each {
		about(l.to.Warn().Int("code", e.Code), raw, string(raw.method)).Dur("duration", 0).Msg("call")
	}
}

// unsaid returns what an error says beyond what the client got: its cause, or what wraps it.
func unsaid(e *Error, err error) string {
	own, ok := err.(*Error)
	switch {
	case err == nil || ok && own.cause == nil:
		return ""
	case ok:
		return own.cause.Error()
	case err.Error() == e.Message:
		return ""
	}
	return err.Error()
}

// message logs a message that was refused as a whole.
func (l logger) message(e *Error) {
	if l.each {
		l.to.Warn().Int("code", e.Code).Any("data", e.Data).Msg("message")
	}
}

// incident logs what the client does not get to see.
func (l logger) incident(id, method string, err error, stack []byte) {
	event := l.to.Error().Str("incident", id).Str("method", clip(method)).Err(err)
	if stack != nil {
		event = event.Bytes("stack", stack)
	}
	event.Msg("incident")
}

// failure logs what went wrong outside of a call.
func (l logger) failure(what string, err error) {
	l.to.Error().Err(err).Msg(what)
}

// newIncident returns an id that is not to be guessed.
func newIncident() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // it never fails, and never returns less
	return hex.EncodeToString(b[:])
}

// validText makes text something that JSON can hold.
func validText(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }
