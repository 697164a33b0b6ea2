package check

import "fmt"

// A Case checks one sentence of the specification.
type Case struct {
	Name    string // as "id.zero"; it stays
	Title   string // what holds where the case passes
	Section string
	Says    string // the sentence, word by word
	judge   func(*run) finding
}

// A Verdict is what a case comes to.
type Verdict string

// The verdicts. A server that departs from what it must do fails; where the sentence is one of "should", or leaves a
// choice that most make otherwise, it is warned.
const (
	Pass Verdict = "pass"
	Fail Verdict = "fail"
	Warn Verdict = "warn"
	Skip Verdict = "skip"
	Note Verdict = "note" // the specification leaves it open: this is what the server does
)

// A finding is a verdict and why it is not a plain pass.
type finding struct {
	verdict Verdict
	reason  string
}

var pass = finding{verdict: Pass}

func fail(format string, args ...any) finding { return finding{Fail, fmt.Sprintf(format, args...)} }
func warn(format string, args ...any) finding { return finding{Warn, fmt.Sprintf(format, args...)} }
func skip(format string, args ...any) finding { return finding{Skip, fmt.Sprintf(format, args...)} }
func note(format string, args ...any) finding { return finding{Note, fmt.Sprintf(format, args...)} }

// should makes of a failure a warning.
func (f finding) should() finding {
	if f.verdict == Fail {
		f.verdict = Warn
	}
	return f
}

// cases returns all cases, by the sections of the specification. Those that look at all answers come last.
func cases() []Case {
	var all []Case
	all = append(all, requestCases...)
	all = append(all, idCases...)
	all = append(all, notificationCases...)
	all = append(all, paramsCases...)
	all = append(all, errorCases...)
	all = append(all, batchCases...)
	return append(all, responseCases...)
}
