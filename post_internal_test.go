package jsonrpc

import (
	"net/http/httptest"
	"testing"
	"time"
)

// The timer of a POST is for its body first. When it fires just as the calls begin, it must not
// answer for them, be their deadline a later one or none.
func TestBodyTimerFiresLate(t *testing.T) {
	for name, deadline := range map[string]time.Time{"none": {}, "later": time.Now().Add(time.Hour)} {
		t.Run(name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			p := &post{
				app: &Application{engine: bareEngine()}, w: rec, phase: running, answered: make(chan struct{}),
				x: &exchange{engine: bareEngine(), deadline: deadline}, calls: make([]rawRequest, 1),
			}
			p.tick()
			if p.phase != running || rec.Body.Len() > 0 {
				t.Errorf("the timer has answered %s", rec.Body)
			}
		})
	}
}
