package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rs/zerolog"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/terminal"
)

// logger returns what the Application logs with: a line for each call, or incidents alone.
func logger(s settings.Settings, to *os.File, methods []jsonrpc.MethodInfo) *zerolog.Logger {
	var out io.Writer = to
	if s.Log == settings.Text || s.Log != settings.JSON && terminal.Is(to) {
		out = newTextLog(to, terminal.Paint(terminal.Colour(to)), methods)
	}
	log := zerolog.New(out).Level(least(s.LogLevel)).With().Timestamp().Logger()
	if s.Quiet || s.Log == settings.Off {
		log = log.Level(zerolog.ErrorLevel).Hook(zerolog.HookFunc(incidentsAlone))
	}
	return &log
}

// least is the level from which on something is logged.
func least(l settings.Level) zerolog.Level {
	switch l {
	case settings.Warn:
		return zerolog.WarnLevel
	case settings.Error:
		return zerolog.ErrorLevel
	}
	return zerolog.InfoLevel
}

// incidentsAlone leaves out the line for a call that has had an incident, after that for the incident.
func incidentsAlone(e *zerolog.Event, _ zerolog.Level, message string) {
	if message == call {
		e.Discard()
	}
}

// call is the Application's message for a call.
const call = "call"

// A textLog writes for people what it gets in JSON. It is safe for concurrent use if the writer is.
type textLog struct {
	to     io.Writer
	paint  terminal.Paint
	column int // the width of the methods' column
	now    func() time.Time
}

// widest is the widest that the methods' column becomes.
const widest = 40

func newTextLog(to io.Writer, paint terminal.Paint, methods []jsonrpc.MethodInfo) *textLog {
	t := &textLog{to: to, paint: paint, column: 16, now: time.Now}
	for _, m := range methods {
		t.column = min(max(t.column, utf8.RuneCountInString(m.Name)), widest)
	}
	return t
}

// An entry is what the Application logs.
type entry struct {
	Level    string
	Message  string
	Method   string
	Duration *float64 // in milliseconds
	Code     int
	Incident string
	Error    string
	Data     json.RawMessage
	Stack    string
}

// Write writes one entry.
func (t *textLog) Write(text []byte) (int, error) {
	var e entry
	if err := json.Unmarshal(text, &e); err != nil {
		return t.to.Write(text)
	}
	if _, err := io.WriteString(t.to, t.line(e)+t.stack(e)); err != nil {
		return 0, err
	}
	return len(text), nil
}

// line returns the time, the method or what else it is about, how long it took, and what went wrong.
func (t *textLog) line(e entry) string {
	what := e.Method
	if what == "" {
		what = e.Message
	}
	what = printable(what)
	line := t.paint.Dim(t.now().Format(time.TimeOnly)) + " " +
		t.level(e, what) + strings.Repeat(" ", max(0, t.column-utf8.RuneCountInString(what))) + " " + t.duration(e)
	for _, word := range t.fault(e) {
		line += "  " + word
	}
	return strings.TrimRight(line, " ") + "\n"
}

// fault returns what went wrong.
func (t *textLog) fault(e entry) []string {
	var words []string
	if e.Code != 0 {
		words = append(words, t.level(e, strings.TrimSpace(strconv.Itoa(e.Code)+" "+meaning(e.Code))))
	}
	if e.Error != "" {
		words = append(words, printable(e.Error))
	}
	if len(e.Data) > 0 {
		words = append(words, printable(string(e.Data)))
	}
	if e.Incident != "" {
		words = append(words, t.paint.Dim("incident "+e.Incident))
	}
	return words
}

// meaning returns what a code of the toolkit's own stands for.
func meaning(code int) string {
	switch code {
	case jsonrpc.CodeParseError:
		return "Parse error"
	case jsonrpc.CodeInvalidRequest:
		return "Invalid request"
	case jsonrpc.CodeMethodNotFound:
		return "Method not found"
	case jsonrpc.CodeInvalidParams:
		return "Invalid params"
	case jsonrpc.CodeInternalError:
		return "Internal error"
	case jsonrpc.CodeCancelled:
		return "Cancelled"
	case jsonrpc.CodeUnavailable:
		return "Unavailable"
	case jsonrpc.CodeTimeout:
		return "Timeout"
	case jsonrpc.CodeOverloaded:
		return "Overloaded"
	case jsonrpc.CodeTooLarge:
		return "Too large"
	}
	return ""
}

// level colours text by how bad it is.
func (t *textLog) level(e entry, text string) string {
	switch e.Level {
	case zerolog.LevelErrorValue:
		return t.paint.Red(text)
	case zerolog.LevelWarnValue:
		return t.paint.Yellow(text)
	}
	return text
}

// duration returns how long a call took, in nine characters.
func (t *textLog) duration(e entry) string {
	if e.Duration == nil {
		return strings.Repeat(" ", 9)
	}
	d := time.Duration(*e.Duration * float64(time.Millisecond))
	var text string
	switch {
	case d < time.Millisecond:
		text = fmt.Sprintf("%d µs", d.Microseconds())
	case d < time.Second:
		text = fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	default:
		text = fmt.Sprintf("%.1f s", d.Seconds())
	}
	text = fmt.Sprintf("%9s", text)
	if d >= time.Second {
		return t.paint.Yellow(text)
	}
	return t.paint.Dim(text)
}

// stack returns the goroutine's stack after a panic.
func (t *textLog) stack(e entry) string {
	var b strings.Builder
	for line := range strings.Lines(e.Stack) {
		line = strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    ")
		b.WriteString("    " + t.paint.Dim(printable(line)) + "\n")
	}
	return b.String()
}

// printable shows what a terminal would obey: names of methods come from clients.
func printable(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
	}
	return b.String()
}
